"""Filling in the admin's forms as a browser does: what the page showed is sent back, but for what was changed."""

from django.forms import MultiWidget
from django.forms.widgets import ChoiceWidget
from django.urls import reverse


def address(model, pk=None, *, kind=None):
    """The address of a model's list (no `pk`), of a row's form, or of another kind of page."""
    kind = kind or ("changelist" if pk is None else "change")
    return reverse(f"admin:quizzes_{model._meta.model_name}_{kind}", args=[] if pk is None else [pk])


def shown(response):
    """The fields of the form on a page, inlines included, with their values."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    fields = [field for form in forms for field in form if not field.field.disabled]
    return {name: "" if value is None else value for field in fields for name, value in parts(field)}


def parts(field):
    """The names and values that a field sends."""
    widget = field.field.widget
    if widget.allow_multiple_selected if isinstance(widget, ChoiceWidget) else False:
        return [(field.html_name, field.value() or [])]
    if isinstance(widget, MultiWidget):
        return [(f"{field.html_name}_{n}", value) for n, value in enumerate(widget.decompress(field.value()))]
    return [(field.html_name, field.value())]


def send(client, page, **changes):
    """Send a page's form with these changes; returns the response."""
    response = client.get(page)
    assert response.status_code == 200
    return client.post(page, {**shown(response), **changes})


def save(client, page, **changes):
    """The same for a form without faults."""
    response = send(client, page, **changes)
    assert response.status_code == 302, faults(response)
    return response


def row(prefix, number, **fields):
    """The fields of a row added to an inline."""
    names = {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
    return {f"{prefix}-TOTAL_FORMS": number + 1, **names}


def faults(response):
    """All messages about a form and its inlines."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {name: list(errors) for form in forms for name, errors in form.errors.items()}


def told(response):
    """The messages on the page that a response leads to."""
    return [str(message) for message in response.wsgi_request._messages]
