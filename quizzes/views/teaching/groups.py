"""The groups of a class, and the class copied for a new term."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.forms.teaching.roster import CopyForm, GroupForm
from quizzes.models import CohortGroup
from quizzes.selectors.teaching.class_page import class_head
from quizzes.selectors.teaching.groups import group_lines, grouped_students, groups_of
from quizzes.selectors.teaching.people import zone_of
from quizzes.services.teaching import groups as services
from quizzes.services.teaching.copying import copy_class
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.doors import edited


@require_http_methods(["GET", "POST"])
@never_cache
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    """All groups of a class, and a new one."""
    cohort, form = edited(request, pk), GroupForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.create_group(cohort=cohort, name=form.cleaned_data["name"])
        except services.GroupNameTakenError:
            form.add_error("name", _("The class has a group of this name already."))
        else:
            return HttpResponseRedirect(reverse("class-group", args=[pk, made.pk]))
    head = class_head(signed_in(request), cohort, now=timezone.now())
    return render(
        request, "teaching/groups.html", {"head": head, "form": form, "groups": group_lines(groups_of(cohort))}
    )


@require_http_methods(["GET", "POST"])
@never_cache
def group(request: HttpRequest, pk: int, group_id: int) -> HttpResponse:
    """One group: its students, its name, its end."""
    cohort = edited(request, pk)
    one = get_object_or_404(CohortGroup, cohort=cohort, pk=group_id)
    form = GroupForm(request.POST if request.POST.get("do") == "rename" else None, initial={"name": one.name})
    if request.method == "POST" and _changed(request, one, form):
        return HttpResponseRedirect(reverse("class-groups", args=[pk]))
    head = class_head(signed_in(request), cohort, now=timezone.now())
    about = {"head": head, "group": one, "form": form, "students": grouped_students(cohort, one)}
    return render(request, "teaching/group.html", about)


def _changed(request: HttpRequest, one: CohortGroup, form: GroupForm) -> bool:
    """Whether what was asked for was done."""
    match request.POST.get("do"):
        case "delete":
            services.delete_group(group=one)
            messages.success(request, _("There is no group %s any more. Its students stay in the class.") % one.name)
            return True
        case "fill":
            services.fill_group(group=one, user_ids=_ids(request, "student"), shown=_ids(request, "shown"))
            messages.success(request, _("Saved."))
            return True
        case "rename" if form.is_valid():
            try:
                services.rename_group(group=one, name=form.cleaned_data["name"])
            except services.GroupNameTakenError:
                form.add_error("name", _("The class has a group of this name already."))
                return False
            messages.success(request, _("Saved."))
            return True
    return False


def _ids(request: HttpRequest, name: str) -> list[int]:
    return [int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 19]


@require_http_methods(["GET", "POST"])
@never_cache
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The class once more for a new term: what was set, without its students."""
    cohort, user = edited(request, pk), signed_in(request)
    zone = zone_of(user)
    form = CopyForm(request.POST or None, cohort=cohort, user_id=user.pk, zone=zone)
    if not form.is_valid():
        head = class_head(user, cohort, now=timezone.now())
        return render(request, "teaching/copy.html", {"head": head, "form": form})
    given = form.cleaned_data
    made = copy_class(
        user=user,
        name=given["name"],
        decks=given["decks"],
        colleagues=given.get("colleagues", ()),
        assignments=given.get("assignments", ()),
        quizzes=given.get("quizzes", ()),
        days=form.days(),
        zone=zone,
        below=secrets.randbelow,
        now=timezone.now(),
        form_id=given["form_id"],
    )
    messages.success(
        request, _("The new class is there. Its assignments and quizzes are drafts until you publish them.")
    )
    return HttpResponseRedirect(reverse("class", args=[made.pk]))
