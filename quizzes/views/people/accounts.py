"""Signing in and out."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse

from quizzes.models import User
from quizzes.services.people.profiles import note_time_zone


class SignIn(LoginView):
    """Django's own sign-in on our page; the browser's time zone comes with it."""

    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, then keep the zone that the browser named, if it is one."""
        response = super().form_valid(form)
        user = self.request.user
        if isinstance(user, User):
            note_time_zone(user=user, time_zone=self.request.POST.get("time_zone", ""))
        return response


class SignOut(LogoutView):
    """Django's own sign-out: by POST."""

    def get_redirect_url(self) -> str:
        """The sign-in page, whatever the request asked for."""
        return str(self.get_default_redirect_url())


def signed_in(request: HttpRequest) -> User:
    """The person behind a request; the middleware has already sent others to sign in."""
    assert isinstance(request.user, User)
    return request.user
