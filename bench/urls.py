"""The site's addresses and a signed-in page that does nothing, against which an answer is measured."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import escape

from calcquiz.urls import urlpatterns as site


def nothing(request: HttpRequest) -> HttpResponse:
    """Session and person come from the database, through the same middleware as everywhere; then one line of text."""
    return HttpResponse(f"<p>Signed in as {escape(request.user.get_username())}.</p>")


urlpatterns = [path("bench/nothing/", nothing), *site]
