"""How pages look for a person, kept in their session so that no page has to ask for it."""

from django.http import HttpRequest

from quizzes.models import Profile

THEMES, MOTIONS = ("light", "dark"), ("reduced",)


def remember_preferences(request: HttpRequest, profile: Profile) -> None:
    """Take theme and motion from the profile over into the session; what is not set follows the device."""
    for name, known in (("theme", THEMES), ("motion", MOTIONS)):
        value = profile.preferences.get(name)
        if value in known:
            request.session[name] = value
        else:
            request.session.pop(name, None)
