"""All that a person is told on their home page until they put it away."""

from datetime import datetime

from quizzes.models import User
from quizzes.selectors.people.told import Told
from quizzes.selectors.study.corrections import corrections, replies
from quizzes.selectors.teaching.regrade_offers import regrade_offers


def told_on_home(user: User, *, teaches: bool, now: datetime) -> list[Told]:
    """Replies to what they reported, quizzes of theirs to decide about, facts corrected since they learned them.

    Two queries while there is nothing of that, four for who `teaches`.
    """
    offers = regrade_offers(user, now=now) if teaches else []
    return [*replies(user, now=now), *offers, *corrections(user, now=now)]
