"""What another desired retention would cost and bring this student, worked out from their own cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.core.memory import Memory
from quizzes.core.phases import DEFAULT_CONFIG, Config
from quizzes.core.workload import RETENTIONS, LearnedCard, Work, expected_work, newly_learned
from quizzes.formats.plots import Line, Plot, lines
from quizzes.models import Card, CardProgress, User
from quizzes.selectors.study.days import percent
from quizzes.selectors.study.students import find_student, studied_decks

MADE_UP_CARDS, SEED = 100, "effect"
FEW = 9.95
TICKS = (0.7, 0.8, 0.9, 0.99)


@dataclass(frozen=True, slots=True)
class Effect:
    """One finding in words, what it rests on, and the whole range as a plot."""

    finding: str
    known: str
    basis: str
    plot: Plot


def effect_of(user: User, chosen: float, *, now: datetime) -> Effect:
    """The effect of a desired retention (.70 to .99, else ValueError) beside the one that is set; three queries."""
    student = find_student(user.pk)
    config = student.config if student else DEFAULT_CONFIG
    cards = _learned(user, student.day(now)) if student else []
    grid = sorted({*RETENTIONS, config.desired_retention, chosen})
    work = _work(cards or newly_learned(MADE_UP_CARDS), config, grid)
    wanted, is_set = work[chosen], work[config.desired_retention]
    finding = _finding(wanted, is_set)
    known = _known(wanted, is_set, len(cards) or MADE_UP_CARDS)
    return Effect(finding, known, _basis(len(cards)), _plot(finding, work, wanted, is_set))


def _learned(user: User, today: date) -> list[LearnedCard]:
    """The cards of the decks under study that have a memory and are asked."""
    rows = CardProgress.objects.filter(
        user_id=user.pk,
        card__deck__in=[studied.deck.pk for studied in studied_decks(user)],
        card__status=Card.Status.ACTIVE,
        stability__isnull=False,
        suspended=False,
    )
    found = rows.order_by("card_id").values_list("stability", "difficulty", "last_study_day", "due_on")
    return [
        LearnedCard(Memory(stability, difficulty), (today - (last or today)).days, ((due or today) - today).days)
        for stability, difficulty, last, due in found
        if stability is not None and difficulty is not None
    ]


def _work(cards: Sequence[LearnedCard], config: Config, grid: Sequence[float]) -> dict[float, Work]:
    found = expected_work(
        cards,
        dice=Random(SEED),
        retentions=grid,
        relearning_steps=len(config.relearning_steps),
        maximum_interval_days=config.maximum_interval_days,
        parameters=config.parameters,
    )
    return {one.retention: one for one in found}


def _finding(wanted: Work, is_set: Work) -> str:
    words = {
        "chosen": percent(wanted.retention),
        "set": percent(is_set.retention),
        "answers": _per_day(wanted),
        "now": _per_day(is_set),
    }
    if wanted.retention == is_set.retention:
        return _("At %(chosen)s, as it is set now: %(answers)s a day") % words
    if words["answers"] == words["now"]:
        return _("At %(chosen)s: %(answers)s a day, the same as at %(set)s") % words
    return _("At %(chosen)s: %(answers)s a day instead of %(now)s at %(set)s") % words


def _per_day(work: Work) -> str:
    answers = _tenths(work.answers_per_day) if work.answers_per_day < FEW else str(round(work.answers_per_day))
    return ngettext("about %(answers)s answer", "about %(answers)s answers", 1 if answers == "1" else 2) % {
        "answers": answers
    }


def _known(wanted: Work, is_set: Work, count: int) -> str:
    known, before = round(wanted.known_share * count), round(is_set.known_share * count)
    if known == before:
        return _("On an average day you would know about %(known)d of %(count)d cards.") % {
            "known": known,
            "count": count,
        }
    return _("On an average day you would know about %(known)d of %(count)d cards instead of %(before)d.") % {
        "known": known,
        "count": count,
        "before": before,
    }


def _basis(learned: int) -> str:
    if not learned:
        return _(
            "You have not learned any cards yet, so this is reckoned for %d cards answered right for the first time "
            "today, over three months."
        ) % (MADE_UP_CARDS,)
    return ngettext(
        "Reckoned over three months for the %d card you have learned so far; new cards come on top.",
        "Reckoned over three months for the %d cards you have learned so far; new cards come on top.",
        learned,
    ) % (learned,)


def _plot(finding: str, work: Mapping[float, Work], wanted: Work, is_set: Work) -> Plot:
    every = [(retention, one.answers_per_day) for retention, one in sorted(work.items())]
    found = [
        Line(_("Answers a day"), every),
        Line(_("As set now"), [(is_set.retention, is_set.answers_per_day)], dots=True),
    ]
    if wanted.retention != is_set.retention:
        found.append(Line(_("Your choice"), [(wanted.retention, wanted.answers_per_day)], dots=True))
    return lines(
        finding,
        found,
        x_label=_("desired retention"),
        y_label=_("answers a day"),
        show_x=percent,
        show_y=_tenths,
        highest=max(answers for _retention, answers in every) or 1.5,
        x_ticks=TICKS,
    )


def _tenths(answers: float) -> str:
    return f"{answers:.1f}".removesuffix(".0")
