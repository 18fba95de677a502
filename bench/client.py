"""A small HTTP client: raw sockets, one connection per request, since sync workers of gunicorn close it after each."""

import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.messages import Response, Talker

CHUNK = 1 << 18
TIMEOUT = 30


@dataclass(slots=True)
class Slice:
    """A stretch of requests: how long it took in all, and each one by itself, from connecting to the last byte."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Call:
    talker: Talker
    began: float
    heard: bytearray = field(default_factory=bytearray)


class Line:
    """Talkers taking turns on a fixed number of connections; those with nothing left to ask leave."""

    def __init__(self, talkers: list[Talker], *, port: int, connections: int) -> None:
        self.waiting = deque(talkers)
        self._port, self._connections = port, connections

    def talk(self, go_on: Callable[[int], bool]) -> Slice:
        """Keep all connections busy while `go_on(requests so far)`, then hear the rest out."""
        done, began = Slice(), time.perf_counter()
        with selectors.DefaultSelector() as selector:
            for _ in range(self._connections):
                self._call(selector)
            while selector.get_map():
                for call in self._finished(selector):
                    done.latencies.append(time.perf_counter() - call.began)
                    call.talker.hear(Response.decoded(bytes(call.heard)))
                    self.waiting.append(call.talker)
                    if go_on(len(done.latencies)):
                        self._call(selector)
        done.seconds = time.perf_counter() - began
        return done

    def _call(self, selector: selectors.BaseSelector) -> None:
        while self.waiting:
            talker = self.waiting.popleft()
            request = talker.ask()
            if request is not None:
                call = _Call(talker, time.perf_counter())
                connection = socket.create_connection(("127.0.0.1", self._port), timeout=TIMEOUT)
                connection.sendall(request.encoded(self._port))
                selector.register(connection, selectors.EVENT_READ, call)
                return

    def _finished(self, selector: selectors.BaseSelector) -> list[_Call]:
        ready = selector.select(TIMEOUT)
        if not ready:
            raise TimeoutError(f"the server did not answer within {TIMEOUT} s")
        return [key.data for key, _events in ready if _heard_all(key, selector)]


def _heard_all(key: selectors.SelectorKey, selector: selectors.BaseSelector) -> bool:
    connection = key.fileobj
    assert isinstance(connection, socket.socket)
    data = connection.recv(CHUNK)
    key.data.heard += data
    if not data:
        selector.unregister(connection)
        connection.close()
    return not data
