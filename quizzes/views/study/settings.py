"""The settings page: sections that are saved one by one, and the effect of a choice before it is saved."""

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.core.zones import offered_zones
from quizzes.forms.people.mail import MailForm
from quizzes.forms.people.names import NameForm
from quizzes.forms.study.settings import DayForm, LooksForm, MemoryForm, QuestionsForm
from quizzes.models import User
from quizzes.selectors.study.effect import effect_of
from quizzes.selectors.study.settings import initial_values, read_settings, settings_page
from quizzes.services.people.profiles import (
    change_looks,
    change_name,
    change_reminders,
    choose_time_zone,
    follow_browser,
)
from quizzes.services.study.settings import change_memory, change_questions, change_rollover, change_shortcuts
from quizzes.views.people.accounts import signed_in
from quizzes.views.people.preferences import remember_preferences, remember_zone

Values = dict[str, Any]
SAVED = "settings_saved"
DAY_SECONDS = 24 * 60 * 60
FORMS: dict[str, type[forms.Form]] = {
    "name": NameForm,
    "day": DayForm,
    "memory": MemoryForm,
    "questions": QuestionsForm,
    "mail": MailForm,
    "looks": LooksForm,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """All settings; a POST saves the section it names, or shows the effect of what is chosen there."""
    if request.method != "POST":
        return _page(request, saved=request.session.pop(SAVED, ""))
    name = request.POST.get("section", "")
    if name not in FORMS:
        return HttpResponseBadRequest()
    form = _form(name, request.POST)
    if not form.is_valid():
        return _page(request, sent=(name, form), status=422)
    if "show" in request.POST:
        return _page(request, sent=(name, form), retention=form.cleaned_data.get("retention"))
    SAVE[name](request, signed_in(request), form.cleaned_data)
    request.session[SAVED] = name
    return HttpResponseRedirect(f"{reverse('settings')}#saved")


@require_GET
@never_cache
def effect(request: HttpRequest) -> HttpResponse:
    """The effect of one desired retention, as a fragment."""
    form = MemoryForm(request.GET)
    form.full_clean()
    chosen = form.cleaned_data.get("retention")
    shown = effect_of(signed_in(request), chosen / 100, now=timezone.now()) if chosen else None
    return render(request, "study/_effect.html", {"effect": shown, "errors": form["retention"].errors})


@require_GET
@cache_control(private=True, max_age=DAY_SECONDS)
def zones(request: HttpRequest) -> HttpResponse:
    """The time zones to choose from, for the list under their field; the same for everybody."""
    options = ((zone,) for zone in offered_zones(available_timezones()))
    return HttpResponse(format_html_join("", '<option value="{}"></option>', options))


def _form(name: str, data: Any = None, initial: Values | None = None) -> forms.Form:  # noqa: ANN401
    return FORMS[name](data, initial=initial, auto_id="id_%s")


def _page(
    request: HttpRequest,
    *,
    sent: tuple[str, forms.Form] | None = None,
    saved: str = "",
    retention: int | None = None,
    status: int = 200,
) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    kept = read_settings(user)
    initial = initial_values(user, kept)
    shown = {name: _form(name, initial=initial[name]) for name in FORMS} | (dict([sent]) if sent else {})
    chosen = retention / 100 if retention else kept.study.desired_retention
    context = {
        "page": settings_page(user, kept, now=now),
        "forms": shown,
        "faulty": sent[1] if sent and sent[1].errors else None,
        "saved": saved,
        "effect": effect_of(user, chosen, now=now),
    }
    return render(request, "study/settings_student.html", context, status=status)


def _save_name(request: HttpRequest, user: User, values: Values) -> None:
    change_name(user=user, first_name=values["first_name"], last_name=values["last_name"])


def _save_day(request: HttpRequest, user: User, values: Values) -> None:
    if values["zone_from"] == "chosen":
        choose_time_zone(user=user, time_zone=values["zone"])
    else:
        follow_browser(user=user, time_zone=values["browser_zone"])
        remember_zone(request, values["browser_zone"])
    change_rollover(user=user, rollover_hour=values["rollover_hour"], now=timezone.now())


def _save_memory(request: HttpRequest, user: User, values: Values) -> None:
    change_memory(
        user=user,
        desired_retention=values["retention"] / 100,
        learning_steps=values["learning_steps"],
        relearning_steps=values["relearning_steps"],
        maximum_interval_days=values["maximum_interval_days"],
        now=timezone.now(),
    )


def _save_questions(request: HttpRequest, user: User, values: Values) -> None:
    change_questions(
        user=user,
        format_preference=values["format_preference"],
        recall_first=values["recall_first"],
        four_buttons=values["buttons"] == "four",
        bury_siblings=values["bury_siblings"],
        now=timezone.now(),
    )


def _save_mail(request: HttpRequest, user: User, values: Values) -> None:
    change_reminders(user=user, wanted=values["reminders"])


def _save_looks(request: HttpRequest, user: User, values: Values) -> None:
    motion = "reduced" if values["reduced_motion"] else ""
    profile = change_looks(user=user, theme=values["theme"], motion=motion)
    change_shortcuts(user=user, shortcuts=values["shortcuts"], now=timezone.now())
    remember_preferences(request, profile)


SAVE: dict[str, Callable[[HttpRequest, User, Values], None]] = {
    "name": _save_name,
    "day": _save_day,
    "memory": _save_memory,
    "questions": _save_questions,
    "mail": _save_mail,
    "looks": _save_looks,
}
