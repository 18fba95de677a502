from quizzes.models import Profile
from quizzes.services.people.notices import see_notice
from tests.factories import NOW
from tests.study import DAY


def test_the_first_time_counts(max):
    see_notice(user=max, slug="elements", now=NOW)
    see_notice(user=max, slug="elements", now=NOW + DAY)
    see_notice(user=max, slug="other", now=NOW + DAY)
    assert Profile.objects.get(user=max).notices_seen == {
        "elements": NOW.isoformat(),
        "other": (NOW + DAY).isoformat(),
    }
