"""The questions of a class as a list: what is wrong first, then every card with its figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.card_analysis import curve_of
from quizzes.core.card_flags import Weight
from quizzes.core.estimates import LEAST_ANSWERS, Figure, Untold
from quizzes.core.kept_figures import figure_of
from quizzes.formats.plots import Plot
from quizzes.models import CardStatistics, Cohort, Deck, Rollup, Section, User
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.figure_words import decimal, few_words, interval_of, value_of
from quizzes.selectors.teaching.flag_words import flag_words
from quizzes.selectors.teaching.grade_words import moment_words
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.question_plots import curve_plot, scatter, sections_plot
from quizzes.selectors.teaching.table import PAGE, Header

LOOK_FIRST = "look"
SORTED_BY = {
    "name": ("card__order",),
    "n": ("n",),
    "first": ("facility",),
    "later": ("later",),
    "telling": ("discrimination",),
}
SHOWS = {"look": Weight.LOOK, "improve": Weight.IMPROVE, "watch": Weight.WATCH}
FEW_DOTS = 10


@dataclass(frozen=True, slots=True)
class WantedQuestions:
    """What the address asks for: a column, with a dash in front for downwards; which flags; a section and a deck (ids);
    words; a page from 1, 0 being all."""

    sort: str = LOOK_FIRST
    show: str = ""
    section: str = ""
    deck: str = ""
    search: str = ""
    page: int = 1

    def address(self, **changes: object) -> str:
        """The address of the same list with something changed."""
        wanted = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        given = {name: getattr(wanted, name) for name in ("sort", "show", "section", "deck", "page")}
        plain = {"sort": LOOK_FIRST, "page": 1}
        kept = {name: value for name, value in given.items() if value != plain.get(name, "")}
        return "?" + urlencode(kept | ({"q": wanted.search} if wanted.search else {}))


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A figure in the table: its value or a dash, the interval, and how many it rests on or that there are too few."""

    value: str
    interval: str
    n: str
    few: str = ""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One card. `flags` are pairs of words and a tone."""

    url: str
    stem: str
    term: str
    section: str
    first: FigureCell
    later: FigureCell
    telling: FigureCell
    flags: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class QuestionList:
    """The page. `made_at` is empty while nothing has been rolled up; `questions` counts the cards answered; `look` is
    what of the sentence leads to `look_url`, `rest` what follows it."""

    head: ClassHead
    deck: Deck | None
    decks: Sequence[tuple[str, str]]
    made_at: str
    students: int
    questions: int
    look: str
    rest: str
    look_url: str
    all_url: str
    plots: Sequence[Plot]
    headers: Sequence[Header]
    rows: Sequence[QuestionRow]
    found: int
    pages: Sequence[tuple[str, str, bool]]
    wanted: WantedQuestions
    shows: Sequence[tuple[str, str]]
    sections: Sequence[tuple[str, str]]


def question_list(user: User, cohort: Cohort, wanted: WantedQuestions, *, now: datetime) -> QuestionList:
    """Everything on the page; eleven queries at most, however large the class and the deck."""
    head = class_head(user, cohort, now=now)
    deck = deck_wanted(head.decks, wanted.deck)
    rollup = find_rollup(cohort, deck)
    cards = CardStatistics.objects.filter(rollup=rollup) if rollup else CardStatistics.objects.none()
    sections = list(Section.objects.filter(deck=deck).order_by("position", "pk")) if deck else []
    counts, found = _counts(cards), _wanted(cards, wanted)
    look, *rest = _sentence(counts)
    matching = found.count() if rollup else 0
    return QuestionList(
        head=head,
        deck=deck,
        decks=[(str(one.pk), one.title) for one in head.decks] if len(head.decks) > 1 else [],
        made_at=moment_words(rollup.made_at, zone_of(user)) if rollup else "",
        students=rollup.students if rollup else 0,
        questions=counts["all"],
        look=look,
        rest="; ".join(rest),
        look_url=wanted.address(show="look", section="", search="") if counts["look"] else "",
        all_url=wanted.address(show="", section="", search=""),
        plots=_plots(rollup, cards, sections, counts) if rollup else [],
        headers=_headers(wanted),
        rows=[_row(cohort, one) for one in _page(found, wanted)] if rollup else [],
        found=matching,
        pages=_pages(matching, wanted),
        wanted=wanted,
        shows=[
            ("", _("all questions")),
            ("look", _("need a look")),
            ("improve", _("could be better")),
            ("watch", _("to be watched")),
        ],
        sections=[(str(one.pk), one.noun_plural) for one in sections],
    )


def deck_wanted(decks: Sequence[Deck], wanted: str) -> Deck | None:
    """The deck of that id, or the first; None where the class has none."""
    return next((one for one in decks if str(one.pk) == wanted), decks[0] if decks else None)


def find_rollup(cohort: Cohort, deck: Deck | None) -> Rollup | None:
    """What was rolled up last of a deck over the class; None while nothing has been, or nobody has answered."""
    return Rollup.objects.filter(cohort=cohort, deck=deck).first() if deck else None


def _counts(cards: QuerySet[CardStatistics]) -> dict[str, int]:
    """How many cards there are, with each kind of flag, and with each figure; the most first answers of one."""
    weights = {name: Count("pk", filter=Q(weight=weight)) for name, weight in SHOWS.items()}
    told = {name: Count(name) for name in ("facility", "later", "discrimination")}
    both = Count("pk", filter=Q(facility__isnull=False, later__isnull=False))
    return cards.aggregate(all=Count("pk"), both=both, **weights, **told)


def _sentence(counts: dict[str, int]) -> list[str]:
    """Its parts, the one that matters first."""
    if not counts["all"]:
        return [_("Nobody has answered anything yet")]
    if not counts["facility"] and not counts["look"] and not counts["improve"]:
        said = _("Not enough answers yet to tell which questions are broken: a question needs the first answers of "
                 "%d students")  # fmt: skip
        return [said % LEAST_ANSWERS]
    look, improve = counts["look"], counts["improve"]
    some = ngettext("%(n)d of %(all)d questions needs a look", "%(n)d of %(all)d questions need a look", look)
    parts = [some % {"n": look, "all": counts["all"]} if look else _("No question needs a look")]
    if improve:
        parts.append(ngettext("%d could be better", "%d could be better", improve) % improve)
    if not counts["discrimination"]:
        parts.append(_("not enough answers yet to tell whether questions tell strong from weak students"))
    return parts


def _plots(
    rollup: Rollup, cards: QuerySet[CardStatistics], sections: Sequence[Section], counts: dict[str, int]
) -> list[Plot]:
    telling = counts["discrimination"] >= FEW_DOTS
    many = telling or counts["both"] >= FEW_DOTS
    whole = _scatter(cards, telling=telling) if many else _sections(rollup, sections)
    curve = curve_plot(
        curve_of(rollup.values["curve"]),
        _("%(share)s of the class's answers are right after %(days)s without review"),
        rollup.values.get("independent", ()),
    )
    return [one for one in (whole, curve) if one is not None]


def _scatter(cards: QuerySet[CardStatistics], *, telling: bool) -> Plot | None:
    other = "discrimination" if telling else "later"
    told = cards.filter(facility__isnull=False, **{f"{other}__isnull": False}).order_by("weight", "-n", "pk")
    rows = told.values_list("stem", "facility", other, "n", "weight")
    return scatter([(stem, x, y, n, weight == Weight.LOOK) for stem, x, y, n, weight in rows], telling=telling)


def _sections(rollup: Rollup, sections: Sequence[Section]) -> Plot | None:
    groups = rollup.values["groups"]
    found = [(one.noun_plural, groups[str(one.pk)]) for one in sections if str(one.pk) in groups]
    return sections_plot([(name, figure_of(kept["first"]), figure_of(kept["later"])) for name, kept in found])


def _wanted(cards: QuerySet[CardStatistics], wanted: WantedQuestions) -> QuerySet[CardStatistics]:
    if wanted.show in SHOWS:
        cards = cards.filter(weight=SHOWS[wanted.show])
    if wanted.section.isdecimal():
        cards = cards.filter(card__fact__section=int(wanted.section))
    for word in wanted.search.split():
        cards = cards.filter(Q(stem__icontains=word) | Q(card__fact__term__icontains=word))
    key, down = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    if key not in SORTED_BY:
        return cards.order_by("weight", "gravity", F("facility").asc(nulls_last=True), "card__order", "pk")
    order = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in SORTED_BY[key]]
    return cards.order_by(*order, "card__order", "pk")


def _page(found: QuerySet[CardStatistics], wanted: WantedQuestions) -> QuerySet[CardStatistics]:
    rows = found.select_related("card__fact__section")
    return rows if wanted.page == 0 else rows[PAGE * (wanted.page - 1) : PAGE * wanted.page]


def _row(cohort: Cohort, one: CardStatistics) -> QuestionRow:
    fact, values = one.card.fact, one.values
    return QuestionRow(
        url=reverse("class-question", args=[cohort.pk, one.card_id]),
        stem=one.stem or fact.term,
        term=fact.term,
        section=fact.section.noun_plural,
        first=_cell(figure_of(values["facility"])),
        later=_cell(figure_of(values["later"])),
        telling=_cell(figure_of(values["discrimination"]), number=True),
        flags=flag_tags(one.flags),
    )


def flag_tags(flags: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    """Words and tone of each flag, as they are kept."""
    return [(flag_words(why, weight), {Weight.LOOK: "warn"}.get(Weight(weight), "")) for weight, why in flags]


def _cell(figure: Figure, *, number: bool = False) -> FigureCell:
    if isinstance(figure, Untold):
        return FigureCell("–", "", _("of %d") % figure.n, few_words(figure))
    show = (decimal,) if number else ()
    return FigureCell(value_of(figure, *show), interval_of(figure, *show), _("of %d") % figure.n)


def _headers(wanted: WantedQuestions) -> list[Header]:
    columns = [
        ("name", _("Question"), ""),
        (LOOK_FIRST, _("What to look at"), _("what the figures say may be wrong; the gravest first")),
        ("first", _("Right at first"), _("share right of the students' first answers (facility); aim 40 % to 85 %")),
        ("later", _("Right later"), _("share right of first answers of later days (retention)")),
        (
            "telling",
            _("Tells strong from weak"),
            _("correlation with the score on all other questions (discrimination): 0.30 good, 0.20 fair"),
        ),
    ]
    return [_header(*one, wanted) for one in columns]


def _header(key: str, label: str, help: str, wanted: WantedQuestions) -> Header:
    now = {key: "ascending", f"-{key}": "descending"}.get(wanted.sort, "")
    return Header(label, wanted.address(sort=f"-{key}" if now == "ascending" and key != LOOK_FIRST else key), now, help,
                  number=key not in ("name", LOOK_FIRST))  # fmt: skip


def _pages(found: int, wanted: WantedQuestions) -> list[tuple[str, str, bool]]:
    if found <= PAGE:
        return []
    numbers = range(1, -(-found // PAGE) + 1)
    return [(str(number), wanted.address(page=number), wanted.page == number) for number in numbers]
