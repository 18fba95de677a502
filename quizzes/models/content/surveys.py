"""What was found when a deck's questions were last looked at as a whole."""

from django.conf import settings
from django.db import models

from quizzes.models.content.decks import Deck


class DeckSurvey(models.Model):
    """The latest survey of one deck, and the version of its content that it is about."""

    deck = models.OneToOneField(Deck, on_delete=models.CASCADE, primary_key=True, related_name="survey")
    content_version = models.PositiveIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"survey of {self.deck_id}"
