"""Small decks on subjects of all kinds, in several scripts."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from quizzes.core.rules import examined
from quizzes.core.specs import DeckSpec, FactSpec, Item, SectionSpec, Verdict
from quizzes.core.subjects import Violation

FIXTURE = Path(__file__).parents[2] / "fixtures" / "soft_tissue_calcifications.json"
ELEMENTS = (
    ("hydrogen", "burns with oxygen to water", "gas"),
    ("helium", "lifts balloons without catching fire", "gas"),
    ("lithium", "powers rechargeable batteries", "metal"),
    ("carbon", "forms diamond and graphite", "solid"),
    ("nitrogen", "makes up most of the air", "gas"),
    ("neon", "glows red in advertising tubes", "gas"),
    ("sodium", "reacts with chlorine to table salt", "metal"),
    ("silicon", "carries the circuits of chips", "solid"),
    ("iron", "rusts in damp air", "metal"),
    ("copper", "conducts current in household wires", "metal"),
    ("silver", "once darkened photographic film", "metal"),
    ("gold", "stays bright through centuries", "metal"),
    ("mercury", "flowed in old thermometers", "metal"),
    ("lead", "shields people from X-rays", "metal"),
    ("uranium", "fuels nuclear power stations", "metal"),
)
CAPITALS = (
    ("Paris", "France"),
    ("Rome", "Italy"),
    ("Madrid", "Spain"),
    ("Lisbon", "Portugal"),
    ("Vienna", "Austria"),
    ("Warsaw", "Poland"),
    ("Athens", "Greece"),
    ("Dublin", "Ireland"),
    ("Oslo", "Norway"),
    ("Helsinki", "Finland"),
    ("Prague", "Czechia"),
    ("Sofia", "Bulgaria"),
)
PURPOSE_WORDING = {
    "purpose_to_term": "Which {noun} {purpose}?",
    "term_to_purpose": "What is true of {term} here?",
}


def fact(code: str, term: str, purpose: str = "", **more: object) -> FactSpec:
    """A fact that stands in the section of its code."""
    section, _, number = code.rpartition("/")
    return FactSpec(code, section, term, position=int(number), purpose=purpose, **more)  # type: ignore[arg-type]


def section(slug: str, wording: Mapping[str, str], noun: str = "thing", position: int = 0) -> SectionSpec:
    """A section with the given wording."""
    return SectionSpec(slug, position, noun, noun + "s", wording)


def deck(
    sections: Iterable[SectionSpec],
    facts: Iterable[FactSpec],
    overlaps: Mapping[tuple[str, str, str], Verdict] | None = None,
    *,
    title: str = "A deck",
    language: str = "en",
) -> DeckSpec:
    """A deck called `small`."""
    return DeckSpec("small", title, tuple(sections), tuple(facts), overlaps or {}, language)


def elements(overlaps: Mapping[tuple[str, str, str], Verdict] | None = None) -> DeckSpec:
    """Fifteen chemical elements by what they do."""
    facts = [fact(f"elements/{n}", term, does, tags=(tag,)) for n, (term, does, tag) in enumerate(ELEMENTS, 1)]
    return deck([section("elements", PURPOSE_WORDING, "element")], facts, overlaps, title="Chemistry")


def capitals() -> DeckSpec:
    """Twelve capitals and their countries, with membership across the two."""
    towns = [fact(f"towns/{n}", town) for n, (town, _) in enumerate(CAPITALS, 1)]
    countries = [fact(f"countries/{n}", country) for n, (_, country) in enumerate(CAPITALS, 1)]
    asked = {
        "membership": "Which of these is a {noun} of Europe?",
        "not_member": "Which of these is NOT one of the {noun_plural}?",
    }
    sections = [section("towns", asked, "capital"), section("countries", asked, "country", 1)]
    return deck(sections, [*towns, *countries], title="Geography")


def drugs() -> DeckSpec:
    """Classes of drugs with examples and a condition; two classes share an example's purpose."""
    rows = (
        ("painkillers", "to relieve pain", ("ibuprofen", "paracetamol")),
        ("diuretics", "to remove surplus fluid", ("furosemide",)),
        ("antibiotics", "to kill bacteria", ("penicillin", "doxycycline")),
        ("antihistamines", "to calm an allergy", ("cetirizine",)),
        ("antacids", "to neutralise stomach acid", ("magaldrate",)),
        ("anticoagulants", "to keep blood from clotting", ("warfarin",)),
        ("laxatives", "to speed up the bowel", ("lactulose",)),
    )
    wording = {
        "term_to_purpose": "What is the purpose of {term}?",
        "purpose_to_term": "Which {noun} is given {purpose}?",
        "condition_to_term": "Which {noun} is given to people with {condition}?",
        "term_to_example": "Which drug is an example of {term}?",
        "example_to_term": "To which class does {example} belong?",
        "purpose_to_example": "Which of these drugs is given {purpose}?",
        "example_to_purpose": "What is the purpose of {example}?",
    }
    conditions = {"diuretics": "swollen legs", "laxatives": "hard stools", "antacids": "heartburn"}
    facts = [
        fact(f"drugs/{n}", term, purpose, examples=examples, condition=conditions.get(term, ""), noun="class")
        for n, (term, purpose, examples) in enumerate(rows, 1)
    ]
    return deck([section("drugs", wording, "drug")], facts, title="Pharmacy")


