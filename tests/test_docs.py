"""The documents are true: what can be typed is documented, links lead somewhere, pictures are there and in use."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import BaseCommand, load_command_class

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))
COMMANDS = sorted(path.stem for path in (ROOT / "quizzes" / "management" / "commands").glob("[a-z]*.py"))
MOST_BYTES_OF_A_PICTURE = 150_000
LINES_OF_A_PAGE = 60


def targets(makefile):
    """What `make help` lists."""
    return re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)


def variables(makefile):
    """What may be set on the command line of make, but for the interpreter."""
    return [name for name in re.findall(r"^([A-Z]+) \?=", makefile, re.MULTILINE) if name != "PYTHON"]


def settings_read(source):
    """The environment variables that a module names as text of its own."""
    tree = ast.parse(source)
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {text for text in texts if re.fullmatch(r"CALCQUIZ_[A-Z_]+", text)}


def options(name):
    """The arguments of one of our commands, as typed; not those of every command."""

    def typed(command):
        actions = command.create_parser("manage.py", name)._actions
        return {(action.option_strings or [action.dest.upper()])[-1] for action in actions}

    class Plain(BaseCommand):
        pass

    return typed(load_command_class("quizzes", name)) - typed(Plain())


def links(page):
    """Addresses in Markdown and in HTML that lead to files of this repository or to headings."""
    found = re.findall(r"\]\(([^)\s]+)\)", page) + re.findall(r"\b(?:src|srcset|href)=\"([^\"\s]+)\"", page)
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page):
    """The headings of a page as addresses."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(path):
    """Links of a page that lead nowhere."""
    for link in links(path.read_text()):
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        if not target.exists() or (anchor and anchor not in anchors(target.read_text())):
            yield link


def row(page, first):
    """The line of a table that begins with this code."""
    return next((line for line in page.splitlines() if line.startswith(f"| `{first}")), "")


def test_every_command_has_its_row_in_the_readme():
    assert COMMANDS
    assert [name for name in COMMANDS if not row(README, f"manage.py {name}")] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_stands_in_its_row(name):
    documented = row(README, f"manage.py {name}")
    assert [option for option in sorted(options(name)) if option not in documented] == []


def test_the_options_of_a_command_are_found():
    assert options("replay") == {"--check"}
    assert {"DECK", "--draws"} <= options("bank")


def test_every_target_of_make_has_its_row_in_the_readme():
    names = targets((ROOT / "Makefile").read_text())
    assert {"run", "test", "check"} <= set(names)
    assert [name for name in names if not row(README, f"make {name}")] == []


def test_every_command_in_the_readme_is_there():
    names = targets((ROOT / "Makefile").read_text())
    assert [name for name in re.findall(r"\bmake ([a-z]+)`", README) if name not in names] == []
    known = {*COMMANDS, "loaddata"}
    assert [name for name in re.findall(r"\bmanage\.py ([a-z_]+)", README) if name not in known] == []


def test_every_variable_of_make_is_in_the_readme():
    names = variables((ROOT / "Makefile").read_text())
    assert {"PORT", "DB"} <= set(names)
    assert [name for name in names if f"`{name}=" not in README] == []


def test_every_setting_is_explained_to_those_who_run_the_site():
    sources = {path: path.read_text() for path in (ROOT / "calcquiz").glob("*.py")}
    names = set().union(*map(settings_read, sources.values()))
    listed = sources[ROOT / "calcquiz" / "settings.py"].partition('"""')[2].partition('"""')[0]
    assert len(names) >= 8
    assert [name for name in sorted(names) if not row(OPERATIONS, name)] == []
    assert [name for name in sorted(names) if name not in listed] == []


def test_a_setting_is_found_where_it_is_read():
    assert settings_read('"""Not CALCQUIZ_THIS."""\nx = text("CALCQUIZ_OTHER", "CALCQUIZ_")') == {"CALCQUIZ_OTHER"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_within_the_documents_leads_somewhere(path):
    assert list(broken(path)) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        '# One thing\n[a](gone.md) [b](#one-thing) [c](#two) <img src="gone.png"> [d](https://example.org/)'
    )
    assert list(broken(page)) == ["gone.md", "#two", "gone.png"]


def test_the_readme_opens_with_a_picture_that_says_what_it_shows():
    opening = "\n".join(README.splitlines()[:8])
    assert re.search(r'<img src="docs/pictures/[a-z-]+\.png"[^>]* alt="[^"]{20,}"', opening)


def test_every_picture_is_small_and_in_use():
    assert PICTURES
    assert [path.name for path in PICTURES if path.stat().st_size > MOST_BYTES_OF_A_PICTURE] == []
    assert [path.name for path in PICTURES if f"docs/pictures/{path.name}" not in README] == []


def test_every_picture_has_words_for_those_who_cannot_see_it():
    images = re.findall(r"<img\b[^>]*>", README)
    assert images
    assert [image for image in images if not re.search(r' alt="[^"]{20,}"', image)] == []


def test_decisions_are_numbered_without_gaps_and_linked_from_the_readme():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert [path.name for path in DECISIONS if f"(docs/adr/{path.name})" not in README] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_fits_on_a_page_and_says_what_was_rejected(path):
    text = path.read_text()
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert re.findall(r"^(Status|## \w+)", text, re.MULTILINE) == [
        "Status", "## Context", "## Decision", "## Consequences", "## Rejected",
    ]  # fmt: skip
    assert text.count("\n") <= LINES_OF_A_PAGE


def test_the_change_log_speaks_to_students_instructors_and_editors():
    text = (ROOT / "CHANGELOG.md").read_text()
    assert [who for who in ("students", "instructors", "editors") if f"### For {who}" not in text] == []


def test_no_figure_is_still_to_be_filled_in():
    assert [page.name for page in PAGES if "NNN" in page.read_text()] == []
