"""The questions of a quiz: which there are, and what each was when it was frozen."""

from collections.abc import Iterable, Mapping
from typing import Any

from quizzes.models import ItemSnapshot, Quiz, QuizForm

Content = Mapping[str, Any]
BATCH = 500


def item_places(quiz: Quiz) -> dict[str, tuple[int, int]]:
    """The hash of each question of the quiz's forms, with the form and the place where it first stands; one query."""
    found: dict[str, tuple[int, int]] = {}
    for number, items in QuizForm.objects.filter(quiz=quiz).order_by("number").values_list("number", "items"):
        for place, item in enumerate(items, start=1):
            found.setdefault(item["hash"], (number, place))
    return found


def read_contents(hashes: Iterable[str]) -> dict[str, Content]:
    """What was kept of these questions; one query for each five hundred."""
    wanted, found = list(hashes), dict[str, Content]()
    for at in range(0, len(wanted), BATCH):
        rows = ItemSnapshot.objects.filter(hash__in=wanted[at : at + BATCH])
        found.update(rows.values_list("hash", "content"))
    return found