def hebrew() -> DeckSpec:
    """Right-to-left terms and descriptions."""
    rows = (
        ("לב", "מזרים דם בגוף כולו"),
        ("ריאה", "קולטת חמצן מן האוויר"),
        ("כבד", "מפרק רעלים ואוגר סוכר"),
        ("כליה", "מסננת פסולת לתוך השתן"),
        ("קיבה", "מעכלת מזון בעזרת חומצה"),
    )
    facts = [fact(f"organs/{n}", term, purpose) for n, (term, purpose) in enumerate(rows, 1)]
    wording = {"purpose_to_term": "איזה איבר {purpose}?", "term_to_purpose": "מה נכון לומר על {term}?"}
    return deck([section("organs", wording, "איבר")], facts, title="אנטומיה", language="he")


def chinese() -> DeckSpec:
    """Terms and descriptions in a script without spaces."""
    rows = (
        ("心脏", "把血液送到全身"),
        ("肺", "吸收空气中的氧"),
        ("肝", "分解体内的毒素"),
        ("肾", "过滤废物产生尿"),
        ("胃", "用酸消化食物"),
    )
    facts = [fact(f"organs/{n}", term, purpose) for n, (term, purpose) in enumerate(rows, 1)]
    wording = {"purpose_to_term": "哪个器官{purpose}？", "term_to_purpose": "{term}有什么作用？"}
    return deck([section("organs", wording, "器官")], facts, title="解剖学", language="zh")


def many(count: int) -> DeckSpec:
    """One section with as many facts as asked, in made-up words."""
    vowels, consonants = "aeiou", "bdfgklmnprstvz"
    syllables = [c + v for c in consonants for v in vowels]

    def word(seed: int) -> str:
        return "".join(syllables[seed * step % len(syllables)] for step in (1, 13, 29, 3 + seed % 31))

    facts = [
        fact(
            f"words/{n}", f"{word(n)}{n}", f"{word(7 * n + 1)} {word(11 * n + 2)} {word(n // 7)}", tags=(word(n % 40),)
        )
        for n in range(1, count + 1)
    ]
    return deck([section("words", PURPOSE_WORDING, "word")], facts, title="Lexicon")


def first_deck() -> DeckSpec:
    """The deck that the fixture holds: the guide on soft tissue calcifications."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in json.loads(FIXTURE.read_text("utf-8")):
        rows[row["model"]].append(row["fields"])
    head = rows["quizzes.deck"][0]
    sections = [_spec(SectionSpec, row) for row in rows["quizzes.section"]]
    facts = [_spec(FactSpec, row | {"section": row["section"][1]}) for row in rows["quizzes.fact"]]
    overlaps = {
        ((row["asked"] or row["asked_section"])[1], row["offered"][1], row["direction"]): Verdict(row["verdict"])
        for row in rows["quizzes.overlap"]
    }
    return DeckSpec(head["slug"], head["title"], tuple(sections), tuple(facts), overlaps, head["language"])


def _spec(kind: type[Any], row: dict[str, Any]) -> Any:
    values = {field.name: row[field.name] for field in fields(kind)}
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def violations(item: Item, deck: DeckSpec) -> list[Violation]:
    """The rules that one item breaks."""
    return [violation for _item, violation in examined([item], deck)]
