"""Lists of students as tables: which column holds what, and what each row says of whom. Nothing about accounts."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from quizzes.core.column_names import plain_name
from quizzes.core.sheets import Row, Sheet

NAMES = {
    "email": (
        "e-mail, email, mail, e-mail address, email address, mail address, university e-mail, student e-mail, "
        "e-mail-adresse, emailadresse, mailadresse, hochschul-e-mail, "
        "adresse e-mail, adresse mail, adresse électronique, courriel, mél, adresse de courriel, "
        "correo electrónico, correo, dirección de correo, dirección de correo electrónico, e-mail institucional"
    ),
    "number": (
        "student number, student no, student id, student id number, matriculation number, matriculation no, "
        "registration number, enrolment number, university id, sis user id, external id, id number, "
        "matrikelnummer, matrikelnr, matrikel-nr, matrikel, matr.-nr., matnr, studierendennummer, "
        "numéro d'étudiant, numéro étudiant, n° étudiant, no étudiant, code étudiant, matricule, numéro de matricule, "
        "número de estudiante, número de matrícula, número de alumno, matrícula, legajo, expediente, "
        "id, number, no, nr, nummer, numéro, número"
    ),
    "first_name": (
        "first name, first names, given name, given names, forename, forenames, "
        "vorname, vornamen, rufname, prénom, prénoms, nombre de pila, nombre, nombres"
    ),
    "last_name": (
        "last name, last names, surname, surnames, family name, "
        "nachname, nachnamen, familienname, zuname, nom de famille, nom, apellido, apellidos"
    ),
    "name": (
        "name, full name, student, student name, display name, participant, vollständiger name, studierende, "
        "teilnehmer, teilnehmende, nom complet, nom et prénom, nom prénom, étudiant, "
        "nombre completo, nombre y apellidos, apellidos y nombre, estudiante, alumno"
    ),
    "group": (
        "group, groups, group name, tutor group, tutorial group, tutorial, lab group, lab, seminar group, section, "
        "gruppe, gruppen, gruppenname, übungsgruppe, seminargruppe, tutorium, praktikumsgruppe, "
        "groupe, groupes, groupe de td, groupe de tp, td, tp, grupo, grupos, grupo de prácticas, sección, comisión"
    ),
}
"""Field -> what its column may be called, best known first: the best one is read where several have such names."""

LONGEST_NUMBER, LONGEST_NAME, LONGEST_GROUP = 100, 150, 100
_HEADER_AMONG = 6
_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]+@[^\s<>,;:\"'()\[\]]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says of one student; an address in small letters. `is_address` is False for a malformed one."""

    line: int
    email: str = ""
    number: str = ""
    first_name: str = ""
    last_name: str = ""
    group: str = ""
    is_address: bool = True

    @property
    def name(self) -> str:
        """Both names, as far as they are there."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows that say something of somebody, the headers read by field, and headers that were not read.

    `headed` is False for a list without headers, of which only addresses are read; `numbered` tells that a column was
    left out because it merely counts the rows.
    """

    entries: tuple[Entry, ...]
    columns: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    headed: bool = True
    numbered: str = ""


def read_roster(sheet: Sheet, *, is_address: Callable[[str], bool]) -> Roster:
    """The students of a sheet: by the usual names of its columns, else wherever an address stands.

    `is_address` says whether an e-mail can be sent to a text. Rows above the header are left out.
    """
    at = _header(sheet.rows)
    if at is None:
        found = [entry for row in sheet.rows for entry in _loose(row, is_address)]
        return Roster(tuple(found), headed=False)
    names, rows = [" ".join(cell.split()) for cell in sheet.rows[at].cells], sheet.rows[at + 1 :]
    places = _places(names)
    numbered = ""
    if "number" in places and _counts([_text(row, places["number"]) for row in rows]):
        numbered = names[places.pop("number")]
    entries = [entry for row in rows if (entry := _entry(row, places, is_address))]
    unread = tuple(name for place, name in enumerate(names) if name and place not in places.values())
    columns = {field: names[place] for field, place in places.items()}
    return Roster(tuple(entries), columns, tuple(name for name in unread if name != numbered), numbered=numbered)


