"""Accounts in the admin: roles, addresses, and letting people in again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from axes.handlers.proxy import AxesProxyHandler
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.admin.people.light import LightAdmin, LightInline
from quizzes.forms.people.person import NewPersonForm, PersonForm
from quizzes.models import AccessRecord, Profile, User
from quizzes.models.people import ADMIN, ROLES
from quizzes.selectors.people.account import ROLE_NAMES
from quizzes.selectors.people.roles import is_last_admin, roles_of
from quizzes.selectors.teaching.erasing import hindrances
from quizzes.services.people.addresses import keep_address
from quizzes.services.people.roles import give_role, take_role
from quizzes.services.teaching.erasing import erase_person
from quizzes.views.teaching.doors import opened

GOES = [
    gettext_lazy("everything they have studied: answers, memories, study days"),
    gettext_lazy("their places in classes, attempts at quizzes, marks, messages to them alone"),
    gettext_lazy("their name, wherever it stands on what they made for others, which stays"),
]


class RoleFilter(admin.SimpleListFilter):
    """By role."""

    title, parameter_name = gettext_lazy("role"), "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        return [*ROLE_NAMES.items(), ("none", gettext_lazy("none"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "none":
            return queryset.exclude(groups__name__in=ROLES).exclude(is_superuser=True)
        if self.value() == ADMIN:
            return queryset.filter(is_superuser=True)
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class SeenFilter(admin.SimpleListFilter):
    """By when they signed in last."""

    title, parameter_name = gettext_lazy("last sign-in"), "seen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        return [
            ("7", _("within a week")),
            ("30", _("within a month")),
            ("older", _("longer ago")),
            ("never", _("never")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        month_ago = timezone.now() - timedelta(days=30)
        if self.value() in ("7", "30"):
            return queryset.filter(last_login__gte=timezone.now() - timedelta(days=int(self.value() or 0)))
        if self.value() == "older":
            return queryset.filter(last_login__lt=month_ago)
        return queryset.filter(last_login=None) if self.value() == "never" else queryset


class ProfileInline(LightInline):
    """What only the staff knows of a person."""

    model = Profile
    form = modelform_factory(
        Profile,
        fields=["external_id"],
        labels={"external_id": gettext_lazy("Student number")},  # type: ignore[dict-item]
        help_texts={"external_id": ""},
    )
    verbose_name = verbose_name_plural = gettext_lazy("At the university")
    fields = ("external_id",)
    can_delete = False
    extra = 0


@admin.register(User)
class PersonAdmin(LightAdmin, UserAdmin):
    """People, who get with a role what it needs."""

    form, add_form = PersonForm, NewPersonForm
    inlines = (ProfileInline,)
    list_display = ("username", "name", "email", "role_names", "second_factor", "last_sign_in", "may_sign_in")
    list_filter = (RoleFilter, SeenFilter, "is_active")
    search_fields = ("username", "first_name", "last_name", "email", "profile__external_id")
    actions = ("let_in_again", "take_second_factor")
    filter_horizontal = ()
    readonly_fields = ("seen", "made")
    fieldsets = (
        (None, {"fields": ("username", "password", "roles")}),
        (_("About the person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Account"), {"fields": ("is_active", "seen", "made")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "email", "usable_password", "password1", "password2", "roles")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With what the columns show."""
        app = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return super().get_queryset(request).prefetch_related("groups").annotate(has_app=Exists(app))

    @admin.display(description=gettext_lazy("roles"))
    def role_names(self, user: User) -> str:
        return ", ".join(str(ROLE_NAMES[role]) for role in roles_of(user)) or "–"

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=gettext_lazy("second factor"), ordering="has_app")
    def second_factor(self, user: User) -> str:
        return _("on") if user.has_app else "–"  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("last sign-in"), ordering="last_login")
    def last_sign_in(self, user: User) -> str:
        return date_format(user.last_login, "j M Y") if user.last_login else _("never")

    @admin.display(description=gettext_lazy("may sign in"), ordering="is_active", boolean=True)
    def may_sign_in(self, user: User) -> bool:
        return user.is_active

    @admin.display(description=gettext_lazy("Last sign-in"))
    def seen(self, user: User) -> str:
        return date_format(timezone.localtime(user.last_login), "DATETIME_FORMAT") if user.last_login else _("never")

    @admin.display(description=gettext_lazy("Account made"))
    def made(self, user: User) -> str:
        return date_format(timezone.localtime(user.date_joined), "DATETIME_FORMAT")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,  # noqa: ANN401
    ) -> HttpResponse:
        """A person's page, opened: they can read by whom."""
        response = super().change_view(request, object_id, form_url, extra_context)
        shown = response.context_data if isinstance(response, TemplateResponse) and request.method == "GET" else None
        if shown:
            opened(request, shown["original"], AccessRecord.What.ACCOUNT)
        return response

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Iterable[Any]:  # type: ignore[override]
        """Nothing more where an account is made."""
        return self.inlines if obj else ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ANN401
        """Roles bring what they need and take it away; an address that an admin enters counts as confirmed."""
        super().save_related(request, form, formsets, change)
        person, wanted = form.instance, set(form.cleaned_data["roles"])
        had = set(roles_of(User.objects.get(pk=person.pk)))
        for role in had - wanted:
            take_role(user=person, role=role)
        for role in wanted - had:
            give_role(user=person, role=role)
        if "email" in form.changed_data:
            keep_address(user=person, email=person.email, verified=True)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not for the last admin."""
        return super().has_delete_permission(request, obj) and not (obj and is_last_admin(obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:  # noqa: ANN401
        """What goes with people, in words; or what has to be done before they can be erased."""
        people = list(objs)
        reasons = hindrances(people)
        return [[str(person), GOES] for person in people], {User._meta.verbose_name_plural: len(people)}, set(), reasons

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """As when somebody erases themselves."""
        erase_person(user=obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """All of them or none."""
        for person in queryset:
            erase_person(user=person)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:  # type: ignore[override]
        """Nothing: an entry would keep the name."""

    @admin.action(description=gettext_lazy("Let in again after too many wrong passwords"), permissions=["change"])
    def let_in_again(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in people:
            AxesProxyHandler.reset_attempts(username=person.get_username().lower())
        self.message_user(request, _("They can try to sign in again at once."), messages.SUCCESS)

    @admin.action(description=gettext_lazy("Take the second factor off (lost phone)"), permissions=["change"])
    def take_second_factor(self, request: HttpRequest, people: QuerySet[User]) -> None:
        Authenticator.objects.filter(user__in=people).delete()
        said = _("Their password alone lets them in. Those whose role needs a second factor are led to set it up anew.")
        self.message_user(request, said, messages.SUCCESS)
