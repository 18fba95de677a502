"""The watch itself, since a watch that sees nothing passes everything."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def blank(page):
    page.goto("/no-such-page")
    return page


def add_element(page, name, **attributes):
    script = """([name, attributes]) => document.head.append(Object.assign(document.createElement(name), attributes))"""
    page.evaluate(script, [name, attributes])
    page.wait_for_timeout(200)


def seen(complaints, words):
    found = [line for line in complaints if words in line]
    complaints.clear()
    return found


def test_an_inline_script_is_blocked_and_reported(blank, complaints):
    add_element(blank, "script", textContent="window.ran = true")
    assert blank.evaluate("window.ran") is None
    assert seen(complaints, "script-src-elem inline")


def test_an_inline_style_is_blocked_and_reported(blank, complaints):
    add_element(blank, "style", textContent="body { color: red }")
    assert seen(complaints, "style-src-elem inline")


def test_a_script_from_another_host_is_reported(blank, complaints):
    add_element(blank, "script", src="http://other.invalid/script.js")
    assert seen(complaints, "script-src-elem http://other.invalid/script.js")


def test_a_page_of_another_host_is_reported(new_context, complaints):
    page = new_context().new_page()
    page.route("http://other.invalid/", lambda route: route.fulfill(body="elsewhere"))
    page.goto("http://other.invalid/")
    assert seen(complaints, "request to another host")


def test_a_missing_picture_is_reported(blank, complaints):
    add_element(blank, "img", src="/no-such-picture")
    assert seen(complaints, "404")


def test_a_script_error_is_reported(blank, complaints):
    blank.evaluate("setTimeout(() => { throw new Error('oh no') })")
    blank.wait_for_timeout(200)
    assert seen(complaints, "oh no")


def test_a_picture_without_words_fails_the_accessibility_check(blank, axe):
    blank.set_content("<html lang=en><title>Page</title><main><h1>Page</h1><img src='data:,'></main>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(blank)


def test_a_browser_without_scripts_runs_none(page_without_scripts):
    page_without_scripts.set_content("<noscript>none</noscript>")
    assert page_without_scripts.get_by_text("none").is_visible()
