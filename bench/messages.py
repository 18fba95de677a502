"""Requests and responses, as the bench needs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Request:
    """A request of htmx; with a form it is a POST."""

    path: str
    cookies: Mapping[str, str]
    form: Mapping[str, str] = field(default_factory=dict)

    def encoded(self, port: int) -> bytes:
        """The bytes that a proxy sends which speaks https to the outside."""
        host, body = f"127.0.0.1:{port}", urlencode(self.form).encode()
        headers = {
            "Host": host,
            "Connection": "close",
            "X-Forwarded-Proto": "https",
            "HX-Request": "true",
            "Accept-Encoding": "gzip, br",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body:
            headers["Origin"] = f"https://{host}"
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Content-Length"] = str(len(body))
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{'POST' if body else 'GET'} {self.path} HTTP/1.1\r\n{head}\r\n".encode() + body


@dataclass(frozen=True, slots=True)
class Response:
    """Status line and headers, and the page."""

    head: str
    body: str

    @classmethod
    def decoded(cls, data: bytes) -> "Response":
        """From the bytes of a connection that has been closed."""
        head, _, body = data.partition(b"\r\n\r\n")
        return cls(head.decode(), body.decode())


class Talker(Protocol):
    """Somebody with something to ask: the next request (None: nothing any more), and what to make of the response."""

    def ask(self) -> Request | None: ...

    def hear(self, response: Response) -> None: ...
