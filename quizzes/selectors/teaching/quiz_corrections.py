"""Questions of a quiz that rest on facts which say something else now: what changed, when and by whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from quizzes.core.specs import Direction
from quizzes.models import Fact, FactVersion, Overlap
from quizzes.selectors.content.versions import FieldChange, content_changes
from quizzes.selectors.teaching.grade_words import moment_words
from quizzes.selectors.teaching.people import person_name
from quizzes.selectors.teaching.quiz_items import Content

Key = tuple[str, str]
"""Deck and code of a fact."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that holds now and did not when the question was frozen.

    `changes` are the words of a fact before and after. `also_right` is the canonical number of an answer choice that
    was judged right, or arguably right, by now; None for a change of a fact, which is that of the right answer if
    `of_key`.
    """

    term: str
    what: str
    when: str
    at: datetime | None
    who: str
    meaning: bool
    changes: Sequence[FieldChange] = ()
    reason: str = ""
    also_right: int | None = None
    of_key: bool = False


def read_corrections(contents: Mapping[str, Content], zone: ZoneInfo) -> dict[str, list[Correction]]:
    """By hash, only of questions with corrections, those of meaning first; three queries."""
    facts = _facts(contents.values())
    versions, verdicts = _versions(facts, contents.values()), _verdicts(facts)
    found = {
        item_hash: [*_of_facts(content, facts, versions, zone), *_of_verdicts(content, facts, verdicts, zone)]
        for item_hash, content in contents.items()
    }
    return {key: sorted(some, key=lambda one: not one.meaning) for key, some in found.items() if some}


def _facts(contents: Iterable[Content]) -> dict[Key, Fact]:
    keys = {(content["deck"], option["code"]) for content in contents for option in content["options"]}
    rows = Fact.objects.filter(deck__slug__in={deck for deck, _code in keys}, code__in={code for _deck, code in keys})
    return {(row.deck.slug, row.code): row for row in rows.select_related("deck")}


def _versions(facts: Mapping[Key, Fact], contents: Iterable[Content]) -> dict[int, list[FactVersion]]:
    """The versions from the first one shown on, of facts that have newer ones, by fact."""
    shown: dict[int, int] = {}
    for content in contents:
        for option in content["options"]:
            fact = facts.get((content["deck"], option["code"]))
            if fact is not None and option["version"] < fact.version:
                shown[fact.pk] = min(option["version"], shown.get(fact.pk, fact.version))
    rows = FactVersion.objects.filter(fact__in=list(shown), number__gte=min(shown.values(), default=0))
    found = defaultdict(list)
    for row in rows.select_related("created_by").order_by("fact_id", "number"):
        found[row.fact_id].append(row)
    return found


def _of_facts(
    content: Content, facts: Mapping[Key, Fact], versions: Mapping[int, Sequence[FactVersion]], zone: ZoneInfo
) -> list[Correction]:
    found, keys = [], {option["code"] for option in content["options"] if option["is_key"]}
    for code, version in sorted({(option["code"], option["version"]) for option in content["options"]}):
        fact = facts.get((content["deck"], code))
        rows = versions.get(fact.pk, []) if fact else []
        before = next((row for row in rows if row.number == version), None)
        if fact is None or before is None or version == fact.version:
            continue
        last, meaning = rows[-1], rows[-1].meaning_version > before.meaning_version
        found.append(
            Correction(
                term=fact.term,
                what=_("meaning changed") if meaning else _("wording changed"),
                when=moment_words(last.created_at, zone),
                at=last.created_at,
                who=person_name(last.created_by) if last.created_by else "",
                meaning=meaning,
                changes=content_changes(before.content, last.content),
                of_key=code in keys,
            )
        )
    return found


def _verdicts(facts: Mapping[Key, Fact]) -> dict[tuple[int, int], list[Overlap]]:
    """What is judged right beside what is asked, by the asked fact (or minus the section) and the offered one."""
    ids = [fact.pk for fact in facts.values()]
    rows = Overlap.objects.filter(offered__in=ids, verdict__in=(Overlap.Verdict.RIGHT, Overlap.Verdict.ARGUABLE))
    found = defaultdict(list)
    for row in rows.select_related("judged_by"):
        found[row.asked_id or -(row.asked_section_id or 0), row.offered_id].append(row)
    return found


def _of_verdicts(
    content: Content,
    facts: Mapping[Key, Fact],
    verdicts: Mapping[tuple[int, int], Sequence[Overlap]],
    zone: ZoneInfo,
) -> list[Correction]:
    key = next((option for option in content["options"] if option["is_key"]), None)
    asked = facts.get((content["deck"], key["code"])) if key else None
    if asked is None or content["direction"] == Direction.NOT_MEMBER.value:
        return []
    found = []
    for number, option in enumerate(content["options"]):
        offered = facts.get((content["deck"], option["code"]))
        if offered is None or option["is_key"]:
            continue
        about = [*verdicts.get((asked.pk, offered.pk), []), *verdicts.get((-asked.section_id, offered.pk), [])]
        found += [_verdict(one, option["text"], number, zone) for one in about if _is_asked(one, content)]
    return found


def _is_asked(verdict: Overlap, content: Content) -> bool:
    return not verdict.direction or verdict.direction == content["direction"]


def _verdict(row: Overlap, text: str, number: int, zone: ZoneInfo) -> Correction:
    return Correction(
        term=text,
        what=str(row.get_verdict_display()),
        when=moment_words(row.judged_at, zone),
        at=row.judged_at,
        who=person_name(row.judged_by) if row.judged_by else "",
        meaning=True,
        reason=row.reason,
        also_right=number,
    )
