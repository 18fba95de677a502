"""Every page of the table in tests/views/matrix.py by axe, in light and dark, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.views.matrix import GROUPS
from tests.views.test_matrix import Site

pytestmark = pytest.mark.django_db(transaction=True)
LOOKERS = ("ada", "ivy", "eve", "admin", "max", "nobody")
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
COLOURS_ALONE = {"preload": False, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What another colour scheme can change."""


@pytest.fixture
def site(max, ada, ben, ivy, eve, cohort):
    return Site({"max": max, "ada": ada, "ben": ben, "ivy": ivy, "eve": eve, "cohort": cohort})


FRAGMENTS = {
    "/settings/effect/?retention=85",
    "/settings/zones/",
    "/admin/quizzes/deck/{deck_pk}/work-left/",
}
"""Parts of a page, for htmx; they are looked at within it."""


def pages(site, group):
    """Who looks at which address, of those that answer with a page."""
    for line in (line for line in GROUPS[group] if line.address not in FRAGMENTS):
        for who in LOOKERS:
            if line.get[who] != 200:
                continue
            client = Client()
            client.cookies["sessionid"] = site.sessions[who]
            if client.get(site.fill(line.address)).headers["Content-Type"].startswith("text/html"):
                yield who, line.address
            break


@pytest.mark.parametrize("group", [name for name in GROUPS if name != "the site"])
def test_every_page_is_accessible(new_context, site, live_server, axe, group):
    contexts = {who: new_context() for who in LOOKERS}
    for who in LOOKERS:
        if site.sessions[who]:
            contexts[who].add_cookies([{"name": "sessionid", "value": site.sessions[who], "url": live_server.url}])
    looked, faults = 0, []
    for who, address in pages(site, group):
        page = contexts[who].new_page()
        page.goto(f"{live_server.url}{site.fill(address)}")
        looked += 1
        for name, size in SIZES.items():
            page.set_viewport_size(size)
            faults += [f"{address} by {who}, {name}: {fault}" for fault in faults_of(page, axe, dark=name == "phone")]
        page.close()
    assert looked
    assert not faults, "\n\n".join(faults)


def show(page, scheme):
    """Change the colours, and wait until those that change slowly have done so: for a second at most, since a page out
    of sight draws no frames and so ends no movement."""
    page.bring_to_front()
    page.emulate_media(color_scheme=scheme)
    page.evaluate("""async () => {
        const settled = async () => {
            await new Promise(requestAnimationFrame);
            await Promise.allSettled(document.getAnimations().map(one => one.finished));
        };
        await Promise.race([settled(), new Promise(done => setTimeout(done, 1000))]);
    }""")


def faults_of(page, axe, *, dark):
    """What axe finds in light and, since colours do not change with the width, once in `dark`; and whether the page is
    wider than the screen."""
    show(page, "light")
    try:
        axe(page)
    except AssertionError as wrong:
        yield str(wrong)
    if dark:
        show(page, "dark")
        found = Axe().run(page, options=COLOURS_ALONE)
        if found.violations_count:
            yield found.generate_report()
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        yield "scrolls sideways"
