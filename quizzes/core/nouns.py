"""A noun in singular and plural, and a slug, from the name that somebody gave a group of facts."""

import re
import unicodedata

from quizzes.core.text import singular, words

_IRREGULAR = {
    "gases": "gas", "viruses": "virus", "buses": "bus", "lenses": "lens", "people": "person", "men": "man",
    "women": "woman", "children": "child", "teeth": "tooth", "feet": "foot", "mice": "mouse", "geese": "goose",
    "leaves": "leaf", "lives": "life", "wolves": "wolf", "knives": "knife", "halves": "half", "shelves": "shelf",
    "criteria": "criterion", "phenomena": "phenomenon", "bacteria": "bacterium", "indices": "index",
    "matrices": "matrix", "vertices": "vertex", "nuclei": "nucleus", "fungi": "fungus", "stimuli": "stimulus",
    "radii": "radius", "movies": "movie", "cookies": "cookie", "zombies": "zombie", "heroes": "hero",
    "potatoes": "potato", "tomatoes": "tomato", "volcanoes": "volcano", "species": "species", "series": "series",
    "means": "means", "physics": "physics", "mathematics": "mathematics",
}  # fmt: skip
_PLURALS = {one: several for several, one in _IRREGULAR.items()}
_NUMBERED = re.compile(r"\d|^(?:chapter|unit|lesson|week|part|module|section|level|day|year)\b", re.IGNORECASE)
_MOST_WORDS = 3
_LONGEST = 100
_SLUG = 60


def noun_pair(name: str, language: str) -> tuple[str, str]:
    """Singular and plural of a group's name, in English by the ending of the last word; other languages keep the name.

    The singular is empty where the name is no noun that a question could use: “Chapter 3”, a whole sentence.
    """
    name = name[:_LONGEST].strip()
    if _NUMBERED.search(name) or len(name.split()) > _MOST_WORDS or not words(name):
        return "", name
    if not language.casefold().startswith("en") or not name.isascii():
        return name, name
    *before, last = [part.lower() if part.istitle() else part for part in name.split()]
    low = last.lower()
    if _PLURALS.get(low, low) != low:
        return " ".join([*before, last]), " ".join([*before, _PLURALS[low]])
    one = _IRREGULAR.get(low) or singular(last)
    several = last if one != last or low in _IRREGULAR else plural(last)
    return " ".join([*before, one]), " ".join([*before, several])[:_LONGEST]


def plural(word: str) -> str:
    """The regular plural of an English word."""
    if word.endswith("y") and word[-2:-1] not in ("", *"aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def ascii_slug(name: str) -> str:
    """The name in lower-case ASCII letters, digits and hyphens; empty where the script has none of them."""
    bare = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:_SLUG].strip("-")
