"""Every address, asked by everybody: the table in tests/views/matrix.py against the site."""

import re
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve
from django.urls.exceptions import Resolver404
from django.urls.resolvers import URLPattern

from quizzes.selectors.content import decks
from quizzes.selectors.study import history, items
from tests.views.matrix import GROUPS, ON, PEOPLE, SIGN_IN, Line, make_admin, row, world

NAMES = re.compile(r"\{(\w+)\}")
DOORS = ("/sign-in/", "/admin/login/")


def routes(resolver=None, prefix=""):
    """Every address of the site as it is declared."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield plain(route)
        else:
            yield from routes(pattern, route)


def plain(route):
    """A route without the signs that say where a regular expression begins."""
    return route.replace("^", "")


def route_of(line):
    """The route that a line's address takes, with something of the right kind in place of each id."""
    for samples in product(("1", "00000000-0000-4000-8000-000000000000"), repeat=len(NAMES.findall(line.address))):
        left = iter(samples)
        try:
            return plain(resolve(NAMES.sub(lambda _name, left=left: next(left), line.address).partition("?")[0]).route)
        except Resolver404:
            continue
    return None


class Site:
    """The world of the table, and a browser for each of the people."""

    def __init__(self, people):
        people = {**people, "admin": make_admin()}
        self.world = world(people)
        self.sessions = {"nobody": ""}
        for name in PEOPLE[1:]:
            client = Client()
            client.force_login(people[name])
            self.sessions[name] = client.cookies["sessionid"].value

    def ask(self, who, method, address, data=None):
        """What somebody gets; nothing that the request wrote stays."""
        client = Client(raise_request_exception=True)
        if self.sessions[who]:
            client.cookies["sessionid"] = self.sessions[who]
        with transaction.atomic():
            response = getattr(client, method)(address, data)
            got = outcome(response)
            transaction.set_rollback(True)
        for cached in (decks, history, items) if method == "post" else ():
            cached.clear_cache()
        return got

    def fill(self, text, **others):
        """A text with the ids in place of their names."""
        return NAMES.sub(lambda match: str(self.world[others.get(match[1], match[1])]), text)


def outcome(response):
    """A status, or where a redirect leads."""
    if response.status_code not in (301, 302):
        return response.status_code
    if response.url.startswith(DOORS):
        return SIGN_IN
    return ON if response.url.startswith("/") else response.url


def tell(wrong):
    """Fail with all lines at once."""
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.fixture
def site(max, ada, ben, ivy, eve, cohort):
    return Site({"max": max, "ada": ada, "ben": ben, "ivy": ivy, "eve": eve, "cohort": cohort})


LINES = [line for lines in GROUPS.values() for line in lines]
FILLED = [name for name, lines in GROUPS.items() if lines]


@pytest.mark.django_db
def test_every_address_has_a_line():
    assert sorted(set(routes()) - set(map(route_of, LINES))) == []


@pytest.mark.django_db
def test_every_line_has_an_address():
    assert [line.address for line in LINES if route_of(line) not in set(routes())] == []


def test_every_id_has_a_stranger():
    tried = [line for line in LINES if not line.address.startswith("/admin/")]
    assert [line.address for line in tried if set(NAMES.findall(line.address)) != set(line.strange)] == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("group", FILLED)
def test_everybody_gets_what_the_table_says(site, group, method):
    wrong = []
    for line in GROUPS[group]:
        address = site.fill(line.address)
        data = {name: site.fill(value) for name, value in line.data.items()} if method == "post" else None
        for who, expected in getattr(line, method).items():
            got = site.ask(who, method, address, data)
            if got != expected:
                wrong.append(f"{method.upper()} {address} by {who}: {got}, not {expected}")
    tell(wrong)


@pytest.mark.parametrize("group", [name for name in FILLED if any(line.strange for line in GROUPS[name])])
def test_what_is_somebody_elses_is_not_there(site, group):
    wrong = []
    for line in GROUPS[group]:
        data = {name: site.fill(value) for name, value in line.data.items()}
        for mine, theirs in line.strange.items():
            address = site.fill(line.address, **{mine: theirs})
            for who in set(PEOPLE[1:]) - set(line.sees):
                got = {site.ask(who, "get", address), site.ask(who, "post", address, data)} - {405}
                if got != {404}:
                    wrong.append(f"{address} by {who}: {got}, not 404")
    tell(wrong)


def test_a_row_is_for_all_but_those_it_names():
    assert row(404, ivy=200) == {name: 200 if name == "ivy" else 404 for name in PEOPLE}
    with pytest.raises(AssertionError):
        row(404, zoe=200)


def test_an_address_without_a_line_would_be_found():
    assert "study/deck/<slug:slug>/" in set(routes())
    assert route_of(Line("/study/deck/{deck}/", get=row(200))) == "study/deck/<slug:slug>/"
    assert route_of(Line("/no/such/address/", get=row(200))) is None
