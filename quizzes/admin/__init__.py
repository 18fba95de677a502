"""The editors' and admins' workplace: every write goes through the services."""

from quizzes.admin import content, people

__all__ = ["content", "people"]
