"""How far a command's long work is, on standard error."""

from time import monotonic
from typing import Any

_BAR = 30
_SILENT_SECONDS = 1.0


class Bar:
    """Progress on standard error: a bar on a terminal, else a line per step once a second has passed."""

    def __init__(self, out: Any) -> None:  # noqa: ANN401
        self._out, self._began, self._step, self._drawn = out, monotonic(), "", False

    def tell(self, step: str, done: int, whole: int) -> None:
        """How far a step is."""
        if self._out.isatty():
            filled = _BAR * done // max(1, whole)
            self._out.write(f"\r{'█' * filled}{'·' * (_BAR - filled)} {step} {done:,} of {whole:,}\x1b[K", ending="")
            self._out.flush()
            self._drawn = True
        elif step != self._step and monotonic() - self._began > _SILENT_SECONDS:
            self._out.write(f"{step}: {done:,} of {whole:,}")
        self._step = step

    def end(self) -> None:
        """Leaves the bar's line."""
        if self._drawn:
            self._out.write("\r\x1b[K", ending="")
