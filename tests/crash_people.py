"""Run by tests/test_crash.py in its own process: makes the elements deck and students who are signed in."""

import json
import os
import sys

import django


def main(count: int) -> None:
    """Print the session keys of `count` new students."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calcquiz.settings")
    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from quizzes.models import DeckStudy, User
    from quizzes.services.people.notices import see_notice
    from quizzes.services.study.joining import join_deck
    from tests.factories import elements

    deck, keys = elements(), []
    for number in range(count):
        user = User.objects.create(username=f"student{number}")
        join_deck(user=user, deck=deck, now=timezone.now())
        see_notice(user=user, slug=deck.slug, now=timezone.now())
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        keys.append(session.session_key)
    DeckStudy.objects.update(new_per_day=1000)
    print(json.dumps(keys))


if __name__ == "__main__":
    main(int(sys.argv[1]))
