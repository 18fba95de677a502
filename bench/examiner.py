"""What is kept in the end: each acknowledged answer kept once, every attempt with its mark, the log in step."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command

from bench.examinee import Acknowledged, Examinee
from quizzes.models import Attempt, ItemSnapshot, Quiz, Response, ReviewLog

TO_THE_POINT = 1e-9


def faults(quiz: Quiz, examinees: Sequence[Examinee]) -> list[str]:
    """A sentence for each thing that is not as it should be; reads the rows themselves, not what the site says."""
    attempts = list(Attempt.objects.filter(quiz=quiz).select_related("user").prefetch_related("responses"))
    sat = {examinee.username: examinee for examinee in examinees}
    found = [] if len(attempts) == len(sat) else [f"{len(attempts)} attempts of {len(sat)} students"]
    keys = {row.hash: _key(row.content) for row in ItemSnapshot.objects.all()}
    for attempt in attempts:
        found += _of_attempt(attempt, list(attempt.responses.all()), sat[attempt.user.username], keys)
    return [*found, *_of_log(quiz, attempts), *_of_replay()]


def _of_attempt(attempt: Attempt, responses: Sequence[Response], sat: Examinee, keys: dict[str, int]) -> Iterator[str]:
    if {one.position for one in responses} != set(sat.kept):
        yield f"{sat.username} was shown other questions than are kept"
    for one in responses:
        place = None if one.chosen is None else one.order.index(one.chosen)
        kept, said = Acknowledged(place, one.flagged, one.revision), sat.kept.get(one.position)
        if kept != said:
            yield f"{sat.username}, question {one.position}: {said} was acknowledged, {kept} is kept"
    mark = sum(one.chosen == keys[one.item_hash] for one in responses) / max(1, len(responses))
    if attempt.submitted_at is None or attempt.ended_by != Attempt.Ended.STUDENT or not sat.handed_in:
        yield f"{sat.username} has not handed in"
    elif attempt.mark is None or abs(attempt.mark - mark) > TO_THE_POINT:
        yield f"{sat.username} has the mark {attempt.mark}, not {mark}"


def _key(content: dict[str, Any]) -> int:
    return next(number for number, option in enumerate(content["options"]) if option["is_key"])


def _of_log(quiz: Quiz, attempts: Sequence[Attempt]) -> Iterator[str]:
    answered = Response.objects.filter(attempt__quiz=quiz, chosen__isnull=False)
    asked = _counted(answered.values_list("attempt__public_id", "position"))
    rows = ReviewLog.objects.filter(client_id__in=[str(one.public_id) for one in attempts], kind="answer")
    logged = _counted(rows.values_list("client_id", "part"))
    if asked != logged:
        same = (asked & logged).total()
        yield f"{asked.total()} answers were given, {logged.total()} are in the log, {same} of them the same"


def _counted(rows: Iterable[tuple[object, int]]) -> Counter[tuple[str, int]]:
    return Counter((str(client_id), part) for client_id, part in rows)


def _of_replay() -> list[str]:
    said = StringIO()
    try:
        call_command("replay", "--check", stdout=said)
    except CommandError as error:
        return [str(error), said.getvalue()]
    return []
