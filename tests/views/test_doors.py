"""Every address is behind the sign-in, but those that cannot be; found by walking the resolver."""

import re

import pytest
from django.urls import get_resolver
from django.urls.converters import get_converters
from django.urls.resolvers import URLPattern

OPEN = {"/healthz", "/sign-in/", "/admin/login/"}
SAMPLES = {"slug": "elements", "uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "str": "x", "path": "1"}


def addresses(resolver=None, prefix="/"):
    """Every address of the site, with samples in place of what varies."""
    for pattern in (resolver or get_resolver()).url_patterns:
        text = prefix + sample(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield text
        else:
            yield from addresses(pattern, text)


def sample(route):
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES[match[1] or "str"], route)
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "x", route)
    return route.replace("\\", "").removeprefix("^").removesuffix("$").removesuffix("\\Z")


ALL = sorted(set(addresses()))


def test_the_walk_finds_the_addresses_there_are():
    assert {"/", "/study/", "/study/answer/", "/study/deck/elements/", "/admin/", *OPEN} <= set(ALL)
    assert set(SAMPLES) <= set(get_converters())


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("url", [url for url in ALL if url not in OPEN])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(client, url, method):
    response = getattr(client, method)(url)
    assert response.status_code == 302
    assert response.url.startswith(("/sign-in/?next=/", "/admin/login/?next=/"))


@pytest.mark.django_db
@pytest.mark.parametrize("url", sorted(OPEN))
def test_what_is_open_answers_everybody(client, url):
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("who", ["ada", "ivy", "max"])
def test_the_admin_is_for_editors_and_admins(request, client, who):
    client.force_login(request.getfixturevalue(who))
    answers = {url: client.get(url).status_code for url in ALL if url.startswith("/admin/") and url not in OPEN}
    assert len(answers) > 20
    assert {url for url, status in answers.items() if status not in (302, 404)} == set()
