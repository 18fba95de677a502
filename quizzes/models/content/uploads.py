"""Files that an editor has sent and not yet imported."""

from django.conf import settings
from django.db import models

from quizzes.models.content.decks import Deck


class Upload(models.Model):
    """One file between its upload and its import; `deck` is None where the import makes a new one.

    Seen by whoever sent it alone, and forgotten after the import or a day later.
    """

    class Kind(models.TextChoices):
        TABLE = "table"
        OUTLINE = "outline"

    deck = models.ForeignKey(Deck, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    title = models.CharField(max_length=200, blank=True)
    slug = models.SlugField(max_length=80, blank=True)
    language = models.CharField(max_length=16, default="en")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
