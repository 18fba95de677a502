"""The editors' and admins' workplace: every write goes through the services."""

from quizzes.admin import content, people, teaching

__all__ = ["content", "people", "teaching"]
