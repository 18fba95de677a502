"""Figures as plain numbers, for a table to keep, and back."""

from collections.abc import Sequence

from quizzes.core.estimates import Estimate, Figure, Untold

Plain = list[float]
_UNTOLD = 2


def plain(figure: Figure) -> Plain:
    """[value, n, low, high]; of one that cannot be told [n, least]."""
    if isinstance(figure, Estimate):
        return [figure.value, figure.n, figure.low, figure.high]
    return [figure.n, figure.least]


def figure_of(kept: Sequence[float]) -> Figure:
    """The figure that was kept."""
    if len(kept) == _UNTOLD:
        return Untold(int(kept[0]), int(kept[1]))
    value, n, low, high = kept
    return Estimate(value, int(n), low, high)


def differs(one: object, other: object, *, relative: float = 1e-9) -> bool:
    """Whether two kept values, of whatever plain shape, are not the same; numbers up to what rounding does."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() != other.keys() or any(differs(one[key], other[key], relative=relative) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = zip(one, other, strict=False)
        return len(one) != len(other) or any(differs(a, b, relative=relative) for a, b in pairs)
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) > relative * max(1.0, abs(one), abs(other))
    return one != other
