"""A real Chromium that fails a test on what a person may not notice: blocked content, script errors, other hosts."""

import shutil
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

OWN_HOSTS = {"localhost", "127.0.0.1"}
REPORT_VIOLATIONS = """document.addEventListener("securitypolicyviolation", event =>
    console.error(`Content Security Policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));"""
SWITCHES = """--no-sandbox --disable-dev-shm-usage --disable-gpu --disable-quic --no-first-run
    --disable-background-networking --disable-component-update --disable-sync"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Chromium from the operating system, which calls nobody."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    return {**browser_type_launch_args, "executable_path": path, "args": SWITCHES.split()}


@pytest.fixture(scope="session")
def base_url(live_server):
    """So that pages are opened by path."""
    return live_server.url


@pytest.fixture
def complaints():
    """What went wrong out of sight; a test that means to provoke something empties it."""
    found = []
    yield found
    assert not found, "\n".join(found)


@pytest.fixture
def new_context(new_context, complaints):
    """Every context is watched, those that a test makes itself included."""

    def watched_context(**options):
        context = new_context(**options)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", lambda message: note_message(message, complaints))
        context.on("weberror", lambda error: complaints.append(f"script error: {error.error}"))
        context.on("request", lambda request: note_request(request, complaints))
        context.on("response", lambda response: note_response(response, complaints))
        return context

    return watched_context


def note_message(message, complaints):
    if "Content Security Policy" in message.text:
        complaints.append(f"console: {message.text}")


def note_response(response, complaints):
    part_of_page = response.request.resource_type in {"stylesheet", "script", "image", "font"}
    if response.status >= (400 if part_of_page else 500):
        complaints.append(f"{response.status}: {response.url}")


def note_request(request, complaints):
    address = urlsplit(request.url)
    if address.scheme not in {"data", "blob"} and address.hostname not in OWN_HOSTS:
        complaints.append(f"request to another host: {request.url}")


@pytest.fixture
def page_without_scripts(new_context):
    """A page of a browser that runs no JavaScript."""
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def sign_in(live_server):
    """`sign_in(page, user)`: the page's browser then has a session of that user; those of other browsers go on."""

    def sign_in(page, user):
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url, "httpOnly": True}])

    return sign_in


@pytest.fixture
def axe():
    """`axe(page)` fails with a list of what axe-core finds wrong.

    It may not copy imported stylesheets into the page: the policy would block that, and the watch report it. The size
    of targets (WCAG 2.2, 2.5.8) is among its rules but off by default.
    """

    def check(page):
        results = Axe().run(page, options={"preload": False, "rules": {"target-size": {"enabled": True}}})
        assert results.violations_count == 0, results.generate_report()

    return check
