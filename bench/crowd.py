"""A crowd over HTTP: everybody asks when their own time has come, however long the others wait for an answer."""

import heapq
import selectors
import socket
import time
from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from bench.client import CHUNK
from bench.messages import Request, Response
from bench.talkers import UnexpectedError

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Step:
    """A request of one kind, to be made so many seconds after the beginning, or as soon after that as can be."""

    kind: str
    at: float
    request: Request


Script = Generator[Step, Response, None]
"""What one of the crowd does: yields steps, is sent what was answered; raises UnexpectedError."""


@dataclass(slots=True)
class Heard:
    """What became of it all: seconds of each request by kind, what went wrong, the most requests open at once."""

    seconds: float = 0.0
    latencies: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    most_open: int = 0

    @property
    def requests(self) -> int:
        """How many were answered."""
        return sum(map(len, self.latencies.values()))


@dataclass(slots=True)
class _Call:
    script: Script
    step: Step
    began: float
    heard: bytearray = field(default_factory=bytearray)


def listen(scripts: Iterable[Script], *, port: int) -> Heard:
    """Let all scripts run to their ends; one that meets an error ends there."""
    crowd = _Crowd(port)
    for script in scripts:
        crowd.wait(script, next(script))
    crowd.run()
    return crowd.done


class _Crowd:
    def __init__(self, port: int) -> None:
        self.done = Heard()
        self._port, self._began = port, time.perf_counter()
        self._selector = selectors.DefaultSelector()
        self._waiting: list[tuple[float, int, Script, Step]] = []
        self._count = 0

    def wait(self, script: Script, step: Step) -> None:
        self._count += 1
        heapq.heappush(self._waiting, (step.at, self._count, script, step))

    def run(self) -> None:
        with self._selector as selector:
            while self._waiting or selector.get_map():
                self._ask_those_due()
                self.done.most_open = max(self.done.most_open, len(selector.get_map()))
                self._hear()
                self._give_up()
        self.done.seconds = self._now()

    def _now(self) -> float:
        return time.perf_counter() - self._began

    def _ask_those_due(self) -> None:
        while self._waiting and self._waiting[0][0] <= self._now():
            _at, _count, script, step = heapq.heappop(self._waiting)
            call = _Call(script, step, self._now())
            try:
                connection = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE)
                connection.sendall(step.request.encoded(self._port))
            except OSError as error:
                self._fail(call, repr(error))
            else:
                self._selector.register(connection, selectors.EVENT_READ, call)

    def _hear(self) -> None:
        due = self._waiting[0][0] - self._now() if self._waiting else 1.0
        if not self._selector.get_map():
            time.sleep(min(max(0.0, due), 1.0))
            return
        for key, _events in self._selector.select(min(max(0.0, due), 1.0)):
            connection, call = key.fileobj, key.data
            assert isinstance(connection, socket.socket)
            try:
                data = connection.recv(CHUNK)
            except OSError as error:
                self._hang_up(connection)
                self._fail(call, repr(error))
                continue
            call.heard += data
            if not data:
                self._hang_up(connection)
                self._answered(call)

    def _answered(self, call: _Call) -> None:
        self.done.latencies[call.step.kind].append(self._now() - call.began)
        try:
            self.wait(call.script, call.script.send(Response.decoded(bytes(call.heard))))
        except StopIteration:
            pass
        except UnexpectedError as error:
            self._fail(call, str(error))

    def _give_up(self) -> None:
        for key in [key for key in self._selector.get_map().values() if self._now() - key.data.began > PATIENCE]:
            assert isinstance(key.fileobj, socket.socket)
            self._hang_up(key.fileobj)
            self._fail(key.data, f"no answer within {PATIENCE:.0f} s")

    def _hang_up(self, connection: socket.socket) -> None:
        self._selector.unregister(connection)
        connection.close()

    def _fail(self, call: _Call, what: str) -> None:
        self.done.errors.append(f"{call.step.kind} {call.step.request.path}: {what}")
        call.script.close()
