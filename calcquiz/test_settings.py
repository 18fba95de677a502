"""Settings of the test run: those of production over plain http, with quick passwords and a database of its own."""

import os
import tempfile

os.environ |= {
    "CALCQUIZ_SECRET_KEY": "only-for-tests-" * 4,
    "CALCQUIZ_DEBUG": "0",
    "CALCQUIZ_HTTPS": "0",
    "CALCQUIZ_STAFF_SECOND_FACTOR": "0",
}

from calcquiz.settings import *  # noqa: F403
from calcquiz.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = None
DOWNLOADS = f"{tempfile.gettempdir()}/calcquiz-test-{os.getpid()}-downloads"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that threads of the live server lock as they do in production.
    DATABASES["default"]["TEST"] = {"NAME": f"{tempfile.gettempdir()}/calcquiz-test-{os.getpid()}.sqlite3"}
