"""The application that gunicorn serves: `calcquiz.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calcquiz.settings")

application = get_wsgi_application()
