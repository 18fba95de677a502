"""What the map of imports cannot see: purity of the core, no hidden doors, templates fit for a strict policy."""

import ast
import hashlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = sorted((ROOT / "quizzes" / "core").rglob("*.py"))
MODELS = sorted((ROOT / "quizzes" / "models").rglob("*.py"))
APP = sorted(path for path in (ROOT / "quizzes").rglob("*.py") if "migrations" not in path.parts)
SITE = sorted(path for folder in ("calcquiz", "scripts") for path in (ROOT / folder).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
VENDOR = ROOT / "quizzes" / "static" / "quizzes" / "vendor"

CORE_MAY_IMPORT = {"numpy", "scipy", "rapidfuzz", "fsrs", "quizzes"}
WORLD = set(
    """asyncio ctypes fileinput ftplib getpass glob http imaplib importlib io logging mmap multiprocessing os pathlib
    pickle platform secrets select shelve shutil signal smtplib socket sqlite3 ssl subprocess tempfile threading
    time urllib uuid""".split()
)
WORLDLY_CALLS = {"open", "print", "input", "exec", "eval", "__import__", "hash", "id"}
CLOCK = {"now", "utcnow", "today"}
UNSTABLE_DRAWS = set(
    """betavariate binomialvariate choice choices expovariate gauss getrandbits lognormvariate normalvariate
    paretovariate permutation randbytes randint randrange rvs sample seed shuffle triangular uniform vonmisesvariate
    weibullvariate""".split()
)
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 300, 40


def impurities(source):
    """What a core module may not do, as (line, words)."""
    tree = ast.parse(source)
    own, modules = bound_modules(tree)
    shared = {id(node) for outer in tree.body if not is_definition(outer) for node in ast.walk(outer)}
    found = [(node.lineno, words) for node in ast.walk(tree) for words in impure(node, own, modules)]
    return found + [
        (node.lineno, "generator shared by the module")
        for node in ast.walk(tree)
        if id(node) in shared and is_generator(node)
    ]


def bound_modules(tree):
    """Names of other core modules, and of all other modules, as this one calls them."""
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    plain = [name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    own = {name.asname or name.name for node in froms if node.module == "quizzes.core" for name in node.names}
    return own, {name.asname or name.name for name in plain}


def is_definition(node):
    return isinstance(node, ast.FunctionDef | ast.ClassDef)


def is_generator(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {"Random", "random.Random"}


def impure(node, own, modules):
    """The words for one node's faults."""
    match node:
        case ast.Import(names=names):
            yield from (f"import {name.name}" for name in names if not may_import(name.name))
            yield from ("random by another name" for name in names if name.name == "random" and name.asname)
        case ast.ImportFrom(module="random", names=names):
            yield from (f"random.{name.name}" for name in names if name.name != "Random")
        case ast.ImportFrom(module=str(module), level=0, names=names):
            yield from (f"import {module}.{name.name}" for name in names if not may_import(f"{module}.{name.name}"))
        case ast.Attribute(value=ast.Name(id="random"), attr=name) if "random" in modules and name != "Random":
            yield f"random.{name}"
        case ast.Attribute(value=ast.Name(id="sys"), attr=name) if name not in {"maxsize", "float_info"}:
            yield f"sys.{name}"
        case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr="random"):
            yield "numpy.random"
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)) if owner in own and name not in CLOCK:
            return
        case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCK | UNSTABLE_DRAWS:
            yield f".{name}()"
        case ast.Call(func=ast.Name(id=name)) if name in WORLDLY_CALLS:
            yield f"{name}()"
        case ast.Call(args=[], keywords=[]) if is_generator(node):
            yield "generator without a seed"
        case ast.Global():
            yield "global"


def may_import(module):
    top = module.partition(".")[0]
    return (
        top in (sys.stdlib_module_names | CORE_MAY_IMPORT) - WORLD
        and not module.startswith("numpy.random")
        and (top != "quizzes" or module.startswith("quizzes.core."))
    )


