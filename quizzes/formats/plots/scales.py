"""Round numbers for axes."""

from math import ceil, floor, log10

_STEPS = (1, 2, 5, 10)
_LEAST = 1e-6
_A_WEEK = 7


def nice_ticks(highest: float, *, count: int = 4, whole: bool = True) -> list[float]:
    """Round values from 0 to at least `highest`, in about `count` steps; whole numbers unless told otherwise."""
    rough = max(highest, 1.0 if whole else _LEAST) / count
    power = 10.0 ** floor(log10(rough))
    step = next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))
    step = max(1.0, step) if whole else step
    return [number * step for number in range(max(1, ceil(highest / step - 1e-9)) + 1)]


def spaced(length: int, most: int) -> list[int]:
    """Places of at most `most` labels over `length` things, at equal distances (a week's where that fits)."""
    step = max(1, ceil(length / most))
    step = _A_WEEK if step < _A_WEEK and length % _A_WEEK == 0 and length >= 3 * _A_WEEK else step
    return list(range(0, length, step))


def ticks_within(start: float, end: float, *, count: int = 4) -> list[float]:
    """Round values from `start` to `end`, at most some more than `count`; zero is among them where it lies between."""
    step = nice_ticks(end - start, count=count, whole=False)[1]
    return [place * step for place in range(ceil(start / step - 1e-9), floor(end / step + 1e-9) + 1)]


def number(value: float) -> str:
    """A number without needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
