"""Takes the pictures of docs/pictures from a site of its own, with demo people. Run by `make pictures` inside .venv."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import Page, sync_playwright

from browser import NAMES
from postgres import free_port
from serve import GUNICORN, prepare, wait_for_answer
from system import say

if TYPE_CHECKING:
    from scenes import Scene

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 150_000
SWITCHES = "--no-sandbox --disable-dev-shm-usage --disable-gpu --hide-scrollbars --disable-lcd-text".split()


def main() -> None:
    """Prepares, serves, photographs, and says how large each picture is."""
    with tempfile.TemporaryDirectory(prefix="calcquiz-pictures-") as folder:
        os.chdir(ROOT)
        os.environ |= {
            "CALCQUIZ_DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "CALCQUIZ_DEBUG": "0",
            "CALCQUIZ_HTTPS": "0",
            "CALCQUIZ_HOSTS": "127.0.0.1",
        }
        say(prepare())
        from scenes import scenes

        PICTURES.mkdir(parents=True, exist_ok=True)
        with server() as port:
            for scene in scenes():
                scene.stage()
                take(scene, f"http://127.0.0.1:{port}")


@contextmanager
def server() -> Iterator[int]:
    """The port of the site, which ends with the context."""
    port = free_port()
    command = [sys.executable, *GUNICORN, "--bind", f"127.0.0.1:{port}", "--log-level", "error", "calcquiz.wsgi"]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        wait_for_answer(process, port)
        yield port
    finally:
        process.terminate()
        process.wait()


def take(scene: "Scene", site: str) -> None:
    """The person signs in with a browser of their own, and each colour scheme is kept as a PNG."""
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)))
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        page = browser.new_page(
            viewport={"width": scene.size[0], "height": scene.size[1]},
            device_scale_factor=scene.scale,
            timezone_id="Europe/London",
            is_mobile=scene.phone,
            has_touch=scene.phone,
        )
        sign_in(page, scene, site)
        scene.act(page)
        page.mouse.move(0, 0)
        if scene.tall:
            page.set_viewport_size({"width": scene.size[0], "height": page.evaluate("document.body.scrollHeight")})
        for scheme in scene.schemes:
            dark = scheme == "dark"
            keep(page, f"{scene.name}{'-dark' if dark else ''}.png", "dark" if dark else "light")
        browser.close()


def sign_in(page: Page, scene: "Scene", site: str) -> None:
    """The scene's page, opened by its person."""
    from quizzes.management.commands.demo import PASSWORD

    page.goto(f"{site}/sign-in/?next={scene.path}")
    page.get_by_label("User name").fill(scene.who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site}{scene.path}")
    page.wait_for_load_state("networkidle")


def keep(page: Page, name: str, scheme: Literal["dark", "light"]) -> None:
    """Write the picture, and refuse one that is too large for the repository."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    size = len(page.screenshot(path=PICTURES / name))
    say(f"{name}: {size // 1000} kB")
    if size > MOST_BYTES:
        sys.exit(f"{name} is larger than {MOST_BYTES // 1000} kB: make its page smaller.")


if __name__ == "__main__":
    main()
