"""What the columns of tables are usually called, in four languages; each list is published rule."""

import re
import unicodedata

from quizzes.core.text import normalise

NAMES = {
    "code": "code, fact code, id, key, uid, guid, schlüssel, kennung, código, clave, identifiant",
    "section": (
        "section, category, topic, chapter, unit, group, class, kind, type, deck, subject, module, lesson, theme, "
        "abschnitt, kategorie, thema, kapitel, gruppe, klasse, art, stapel, lektion, fach, "
        "catégorie, rubrique, sujet, thème, chapitre, groupe, classe, genre, leçon, matière, "
        "sección, categoría, tema, capítulo, unidad, grupo, clase, tipo, lección, materia"
    ),
    "section_noun": "section singular, section noun",
    "section_plural": "section plural",
    "position": "position, order, sort order, reihenfolge, ordre, orden, posición",
    "term": (
        "term, terms, front, word, words, question, name, concept, entry, item, expression, vocabulary, "
        "begriff, wort, vorderseite, frage, bezeichnung, ausdruck, vokabel, "
        "terme, mot, recto, nom, notion, vocabulaire, término, palabra, anverso, pregunta, nombre, concepto, vocablo"
    ),
    "short_label": (
        "short label, label, short name, short term, short form, kurzform, kurzname, kurzbezeichnung, "
        "libellé, nom court, forme courte, etiqueta, nombre corto, forma corta"
    ),
    "aliases": (
        "aliases, alias, synonyms, synonym, also known as, aka, a.k.a., other names, other name, alternative names, "
        "alternatives, abbreviation, abbreviations, variants, synonyme, auch bekannt als, andere namen, abkürzung, "
        "abkürzungen, synonymes, autres noms, abréviation, sinónimos, sinónimo, otros nombres, abreviatura"
    ),
    "never_accept": (
        "never accept, look-alikes, lookalikes, not accepted, false friends, nie annehmen, nicht annehmen, "
        "ne jamais accepter, no aceptar"
    ),
    "noun": (
        "noun, category noun, kind of thing, what it is, gattungsbegriff, oberbegriff, nom générique, nombre genérico"
    ),
    "purpose": (
        "purpose, description, definition, meaning, back, answer, function, use, uses, used for, role, translation, "
        "explanation of term, beschreibung, bedeutung, rückseite, antwort, zweck, funktion, übersetzung, verwendung, "
        "définition, signification, sens, verso, réponse, but, fonction, utilité, traduction, "
        "descripción, definición, significado, reverso, respuesta, propósito, función, uso, traducción"
    ),
    "condition": (
        "condition, conditions, for whom, when, indication, indications, context, bedingung, für wen, wann, "
        "indikation, à qui, quand, contexte, condición, para quién, cuándo, indicación, contexto"
    ),
    "examples": (
        "examples, example, e.g., eg, instances, members, beispiele, beispiel, exemples, exemple, ejemplos, ejemplo"
    ),
    "tags": (
        "tags, tag, subgroup, subgroups, labels, keywords, schlagwörter, schlagworte, étiquettes, mots clés, etiquetas"
    ),
    "explanation": (
        "explanation, why, note, notes, comment, comments, remark, remarks, hint, details, extra, feedback, rationale, "
        "erklärung, erläuterung, anmerkung, bemerkung, kommentar, hinweis, "
        "explication, remarque, commentaire, explicación, nota, notas, comentario, observación"
    ),
    "locator": (
        "locator, source, reference, references, ref, page, place in the source, where, url, link, citation, "
        "quelle, seite, fundstelle, beleg, référence, page source, fuente, referencia, página"
    ),
    "caution": (
        "caution, warning, doubt, caveat, vorsicht, warnung, zweifel, prudence, avertissement, doute, "
        "precaución, aviso, duda"
    ),
    "caution_source": "caution source, source of the caution, warning source, quelle der warnung",
}
"""Field -> what its column may be called, best known first. The first name is the one an export writes."""

MAPPED = ("ignore", *NAMES)
_ALSO = {"description": "purpose", "category": "section", "source": "locator", "other names": "aliases"}
_SAYING = frozenset(
    "function role translation use funktion übersetzung fonction traduction función traducción word question".split()
)
"""Usual names that still say something about what stands below them, so that a question may use them."""


def plain_name(header: str) -> str:
    """A header in the form that is compared: no case, accents, underscores, numbers at its end."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", header)
    bare = unicodedata.normalize("NFKD", normalise(spaced))
    letters = "".join(c for c in bare if not unicodedata.combining(c)) if bare.isascii() or _latin(bare) else bare
    return re.sub(r"\s*\d+$", "", unicodedata.normalize("NFC", letters)).strip() or normalise(header)


def _latin(text: str) -> bool:
    return all(ord(c) < 0x370 for c in text)


def field_of(header: str) -> str:
    """The field that a column of that name holds; empty if the name is not a usual one."""
    return _FIELDS.get(plain_name(header), "")


def mapped_field(name: str) -> str:
    """The field that somebody means who maps a column by hand; empty if there is none."""
    known = name.strip().casefold().replace("-", "_").replace(" ", "_")
    return known if known in MAPPED else _ALSO.get(known.replace("_", " "), "") or field_of(name)


def says_something(header: str) -> bool:
    """Whether a header tells what stands below it, as “symbol” does and “description” does not."""
    return bool(plain_name(header)) and (not field_of(header) or plain_name(header) in _SAID)


_FIELDS = {plain_name(name): field for field, names in reversed(NAMES.items()) for name in names.split(", ")}
_SAID = frozenset(map(plain_name, _SAYING))
