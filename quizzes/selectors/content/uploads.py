"""An uploaded file as it was understood, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.core.columns import MappingError, table
from quizzes.core.outcomes import Outcome, Plan
from quizzes.core.outlines import Outline, SectionDraft, drafts_of
from quizzes.core.sheets import Table
from quizzes.formats import plans
from quizzes.formats.errors import TableError
from quizzes.formats.outline import NoOutlineError, read_outline
from quizzes.formats.outline_text import UndecodableError, decode
from quizzes.formats.tables import read_sheet
from quizzes.models import Deck, Upload, User
from quizzes.selectors.content.importing import plan_import

MOST_SHOWN = 20
MOST_REFUSED = 500
FIELDS = {
    "term": gettext_lazy("term"),
    "description": gettext_lazy("description"),
    "section": gettext_lazy("section"),
    "aliases": gettext_lazy("other names"),
    "examples": gettext_lazy("examples"),
    "condition": gettext_lazy("condition"),
    "source": gettext_lazy("source"),
    "code": gettext_lazy("code"),
    "tags": gettext_lazy("subgroups"),
}
OUTCOMES = {
    Outcome.CREATED: gettext_lazy("new"),
    Outcome.UPDATED: gettext_lazy("changed"),
    Outcome.UNCHANGED: gettext_lazy("unchanged"),
    Outcome.MERGED: gettext_lazy("merged into another row"),
    Outcome.REFUSED: gettext_lazy("refused"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with one outcome: how many, and the first of them in words."""

    outcome: str
    title: str
    count: int
    rows: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One field and the column that it is read from; `found` is the header, empty where none is."""

    name: str
    label: str
    chosen: str
    found: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """What importing a table would do; with `trouble` it cannot be read so."""

    upload: Upload
    trouble: str = ""
    plan: Plan | None = None
    groups: tuple[Group, ...] = ()
    columns: tuple[ColumnChoice, ...] = ()
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """What a text guide was understood as; with `trouble` it was not."""

    upload: Upload
    trouble: str = ""
    outline: Outline | None = None
    sections: tuple[SectionDraft, ...] = ()


def find_upload(person: User, pk: int) -> Upload | None:
    """The person's own upload of that id, with its deck."""
    return Upload.objects.filter(pk=pk, uploaded_by=person).select_related("deck").first()


def deck_of(upload: Upload) -> Deck:
    """The deck that the file goes into, or the new one that it makes, not saved yet."""
    return upload.deck or Deck(slug=upload.slug, title=upload.title, language=upload.language)


def table_page(upload: Upload, mapping: Mapping[str, str], *, retire_missing: bool) -> TablePage:
    """The plan of a table's import under a mapping of fields to columns."""
    read: Table | None = None
    try:
        read = table(read_sheet(bytes(upload.data)))
        plan = plan_import(deck_of(upload), read, mapping, retire_missing=retire_missing)
    except (TableError, MappingError) as error:
        headers = _headers(read) if read else ()
        choices = tuple(ColumnChoice(name, str(label), mapping.get(name, ""), "") for name, label in FIELDS.items())
        return TablePage(upload, trouble=str(error), columns=choices if headers else (), headers=headers)
    headers = _headers(read)
    return TablePage(upload, "", plan, _groups(plan), _columns(plan, mapping, headers), headers)


def _headers(read: Table) -> tuple[str, ...]:
    """What a column can be chosen by: its header, or its number."""
    return tuple(name.strip() or str(at) for at, name in enumerate(read.header or [""] * read.width, start=1))


def _columns(plan: Plan, mapping: Mapping[str, str], headers: Sequence[str]) -> tuple[ColumnChoice, ...]:
    places = {{"description": "purpose", "source": "locator"}.get(name, name): name for name in FIELDS}
    found = {places[field]: headers[at[0]] for field, at in plan.columns.places.items() if field in places and at}
    return tuple(
        ColumnChoice(name, str(label), mapping.get(name, found.get(name, "")), found.get(name, ""))
        for name, label in FIELDS.items()
    )


def _groups(plan: Plan) -> tuple[Group, ...]:
    groups = []
    for outcome, title in OUTCOMES.items():
        lines = plan.of(outcome)
        most = MOST_REFUSED if outcome is Outcome.REFUSED else 0 if outcome is Outcome.UNCHANGED else MOST_SHOWN
        groups.append(Group(outcome.value, str(title), len(lines), tuple(plans.told(line) for line in lines[:most])))
    if plan.retired:
        rows = tuple(plan.retired[:MOST_SHOWN])
        groups.append(Group("retired", _("retired, since the table leaves them out"), len(plan.retired), rows))
    return tuple(group for group in groups if group.count)


def outline_page(upload: Upload) -> OutlinePage:
    """The sections and facts of a text guide."""
    try:
        outline = read_outline(decode(bytes(upload.data)))
    except (UndecodableError, NoOutlineError) as error:
        return OutlinePage(upload, trouble=str(error))
    return OutlinePage(upload, "", outline, drafts_of(outline, upload.language))
