"""The columns of the table of a class: what each student remembers, and on which days they studied."""

from collections.abc import Callable, Sequence
from datetime import date
from math import isnan

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.core.exam_scores import ExamScores
from quizzes.core.shares import score_interval
from quizzes.core.statistics import LEAST_CARDS, LEAST_MEMORIES, Share, pooled_share
from quizzes.selectors.study.days import percent
from quizzes.selectors.teaching.due_work import Worked, done_words
from quizzes.selectors.teaching.figures import DAYS, WEEK, Figures, FloatArray, IntArray
from quizzes.selectors.teaching.groups import Groups
from quizzes.selectors.teaching.table import MEMORY, STUDY_DAYS, TONES, Cell, Column
from quizzes.selectors.teaching.wording import TOO_FEW, day_words, range_words


def columns_of(
    figures: Figures, scores: ExamScores | None, worked: Worked | None, *, long: bool
) -> dict[str, list[Column]]:
    """All columns but the name, by view. With `long` a cell shows its interval, else it is in its title alone."""
    return {
        MEMORY: [
            _overall(figures, long=long),
            *([_scores(scores)] if scores else []),
            *(_section(figures, at, long=long) for at in range(len(figures.sections))),
        ],
        STUDY_DAYS: [*_activity(figures), *([_done(worked)] if worked else []), *_work(figures), *_success(figures)],
    }


def group_column(figures: Figures, groups: Groups) -> Column:
    """The group of each student."""
    order = {pk: at for at, (pk, _name) in enumerate(groups.names)}
    ids = [groups.id_of(student.user_id) for student in figures.students]
    places = np.array([order.get(pk, np.nan) for pk in ids], np.float64)
    names = [groups.name_of(student.user_id) for student in figures.students]
    return Column("group", _("Group"), places, lambda at: Cell(names[at]))


def _overall(figures: Figures, *, long: bool) -> Column:
    sums, met = figures.recall.sum(axis=1), figures.learned.sum(axis=1)
    cards = sum(section.cards for section in figures.sections)
    help = _("predicted for the cards learned; those in learning are left out")
    return _recall("recall", _("Recall"), help, sums, met, cards, least=LEAST_MEMORIES, long=long)


def _section(figures: Figures, at: int, *, long: bool) -> Column:
    section, sums, met = figures.sections[at], figures.recall[:, at], figures.learned[:, at]
    help = _("predicted recall of the cards learned")
    key = f"s{section.id}"
    return _recall(key, section.name, help, sums, met, section.cards, least=LEAST_CARDS, long=long)


def _recall(
    key: str, label: str, help: str, sums: FloatArray, met: IntArray, cards: int, *, least: int, long: bool
) -> Column:
    shares = np.where(met >= least, sums / np.maximum(1, met), np.nan)

    def cell(at: int) -> Cell:
        return _heat(shares[at], int(met[at]), cards, long=long)

    def total(rows: Sequence[int]) -> Cell:
        return _pooled(pooled_share(sums[rows], met[rows]))

    return Column(key, label, shares, cell, help, total)


def _heat(share: float, met: int, cards: int, *, long: bool) -> Cell:
    resting = _("%(n)d of %(all)d cards") % {"n": met, "all": cards}
    if isnan(share):
        return Cell(TOO_FEW, str(met), few=True, title=resting)
    between = range_words(*score_interval(share, met))
    tone = next(name for least, name in TONES if share >= least)
    title = _("%(share)s, 95 %% interval %(between)s, %(n)s")
    said = title % {"share": percent(share), "between": between, "n": resting}
    return Cell(percent(share), f"{between} · {met}" if long else str(met), tone, title=said)


def _pooled(share: Share | None, *, tone: bool = True) -> Cell:
    """Over several students: with the interval that they make."""
    if share is None:
        return Cell(TOO_FEW, few=True)
    between = range_words(share.low, share.high) if share.low is not None and share.high is not None else ""
    warm = next(name for least, name in TONES if share.mean >= least) if tone else ""
    return Cell(percent(share.mean), f"{between} · {share.n:,}" if between else f"{share.n:,}", warm)


def _scores(scores: ExamScores) -> Column:
    def cell(at: int) -> Cell:
        return Cell(percent(scores.mean[at]), range_words(scores.low[at], scores.high[at]))

    def total(rows: Sequence[int]) -> Cell:
        cards = np.full(len(rows), scores.cards, np.int64)
        share = pooled_share(scores.mean[rows] * scores.cards, cards)
        if share is None or share.low is None or share.high is None:
            return Cell(percent(share.mean)) if share else Cell(TOO_FEW, few=True)
        return Cell(percent(share.mean), range_words(share.low, share.high))

    help = _("expected share right, with its 95 % interval, if every card were asked once with its answer choices;")
    return Column(
        "score", _("Expected score"), scores.mean, cell, f"{help} {_('a card not begun counts as a guess')}", total
    )


