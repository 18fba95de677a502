"""Memory models compared on the logs of simulated people of several kinds, as `manage.py evaluate_memory` does."""

from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Any

from bench.students import KINDS
from bench.studying import Plan, reviews_of, study_alone
from quizzes.core.evaluation import MODELS, evaluate
from quizzes.core.predictions import Quality
from quizzes.core.review_arrays import arrays_of

TO_BEAT = "fsrs6_fitted"
MEASURES = ("log_loss", "rmse_bins", "auc")
Tell = Callable[[str, int, int], None]


def compare_models(*, kinds: Sequence[str], people: int, cards: int, plan: Plan, tell: Tell) -> dict[str, Any]:
    """Per kind, and of several also under "all": the means of each model, and on how many it beats FSRS-6 fitted."""
    found: dict[str, list[dict[str, Quality]]] = {}
    for number, kind in enumerate(kinds):
        found[kind] = []
        for person in range(people):
            tell(kind, number * people + person, len(kinds) * people)
            found[kind].append(_person(kind, cards, plan, f"{kind}/{person}"))
    if len(found) > 1:
        found["all"] = [one for of_kind in found.values() for one in of_kind]
    return {"cards": cards, "days": plan.days, "kinds": {kind: _summary(them) for kind, them in found.items()}}


def _person(kind: str, cards: int, plan: Plan, seed: str) -> dict[str, Quality]:
    return evaluate(arrays_of(reviews_of(study_alone(KINDS[kind], plan, cards, seed))))[0]


def _summary(people: Sequence[dict[str, Quality]]) -> dict[str, Any]:
    return {
        "people": len(people),
        "tested": sum(one[TO_BEAT].n for one in people),
        "models": {model: _model(people, model) for model in MODELS},
    }


def _model(people: Sequence[dict[str, Quality]], model: str) -> dict[str, float]:
    means = {name: fmean(getattr(one[model], name) for one in people) for name in MEASURES}
    beats = {
        f"beats_in_{name}": sum(getattr(one[model], name) < getattr(one[TO_BEAT], name) for one in people)
        for name in ("log_loss", "rmse_bins")
    }
    return {**means, **beats}
