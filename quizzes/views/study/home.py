"""The first page after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.selectors.study.home import home_page
from quizzes.views.people.accounts import signed_in


@require_GET
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """What to study now."""
    return render(request, "study/home_student.html", {"page": home_page(signed_in(request), now=timezone.now())})
