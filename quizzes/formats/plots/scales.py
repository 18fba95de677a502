"""Round numbers for axes."""

from math import ceil, floor, log10

_STEPS = (1, 2, 5, 10)
_LEAST = 1e-6


def nice_ticks(highest: float, *, count: int = 4, whole: bool = True) -> list[float]:
    """Round values from 0 to at least `highest`, in about `count` steps; whole numbers unless told otherwise."""
    rough = max(highest, 1.0 if whole else _LEAST) / count
    power = 10.0 ** floor(log10(rough))
    step = next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))
    step = max(1.0, step) if whole else step
    return [number * step for number in range(max(1, ceil(highest / step - 1e-9)) + 1)]


def spaced(length: int, most: int) -> list[int]:
    """Places of at most `most` labels evenly spread over `length` things, the first and the last among them."""
    if length <= most:
        return list(range(length))
    return sorted({round(at * (length - 1) / (most - 1)) for at in range(most)})


def number(value: float) -> str:
    """A number without needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