def group_key(name: str) -> str:
    """The form in which names of groups are compared: no case, single spaces."""
    return " ".join(name.split()).casefold()


def _header(rows: Sequence[Row]) -> int | None:
    """The first of the top rows that has a usual name for the address or the number, and no address in it."""
    for at, row in enumerate(rows[:_HEADER_AMONG]):
        known = {one for cell in row.cells for one in _FIELDS.get(plain_name(cell), ())}
        if known & {"email", "number"} and not any(_ADDRESS.search(cell) for cell in row.cells):
            return at
    return None


def _places(names: Sequence[str]) -> dict[str, int]:
    """Field -> place of the column with its best known name; “name” beside first names is the last name."""
    plain = [plain_name(name) for name in names]
    places: dict[str, int] = {}
    for known, ranked in _RANKED.items():
        found = [at for name in ranked for at, has in enumerate(plain) if has == name and at not in places.values()]
        if found:
            places[known] = found[0]
    if "name" in places and "first_name" in places and "last_name" not in places:
        places["last_name"] = places.pop("name")
    return places


def _counts(texts: Sequence[str]) -> bool:
    """Whether the texts merely number the rows."""
    return len(texts) > 1 and list(texts) in [[str(n + first) for n in range(len(texts))] for first in (0, 1)]


def _text(row: Row, at: int | None) -> str:
    return " ".join(row.cells[at].split()) if at is not None and at < len(row.cells) else ""


def _entry(row: Row, places: dict[str, int], is_address: Callable[[str], bool]) -> Entry | None:
    """What a row says; None if it says nothing of anybody."""
    said = {known: _text(row, places.get(known)) for known in NAMES}
    email, beside = _address(said["email"])
    first, last = said["first_name"], said["last_name"]
    if not first and not last:
        first, last = _parted(said["name"] or beside)
    if not (email or said["number"] or first or last):
        return None
    return Entry(
        line=row.line,
        email=email,
        number=said["number"],
        first_name=first[:LONGEST_NAME],
        last_name=last[:LONGEST_NAME],
        group=said["group"],
        is_address=not email or is_address(email),
    )


def _loose(row: Row, is_address: Callable[[str], bool]) -> Iterator[Entry]:
    """Each address of a line without headers, with the name that stands before it; else the line as it is."""
    found = [(cell, match) for cell in row.cells for match in _ADDRESS.finditer(cell)]
    for cell, match in found:
        email, beside = _address(cell) if len(_ADDRESS.findall(cell)) == 1 else _address(match[0])
        first, last = _parted(beside)
        yield Entry(row.line, email, "", first[:LONGEST_NAME], last[:LONGEST_NAME], is_address=is_address(email))
    if not found and any(cell.strip() for cell in row.cells):
        said = " ".join(" ".join(row.cells).split())
        yield Entry(row.line, first_name=said[:LONGEST_NAME])


def _address(said: str) -> tuple[str, str]:
    """The address of a text such as `Ada <ada@example.org>;`, in small letters, and the name beside it."""
    bare = said.strip(" \t,;").removeprefix("mailto:")
    inside = re.fullmatch(r"(.*?)<\s*(?:mailto:)?([^<>]*?)\s*>", bare)
    if inside is None:
        return bare.lower(), ""
    return inside[2].lower(), inside[1].strip(" \t\"'")


def _parted(name: str) -> tuple[str, str]:
    """First and last name of a whole one: parted at the comma, else before the last word."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma:
        return first, last
    before, _space, word = name.strip().rpartition(" ")
    return (before.strip(), word) if before else (word, "")


_RANKED = {known: tuple(dict.fromkeys(map(plain_name, names.split(", ")))) for known, names in NAMES.items()}
_FIELDS: dict[str, tuple[str, ...]] = {}
for _known, _names in _RANKED.items():
    for _name in _names:
        _FIELDS[_name] = (*_FIELDS.get(_name, ()), _known)
