"""Invitations in the admin: several at once, how each stands, and its link where no e-mail is sent."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.admin.people.light import LightAdmin
from quizzes.forms.people.invitations import InviteForm
from quizzes.models import User
from quizzes.models.people import Invitation
from quizzes.selectors.people.invitations import State, state_of
from quizzes.services.people.invitations import InvitationGoneError, invite_by_form, renew, revoke, send

STATES = {State.OPEN: gettext_lazy("open"), State.USED: gettext_lazy("used"), State.EXPIRED: gettext_lazy("ended")}


class StateFilter(admin.SimpleListFilter):
    """By how they stand."""

    title, parameter_name = gettext_lazy("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        return [(state.value, name) for state, name in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        running, unused = Q(expires_at__gt=timezone.now()), Q(used_at=None)
        wanted = {State.OPEN: unused & running, State.USED: ~unused, State.EXPIRED: unused & ~running}
        return queryset.filter(wanted[State(value)]) if (value := self.value()) in wanted else queryset


@admin.register(Invitation)
class InvitationAdmin(LightAdmin):
    """Made, sent again and taken back; never edited."""

    form = InviteForm
    list_display = ("email", "state", "role", "link", "class_name", "ends")
    list_filter = (StateFilter, "role")
    list_select_related = ("cohort", "made_by")
    search_fields = ("email", "cohort__name")
    actions = ("send_again", "take_back")
    fields = ("addresses", "role", "cohort", "issued")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Links only where no e-mail carries them."""
        return [name for name in self.list_display if name != "link" or not settings.SENDS_MAIL]

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:  # noqa: ANN401
        """What is asked for a new one, and all there is to know of one."""
        shown = ("email", "role", "class_name", "state", "link", "made_by", "created_at", "ends", "used_by", "used_at")
        return shown if obj else self.fields

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """Only looked at: what was sent stays as it was."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        """With where the site is, for the links."""
        return super().get_queryset(request).annotate(site=Value(request.build_absolute_uri("/").rstrip("/")))

    @admin.display(description=gettext_lazy("class"), ordering="cohort__name")
    def class_name(self, invitation: Invitation) -> str:
        return str(invitation.cohort or "–")

    @admin.display(description=gettext_lazy("until"), ordering="expires_at")
    def ends(self, invitation: Invitation) -> str:
        return date_format(invitation.expires_at, "j M Y")

    @admin.display(description=gettext_lazy("state"))
    def state(self, invitation: Invitation) -> str:
        return str(STATES[state_of(invitation, now=timezone.now())])

    @admin.display(description=gettext_lazy("link"))
    def link(self, invitation: Invitation) -> str:
        if settings.SENDS_MAIL or state_of(invitation, now=timezone.now()) is not State.OPEN:
            return "–"
        return format_html('<code class="link-to-copy">{}</code>', f"{invitation.site}{_path(invitation)}")  # type: ignore[attr-defined]

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:  # noqa: ANN401
        """Make one for each address, and send them once they are kept."""
        given = form.cleaned_data
        cohort_id, by, now = obj.cohort_id, request.user, timezone.now()
        assert isinstance(by, User)
        form_id, emails = given["issued"], given["addresses"]
        found = invite_by_form(form_id=form_id, emails=emails, role=obj.role, cohort_id=cohort_id, by=by, now=now)
        obj.__dict__.update(found[0][0].__dict__)
        made = [invitation for invitation, is_new in found if is_new]
        transaction.on_commit(partial(self._deliver, request, made))
        if not made:
            self.message_user(request, _("This form was sent before: nobody is invited twice."), messages.INFO)

    def response_add(self, request: HttpRequest, obj: Invitation, post_url_continue: str | None = None) -> HttpResponse:
        """To the list, where they stand first."""
        return HttpResponseRedirect(reverse("admin:quizzes_invitation_changelist"))

    @admin.action(description=gettext_lazy("Send again, for another 14 days"), permissions=["add"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> None:
        renewed = []
        for invitation in chosen:
            try:
                renew(invitation=invitation, now=timezone.now())
                renewed.append(invitation)
            except InvitationGoneError:
                self._say_used(request, invitation)
        self._deliver(request, renewed)

    @admin.action(description=gettext_lazy("Take back: the link no longer works"), permissions=["add"])
    def take_back(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> None:
        for invitation in chosen:
            try:
                revoke(invitation=invitation, now=timezone.now())
            except InvitationGoneError:
                self._say_used(request, invitation)
        self.message_user(request, _("Taken back."), messages.SUCCESS)

    def _say_used(self, request: HttpRequest, invitation: Invitation) -> None:
        said = _("%(email)s has used the invitation already.") % {"email": invitation.email}
        self.message_user(request, said, messages.WARNING)

    def _deliver(self, request: HttpRequest, invitations: Iterable[Invitation]) -> None:
        """By e-mail, or by telling the admin where the links are."""
        sent = 0
        for invitation in invitations:
            link = request.build_absolute_uri(_path(invitation))
            try:
                if settings.SENDS_MAIL:
                    send(invitation=invitation, link=link)
                sent += 1
            except OSError as error:
                said = _("Could not be sent to %(email)s (%(error)s). Pass this link on yourself: %(link)s")
                about = {"email": invitation.email, "error": error, "link": link}
                self.message_user(request, said % about, messages.ERROR)
        if sent and settings.SENDS_MAIL:
            self.message_user(request, ngettext("%d invitation is sent.", "%d invitations are sent.", sent) % sent)
        elif sent:
            said = ngettext("%d invitation is ready.", "%d invitations are ready.", sent) % sent
            self.message_user(request, f"{said} {_('This site sends no e-mail: copy the links and pass them on.')}")


def _path(invitation: Invitation) -> str:
    return reverse("invitation", args=[invitation.token])
