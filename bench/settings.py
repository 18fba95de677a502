"""The production settings, with one more address: the page that does nothing."""

from calcquiz.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
STATIC_ROOT = None
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # nothing is collected
STAFF_SECOND_FACTOR = False
