"""A deck's last survey as a page: what is asked where, what is refused and why, warnings, robots, pairs judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.core.advice import Advice, Kind
from quizzes.core.specs import Direction
from quizzes.formats.plots import Bar, Plot, level_bars
from quizzes.models import Deck, DeckSurvey, Fact, Section
from quizzes.selectors.content.pairs import Reach, reach_of
from quizzes.selectors.content.words import DIRECTION_LABELS, advice_words, refusal_words


@dataclass(frozen=True, slots=True)
class Finding:
    """Things of one kind: in words, how many, and the facts that a few of them are about as (id, term)."""

    words: str
    count: int
    facts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class QualityPage:
    """Everything about a deck's questions; the fields of the survey are empty while there is none."""

    deck: Deck
    survey: DeckSurvey | None
    current: bool
    verdict: str
    kind: str
    coverage: Plot | None
    robots: Plot | None
    broken: tuple[str, ...]
    odd: tuple[str, ...]
    refusals: tuple[Finding, ...]
    without_choices: tuple[Finding, ...]
    without_recall: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    partly: str
    reach: Reach


def current_survey(deck: Deck) -> DeckSurvey | None:
    """The deck's survey if nothing has changed since; else None."""
    version = Deck.objects.values_list("content_version", flat=True).get(pk=deck.pk)
    return DeckSurvey.objects.filter(deck=deck, content_version=version).first()


def quality_page(deck: Deck) -> QualityPage:
    """The deck's last survey, whether or not the deck has changed since."""
    survey = DeckSurvey.objects.filter(deck=deck).select_related("made_by").first()
    content: Mapping[str, Any] = survey.content if survey else {}
    report = content.get("report", {})
    facts = _facts(deck, content)
    kind, verdict = _verdict(content)
    return QualityPage(
        deck=deck,
        survey=survey,
        current=survey is not None and survey.content_version == deck.content_version,
        verdict=verdict,
        kind=kind,
        coverage=_coverage(deck, content["coverage"]) if content.get("coverage") else None,
        robots=_robots(report["robots"]) if report.get("robots") else None,
        broken=tuple(report.get("broken", ())),
        odd=tuple(report.get("odd", ())),
        refusals=_findings(content.get("refusals", ()), facts),
        without_choices=_findings(content.get("without_choices", ()), facts),
        without_recall=_findings(content.get("without_recall", ()), facts),
        warnings=tuple(_warning(group, facts) for group in content.get("warnings", ())),
        partly=_partly(content),
        reach=reach_of(deck),
    )


def _verdict(content: Mapping[str, Any]) -> tuple[str, str]:
    """What matters, in one sentence, with its kind: none, bad, warn or good."""
    if not content:
        return "none", _("The questions of this deck have not been looked at as a whole yet.")
    report, warnings = content["report"], sum(group["count"] for group in content["warnings"])
    asked = sum(one["cards"] - one["refused"] for one in content["coverage"])
    if report["broken"]:
        said = ngettext("%d question breaks a rule.", "%d questions break a rule.", len(report["broken"]))
        return "bad", said % len(report["broken"])
    if not asked:
        return "bad", _("The deck asks nothing yet.")
    if warnings or report["odd"]:
        said = ngettext(
            "No rule is broken; there is %d thing to look at.", "No rule is broken; there are %d things to look at.",
            warnings + len(report["odd"]),
        )  # fmt: skip
        return "warn", said % (warnings + len(report["odd"]))
    return "good", _("No rule is broken, and nothing is left to look at.")


def _partly(content: Mapping[str, Any]) -> str:
    if not content or content["looked_at"] == content["cards"]:
        return ""
    values = {"looked_at": content["looked_at"], "cards": content["cards"]}
    return _("Looked at %(looked_at)d of %(cards)d cards, spread evenly over the deck.") % values


