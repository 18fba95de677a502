"""A person without a mouse: goes from stop to stop, and sees at each where they are."""

import re

from playwright.sync_api import expect

# A mark of a plot is framed by a stroke, since what is drawn has no outline.
WHERE = """() => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const parts = at.closest(".mark") ? [...at.querySelectorAll(".hit, .day")] : [];
    const framed = parts.some(one => getComputedStyle(one).strokeWidth === "1.5px");
    const drawn = ring || style.boxShadow !== "none" || framed;
    const label = at.labels && at.labels.length ? at.labels[0].textContent : "";
    const name = at.getAttribute("aria-label") || label || at.textContent || at.value || at.name || "";
    return {
        tag: at.tagName, name: name.replace(/\\s+/g, " ").trim(), drawn, id: at.id,
        byScript: at.getAttribute("tabindex") === "-1",
        inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
    };
}"""
MOST_STOPS = 150


class Keys:
    """The keyboard of a page, and nothing else of it but what it shows."""

    def __init__(self, page):
        self.page = page

    def where(self):
        """What has the focus."""
        return self.page.evaluate(WHERE)

    def tab(self):
        """On to the next stop, which has to be seen; the end of the page is the body."""
        self.page.keyboard.press("Tab")
        at = self.where()
        if at["tag"] != "BODY":
            assert at["drawn"], f"the focus is not drawn on {at}"
            assert at["inside"], f"the focus is out of sight on {at}"
        return at

    def to(self, words):
        """Tab on until the focus is on what is called so."""
        seen = []
        for _stop in range(MOST_STOPS):
            at = self.where()
            if at["tag"] != "BODY" and re.search(words, at["name"]):
                return
            seen.append(self.tab()["name"])
        raise AssertionError(f"“{words}” is not among the stops: {seen}")

    def press(self, words, key="Enter"):
        """Go to what is called so and press it."""
        self.to(words)
        self.page.keyboard.press(key)

    def go(self, words):
        """Press what leads to another page."""
        self.to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, words, text):
        """Go to a field and write over what stands in it."""
        self.to(words)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def shows(self, text):
        """Wait until the page shows this."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def is_somewhere(self):
        """After something was put in place, the focus is on it and not lost."""
        assert self.where()["tag"] != "BODY", "the focus is lost"

    def stops(self):
        """The names of all stops from the top of the page to its end: there is no trap."""
        found = []
        for _stop in range(MOST_STOPS):
            at = self.tab()
            if at["tag"] == "BODY":
                return found
            found.append(at["name"])
        raise AssertionError(f"no end after {found[-10:]}")
