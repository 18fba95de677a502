"""Settings, all from the environment; each has a default that is right for production, but the key.

CALCQUIZ_SECRET_KEY    at least 50 random characters; else the key in var/secret-key, which `make run` makes
CALCQUIZ_DEBUG         1 shows errors to everyone: development only (0)
CALCQUIZ_HTTPS         1 sends everyone to https, with secure cookies and HSTS (1; 0 under CALCQUIZ_DEBUG=1).
                       Behind a proxy on another machine, give its address to gunicorn in FORWARDED_ALLOW_IPS.
CALCQUIZ_HOSTS         host names of the site, between commas (localhost,127.0.0.1,[::1])
CALCQUIZ_DATABASE_URL  sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME (sqlite, var/calcquiz.sqlite3)
CALCQUIZ_LANGUAGE      language of the pages (en-gb)
CALCQUIZ_TIME_ZONE     time zone of those who have not told theirs (UTC)
CALCQUIZ_LOG_LEVEL     DEBUG, INFO, WARNING or ERROR, to standard error (WARNING)
"""

from pathlib import Path

from calcquiz import databases
from calcquiz.csp import CSP
from calcquiz.environment import BASE_DIR, VAR_DIR, flag, names, secret_key, text

DEBUG = flag("CALCQUIZ_DEBUG", default=False)
HTTPS = flag("CALCQUIZ_HTTPS", default=not DEBUG)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = names("CALCQUIZ_HOSTS", "localhost,127.0.0.1,[::1]")

ROOT_URLCONF = "calcquiz.urls"
WSGI_APPLICATION = "calcquiz.wsgi.application"
INSTALLED_APPS = [
    "quizzes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "calcquiz.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": databases.from_url(text("CALCQUIZ_DATABASE_URL", f"sqlite:///{VAR_DIR}/calcquiz.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_USER_MODEL = "quizzes.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_AGE = 60 * 24 * 60 * 60
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LANGUAGE_CODE = text("CALCQUIZ_LANGUAGE", "en-gb")
TIME_ZONE = text("CALCQUIZ_TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT: Path | None = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, CSP.DATA],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# Whether other names below the site's host, or the browsers' preload lists, take part is for the host's owner to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": text("CALCQUIZ_LOG_LEVEL", "WARNING")},
}