def _activity(figures: Figures) -> list[Column]:
    last = figures.last_day.max(axis=1, initial=0).astype(np.float64)
    week = figures.studied[:, :WEEK].sum(axis=1).astype(np.float64)
    month = figures.studied.sum(axis=1).astype(np.float64)

    def seen(at: int) -> Cell:
        if not last[at]:
            return Cell(_("never"))
        day = date.fromordinal(int(last[at]))
        return Cell(day_words((figures.students[at].today - day).days), date_format(day, "j M"))

    def drawn(at: int) -> Cell:
        said = _("%(n)d of the last %(days)d days") % {"n": int(month[at]), "days": DAYS}
        return Cell(str(int(month[at])), title=said, days=days_path(figures.studied[at]))

    seen_help = _("last day with an answer in this class's decks")
    week_help = _("days studied in the last 7, today included; practice does not count")
    month_help = _("days studied in the last 28, today on the right; practice does not count")
    return [
        Column("seen", _("Last seen"), np.where(last > 0, last, np.nan), seen, seen_help),
        Column("month", _("Last 28 days"), month, drawn, month_help, _mean_of(month)),
        Column("week", _("Days of 7"), week, _whole(week), week_help, _mean_of(week)),
    ]


def _done(worked: Worked) -> Column:
    share = np.where(worked.due > 0, worked.done / np.maximum(1, worked.due), np.nan)

    def total(rows: Sequence[int]) -> Cell:
        said = done_words(worked, rows)
        return Cell(said, _("days")) if said else Cell(TOO_FEW, few=True)

    def cell(at: int) -> Cell:
        return total([at])

    help = _("days on which all that was due was done that day, of the last 14 before today with something due")
    return Column("done", _("Due work done"), share, cell, help, total)


def days_path(studied: Sequence[bool] | np.ndarray) -> str:
    """A path of one square for each day studied, the last day on the right; `studied` is n days ago."""
    days = np.flatnonzero(np.asarray(studied)[::-1]).tolist()
    return "".join(f"M{10 * day} 0h8v10h-8z" for day in days)


def _work(figures: Figures) -> list[Column]:
    due, overdue = (part.sum(axis=1).astype(np.float64) for part in (figures.due, figures.overdue))
    due_help, overdue_help = _("cards to review today, overdue ones included"), _("cards that were due before today")
    return [
        Column("due", _("Due"), due, _whole(due), due_help, _mean_of(due)),
        Column("overdue", _("Overdue"), overdue, _whole(overdue), overdue_help, _mean_of(overdue)),
    ]


def _success(figures: Figures) -> list[Column]:
    met, cards = figures.introduced.sum(axis=1), sum(section.cards for section in figures.sections)
    asked, right = figures.asked_again.sum(axis=1), figures.right_again.sum(axis=1)
    share = met / max(1, cards)
    accuracy = np.where(asked >= LEAST_MEMORIES, right / np.maximum(1, asked), np.nan)

    def begun(at: int) -> Cell:
        return Cell(percent(share[at]), _("%(n)d of %(all)d") % {"n": met[at], "all": cards})

    def kept(at: int) -> Cell:
        note = _("of %d") % asked[at]
        return Cell(TOO_FEW, note, few=True) if isnan(accuracy[at]) else Cell(percent(accuracy[at]), note)

    def begun_by(rows: Sequence[int]) -> Cell:
        return Cell(percent(float(share[rows].mean()))) if len(rows) else Cell("")

    def kept_by(rows: Sequence[int]) -> Cell:
        return _pooled(pooled_share(right[rows].astype(np.float64), asked[rows]), tone=False)

    kept_help = _("first answers of a day to cards met before, last 28 days, without practice")
    return [
        Column("begun", _("Begun"), share, begun, _("cards answered at least once"), begun_by),
        Column("right", _("Right again"), accuracy, kept, kept_help, kept_by),
    ]


def _whole(values: FloatArray) -> Callable[[int], Cell]:
    return lambda at: Cell(str(int(values[at])))


def _mean_of(values: FloatArray) -> Callable[[Sequence[int]], Cell]:
    """What a student of these has on average."""
    return lambda rows: Cell(f"{values[rows].mean():.1f}", _("each")) if len(rows) else Cell("")
