"""A deck's facts as a table that importing reads back without loss, verdicts on pairs and checks left out."""

from collections.abc import Iterator

from quizzes.core.exporting import fact_rows
from quizzes.core.new_sections import section_rows
from quizzes.formats.spreadsheet import csv_lines
from quizzes.formats.workbooks import SECTIONS, workbook
from quizzes.models import Deck
from quizzes.selectors.content.specs import deck_spec


def deck_csv(deck: Deck) -> Iterator[str]:
    """The active facts as CSV, row by row; sections by slug and nouns, without their questions."""
    return csv_lines(fact_rows(deck_spec(deck)))


def deck_workbook(deck: Deck) -> bytes:
    """The active facts as XLSX, with a second sheet of the sections and their questions."""
    spec = deck_spec(deck)
    return workbook({"facts": fact_rows(spec), SECTIONS: section_rows(spec.sections)})
