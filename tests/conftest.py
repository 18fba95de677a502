"""What every test has: nothing left over in the process from the test before."""

import os

import hypothesis
import pytest

pytest_plugins = ["tests.people"]

# Playwright keeps an event loop in the thread where browser tests use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The same examples every time, however busy the machine.
hypothesis.settings.register_profile("calcquiz", derandomize=True, deadline=None)
hypothesis.settings.load_profile("calcquiz")


@pytest.fixture(autouse=True)
def clear_caches():
    """Decks, questions and parameters kept in the process belong to one test's database."""
    from django.core.cache import cache

    from quizzes.selectors.content import banks, catalogue, decks, pairs, reviewing
    from quizzes.selectors.study import history, items, memories
    from quizzes.selectors.teaching import keeping

    cache.clear()
    for cached in (banks, catalogue, decks, pairs, reviewing, history, items, keeping, memories):
        cached.clear_cache()


@pytest.fixture(autouse=True, scope="session")
def share_banks():
    """What a deck gives is worked out once for the many tests that make the same deck: banks never change."""
    from quizzes.core.generation import Bank
    from quizzes.selectors.content import banks

    made = {}

    def bank(spec):
        if repr(spec) not in made:
            made[repr(spec)] = Bank(spec)
        return made[repr(spec)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(banks, "Bank", bank)
        yield


@pytest.fixture
def mail_server(settings):
    """The site sends e-mail, into `django.core.mail.outbox`, and has addresses confirmed."""
    settings.SENDS_MAIL = settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False
