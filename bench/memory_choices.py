"""What guessing among options does to study: true recall at review, and the number of reviews, against flashcards.

All people of a kind are alike here but for their cards, since one set of parameters is fitted to all of them: once to
logs of flashcards, once to logs of the choices themselves, whose loss knows of guessing.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isnan, nan, sqrt
from statistics import fmean, stdev
from typing import Any, NamedTuple

from bench.exact_students import ExactStudent
from bench.students import KINDS, Kind
from bench.studying import Answer, Plan, reviews_of, study, study_alone
from quizzes.core.fitting import fit
from quizzes.core.memory import DEFAULT_PARAMETERS
from quizzes.core.review_arrays import Review, arrays_of

OPTIONS = (0, 2, 3, 4)
EXACT, PUBLISHED = "exact", "published"
"""People whose memory is the scheduler's own, by the published parameters."""
DEFAULTS = dict.fromkeys(OPTIONS, DEFAULT_PARAMETERS)
FITTED_PEOPLE = 8
APART = 1_000_000
Tell = Callable[[str, int, int], None]


class Person(NamedTuple):
    """One person's study: mean true recall at mature and at all reviews on the day chosen, reviews and answers."""

    mature: float
    at_review: float
    reviews: int
    answers: int


def compare_choices(*, kinds: Sequence[str], people: int, cards: int, plan: Plan, tell: Tell) -> dict[str, Any]:
    """Per kind and source of parameters, a row for flashcards and for each number of options."""
    tell(f"{EXACT}, studying", 0, len(kinds))
    found: dict[str, Any] = {EXACT: {PUBLISHED: _compared(None, people, cards, plan, DEFAULTS, EXACT)}}
    for number, name in enumerate(kinds):
        kind, own = replace(KINDS[name], person_sd=0.0), {}
        for options in OPTIONS:
            tell(f"{name}, fitting {options or 'no'} options", number, len(kinds))
            own[options] = _fitted(kind, cards, replace(plan, options=options), name)
        tell(f"{name}, studying", number, len(kinds))
        sources = {"flashcards": dict.fromkeys(OPTIONS, own[0]), "choices": own}
        found[name] = {source: _compared(kind, people, cards, plan, of, name) for source, of in sources.items()}
    about = {"cards": cards, "days": plan.days, "people": people, "target": plan.config.desired_retention}
    return {**about, "kinds": found}


def _fitted(kind: Kind, cards: int, plan: Plan, seed: str) -> tuple[float, ...]:
    """Parameters fitted to the pooled logs of some people, who are not those measured."""
    pooled: list[Review] = []
    for person in range(FITTED_PEOPLE):
        own = reviews_of(study_alone(kind, plan, cards, f"{seed}/fitted/{person}"))
        pooled += [one._replace(card=person * APART + one.card) for one in own]
    return fit(arrays_of(pooled), DEFAULT_PARAMETERS).parameters


def _compared(
    kind: Kind | None, people: int, cards: int, plan: Plan, parameters: dict[int, tuple[float, ...]], seed: str
) -> dict[int, dict[str, float]]:
    studied = {
        options: [_studied(kind, cards, _with(plan, options, fitted), f"{seed}/{person}") for person in range(people)]
        for options, fitted in parameters.items()
    }
    return {options: _row(them, studied[0]) for options, them in studied.items()}


def _with(plan: Plan, options: int, parameters: tuple[float, ...]) -> Plan:
    return replace(plan, options=options, config=replace(plan.config, parameters=parameters))


def _studied(kind: Kind | None, cards: int, plan: Plan, seed: str) -> Person:
    answers = study_alone(kind, plan, cards, seed) if kind else study(ExactStudent(cards, seed), plan, seed)
    on_time = [one for one in answers if one.on_time]
    return Person(
        _mean_known([one for one in on_time if one.mature]),
        _mean_known(on_time),
        sum(one.waited > 0 for one in answers),
        len(answers),
    )


def _mean_known(answers: Sequence[Answer]) -> float:
    return fmean(one.known for one in answers) if answers else nan


def _row(them: Sequence[Person], flashcards: Sequence[Person]) -> dict[str, float]:
    """Means over people, with standard errors; differences from the same people's flashcards."""
    apart = [one.mature - other.mature for one, other in zip(them, flashcards, strict=True)]
    return {
        "mature": fmean(one.mature for one in them),
        "mature_se": _error([one.mature for one in them]),
        "mature_apart": fmean(apart),
        "mature_apart_se": _error(apart),
        "at_review": fmean(one.at_review for one in them),
        "at_review_se": _error([one.at_review for one in them]),
        "reviews": fmean(one.reviews for one in them),
        "more_reviews": sum(one.reviews for one in them) / sum(one.reviews for one in flashcards) - 1,
        "more_answers": sum(one.answers for one in them) / sum(one.answers for one in flashcards) - 1,
    }


def _error(values: Sequence[float]) -> float:
    return stdev(values) / sqrt(len(values)) if len(values) > 1 and not any(map(isnan, values)) else nan
