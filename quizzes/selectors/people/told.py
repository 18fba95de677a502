"""What a person is told until they put it away: what changed, what was answered, what they may want to do."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.models import NoticeRead, User


@dataclass(frozen=True, slots=True)
class Told:
    """One notice; `changes` are fields before and after, `links` pairs of words and address, `keys` put it away."""

    title: str
    text: str
    keys: Sequence[str]
    changes: Sequence[Any] = ()
    links: Sequence[tuple[str, str]] = ()


def put_away(user: User, keys: Collection[str]) -> set[str]:
    """Which of these keys the person has put away; a query if there are any."""
    if not keys:
        return set()
    return set(NoticeRead.objects.filter(user=user, key__in=list(keys)).values_list("key", flat=True))


def still_told(user: User, notices: Iterable[Told]) -> list[Told]:
    """Those of which anything has not been put away; one query."""
    some = list(notices)
    away = put_away(user, {key for one in some for key in one.keys})
    return [one for one in some if not away.issuperset(one.keys)]
