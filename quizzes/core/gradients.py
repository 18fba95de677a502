"""Derivatives of sums over arrays, by reverse accumulation: enough of it to fit a memory model, and no more.

Every operation on a `Node` notes how its result changes with its operands; `gradient` walks these notes backwards.
Method: Griewank & Walther, Evaluating Derivatives (2008), chapter 3.
"""

from collections.abc import Sequence
from typing import Any, Union

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]
Number = Union["Node", NDArray[Any], float]


class Node:
    """A value with what it was made of: pairs of operand and partial derivative, or of operand and which of its
    elements (a length for `head`, places for `take`).

    Values are arrays of one shape, or numbers, which stand for every element. What is `fixed` is left alone.
    """

    __array_ufunc__ = None
    __slots__ = ("adjoint", "fixed", "parts", "value")

    def __init__(self, value: Array | float, *parts: tuple["Node", Array | float | int | Places]) -> None:
        self.value: Array = np.asarray(value, dtype=np.float64)
        self.parts = parts
        self.fixed: bool = bool(parts) and all(part.fixed for part, _ in parts)
        self.adjoint: Array | None = None

    def head(self, length: int) -> "Node":
        """The first elements."""
        return Node(self.value[:length], (self, length))

    def take(self, places: Places) -> "Node":
        """The elements at these places (whole numbers), each as often as it is named."""
        return Node(self.value[places], (self, places))

    def sum(self) -> "Node":
        """The sum of all elements."""
        return Node(self.value.sum(), (self, 1.0))

    def __add__(self, other: Number) -> "Node":
        other = lift(other)
        return Node(self.value + other.value, (self, 1.0), (other, 1.0))

    def __radd__(self, other: Number) -> "Node":
        return self + other

    def __neg__(self) -> "Node":
        return Node(-self.value, (self, -1.0))

    def __sub__(self, other: Number) -> "Node":
        return self + -lift(other)

    def __rsub__(self, other: Number) -> "Node":
        return lift(other) - self

    def __mul__(self, other: Number) -> "Node":
        other = lift(other)
        return Node(self.value * other.value, (self, other.value), (other, self.value))

    def __rmul__(self, other: Number) -> "Node":
        return self * other

    def __truediv__(self, other: Number) -> "Node":
        other = lift(other)
        ratio = self.value / other.value
        return Node(ratio, (self, 1.0 / other.value), (other, -ratio / other.value))

    def __rtruediv__(self, other: Number) -> "Node":
        return lift(other) / self

    def __pow__(self, other: Number) -> "Node":
        other = lift(other)
        power = self.value**other.value
        return Node(power, (self, other.value * power / self.value), (other, power * np.log(self.value)))

    def __rpow__(self, other: Number) -> "Node":
        return lift(other) ** self


def lift(value: Number) -> Node:
    """A node; one without history if it is a plain value."""
    if isinstance(value, Node):
        return value
    node = Node(value)
    node.fixed = True
    return node


def exp(node: Node) -> Node:
    """The exponential function."""
    power = np.exp(node.value)
    return Node(power, (node, power))


def log(node: Node) -> Node:
    """The natural logarithm."""
    return Node(np.log(node.value), (node, 1.0 / node.value))


def clip(node: Node, low: float, high: float) -> Node:
    """The value within bounds; beyond them nothing changes with it."""
    inside = (node.value > low) & (node.value < high)
    return Node(np.clip(node.value, low, high), (node, inside.astype(np.float64)))


def maximum(node: Node, least: float) -> Node:
    """The value, but not less than that; below it nothing changes with it."""
    return Node(np.maximum(node.value, least), (node, (node.value > least).astype(np.float64)))


def minimum(one: Node, other: Node) -> Node:
    """The smaller of both, element by element."""
    return where(one.value < other.value, one, other)


def where(chosen: NDArray[np.bool_], one: Number, other: Number) -> Node:
    """`one` where chosen, else `other`."""
    one, other = lift(one), lift(other)
    taken = np.asarray(chosen, dtype=np.float64)
    return Node(np.where(chosen, one.value, other.value), (one, taken), (other, 1.0 - taken))


def gradient(result: Node, wanted: Sequence[Node]) -> list[Array]:
    """How the number `result` changes with each of the nodes wanted."""
    result.adjoint = np.asarray(1.0)
    for node in reversed(_in_order(result)):
        for part, partial in node.parts:
            if not part.fixed:
                _pass_on(node, part, partial)
    return [np.zeros_like(node.value) if node.adjoint is None else node.adjoint for node in wanted]


def _pass_on(node: Node, part: Node, partial: Array | float | int | Places) -> None:
    assert node.adjoint is not None
    if isinstance(partial, int) or (isinstance(partial, np.ndarray) and partial.dtype == np.int64):
        if part.adjoint is None:
            part.adjoint = np.zeros_like(part.value)
        if isinstance(partial, int):
            part.adjoint[:partial] += node.adjoint
        else:
            part.adjoint += np.bincount(partial, weights=node.adjoint, minlength=len(part.value))
        return
    change = node.adjoint * partial
    if part.value.ndim == 0:
        change = np.asarray(change.sum())
    elif np.ndim(change) == 0:
        change = np.full_like(part.value, change)
    part.adjoint = change if part.adjoint is None else part.adjoint + change


def _in_order(result: Node) -> list[Node]:
    """All nodes that the result was made of, each after its operands."""
    ordered: list[Node] = []
    seen: set[Node] = set()
    waiting: list[tuple[Node, bool]] = [(result, False)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            ordered.append(node)
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            waiting.extend((part, False) for part, _ in node.parts if not part.fixed)
    return ordered
