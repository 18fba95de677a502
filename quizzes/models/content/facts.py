"""Facts, their versions, and which of them would also be right for another's question."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.core.specs import Direction
from quizzes.core.specs import Verdict as CoreVerdict
from quizzes.models.append_only import AppendOnlyQuerySet
from quizzes.models.content.decks import Deck, Section


class FactManager(models.Manager["Fact"]):
    """Finds facts by deck and code, for fixtures."""

    def get_by_natural_key(self, deck: str, code: str) -> "Fact":
        """The fact of that code in that deck; raises Fact.DoesNotExist."""
        return self.get(deck__slug=deck, code=code)


class Fact(models.Model):
    """One thing to know: a term, what it is for, for whom, examples. The row holds the current version."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        RETIRED = "retired", _("retired")

    class CheckStatus(models.TextChoices):
        UNCHECKED = "unchecked", _("unchecked")
        CHECKED = "checked", _("checked")
        DOUBTFUL = "doubtful", _("doubtful")

    deck = models.ForeignKey(Deck, on_delete=models.PROTECT, related_name="facts")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="facts")
    code = models.CharField(max_length=100, editable=False, help_text=_("section/number, given once and never reused."))
    position = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    term = models.CharField(max_length=300)
    short_label = models.CharField(max_length=120, blank=True, help_text=_("How the term stands on an answer choice."))
    aliases = models.JSONField(default=list, blank=True, help_text=_("Also right when typed."))
    never_accept = models.JSONField(
        default=list, blank=True, help_text=_("Never taken for a typing error of the term.")
    )
    noun = models.CharField(
        _("category noun"), max_length=100, blank=True, help_text=_("Instead of the section's noun.")
    )
    purpose = models.TextField(blank=True, help_text=_("In the grammatical form that the section's purposes share."))
    condition = models.TextField(blank=True, help_text=_("For whom or when, where the fact says that."))
    examples = models.JSONField(default=list, blank=True)
    tags = models.JSONField(
        default=list, blank=True, help_text=_("Subgroups; facts that share one make close distractors.")
    )
    explanation = models.TextField(blank=True, help_text=_("Shown with the feedback."))
    locator = models.CharField(max_length=200, blank=True, help_text=_("Where the source says it."))
    caution = models.TextField(blank=True, help_text=_("What is doubtful about it; shown with the feedback."))
    caution_source = models.CharField(max_length=300, blank=True)
    check_status = models.CharField(max_length=10, choices=CheckStatus, default=CheckStatus.UNCHECKED)
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)
    recheck_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    meaning_version = models.PositiveIntegerField(default=1, editable=False)

    objects = FactManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["deck", "section__position", "position", "id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["deck", "code"], name="fact_code_once_per_deck"),
            models.CheckConstraint(condition=~Q(term=""), name="fact_has_a_term"),
        ]

    def __str__(self) -> str:
        return self.term

    def natural_key(self) -> tuple[str, str]:
        """Deck and code."""
        return (self.deck.slug, self.code)

    natural_key.dependencies = ["quizzes.deck", "quizzes.section"]  # type: ignore[attr-defined]


class FactVersionManager(models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    """Finds versions by fact and number, for fixtures."""

    def get_by_natural_key(self, fact_id: int, number: int) -> "FactVersion":
        """That version of that fact; raises FactVersion.DoesNotExist."""
        found: FactVersion = self.get(fact_id=fact_id, number=number)
        return found


class FactVersion(models.Model):
    """What a fact said from `created_at` on; written once."""

    class Change(models.TextChoices):
        FIRST = "first", _("first version")
        WORDING = "wording", _("wording")
        MEANING = "meaning", _("meaning")

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    meaning_version = models.PositiveIntegerField(default=1)
    change = models.CharField(max_length=10, choices=Change, default=Change.FIRST)
    content = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = FactVersionManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["fact", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["fact", "number"], name="fact_version_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["created_at"], condition=~models.Q(change="first"), name="versions_edited"),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} v{self.number}"

    def natural_key(self) -> tuple[int, int]:
        """Fact and number; nothing refers to a version by it, so ids serve and spare a fixture's queries."""
        return (self.fact_id, self.number)

    natural_key.dependencies = ["quizzes.fact"]  # type: ignore[attr-defined]


class OverlapManager(models.Manager["Overlap"]):
    """Finds overlaps by the pair and the direction, for fixtures."""

    def get_by_natural_key(
        self, asked_id: int | None, asked_section_id: int | None, offered_id: int, direction: str
    ) -> "Overlap":
        """The verdict on that pair; raises Overlap.DoesNotExist."""
        return self.get(
            asked_id=asked_id, asked_section_id=asked_section_id, offered_id=offered_id, direction=direction
        )


class Overlap(models.Model):
    """For which direction the offered fact is also right, arguably right, or distinct, when another is asked."""

    class Verdict(models.TextChoices):
        RIGHT = CoreVerdict.RIGHT.value, _("also right")
        ARGUABLE = CoreVerdict.ARGUABLE.value, _("arguably right")
        DISTINCT = CoreVerdict.DISTINCT.value, _("distinct")

    asked = models.ForeignKey(Fact, null=True, blank=True, on_delete=models.CASCADE, related_name="overlaps")
    asked_section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="membership_overlaps"
    )
    offered = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="offered_in")
    direction = models.CharField(
        max_length=20,
        blank=True,
        choices=[(d.value, d.value.replace("_", " ")) for d in Direction],
        help_text=_("Empty: every direction."),
    )
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    objects = OverlapManager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(asked__isnull=True, asked_section__isnull=False, direction=Direction.MEMBERSHIP.value)
                | Q(asked__isnull=False, asked_section__isnull=True),
                name="overlap_asks_a_fact_or_a_membership",
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | ~Q(asked=F("offered")), name="overlap_of_two_facts"
            ),
            models.UniqueConstraint(
                fields=["asked", "offered", "direction"], condition=Q(asked__isnull=False), name="overlap_once"
            ),
            models.UniqueConstraint(
                fields=["asked_section", "offered"],
                condition=Q(asked_section__isnull=False),
                name="membership_overlap_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offered} {self.get_verdict_display()} for {self.asked or self.asked_section}"

    def natural_key(self) -> tuple[int | None, int | None, int, str]:
        """The pair and the direction; nothing refers to a verdict by it, so ids serve and spare a fixture's queries."""
        return (self.asked_id, self.asked_section_id, self.offered_id, self.direction)

    natural_key.dependencies = ["quizzes.fact"]  # type: ignore[attr-defined]


class PairTally(models.Model):
    """How often all students were shown one fact as an option for another, and took it; made by `manage.py tally`."""

    asked = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="+")
    offered = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="+")
    shown = models.PositiveIntegerField(default=0)
    chosen = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["asked", "offered"], name="pair_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.offered_id} for {self.asked_id}: {self.chosen} of {self.shown}"
