"""Whole pages asked for inside this process: the server's time, without the network's."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from django.test import Client

from bench.people import sign_in
from quizzes.models import User

REPEATS = 9


class PageError(RuntimeError):
    """A page did not come: what is measured would mean nothing."""


def time_page(reader: User, address: str, forget: Callable[[], None] | None = None) -> dict[str, float]:
    """Median milliseconds of the page; `first_ms` of one that finds nothing kept, where `forget` empties what is."""
    client = Client()
    client.cookies["sessionid"] = sign_in(reader)
    _once(client, address)
    figures = {"ms": 1000 * median(_once(client, address) for _ in range(REPEATS))}
    if forget is None:
        return figures
    forget()
    return {**figures, "first_ms": 1000 * _once(client, address)}


def _once(client: Client, address: str) -> float:
    began = perf_counter()
    response = client.get(address, secure=True)
    if response.status_code != 200:
        raise PageError(f"{address} answered {response.status_code}")
    return perf_counter() - began
