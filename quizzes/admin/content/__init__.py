"""Decks, sections and facts in the admin; cards and versions follow each save."""

from quizzes.admin.content import decks, facts, sections

__all__ = ["decks", "facts", "sections"]
