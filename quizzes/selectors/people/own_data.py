"""What is kept of a person, table by table, for that person: how a table is read, and those of the account."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.models import Invitation, NoticeRead, Profile, User
from quizzes.selectors.people.roles import roles_of

Row = dict[str, Any]
Change = Callable[[list[Row]], list[Row]]
AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table of a person's data. `columns`: key, where it comes from, what it means (empty if the key says it).

    `find` gives the person's rows in order; `change`, made once for the person, puts 500 of them at a time into the
    form in which they go out. `covers` names the columns of the database (`app.Model.field`) whose rows are in it.
    """

    name: str
    about: Any
    columns: Sequence[tuple[str, str, Any]]
    find: Callable[[User], QuerySet[Any]]
    covers: Sequence[str]
    change: Callable[[User, datetime], Change] | None = None

    @property
    def keys(self) -> list[str]:
        """The keys of its rows, in order."""
        return [key for key, _source, _meaning in self.columns]


def read_part(part: Part, user: User, *, now: datetime) -> Iterator[Row]:
    """The rows one after the other, never more than some hundreds in memory."""
    change = part.change(user, now) if part.change else list
    sources = [source for _key, source, _meaning in part.columns]
    values = part.find(user).values_list(*sources).iterator(chunk_size=AT_ONCE)
    while some := [dict(zip(part.keys, row, strict=True)) for row in islice(values, AT_ONCE)]:
        yield from change(some)


def rows_of(model: type[Model], field: str, *order: str) -> Callable[[User], QuerySet[Any]]:
    """A `find`: the rows of a model whose field is the person."""

    def find(user: User) -> QuerySet[Any]:
        return model._default_manager.filter(**{field: user}).order_by(*order)

    return find


def _with_roles(user: User, now: datetime) -> Change:
    return lambda rows: [{**row, "roles": roles_of(user)} for row in rows]


def _notices(user: User, now: datetime) -> Change:
    return lambda rows: [
        {"deck": deck, "read_at": at} for row in rows for deck, at in sorted((row["read_at"] or {}).items())
    ]


PARTS = (
    Part(
        name="account",
        about=_("Your account and profile."),
        columns=(
            ("user_name", "username", ""),
            ("first_name", "first_name", ""),
            ("last_name", "last_name", ""),
            ("email", "email", ""),
            ("roles", "pk", _("what you are on this site")),
            ("made_at", "date_joined", ""),
            ("last_signed_in_at", "last_login", ""),
            ("may_sign_in", "is_active", ""),
            ("public_id", "profile__public_id", _("stands for you in the addresses of pages")),
            ("student_number", "profile__external_id", ""),
            ("time_zone", "profile__time_zone", ""),
            ("time_zone_chosen", "profile__time_zone_chosen", _("set by hand, not by the browser")),
            ("language", "profile__language", ""),
            ("preferences", "profile__preferences", _("colours, movement, reminders, as far as set")),
            ("told_of_erasure_at", "profile__erasure_told_at", _("that the account was not used for long")),
        ),
        find=lambda user: User.objects.filter(pk=user.pk),
        covers=("quizzes.Profile.user", "quizzes.User_groups.user"),
        change=_with_roles,
    ),
    Part(
        name="email_addresses",
        about=_("Your e-mail addresses."),
        columns=(("email", "email", ""), ("confirmed", "verified", ""), ("counts", "primary", "")),
        find=rows_of(EmailAddress, "user", "pk"),
        covers=("account.EmailAddress.user",),
    ),
    Part(
        name="second_factor",
        about=_("Second factors of signing in, without their secrets."),
        columns=(
            ("kind", "type", _("totp: the app; recovery_codes")),
            ("set_up_at", "created_at", ""),
            ("last_used_at", "last_used_at", ""),
        ),
        find=rows_of(Authenticator, "user", "pk"),
        covers=("mfa.Authenticator.user",),
    ),
    Part(
        name="invitations",
        about=_("Invitations that you have used."),
        columns=(
            ("email", "email", ""),
            ("role", "role", ""),
            ("class", "cohort__name", ""),
            ("made_at", "created_at", ""),
            ("used_at", "used_at", ""),
            ("student_number", "external_id", ""),
            ("first_name", "first_name", ""),
            ("last_name", "last_name", ""),
        ),
        find=rows_of(Invitation, "used_by", "pk"),
        covers=("quizzes.Invitation.used_by",),
    ),
    Part(
        name="notices",
        about=_("Notices of decks that you have read."),
        columns=(("deck", "pk", ""), ("read_at", "notices_seen", "")),
        find=rows_of(Profile, "user", "pk"),
        covers=(),
        change=_notices,
    ),
    Part(
        name="changes_read",
        about=_("Notices of corrections, replies and quizzes that you have put away."),
        columns=(("notice", "key", _("its kind and numbers of the site")), ("read_at", "read_at", "")),
        find=rows_of(NoticeRead, "user", "pk"),
        covers=("quizzes.NoticeRead.user",),
    ),
)
