"""Decks and their sections."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.core.specs import ASSUMED_KNOWN


class DeckManager(models.Manager["Deck"]):
    """Finds decks by their slug, for fixtures."""

    def get_by_natural_key(self, slug: str) -> "Deck":
        """The deck of that slug; raises Deck.DoesNotExist."""
        return self.get(slug=slug)


class Deck(models.Model):
    """One body of facts that is studied as a whole."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=16, default="en", help_text=_("Language of the facts, such as en or ar."))
    description = models.TextField(blank=True)
    source = models.TextField(blank=True, help_text=_("Where the facts come from."))
    disclaimer = models.TextField(blank=True, help_text=_("Shown at first use and at the foot of every question."))
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    last_numbers = models.JSONField(
        default=dict, blank=True, editable=False, help_text=_("Highest fact number ever given, per section slug.")
    )
    content_version = models.PositiveIntegerField(
        default=1, editable=False, help_text=_("Grows with every change of the deck's content.")
    )

    worked_on_until = models.DateTimeField(
        null=True, editable=False, help_text=_("A worker has its cards in hand until then, unless it is done sooner.")
    )

    objects = DeckManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["title", "slug"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        """The slug."""
        return (self.slug,)


class SectionManager(models.Manager["Section"]):
    """Finds sections by deck and slug, for fixtures."""

    def get_by_natural_key(self, deck: str, slug: str) -> "Section":
        """The section of that slug in that deck; raises Section.DoesNotExist."""
        return self.get(deck__slug=deck, slug=slug)


class Section(models.Model):
    """A part of a deck whose facts have the same shape and stand as options beside each other."""

    deck = models.ForeignKey(Deck, on_delete=models.PROTECT, related_name="sections")
    slug = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    noun = models.CharField(_("noun, singular"), max_length=100, help_text=_("What one fact of the section is: drug."))
    noun_plural = models.CharField(_("noun, plural"), max_length=100, help_text=_("And several: drugs."))
    wording = models.JSONField(
        default=dict, blank=True, help_text=_("The question for each direction; a direction without one is not asked.")
    )

    objects = SectionManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["deck", "position", "slug"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["deck", "slug"], name="section_slug_once_per_deck"),
        ]

    def __str__(self) -> str:
        return self.noun_plural

    def natural_key(self) -> tuple[str, str]:
        """Deck and slug."""
        return (self.deck.slug, self.slug)

    natural_key.dependencies = ["quizzes.deck"]  # type: ignore[attr-defined]


class DeckTally(models.Model):
    """Counts over all students of one deck, made by `manage.py tally`, never by an answer."""

    deck = models.OneToOneField(Deck, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    first_answers = models.PositiveIntegerField(default=0)
    known_share = models.FloatField(default=ASSUMED_KNOWN, help_text=_("Share of first answers right beyond guessing."))
    version = models.PositiveIntegerField(default=1, help_text=_("Grows each time the counts are made."))
    made_at = models.DateTimeField()
    shift_version = models.PositiveIntegerField(default=0, help_text=_("Newest version of its cards' shifts."))
    shift_answers = models.PositiveIntegerField(default=0, help_text=_("Answers there were when these were learned."))

    def __str__(self) -> str:
        return f"tally of {self.deck_id}"
