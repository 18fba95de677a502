"""The first page after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.selectors.study.home import home_page
from quizzes.selectors.teaching.duties import find_duties
from quizzes.selectors.teaching.own_work import own_work, work_on_home
from quizzes.selectors.teaching.told import told_on_home
from quizzes.views.people.accounts import signed_in


@require_GET
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """What is set by classes, and what to study now; for those who teach or edit also what they look after."""
    user, now = signed_in(request), timezone.now()
    lines = own_work(user, now)
    duties = find_duties(user, now=now)
    about = {
        "page": home_page(user, now=now),
        "work": work_on_home(lines, now),
        "more_work": bool(lines),
        "duties": duties,
        "told": told_on_home(user, teaches=duties is not None and duties.teaches, now=now),
    }
    return render(request, "study/home_student.html", about)
