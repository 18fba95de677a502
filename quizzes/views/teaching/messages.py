"""Writing to students of a class, what was written, and what a student got."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.forms.teaching.messages import ALL, CHOSEN, GROUP, MessageForm
from quizzes.models import Cohort, CohortGroup
from quizzes.selectors.teaching.class_page import class_head
from quizzes.selectors.teaching.message_drafts import ANY, draft_for
from quizzes.selectors.teaching.message_preview import preview
from quizzes.selectors.teaching.messages import message_lines, message_page, messages_of, own_messages
from quizzes.selectors.teaching.recipients import Recipient, not_reached, of_table, recipients_of
from quizzes.selectors.teaching.table import UNGROUPED
from quizzes.services.teaching.messaging import NobodyError, write_message
from quizzes.views.people.accounts import signed_in
from quizzes.views.teaching.classes import wanted_in
from quizzes.views.teaching.doors import edited, taught

LIST = "of-"


@require_GET
@never_cache
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """All messages to students of a class."""
    user, cohort = signed_in(request), taught(request, pk)
    lines, pages = message_lines(user, cohort, _page(request))
    head = class_head(user, cohort, now=timezone.now())
    return render(request, "teaching/messages.html", {"head": head, "lines": lines, "pages": pages})


@require_GET
@never_cache
def show(request: HttpRequest, pk: int, message_id: int) -> HttpResponse:
    """One message, with what became of each copy."""
    user, cohort, now = signed_in(request), taught(request, pk), timezone.now()
    message = get_object_or_404(messages_of(cohort).select_related("cohort", "sender"), pk=message_id)
    page = message_page(user, message, now=now)
    return render(request, "teaching/message.html", {"head": class_head(user, cohort, now=now), "page": page})


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write: the form, then what will be sent to whom, then it is sent."""
    cohort = edited(request, pk)
    recipients, groups = recipients_of(cohort), list(cohort.groups.all())
    if request.method != "POST":
        begun = _begun(request, cohort, recipients)
        return _form_page(request, cohort, MessageForm(recipients=recipients, groups=groups, **begun))
    if request.POST.get("do") == "begin":
        return _begin(request, cohort, recipients, groups)
    form = MessageForm(request.POST, recipients=recipients, groups=groups)
    if not form.is_valid() or request.POST.get("do") == "change":
        return _form_page(request, cohort, form)
    if request.POST.get("do") == "send":
        return _send(request, cohort, form)
    user = signed_in(request)
    about = {
        "head": class_head(user, cohort, now=timezone.now()),
        "form": form,
        "preview": preview(user, cohort, form.meant, form.cleaned_data["subject"], form.cleaned_data["body"]),
    }
    return render(request, "teaching/message_preview.html", about)


@require_GET
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """The messages that the person got."""
    lines, pages = own_messages(signed_in(request), _page(request))
    return render(request, "teaching/messages_student.html", {"lines": lines, "pages": pages})


def _send(request: HttpRequest, cohort: Cohort, form: MessageForm) -> HttpResponse:
    """To those whom the preview showed and who are still in the class."""
    shown = [int(one) for one in request.POST.getlist("meant") if one.isdecimal()]
    try:
        message = write_message(
            cohort=cohort,
            sender=signed_in(request),
            enrolment_ids=shown or [one.enrolment_id for one in form.meant],
            subject=form.cleaned_data["subject"],
            body=form.cleaned_data["body"],
            form_id=form.cleaned_data["form_id"],
            now=timezone.now(),
        )
    except NobodyError:
        form.add_error("audience", _("None of them is in the class any more. Choose somebody else."))
        return _form_page(request, cohort, form)
    messages.success(request, _("The message is kept. This page says what becomes of each e-mail."))
    return HttpResponseRedirect(reverse("class-message", args=[cohort.pk, message.pk]))


def _begin(
    request: HttpRequest, cohort: Cohort, recipients: list[Recipient], groups: list[CohortGroup]
) -> HttpResponse:
    """The form for students of the list of who falls behind, with words for their reason to begin with."""
    posted = request.POST.dict()
    lists = {name[len(LIST) :]: set(str(ids).split(",")) for name, ids in posted.items() if name.startswith(LIST)}
    everybody = request.POST.get("everybody", "")
    wanted = lists.get(everybody, set()) if everybody else set(request.POST.getlist("students"))
    chosen = [one.enrolment_id for one in recipients if str(one.enrolment_id) in wanted]
    if not chosen:
        messages.error(request, _("Tick at least one student to write to."))
        return HttpResponseRedirect(reverse("class-behind", args=[cohort.pk]))
    reasons = [reason for reason, ids in lists.items() if ids & wanted]
    draft = draft_for(reasons[0] if len(reasons) == 1 else ANY)
    initial = {"audience": CHOSEN, **(draft._asdict() if draft else {})}
    return _form_page(
        request, cohort, MessageForm(recipients=recipients, groups=groups, initial=initial, chosen=chosen)
    )


def _form_page(request: HttpRequest, cohort: Cohort, form: MessageForm) -> HttpResponse:
    head = class_head(signed_in(request), cohort, now=timezone.now())
    return render(request, "teaching/message_new.html", {"head": head, "form": form})


def _begun(request: HttpRequest, cohort: Cohort, recipients: list[Recipient]) -> dict[str, Any]:
    """What the address asks for: students, those whom the class's table shows, a group, or a message once more."""
    given, again, audience = request.GET, None, CHOSEN
    meant: set[int] = set()
    if given.get("again", "").isdecimal():
        again = messages_of(cohort).filter(pk=int(given["again"])).first()
    if again is not None:
        meant = set(not_reached(again.pk))
    elif "to" in given:
        public_ids = set(filter(None, map(_uuid, given.getlist("to"))))
        meant = {one.user_id for one in recipients if one.public_id in public_ids}
    elif given.get("show") or given.get("q") or given.get("group") == UNGROUPED:
        meant = set(of_table(signed_in(request), cohort, wanted_in(request), now=timezone.now()))
    else:
        audience = f"{GROUP}{given['group']}" if given.get("group", "").isdecimal() else ALL
    draft = again or draft_for(given.get("reason", ""))
    words = {"subject": draft.subject, "body": draft.body} if draft else {}
    chosen = [one.enrolment_id for one in recipients if one.user_id in meant]
    return {"initial": {"audience": audience, **words}, "chosen": chosen}


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _page(request: HttpRequest) -> int:
    page = request.GET.get("page", "1")
    return int(page) if page.isdecimal() and len(page) < 6 else 1
