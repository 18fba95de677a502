"""Files as one ZIP, made piece by piece so that it can be sent while it is made."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

PIECE = 64 * 1024


class _Pipe:
    """What a ZIP is written into, and taken out of again; it cannot go back."""

    def __init__(self) -> None:
        self.held, self.size = bytearray(), 0

    def write(self, data: bytes) -> int:
        self.held += data
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self, least: int = 1) -> Iterator[bytes]:
        """What is held, if it is as much."""
        if len(self.held) >= least:
            yield bytes(self.held)
            self.held.clear()


def zip_pieces(files: Iterable[tuple[str, Iterable[str]]], *, at: datetime) -> Iterator[bytes]:
    """The ZIP of these files, each a name and pieces of text, as of that moment; never much of it in memory."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, texts in files:
            about = zipfile.ZipInfo(name, at.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            with archive.open(about, "w", force_zip64=True) as file:
                for text in texts:
                    file.write(text.encode())
                    yield from pipe.take(PIECE)
    yield from pipe.take()
