"""Test data: rows by factory-boy, and a small deck of chemical elements made through the services."""

import uuid
from datetime import UTC, datetime, timedelta

import factory
from django.core.management import call_command

from quizzes.core.calibration import Weights
from quizzes.core.join_codes import LETTERS
from quizzes.models import (
    Assignment,
    Attempt,
    Calibration,
    Card,
    Cohort,
    Deck,
    Fact,
    Message,
    MessageCopy,
    ProblemReport,
    Quiz,
    QuizForm,
    Response,
    Section,
    StudySettings,
    User,
)
from quizzes.services.content.facts import bring_deck_up_to_date, give_code

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
GUIDE = "soft-tissue-calcifications"

USES = {
    "iron": {"purpose": "to build bridges and rails", "aliases": ["ferrum"], "examples": ["steel"]},
    "copper": {
        "purpose": "to carry current through houses",
        "aliases": ["cuprum"],
        "examples": ["brass", "bronze"],
        "explanation": "Only silver conducts better.",
    },
    "aluminium": {"purpose": "to keep aircraft light", "aliases": ["aluminum"]},
    "silicon": {"purpose": "to make the chips of computers"},
    "iodine": {"purpose": "to disinfect skin before surgery"},
    "chlorine": {"purpose": "to clean the water of pools"},
    "lithium": {"purpose": "to store charge in telephones"},
    "tungsten": {"purpose": "to glow in the filaments of lamps", "aliases": ["wolfram"]},
}
GASES = ("helium", "neon", "argon", "krypton")
WORDING = {
    "uses": {
        "purpose_to_term": "Which element is used {purpose}?",
        "term_to_purpose": "What is {term} used for?",
    },
    "gases": {"membership": "Which of these is a noble gas?"},
}


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who can sign in with the password “password”."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    password = factory.django.Password("password")


