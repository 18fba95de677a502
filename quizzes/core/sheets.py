"""A table of texts as it stands in a file, before anybody has said what its columns mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line of the file (counted from 1) where it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows as they stand in the file, empty ones left out.

    `name` is that of a spreadsheet's sheet. `notes` say what was assumed while reading. `sections` are the rows of
    another sheet that describes sections, as an export has it.
    """

    rows: tuple[Row, ...]
    name: str = ""
    notes: tuple[str, ...] = ()
    sections: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A header, which is empty where the file has none, and the rows below it."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str = ""
    notes: tuple[str, ...] = ()
    sections: tuple[Row, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are: those of the header, or of the longest row where there is no header."""
        return len(self.header) or max((len(row.cells) for row in self.rows), default=0)
