"""The production settings, with one more address: the page that does nothing."""

from calcquiz.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
STATIC_ROOT = None  # the bench asks for fragments only, and those name no static files
