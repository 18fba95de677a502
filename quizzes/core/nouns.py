"""What one fact of a category is called, guessed from the category's name or the header of a column."""

import re

from quizzes.core.default_wording import is_proper, language_base
from quizzes.core.text import singular, without_brackets

LONGEST_NAME = 6
_MOST_LETTERS = 100
_TERM = {
    "en": ("term", "terms"),
    "de": ("Begriff", "Begriffe"),
    "fr": ("terme", "termes"),
    "es": ("término", "términos"),
    "it": ("termine", "termini"),
    "pt": ("termo", "termos"),
    "nl": ("begrip", "begrippen"),
}
_TAIL = re.compile(
    r"\s(?:about|after|against|among|and|at|before|between|by|during|for|from|in|inside|of|on|or|that|to|under|used|"
    r"which|who|with|without)\s",
    re.IGNORECASE,
)
_PAIRS = """
    analysis analyses, appendix appendices, axis axes, bacterium bacteria, bus buses, calf calves,
    child children, crisis crises, criterion criteria, datum data, diagnosis diagnoses, foot feet, fungus fungi,
    gas gases, genus genera, goose geese, half halves, hero heroes, hypothesis hypotheses, index indices, knife knives,
    larva larvae, leaf leaves, lens lenses, life lives, loaf loaves, locus loci, man men, matrix matrices,
    metastasis metastases, mouse mice, neurosis neuroses, nucleus nuclei, oasis oases, ovum ova, ox oxen, person people,
    phenomenon phenomena, potato potatoes, psychosis psychoses, shelf shelves, sinus sinuses, stimulus stimuli,
    syllabus syllabuses, synthesis syntheses, thesis theses, thief thieves, tomato tomatoes, tooth teeth,
    vertex vertices, virus viruses, wife wives, wolf wolves, woman women
"""
_PLURALS = dict(pair.split() for pair in _PAIRS.split(","))
_SINGULARS = {plural: one for one, plural in _PLURALS.items()}
_UNCOUNTED = re.compile(
    r"(?:[a-z]+(?:ics|logy|graphy|nomy|metry|istry|ism|nce|ing))|species|series|means|news|history|music|art|algebra|"
    r"geometry|grammar|vocabulary|anatomy|law|equipment|software|hardware|information|"
    r"\w*(?:fish|sheep|aircraft)",
    re.IGNORECASE,
)

_IN_S = re.compile(r"\w*[A-Z]s|\w*[A-Z]\w*[a-rt-z]s")


def nouns_of(name: str, language: str) -> tuple[str, str]:
    """Singular and plural for a category of that name, such as ("phosphate binder", "phosphate binders").

    English is taken apart by its endings; what cannot be counted ("species", "genetics") gives the same word twice, and
    so does a name in another language. A name that is none ("", or a sentence) gives the language's word for term.
    """
    bare = " ".join(without_brackets(name).strip(" \t:;,.–—-").split())
    if not any(map(str.isalpha, bare)) or len(bare.split()) > LONGEST_NAME or bare[-1] in "?!？！؟":
        return _TERM.get(language_base(language), _TERM["en"])
    bare = bare.translate(str.maketrans("", "", "{}"))[:_MOST_LETTERS].strip()
    if language_base(language) != "en":
        return bare, bare
    found = _english(" ".join(map(_small, bare.split())))
    return found[0][:_MOST_LETTERS], found[1][:_MOST_LETTERS]


def _small(word: str) -> str:
    return word.lower() if len(word) > 1 and word.istitle() and not is_proper(word) else word


def _english(name: str) -> tuple[str, str]:
    tail = _TAIL.search(name)
    head, rest = (name[: tail.start()], name[tail.start() :]) if tail else (name, "")
    before, gap, last = head.rpartition(" ")
    one, several = _both(last)
    return before + gap + one + rest, before + gap + several + rest


def _both(word: str) -> tuple[str, str]:
    """Singular and plural of one word in either."""
    if word in _PLURALS:
        return word, _PLURALS[word]
    if word in _SINGULARS:
        return _SINGULARS[word], word
    if _UNCOUNTED.fullmatch(word) or not word[-1:].isalpha() or len(word) == 1:
        return word, word
    one = singular(word.lower()) if word.islower() else word[:-1] if _IN_S.fullmatch(word) else word
    return (one, word) if one != word else (word, _plural(word))


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word[:-2] + "es" if word.endswith("sis") else word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
