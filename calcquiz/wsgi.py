"""The application that gunicorn serves: `calcquiz.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calcquiz.settings")

application = get_wsgi_application()
gc.set_threshold(20_000, 20, 100)
"""Requests leave few cycles, and decks are large: looking through them every 700 new objects is 4 % of an answer."""
