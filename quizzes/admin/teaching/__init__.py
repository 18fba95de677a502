"""What students report, and the page that an editor's day begins with."""

from quizzes.admin.teaching import reports

__all__ = ["reports"]
