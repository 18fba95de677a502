"""Joining a class by its code, leaving it, and being taken out of it."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.core.join_codes import show_code
from quizzes.forms.teaching.classes import JoinForm
from quizzes.selectors.access import own_classes
from quizzes.selectors.teaching.class_page import class_head
from quizzes.selectors.teaching.joining import join_page
from quizzes.selectors.teaching.people import person_name
from quizzes.selectors.teaching.student_page import find_enrolment
from quizzes.services.teaching.enrolling import (
    JoiningClosedError,
    TooManyTriesError,
    UnknownCodeError,
    join_with_code,
    leave_class,
    look_up_code,
    remove_student,
)
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import edited

Refusal = UnknownCodeError | TooManyTriesError


@require_http_methods(["GET", "POST"])
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """A field for a code; a right one leads to its class."""
    form = JoinForm(request.POST or None)
    if not form.is_valid():
        return render(request, "teaching/join.html", {"form": form})
    try:
        cohort = look_up_code(user=signed_in(request), code=form.cleaned_data["code"], now=timezone.now())
    except (UnknownCodeError, TooManyTriesError) as error:
        return _refused(request, form.cleaned_data["code"], error)
    return HttpResponseRedirect(reverse("join-class", args=[show_code(cohort.join_code)]))


@require_http_methods(["GET", "POST"])
@never_cache
def join_class(request: HttpRequest, code: str) -> HttpResponse:
    """The class of a code: what joining means, and the button that does it."""
    user, now = signed_in(request), timezone.now()
    try:
        cohort = look_up_code(user=user, code=code, now=now)
        if request.method == "POST":
            join_with_code(user=user, cohort=cohort, now=now)
    except (UnknownCodeError, TooManyTriesError) as error:
        return _refused(request, code, error)
    except JoiningClosedError:
        return render(request, "teaching/join_class.html", {"page": join_page(user, cohort, now=now)})
    page = join_page(user, cohort, now=now)
    if request.method != "POST":
        return render(request, "teaching/join_class.html", {"page": page})
    decks = ", ".join(deck.title for deck in page.decks)
    joined = _("You are in %s.") % cohort.name
    messages.success(request, f"{joined} {_('Study from now on: %s.') % decks}" if decks else joined)
    return HttpResponseRedirect(page.onward)


@require_http_methods(["GET", "POST"])
@never_cache
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a class, after asking once."""
    user = signed_in(request)
    cohort = get_object_or_404(own_classes(user), pk=pk)
    if request.method == "POST":
        leave_class(user=user, cohort=cohort, now=timezone.now())
        messages.success(request, _("You have left %s. Its decks and all you remember stay yours.") % cohort.name)
        return HttpResponseRedirect(reverse("classes"))
    return render(request, "teaching/leave.html", {"name": cohort.name})


@require_http_methods(["GET", "POST"])
@never_cache
def remove(request: HttpRequest, pk: int, public_id: UUID) -> HttpResponse:
    """Take a student out of the class, after asking once."""
    cohort = edited(request, pk)
    enrolment = find_enrolment(cohort, public_id)
    if enrolment is None:
        raise Http404("no such student in this class")
    name = person_name(enrolment.user)
    if request.method == "POST":
        shown = request.POST.get("code", "") if "renew" in request.POST else None
        student, now = enrolment.user, timezone.now()
        remove_student(user=student, cohort=cohort, shown=shown, below=secrets.randbelow, now=now)
        removed = _("%s is no longer in this class.") % name
        messages.success(request, removed if shown is None else f"{removed} {_('The class has a new code.')}")
        return HttpResponseRedirect(reverse("class", args=[pk]))
    head = class_head(signed_in(request), cohort, now=timezone.now())
    return render(request, "teaching/remove.html", {"head": head, "name": name, "public_id": public_id})


def _refused(request: HttpRequest, code: str, error: Refusal) -> HttpResponse:
    """The field again, with what is wrong and what to do."""
    form = JoinForm({"code": code})
    form.is_valid()
    if isinstance(error, TooManyTriesError):
        form.add_error("code", _("You have typed many codes that belong to no class. Try again in an hour."))
        return render(request, "teaching/join.html", {"form": form}, status=429)
    form.add_error(
        "code", _("No class has this code. Compare it with what your instructor wrote; they may have made a new one.")
    )
    return render(request, "teaching/join.html", {"form": form}, status=404)
