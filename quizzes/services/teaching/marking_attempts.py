"""Marks of an attempt: written when it is submitted, and again after every ruling on one of its items."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from quizzes.core.quiz_marks import Marking, Ruling, Total, mark_response, total
from quizzes.models import Attempt, Response
from quizzes.selectors.study.items import get_item
from quizzes.selectors.teaching.rulings import read_rulings

WRITTEN = ("correct", "mark", "score")


@transaction.atomic
def mark_attempt(*, attempt: Attempt, rulings: Mapping[str, Ruling] | None = None) -> Total:
    """Mark the responses of an attempt by the rulings that hold, and add them up; the attempt's row is kept too.

    `rulings`, by item, spare reading them where many attempts at one quiz are marked. Only responses whose marks change
    are written. The caller holds the attempt's lock.
    """
    held = read_rulings(attempt.quiz_id) if rulings is None else rulings
    responses = list(attempt.responses.order_by("position"))
    marked = mark_responses(responses, held, certain=attempt.quiz.certainty)
    _write(responses, marked)
    result = total(marked, certain=attempt.quiz.certainty)
    attempt.mark, attempt.score, attempt.score_of = result.mark, result.score, result.score_of
    attempt.save(update_fields=["mark", "score", "score_of"])
    return result


def mark_responses(responses: Sequence[Response], rulings: Mapping[str, Ruling], *, certain: bool) -> list[Marking]:
    """What each response is worth; writes nothing."""
    return [
        mark_response(
            one.chosen,
            key_of(one.item_hash),
            certainty=one.certainty,
            certain=certain,
            ruling=rulings.get(one.item_hash),
        )
        for one in responses
    ]


def key_of(item_hash: str) -> int:
    """The canonical number of an item's key."""
    return next(number for number, option in enumerate(get_item(item_hash)["options"]) if option["is_key"])


def _write(responses: Sequence[Response], marked: Sequence[Marking]) -> None:
    changed = []
    for response, marking in zip(responses, marked, strict=True):
        values = (marking.correct, marking.mark, marking.score)
        if values != tuple(getattr(response, name) for name in WRITTEN):
            response.correct, response.mark, response.score = values
            changed.append(response)
    Response.objects.bulk_update(changed, WRITTEN)
