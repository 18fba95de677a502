"""Which facts the students of a class take for each other: the sentence, the picture, the pairs, what was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.confusions import ConfusedPair, Confusion, confused_pairs
from quizzes.core.estimates import LEAST_ANSWERS
from quizzes.core.shares import wilson
from quizzes.formats.plots import Arc, Bar, Plot, arcs, level_bars
from quizzes.models import ClassConfusion, ClassConfusionCount, ClassContrast, Cohort, Deck, Fact, User
from quizzes.selectors.content.decks import deck_content
from quizzes.selectors.study.contrasts import pair_refused
from quizzes.selectors.study.days import coming_day, percent
from quizzes.selectors.teaching.class_page import ClassHead, class_head
from quizzes.selectors.teaching.grade_words import moment_words
from quizzes.selectors.teaching.people import zone_of
from quizzes.selectors.teaching.reading import enrolled
from quizzes.selectors.teaching.wording import students_words

FIRST_LISTED, MOST_LISTED = 8, 60
CONTRAST_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Way:
    """One fact asked and the other taken: “14 of 40”, and where that is told the share with its interval in percent."""

    said: str
    count: str
    told: bool
    share: str = ""
    interval: str = ""
    value: float = 0.0
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two facts taken for each other. `refusal` says why it cannot be given, `given` that the class has it already."""

    asked_id: int
    taken_for_id: int
    names: str
    ways: Sequence[Way]
    said: str
    refusal: str
    given: bool


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A pair that the class was given: when and by whom, how far it has come, how it went."""

    id: int
    names: str
    when: str
    until: str
    running: bool
    state: str
    answered: str
    went: str


@dataclass(frozen=True, slots=True)
class ConfusionsPage:
    """Everything on the page. `counted` says when, None before the worker has been there; `more` pairs are left out."""

    head: ClassHead
    students: int
    counted: str | None
    sentence: str
    plots: Sequence[Plot]
    pairs: Sequence[PairLine]
    more: int
    given: Sequence[GivenLine]
    least: int = LEAST_ANSWERS


def confusions_page(user: User, cohort: Cohort, *, every_pair: bool = False, now: datetime) -> ConfusionsPage:
    """The page of a class; twelve queries at most besides cached content, however many students and facts."""
    head = class_head(user, cohort, now=now)
    found = confused_pairs(_counts(cohort, head.decks))
    given = list(_given(cohort, head.decks))
    names = _names([one for pair in found for one in (pair.first, pair.second)])
    listed = found[: MOST_LISTED if every_pair else FIRST_LISTED]
    count = ClassConfusionCount.objects.filter(cohort=cohort).first()
    students, zone = enrolled([cohort]).count(), zone_of(user)
    running = {frozenset((one.asked_id, one.taken_for_id)) for one in given if _runs(one, now)}
    return ConfusionsPage(
        head=head,
        students=students,
        counted=moment_words(count.made_at, zone) if count else None,
        sentence=_sentence(found[0], names) if found else "",
        plots=_plots(found[:FIRST_LISTED], names),
        pairs=[_line(pair, names, head.decks, running) for pair in listed],
        more=min(len(found), MOST_LISTED) - len(listed),
        given=[_given_line(one, students, zone, now) for one in given],
    )


def _counts(cohort: Cohort, decks: Sequence[Deck]) -> list[Confusion]:
    """Both ways of each pair of which one way happened at all."""
    back = ClassConfusion.objects.filter(
        cohort=cohort, asked=OuterRef("taken_for"), taken_for=OuterRef("asked"), times__gt=0
    )
    rows = ClassConfusion.objects.filter(Q(times__gt=0) | Exists(back), cohort=cohort, asked__deck__in=decks)
    columns = ("asked_id", "taken_for_id", "shown", "times", "students")
    return [Confusion(*row) for row in rows.values_list(*columns)]


def _given(cohort: Cohort, decks: Sequence[Deck]) -> Any:  # noqa: ANN401
    counted = {"answered": Count("answers"), "right": Count("answers", filter=Q(answers__correct=True))}
    rows = ClassContrast.objects.filter(cohort=cohort, asked__deck__in=decks).annotate(**counted)
    return rows.select_related("asked", "taken_for", "given_by")


def _names(ids: Sequence[int]) -> dict[int, Fact]:
    return Fact.objects.in_bulk(set(ids))


def _sentence(pair: ConfusedPair, facts: Mapping[int, Fact]) -> str:
    values = {
        "one": facts[pair.first].term,
        "other": facts[pair.second].term,
        "times": pair.times,
        "shown": pair.share.n,
        "students": _by(pair),
    }
    if _both_ways(pair):
        said = _(
            "“%(one)s” and “%(other)s” are taken for each other most: %(times)d of %(shown)d answers, %(students)s"
        )
    else:
        said = _("“%(one)s” is taken for “%(other)s” most: %(times)d of %(shown)d answers, %(students)s")
    return said % values


def _both_ways(pair: ConfusedPair) -> bool:
    return pair.back is not None and pair.back.times > 0


def _by(pair: ConfusedPair) -> str:
    """Students who did it one way may be others than those who did it the other way."""
    words = students_words(pair.students)
    return (_("by %s or more") if _both_ways(pair) else _("by %s")) % words


def _pair_words(pair: ConfusedPair) -> str:
    """“23 of 80 answers (29 %, 20–39 %), by 9 students or more”."""
    values = {
        "times": pair.times,
        "shown": pair.share.n,
        "share": percent(pair.share.value),
        "interval": _interval(pair.share.low, pair.share.high),
        "students": _by(pair),
    }
    return _("%(times)d of %(shown)d answers (%(share)s, %(interval)s), %(students)s") % values


def _plots(found: Sequence[ConfusedPair], facts: Mapping[int, Fact]) -> list[Plot]:
    """Which are taken for which, and how often with the interval; nothing without a pair."""
    if not found:
        return []
    columns = (_("Pair"), _("Taken for each other"), _("Of answers"), _("95 % interval"))
    pairs = [(facts[pair.first].term, facts[pair.second].term, pair) for pair in found]
    many = ngettext("The pair taken for each other most", "The %d pairs taken for each other most", len(found))
    title = many % len(found) if len(found) > 1 else many
    drawn = [Arc(one, other, pair.share.value, _said(one, other, pair), _cells(pair)) for one, other, pair in pairs]
    often = _("“%(one)s” and “%(other)s” are the surest to be confused") % {"one": pairs[0][0], "other": pairs[0][1]}
    return [
        arcs(title, drawn, columns=columns),
        level_bars(often, [_bar(*one) for one in pairs], columns=columns),
    ]


def _said(one: str, other: str, pair: ConfusedPair) -> str:
    return f"{one} · {other}: {pair.times} / {pair.share.n}"


def _cells(pair: ConfusedPair) -> Sequence[str]:
    return percent(pair.share.value), f"{pair.times} / {pair.share.n}", _interval(pair.share.low, pair.share.high)


def _bar(one: str, other: str, pair: ConfusedPair) -> Bar:
    share = pair.share
    said = f"{_said(one, other, pair)} ({_interval(share.low, share.high)})"
    return Bar(f"{one} · {other}", [share.value], said, low=share.low, high=share.high, cells=_cells(pair))


def _line(
    pair: ConfusedPair, facts: Mapping[int, Fact], decks: Sequence[Deck], running: set[frozenset[int]]
) -> PairLine:
    first, second = facts[pair.first], facts[pair.second]
    return PairLine(
        asked_id=first.pk,
        taken_for_id=second.pk,
        names=_("%(one)s and %(other)s") % {"one": first.term, "other": second.term},
        ways=[_way(one, facts) for one in (pair.there, pair.back) if one is not None],
        said=_pair_words(pair),
        refusal=_refusal(first, second, decks),
        given=frozenset((first.pk, second.pk)) in running,
    )


def _refusal(first: Fact, second: Fact, decks: Sequence[Deck]) -> str:
    deck = next(one for one in decks if one.pk == first.deck_id)
    return pair_refused(deck_content(deck), first.code, second.code)


def _way(one: Confusion, facts: Mapping[int, Fact]) -> Way:
    names = {"asked": facts[one.asked].term, "chosen": facts[one.chosen].term}
    said = _("%(asked)s, taken for %(chosen)s") % names
    count = _("%(times)d of %(shown)d") % {"times": one.times, "shown": one.shown}
    if one.shown < LEAST_ANSWERS:
        return Way(said, count, told=False)
    (low, high), value = wilson(one.times, one.shown), one.times / one.shown
    return Way(said, count, True, percent(value), _interval(low, high), 100 * value, 100 * low, 100 * high)


def _interval(low: float, high: float) -> str:
    return f"{round(100 * low)}–{percent(high)}"


def _runs(one: ClassContrast, now: datetime) -> bool:
    return one.withdrawn_at is None and one.ends_on >= now.date()


def _given_line(one: Any, students: int, zone: Any, now: datetime) -> GivenLine:  # noqa: ANN401
    given_by = one.given_by.get_full_name() or one.given_by.get_username() if one.given_by else _("somebody")
    state = _("withdrawn") if one.withdrawn_at else _("asked now") if _runs(one, now) else _("over")
    return GivenLine(
        id=one.pk,
        names=_("%(one)s and %(other)s") % {"one": one.asked.term, "other": one.taken_for.term},
        when=_("given %(when)s by %(who)s") % {"when": moment_words(one.given_at, zone), "who": given_by},
        until=_("asked until %s") % coming_day(one.ends_on, now.astimezone(zone).date()),
        running=_runs(one, now),
        state=state,
        answered=_("answered by %(n)d of %(students)s") % {"n": one.answered, "students": students_words(students)},
        went=_went(one.right, one.answered),
    )


def _went(right: int, answered: int) -> str:
    """How it went; whoever knows neither would have half of them right."""
    if answered < LEAST_ANSWERS:
        return _("%(right)d right; too few to give a share") % {"right": right} if answered else ""
    low, high = wilson(right, answered)
    values = {"share": percent(right / answered), "interval": _interval(low, high), "n": answered}
    return _("%(share)s right (%(interval)s, n %(n)d); guessing gives 50 %%") % values