class CohortFactory(factory.django.DjangoModelFactory):
    """A class."""

    class Meta:
        model = Cohort

    name = factory.Sequence(lambda n: f"Class {n}")
    join_code = factory.Sequence(lambda n: "".join(LETTERS[n // 25**place % 25] for place in range(6)))
    created_at = NOW


class DeckFactory(factory.django.DjangoModelFactory):
    """A published deck without content."""

    class Meta:
        model = Deck

    slug = factory.Sequence(lambda n: f"deck-{n}")
    title = factory.LazyAttribute(lambda deck: deck.slug.capitalize())
    status = Deck.Status.PUBLISHED


class SectionFactory(factory.django.DjangoModelFactory):
    """A section of a deck."""

    class Meta:
        model = Section

    deck = factory.SubFactory(DeckFactory)
    slug = factory.Sequence(lambda n: f"section-{n}")
    position = factory.Sequence(lambda n: n + 1)
    noun = "element"
    noun_plural = "elements"


class FactFactory(factory.django.DjangoModelFactory):
    """A fact with the next code of its section; `keep(deck)` then writes its version and its cards."""

    class Meta:
        model = Fact

    section = factory.SubFactory(SectionFactory)
    deck = factory.SelfAttribute("section.deck")
    code = factory.LazyAttribute(lambda fact: give_code(section=fact.section))
    position = factory.LazyAttribute(lambda fact: int(fact.code.rpartition("/")[2]))
    term = factory.Sequence(lambda n: f"element {n}")
    locator = factory.LazyAttribute(lambda fact: f"table, row {fact.position}")


class AssignmentFactory(factory.django.DjangoModelFactory):
    """Something to study, published, open for a week from NOW."""

    class Meta:
        model = Assignment

    cohort = factory.SubFactory(CohortFactory)
    deck = factory.SubFactory(DeckFactory)
    title = factory.Sequence(lambda n: f"Assignment {n}")
    opens_at = NOW
    closes_at = NOW + timedelta(days=7)
    published_at = created_at = NOW


class QuizFactory(factory.django.DjangoModelFactory):
    """A quiz of four questions from anywhere in its deck, published, open for a week from NOW, not frozen."""

    class Meta:
        model = Quiz

    cohort = factory.SubFactory(CohortFactory)
    deck = factory.SubFactory(DeckFactory)
    title = factory.Sequence(lambda n: f"Quiz {n}")
    blueprint = factory.LazyFunction(lambda: [{"section": "", "direction": "", "closeness": "mixed", "number": 4}])
    seed = factory.Sequence(lambda n: f"quiz-{n}")
    opens_at = NOW
    closes_at = NOW + timedelta(days=7)
    published_at = created_at = NOW


class QuizFormFactory(factory.django.DjangoModelFactory):
    """A form without questions."""

    class Meta:
        model = QuizForm

    quiz = factory.SubFactory(QuizFactory)
    number = factory.Sequence(lambda n: n + 1)
    items = factory.LazyFunction(list)
    seed = factory.Sequence(lambda n: f"form-{n}")
    made_at = NOW


class AttemptFactory(factory.django.DjangoModelFactory):
    """An attempt under way since NOW, for twenty minutes, without questions."""

    class Meta:
        model = Attempt

    form = factory.SubFactory(QuizFormFactory)
    quiz = factory.SelfAttribute("form.quiz")
    user = factory.SubFactory(UserFactory)
    number = 1
    started_at = NOW
    due_at = factory.LazyAttribute(lambda attempt: attempt.started_at + timedelta(minutes=20))


class ResponseFactory(factory.django.DjangoModelFactory):
    """A question of an attempt that nothing has been done about."""

    class Meta:
        model = Response

    attempt = factory.SubFactory(AttemptFactory)
    position = factory.Sequence(lambda n: n + 1)
    card = factory.LazyFunction(lambda: Card.objects.order_by("order", "pk").first())
    item_hash = "0" * 64
    order = factory.LazyFunction(lambda: [0, 1, 2, 3])


class MessageFactory(factory.django.DjangoModelFactory):
    """Something written to students of a class; copies are made apart."""

    class Meta:
        model = Message

    cohort = factory.SubFactory(CohortFactory)
    subject = factory.Sequence(lambda n: f"Message {n}")
    body = "The room has changed."
    created_at = NOW


class CopyFactory(factory.django.DjangoModelFactory):
    """A copy of a message that waits to be sent since NOW."""

    class Meta:
        model = MessageCopy

    message = factory.SubFactory(MessageFactory)
    user = factory.SubFactory(UserFactory)
    address = factory.LazyAttribute(lambda copy: f"{copy.user.username}@example.org")
    next_try_at = NOW


class ReportFactory(factory.django.DjangoModelFactory):
    """A student's report of the question on the first card; its item is not kept."""

    class Meta:
        model = ProblemReport

    card = factory.LazyFunction(lambda: Card.objects.order_by("order", "pk").first())
    reporter = factory.SubFactory(UserFactory)
    kind = ProblemReport.Kind.ALSO_RIGHT
    message = "Copper would be right too."
    item_hash = "0" * 64
    format = "choice"
    client_id = factory.LazyFunction(uuid.uuid4)
    created_at = NOW


def keep(deck: Deck, *, change: str = "wording") -> None:
    """What follows every edit: versions and cards brought up to date."""
    bring_deck_up_to_date(deck=deck, by=None, now=NOW, change=change)


def elements(**fields: object) -> Deck:
    """A deck of 12 facts: eight elements with their uses, four noble gases with nothing but their membership."""
    about = {"slug": "elements", "title": "Chemical elements", "disclaimer": "Not for chemists."}
    deck = DeckFactory(**{**about, **fields}, last_numbers={"uses": len(USES), "gases": len(GASES)})
    uses = SectionFactory(deck=deck, slug="uses", position=1, wording=WORDING["uses"])
    gases = SectionFactory(
        deck=deck, slug="gases", position=2, noun="gas", noun_plural="gases", wording=WORDING["gases"]
    )
    for number, (term, use) in enumerate(USES.items(), start=1):
        FactFactory(section=uses, code=f"uses/{number}", term=term, **use)
    for number, term in enumerate(GASES, start=1):
        FactFactory(section=gases, code=f"gases/{number}", term=term)
    keep(deck)
    return Deck.objects.get(pk=deck.pk)


def guide() -> Deck:
    """The first deck, from its fixture."""
    call_command("loaddata", "soft_tissue_calcifications", verbosity=0)
    return Deck.objects.get(slug=GUIDE)


def correct_predictions(user, **weights):
    """Give the student weights as if learned from their answers."""
    settings = StudySettings.objects.get(user=user)
    Calibration.objects.create(
        user=user,
        weights=Weights(**weights),
        reviews=100,
        through_seq=100,
        parameter_set_id=settings.parameter_set_id,
        made_at=NOW,
    )
