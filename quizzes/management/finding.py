"""What commands find by the names that are typed."""

from django.core.management.base import CommandError

from quizzes.core.join_codes import tidy_code
from quizzes.models import Cohort


def find_class(name: str) -> Cohort:
    """The class with this join code or id. Raises CommandError."""
    code = Cohort.objects.filter(join_code=tidy_code(name)).first()
    if found := code or (Cohort.objects.filter(pk=int(name)).first() if name.isdecimal() else None):
        return found
    raise CommandError(f"No class has the join code or id “{name}”.")