def _coverage(deck: Deck, rows: Sequence[Mapping[str, Any]]) -> Plot:
    """What share of its cards each section asks in each direction."""
    names = dict(Section.objects.filter(deck=deck).values_list("slug", "noun_plural"))
    found = []
    for row in rows:
        label = (
            f"{capfirst(names.get(row['section'], row['section']))}: {DIRECTION_LABELS[Direction(row['direction'])]}"
        )
        asked = row["cards"] - row["refused"]
        values = {"asked": asked, "cards": row["cards"], "choice": row["choice"], "recall": row["recall"]}
        said = _("%(asked)d of %(cards)d asked, %(choice)d with answer choices, %(recall)d without") % values
        cells = tuple(str(values[name]) for name in ("cards", "asked", "choice", "recall"))
        found.append(Bar(label, (asked / row["cards"],), said, cells=cells, figure=f"{asked}/{row['cards']}"))
    whole, refused = sum(row["cards"] for row in rows), sum(row["refused"] for row in rows)
    title = _("%(asked)d of %(cards)d cards are asked") % {"asked": whole - refused, "cards": whole}
    columns = (_("Question"), _("Cards"), _("Asked"), _("With answer choices"), _("Without"))
    return level_bars(title, found, columns=columns)


ROBOTS = {
    "longest": gettext_lazy("picks the longest"),
    "shortest": gettext_lazy("picks the shortest"),
    "most stem overlap": gettext_lazy("picks what repeats the question"),
    "most like the others": gettext_lazy("picks what looks like the others"),
    "least seen as distractor": gettext_lazy("picks what is seldom a wrong answer"),
}


def _robots(rows: Sequence[Mapping[str, Any]]) -> Plot:
    """How often each robot that knows nothing is right, against what chance allows."""
    clever = [row for row in rows if row["share"] > row["bound"]]
    title = (
        ngettext("%d robot that knows nothing beats chance", "%d robots that know nothing beat chance", len(clever))
        % len(clever)
        if clever
        else _("No robot that knows nothing beats chance")
    )
    found = [
        Bar(
            str(ROBOTS.get(row["robot"], _("always picks %s") % row["robot"].replace("place", _("place")))),
            (row["share"],),
            _("%(share).1f %% right, chance allows %(bound).1f %%")
            % {"share": 100 * row["share"], "bound": 100 * row["bound"]},
            cells=(f"{100 * row['share']:.1f} %", f"{100 * row['bound']:.1f} %"),
        )
        for row in rows
    ]
    columns = (_("Robot"), _("Right"), _("Chance allows"))
    return level_bars(title, found, columns=columns, target=rows[0]["bound"], target_name=_("what chance allows"))


def _facts(deck: Deck, content: Mapping[str, Any]) -> Mapping[str, tuple[int, str]]:
    groups = [group for name in ("refusals", "without_choices", "without_recall", "warnings")
              for group in content.get(name, ())]  # fmt: skip
    codes = {_code(name) for group in groups for name, _said in group["examples"]}
    rows = Fact.objects.filter(deck=deck, code__in=codes).values_list("code", "pk", "term")
    return {code: (pk, term) for code, pk, term in rows}


def _code(name: str) -> str:
    """The fact's code, from itself or from a card's key."""
    return "/".join(name.split("/")[:2])


def _named(group: Mapping[str, Any], facts: Mapping[str, tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    found = (facts.get(_code(name)) for name, _said in group["examples"])
    return tuple(dict.fromkeys(one for one in found if one))


def _findings(groups: Sequence[Mapping[str, Any]], facts: Mapping[str, tuple[int, str]]) -> tuple[Finding, ...]:
    return tuple(
        Finding(capfirst(refusal_words(_example(group))), group["count"], _named(group, facts)) for group in groups
    )


def _example(group: Mapping[str, Any]) -> str:
    """The words of a group of one as they are, of several with … for what differs."""
    return str(group["examples"][0][1] if group["count"] == 1 else group["kind"])


def _warning(group: Mapping[str, Any], facts: Mapping[str, tuple[int, str]]) -> Finding:
    about = tuple(group["examples"][0][1].split(" · ")) if group["examples"][0][1] else ()
    words = advice_words(Advice("", Kind(group["kind"]), about))
    said = _("For example: %s") % words if group["count"] > 1 and about else words
    return Finding(said, group["count"], _named(group, facts))
