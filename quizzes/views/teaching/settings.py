"""A class made and changed: name, decks, code, instructors, archive.

What is only ever posted leads to the class's settings when it is opened, as after signing in again.
"""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.core.join_codes import show_code
from quizzes.formats.qr import qr_svg
from quizzes.forms.teaching.classes import ClassForm, InstructorForm, NewClassForm
from quizzes.models import Cohort, User
from quizzes.selectors.access import may_make_classes
from quizzes.selectors.teaching.class_page import class_head
from quizzes.selectors.teaching.people import person_name, zone_of
from quizzes.services.teaching import classes as services
from quizzes.services.teaching.staffing import (
    IsStudentError,
    LastInstructorError,
    NoInstructorError,
    add_instructor,
    remove_instructor,
)
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import edited, taught


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Make a class."""
    user = signed_in(request)
    if not may_make_classes(user):
        return render(request, "404.html", status=404)
    form = NewClassForm(request.POST or None, user=user, zone=zone_of(user))
    if not form.is_valid():
        return render(request, "teaching/new.html", {"form": form})
    cohort = services.create_class(
        user=user,
        name=form.cleaned_data["name"],
        decks=form.cleaned_data["decks"],
        closes_at=form.closes_at(),
        form_id=form.cleaned_data["form_id"],
        below=secrets.randbelow,
        now=timezone.now(),
    )
    return _to("class-code", cohort)


@require_http_methods(["GET", "POST"])
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a class."""
    user, cohort = signed_in(request), edited(request, pk)
    form = ClassForm(request.POST or None, user=user, zone=zone_of(user), cohort=cohort)
    if not form.is_valid():
        return _edit_page(request, cohort, form, InstructorForm())
    services.change_class(
        cohort=cohort,
        name=form.cleaned_data["name"],
        decks=form.cleaned_data["decks"],
        closes_at=form.closes_at(),
        now=timezone.now(),
    )
    messages.success(request, _("Saved."))
    return _to("class", cohort)


@require_http_methods(["GET", "POST"])
@never_cache
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The join code, large enough for a room; a new one, and joining closed or open, for those who may change it."""
    if request.method == "POST":
        cohort = edited(request, pk)
        match request.POST.get("do"):
            case "renew":
                _renew(request, cohort)
            case "close":
                services.close_joining(cohort=cohort, now=timezone.now())
            case "open":
                services.open_joining(cohort=cohort)
        return _to("class-code", cohort)
    cohort = taught(request, pk)
    link = request.build_absolute_uri(reverse("join-class", args=[show_code(cohort.join_code)]))
    head = class_head(signed_in(request), cohort, now=timezone.now())
    about = {"head": head, "link": link, "site": request.build_absolute_uri(reverse("join")), "qr": qr_svg(link)}
    return render(request, "teaching/code.html", about)


def _renew(request: HttpRequest, cohort: Cohort) -> None:
    """A new code for the one that the form showed."""
    if services.renew_code(cohort=cohort, shown=request.POST.get("code", ""), below=secrets.randbelow):
        messages.success(request, _("This is the new code. The old one and its link open nothing any more."))
    else:
        messages.info(request, _("The code had been changed already: this is the one that holds now."))


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a class away, or take it out again."""
    cohort = edited(request, pk)
    if request.method != "POST":
        return _to("class-edit", cohort)
    if request.POST.get("do") == "restore":
        services.restore_class(cohort=cohort)
        messages.success(request, _("The class is active again."))
        return _to("class", cohort)
    services.archive_class(cohort=cohort, now=timezone.now())
    messages.success(request, _("%s is in the archive. You find it at the end of your classes.") % cohort.name)
    return HttpResponseRedirect(reverse("classes"))


@require_http_methods(["GET", "POST"])
def instructors(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody teach the class too."""
    cohort, form = edited(request, pk), InstructorForm(request.POST)
    if request.method != "POST":
        return _to("class-edit", cohort)
    if form.is_valid():
        who: User = form.cleaned_data["who"]
        try:
            add_instructor(cohort=cohort, user=who, role=form.cleaned_data["role"], now=timezone.now())
        except (IsStudentError, NoInstructorError, LastInstructorError) as error:
            form.add_error("who", _why_not(error, person_name(who)))
        else:
            names = {"name": person_name(who), "user": who.get_username()}
            messages.success(request, _("%(name)s (user name %(user)s) can see this class now.") % names)
            return _to("class-edit", cohort)
    user = signed_in(request)
    return _edit_page(request, cohort, ClassForm(user=user, zone=zone_of(user), cohort=cohort), form)


@require_http_methods(["GET", "POST"])
def instructor_remove(request: HttpRequest, pk: int, user_id: int) -> HttpResponse:
    """Let somebody teach the class no longer."""
    cohort = edited(request, pk)
    who = get_object_or_404(User, enrolments__cohort=cohort, pk=user_id)
    if request.method != "POST":
        return _to("class-edit", cohort)
    try:
        remove_instructor(cohort=cohort, user=who, now=timezone.now())
    except LastInstructorError as error:
        messages.error(request, _why_not(error, person_name(who)))
        return _to("class-edit", cohort)
    if who == signed_in(request):
        return HttpResponseRedirect(reverse("classes"))
    messages.success(request, _("%s can see this class no longer.") % person_name(who))
    return _to("class-edit", cohort)


def _why_not(error: Exception, name: str) -> str:
    match error:
        case IsStudentError():
            return _("%s is a student of this class. Remove them from its students first.") % name
        case NoInstructorError():
            words = _("%s is no instructor on this site. Let them see everything and change nothing, or ask an admin.")
            return words % name
        case _:
            return _("A class needs an instructor. Add another one first.")


def _edit_page(request: HttpRequest, cohort: Cohort, form: ClassForm, instructor_form: InstructorForm) -> HttpResponse:
    head = class_head(signed_in(request), cohort, now=timezone.now())
    return render(request, "teaching/edit.html", {"head": head, "form": form, "instructor_form": instructor_form})


def _to(name: str, cohort: Cohort) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=[cohort.pk]))
