"""What students report, what their answers show, and the page that an editor's day begins with."""

from quizzes.admin.teaching import reports, statistics

__all__ = ["reports", "statistics"]
