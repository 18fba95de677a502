"""What a browser sends, and what it gets."""

import re

from django.template.loader import render_to_string

from quizzes.core.specs import Format
from quizzes.selectors.study.asked import sign
from quizzes.views.study.fragments import FragmentResponse
from tests.study import place_of

HX = {"HX-Request": "true"}


def send(client, url, data=None, *, hx=False):
    """Post a form; without htmx the redirect is followed."""
    return client.post(url, data or {}, headers=HX if hx else {}, follow=not hx)


def page_of(response):
    """What was shown; a fragment must be what its template says."""
    if not isinstance(response, FragmentResponse):
        return response.context["page"]
    assert response.content.decode() == plain(response.page, csrf_of(response))
    return response.page


def plain(page, csrf_token):
    """A page's fragment by its template alone."""
    return render_to_string(page.template, {"page": page, "csrf_token": csrf_token})


def csrf_of(response):
    """The token in the forms of a response."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


def form_of(client, asked, **fields):
    """What the form of this question holds."""
    return {"token": sign(asked, int(client.session["_auth_user_id"])), "elapsed_ms": "4000", **fields}


def answer_form(client, asked, *, right=True):
    """The form with a right or wrong answer in it; the typed question is about iron."""
    if asked.format == Format.CHOICE:
        return form_of(client, asked, choice=place_of(asked, right=right))
    if asked.format == Format.TYPED:
        return form_of(client, asked, typed="iron" if right else "nothing")
    return form_of(client, asked, rating=3 if right else 1)


def link_in(message):
    """The path of the one link in an e-mail."""
    return re.search(r"https?://[^/\s]+(/\S+)", message.body)[1]
