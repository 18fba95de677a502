"""All that is kept of a person as one ZIP: what it is in words, everything as JSON, and a CSV file for each table."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from quizzes.formats.archives import PIECE, zip_pieces
from quizzes.formats.spreadsheet import csv_lines
from quizzes.models import User
from quizzes.selectors.people.own_data import Part, read_part
from quizzes.selectors.teaching.own_data import ALL_PARTS

FORMAT = 1
ENCODER = DjangoJSONEncoder(ensure_ascii=False)


def own_data_zip(user: User, *, now: datetime) -> Iterator[bytes]:
    """The file, piece by piece; how much there is makes no difference to the memory it takes."""
    return zip_pieces(_files(user, now), at=now)


def own_data_name(user: User, *, now: datetime) -> str:
    """What the file is called."""
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "-_") else "-" for one in user.get_username())
    return f"calcquiz-{plain}-{now:%Y-%m-%d}.zip"


def _files(user: User, now: datetime) -> Iterator[tuple[str, Iterable[str]]]:
    """Each table is read once: while its CSV goes out, its rows are put by for the JSON, which comes last."""
    about = {"parts": ALL_PARTS, "name": user.get_username(), "now": now}
    yield "README.txt", [render_to_string("account/data_readme.txt", about)]
    with TemporaryFile("w+", encoding="utf-8") as everything:
        head = {"format": FORMAT, "person": user.get_username(), "made_at": now.isoformat()}
        everything.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "tables": {')
        for at, part in enumerate(ALL_PARTS):
            everything.write("," if at else "")
            yield f"{part.name}.csv", csv_lines(_table(part, user, now, everything))
        everything.write("}}\n")
        everything.seek(0)
        yield "data.json", iter(lambda: everything.read(PIECE), "")


def _table(part: Part, user: User, now: datetime, everything: IO[str]) -> Iterator[Sequence[object]]:
    everything.write(f"\n{json.dumps(part.name)}: [")
    yield part.keys
    for number, row in enumerate(read_part(part, user, now=now)):
        everything.write(("," if number else "") + "\n" + _text(row))
        yield [_cell(row[key]) for key in part.keys]
    everything.write("]")


def _cell(value: object) -> object:
    """Lists and other values of several parts as JSON, moments as ISO 8601; numbers stay numbers."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return _text(value) if isinstance(value, list | dict | tuple) else ENCODER.default(value)


def _text(value: object) -> str:
    return ENCODER.encode(value)
