"""Marks a typed answer: right, a tolerated misspelling, an example where the category was asked, or wrong."""

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.core.misspelling import LITERAL, RESPELT, UNACCENTED, is_tolerable, nearness
from quizzes.core.writings import Writing, forms_of, forms_of_answer, split_gloss


class TypedKind(StrEnum):
    """What a typed answer turned out to be."""

    EXACT = "exact"
    ALIAS = "alias"
    TYPO = "typo"
    SLIP = "slip"
    WRONG = "wrong"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class TypedMark:
    """A typed answer's mark.

    `canonical` is the first accepted text. `meant` is the accepted text, the slip or the other term that was typed,
    spelt as authored; empty if none. `distance` counts misspelt letters, 0 where only accents are missing; for a wrong
    answer it is the distance from the nearest accepted text.
    """

    kind: TypedKind
    canonical: str
    meant: str = ""
    distance: int = 0

    @property
    def is_right(self) -> bool:
        """Whether the answer counts as known."""
        return self.kind in (TypedKind.EXACT, TypedKind.ALIAS, TypedKind.TYPO)


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    forms: tuple[Writing, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    nearness: int
    place: int
    text: str


def mark_typed(
    answer: str,
    *,
    accepted: Sequence[str],
    rivals: Iterable[str],
    never_accept: Iterable[str] = (),
    slips: Iterable[str] = (),
) -> TypedMark:
    """The mark of a typed answer.

    `accepted` holds the term and then its aliases (ValueError if there is none); `rivals` are the deck's other answers,
    `never_accept` what no spelling may come as near to, `slips` the examples if their category was asked, or the
    reverse. Where an accepted text and a rival are written alike, the answer is right.
    """
    if not accepted:
        raise ValueError("a typed answer needs an accepted one")
    typed = forms_of_answer(answer)
    right, never, slip = _phrases(accepted), _phrases(never_accept), _phrases(slips)
    found = _best(typed, right) or _found_twice(answer, right)
    others = [] if found and found.nearness == LITERAL else _phrases(rivals)
    if found and not _outdone(found, typed, right, [*others, *slip], never):
        return TypedMark(_kind(found), accepted[0], found.text, max(0, found.nearness - UNACCENTED))
    if not any(unicodedata.category(letter)[0] in "LNS" for letter in answer):
        return TypedMark(TypedKind.EMPTY, accepted[0])
    distance = max(0, _nearest(typed, right) - UNACCENTED)
    found = _best(typed, slip)
    if found and not _outdone(found, typed, slip, others, never):
        return TypedMark(TypedKind.SLIP, accepted[0], found.text, distance)
    taken = _best(typed, others) or _best(typed, never)
    return TypedMark(TypedKind.WRONG, accepted[0], taken.text if taken else "", distance)


def _phrases(texts: Iterable[str]) -> list[_Phrase]:
    return [_Phrase(text, forms_of(text)) for text in dict.fromkeys(texts)]


def _kind(found: _Found) -> TypedKind:
    if found.nearness >= UNACCENTED:
        return TypedKind.TYPO
    return TypedKind.ALIAS if found.place else TypedKind.EXACT


def _best(typed: Sequence[Writing], phrases: Sequence[_Phrase]) -> _Found | None:
    """The phrase that the answer stands for: the nearest of those that it matches or misspells tolerably."""
    found = [
        (near, place)
        for place, phrase in enumerate(phrases)
        for ours in typed
        for theirs in phrase.forms
        if (near := nearness(ours, theirs)) <= UNACCENTED or is_tolerable(ours, theirs)
    ]
    return _Found(*min(found), phrases[min(found)[1]].text) if found else None


def _found_twice(answer: str, right: Sequence[_Phrase]) -> _Found | None:
    """An answer that says the same in words and in brackets, such as an abbreviation with its expansion."""
    head, glosses = split_gloss(answer)
    parts = [_best(forms_of_answer(part), right) for part in (head, *glosses)]
    found = [part for part in parts if part and part.nearness <= UNACCENTED]
    return found[0] if glosses and len(found) == len(parts) else None


def _outdone(
    found: _Found,
    typed: Sequence[Writing],
    right: Sequence[_Phrase],
    others: Sequence[_Phrase],
    never: Sequence[_Phrase],
) -> bool:
    """Whether another phrase is nearer to the answer; as near is enough unless both are written like the answer."""
    if _nearest(typed, never) <= found.nearness:
        return True
    if found.nearness <= RESPELT:
        return _nearest(typed, others) < found.nearness
    alike = {form.key for phrase in right for form in phrase.forms}
    rivals = [phrase for phrase in others if not any(form.key in alike for form in phrase.forms)]
    return _nearest(typed, rivals) <= found.nearness


def _nearest(typed: Sequence[Writing], phrases: Sequence[_Phrase]) -> int:
    return min((nearness(a, b) for a in typed for phrase in phrases for b in phrase.forms), default=sys.maxsize)
