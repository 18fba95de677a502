"""Finding facts by what is typed into a search box, whatever the script, accents and capitals."""

from collections.abc import Iterable

from quizzes.core.spelling import without_accents, without_points
from quizzes.core.text import normalise

_APART = "\n"


def search_form(texts: Iterable[str]) -> str:
    """Texts in the form that is searched; no query reaches from one into the next."""
    return _APART.join(_plain(text) for text in texts if text)


def query_words(query: str) -> tuple[str, ...]:
    """The words of a query in the same form; none where there is nothing to search for."""
    return tuple(_plain(query).split())


def matches(words: Iterable[str], form: str) -> bool:
    """Whether every word of the query is part of the texts: parts of words count, as scripts without spaces need."""
    return all(word in form for word in words)


def _plain(text: str) -> str:
    return without_points(without_accents(normalise(text)))
