"""How pages look for a person and where their browser is, kept in the session so that no page has to ask for it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from quizzes.models import Profile
from quizzes.services.people.profiles import note_time_zone
from quizzes.views.people.accounts import signed_in

THEMES, MOTIONS = ("light", "dark"), ("reduced",)


LONGEST_ZONE = 64


@require_POST
def browser_zone(request: HttpRequest) -> HttpResponse:
    """The browser has moved: its zone counts from now on, unless the person has chosen one."""
    zone = request.POST.get("time_zone", "")[:LONGEST_ZONE]
    note_time_zone(user=signed_in(request), time_zone=zone)
    remember_zone(request, zone)
    return HttpResponse(status=204)


def remember_zone(request: HttpRequest, zone: str) -> None:
    """Keep what this browser has said, so that its script speaks up only when it moves; two devices do not quarrel."""
    if zone:
        request.session["browser_zone"] = zone


def remember_preferences(request: HttpRequest, profile: Profile) -> None:
    """Take theme and motion from the profile over into the session; what is not set follows the device."""
    for name, known in (("theme", THEMES), ("motion", MOTIONS)):
        value = profile.preferences.get(name)
        if value in known:
            request.session[name] = value
        else:
            request.session.pop(name, None)