def hidden_doors(source):
    """Signals, as (line, words)."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module=str(module)) if module.endswith("signals") or module == "django.dispatch":
                yield node.lineno, module
            case ast.Call(func=ast.Attribute(attr="connect" | "connect_via")):
                yield node.lineno, "connect"


def overrides(source):
    """Methods of classes that act when a row is saved or deleted one by one."""
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    methods = [node for owner in classes for node in owner.body if isinstance(node, ast.FunctionDef)]
    return [(node.lineno, node.name) for node in methods if node.name in {"save", "save_base"}]


FORBIDDEN_IN_TEMPLATES = {
    "inline script": r"<script(?![^>]*\ssrc=)",
    "style element": r"<style\b",
    "style attribute": r"<[^>]*\sstyle\s*=",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "htmx event attribute": r"<[^>]*\shx-on\b",
    "javascript address": r"javascript:",
    "asset of another host": r"<(?:script|link|img|iframe|source|video|audio|use)\b[^>]*"
    r"\s(?:src|href|srcset)\s*=\s*[\"']?(?:https?:)?//",
}


def unfit_markup(template):
    """What our Content Security Policy would block, by name."""
    return [name for name, pattern in FORBIDDEN_IN_TEMPLATES.items() if re.search(pattern, template, re.IGNORECASE)]


def overlong(source):
    """Files and functions that should be several."""
    lines = source.count("\n")
    found = [(lines, "lines in one file")] if lines > LINES_OF_A_FILE else []
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return found + [
        (node.lineno, f"{node.name} is long")
        for node in functions
        if node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION
    ]


def faults(paths, detect):
    """`file:line words` for each thing found."""
    found = [(path.relative_to(ROOT), *fault) for path in paths for fault in detect(path.read_text())]
    return [f"{path}:{line} {words}" for path, line, words in found]


def test_the_core_has_no_clock_no_dice_of_its_own_and_no_world():
    assert CORE
    assert faults(CORE, impurities) == []


@pytest.mark.parametrize(
    "source",
    [
        "import django",
        "from django.db import models",
        "import quizzes.models",
        "from quizzes.services import study",
        "import time",
        "import os.path",
        "from pathlib import Path",
        "import requests",
        "import random as dice\nx = dice.random()",
        "import sys\nx = sys.argv",
        "import random\nx = random.random()",
        "from random import shuffle",
        "import random\nRNG = random.Random('seed')",
        "import random\ndef f():\n    return random.Random()",
        "def f(dice):\n    return dice.choice([1, 2])",
        "def f(dice, items):\n    dice.shuffle(items)",
        "import numpy as np\ndef f():\n    return np.random.default_rng(1)",
        "from numpy.random import default_rng",
        "from datetime import datetime\ndef f():\n    return datetime.now()",
        "import datetime\ndef f():\n    return datetime.date.today()",
        "def f():\n    return open('file')",
        "def f(word):\n    return hash(word)",
        "count = 0\ndef f():\n    global count\n    count += 1",
    ],
)
def test_an_impure_module_is_found(source):
    assert impurities(source)


@pytest.mark.parametrize(
    "source",
    [
        "from random import Random\ndef f(seed: str) -> float:\n    return Random(seed).random()",
        "import random\ndef f(dice: random.Random) -> float:\n    return dice.random()",
        "from random import Random\ndef f(random: Random) -> float:\n    return random.random()",
        "from quizzes.core import dice\ndef f(random, cards):\n    return dice.choice(random, cards)",
        "import sys\nx = sys.maxsize",
        "import numpy as np\nfrom quizzes.core.specs import Rating\nimport math, hashlib, zoneinfo",
        "from datetime import datetime, timedelta\ndef f(now: datetime):\n    return now + timedelta(days=1)",
    ],
)
def test_a_pure_module_passes(source):
    assert impurities(source) == []


def test_no_code_waits_for_signals():
    assert faults(APP, hidden_doors) == []
    assert list(hidden_doors("from django.db.models.signals import post_save"))
    assert list(hidden_doors("from django.dispatch import receiver"))
    assert list(hidden_doors("post_save.connect(handler)"))


def test_no_table_acts_on_save():
    assert MODELS
    assert faults(MODELS, overrides) == []
    assert overrides("class Deck:\n    def save(self):\n        pass")


def test_files_and_functions_stay_short():
    assert faults([*APP, *SITE], overlong) == []
    assert overlong("\n" * 301)
    assert overlong("def f():\n" + "    x = 1\n" * 40)
    assert overlong("def f():\n" + "    x = 1\n" * 39) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_nothing_that_the_policy_blocks(path):
    assert unfit_markup(path.read_text()) == []


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("<script>go()</script>", "inline script"),
        ("<style>p {}</style>", "style element"),
        ('<p class="a"\n style="color: red">', "style attribute"),
        ('<button onclick="go()">', "event attribute"),
        ('<button hx-on:click="go()">', "htmx event attribute"),
        ('<a href="javascript:go()">', "javascript address"),
        ('<script src="https://cdn.example/x.js"></script>', "asset of another host"),
        ("<link rel=stylesheet href=//cdn.example/x.css>", "asset of another host"),
    ],
)
def test_markup_that_the_policy_blocks_is_found(template, name):
    assert name in unfit_markup(template)


def test_a_link_to_another_site_is_fit():
    template = '<script src="{% static "quizzes/site.js" %}" defer></script><a href="https://example.org/">source</a>'
    assert unfit_markup(template) == []


def test_code_of_others_is_as_recorded():
    record = (VENDOR / "README.md").read_text()
    code = [path for path in VENDOR.iterdir() if path.suffix in {".js", ".css"}]
    assert code
    for path in code:
        assert f"| `{path.name}` |" in record
        assert hashlib.sha256(path.read_bytes()).hexdigest() in record
