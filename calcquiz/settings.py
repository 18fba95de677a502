"""Settings, all from the environment; each has a default that is right for production, but the key.

CALCQUIZ_SECRET_KEY    at least 50 random characters; else the key in var/secret-key, which `make run` makes
CALCQUIZ_DEBUG         1 shows errors to everyone: development only (0)
CALCQUIZ_HTTPS         1 sends everyone to https, with secure cookies and HSTS (1; 0 under CALCQUIZ_DEBUG=1).
                       Behind a proxy on another machine, give its address to gunicorn in FORWARDED_ALLOW_IPS.
CALCQUIZ_HOSTS         host names of the site, between commas (localhost,127.0.0.1,[::1])
CALCQUIZ_URL           where people reach the site, for links in e-mails, such as https://quiz.example.org (https:// and
                       the first of CALCQUIZ_HOSTS; http:// without CALCQUIZ_HTTPS)
CALCQUIZ_DATABASE_URL  sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME (sqlite, var/calcquiz.sqlite3)
CALCQUIZ_LANGUAGE      language of the pages (en-gb)
CALCQUIZ_TIME_ZONE     time zone of those who have not told theirs (UTC)
CALCQUIZ_DOWNLOADS     folder for files that the worker makes and the site hands out; both must see it (var/downloads)
CALCQUIZ_LOG_LEVEL     DEBUG, INFO, WARNING or ERROR, to standard error (WARNING)
CALCQUIZ_SIGN_UP       who may make an account: open, invitation or domains (invitation)
CALCQUIZ_SIGN_UP_DOMAINS  for `domains`: what may stand after the @ of an address, between commas (none)
CALCQUIZ_EMAIL_URL     smtp://USER:PASSWORD@HOST:PORT or smtps://...; without it the site sends no e-mail (none)
CALCQUIZ_FROM_EMAIL    the sender of e-mails (calcquiz@ and the first of CALCQUIZ_HOSTS)
CALCQUIZ_STAFF_SECOND_FACTOR  1 asks instructors, editors and admins for a second factor (1; 0 under CALCQUIZ_DEBUG=1)
CALCQUIZ_KEEP_DAYS     after so many days without any use accounts of students who are in no active class are erased by
                       the worker, 30 days after it has told them; records of who opened what go as old (0: never)
CALCQUIZ_PROXIES       how many proxies stand in front; the address of a person is then read from X-Forwarded-For (0)
"""

import os
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from calcquiz import databases, mail
from calcquiz.csp import CSP
from calcquiz.environment import BASE_DIR, VAR_DIR, choice, flag, names, number, secret_key, site_url, text

DEBUG = flag("CALCQUIZ_DEBUG", default=False)
HTTPS = flag("CALCQUIZ_HTTPS", default=not DEBUG)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = names("CALCQUIZ_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = site_url(text("CALCQUIZ_URL", f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0].lstrip('.')}"))

ROOT_URLCONF = "calcquiz.urls"
WSGI_APPLICATION = "calcquiz.wsgi.application"
INSTALLED_APPS = [
    "quizzes",
    "calcquiz.apps.WorkplaceConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "calcquiz.compression.CompressedPagesMiddleware",
    "calcquiz.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "quizzes.views.people.second_factor.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
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
DOWNLOADS = text("CALCQUIZ_DOWNLOADS", str(VAR_DIR / "downloads"))
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

SIGN_UP = choice("CALCQUIZ_SIGN_UP", "invitation", ("open", "invitation", "domains"))
SIGN_UP_DOMAINS = [name.lower().removeprefix("@") for name in names("CALCQUIZ_SIGN_UP_DOMAINS", "")]
STAFF_SECOND_FACTOR = flag("CALCQUIZ_STAFF_SECOND_FACTOR", default=not DEBUG)

KEEP_DAYS = number("CALCQUIZ_KEEP_DAYS", 0)

if 0 < KEEP_DAYS < 90:
    raise ImproperlyConfigured("CALCQUIZ_KEEP_DAYS should be 0, or at least 90: people are told 30 days before.")

if SIGN_UP == "domains" and not (SIGN_UP_DOMAINS and os.environ.get("CALCQUIZ_EMAIL_URL")):
    raise ImproperlyConfigured(
        "CALCQUIZ_SIGN_UP=domains needs CALCQUIZ_SIGN_UP_DOMAINS, and CALCQUIZ_EMAIL_URL: an address that nobody "
        "checks proves nothing."
    )

_server = mail.from_url(text("CALCQUIZ_EMAIL_URL", ""))
SENDS_MAIL = _server is not None
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SENDS_MAIL else 'dummy'}.EmailBackend"
if _server:
    EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL = _server.host, _server.port, _server.starttls, _server.tls
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _server.user, _server.password
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("CALCQUIZ_FROM_EMAIL", f"calcquiz@{ALLOWED_HOSTS[0]}")

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ALLAUTH_TRUSTED_PROXY_COUNT = number("CALCQUIZ_PROXIES", 0)
ACCOUNT_ADAPTER = "quizzes.views.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "quizzes.forms.people.accounts.SignInForm",
    "signup": "quizzes.forms.people.accounts.SignUpForm",
    "add_email": "quizzes.forms.people.accounts.EmailForm",
    "change_password": "quizzes.forms.people.accounts.ChangePasswordForm",
    "set_password": "quizzes.forms.people.accounts.SetPasswordForm",
    "reset_password": "quizzes.forms.people.accounts.ResetPasswordForm",
    "reset_password_from_key": "quizzes.forms.people.accounts.ResetPasswordKeyForm",
    "reauthenticate": "quizzes.forms.people.accounts.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if SENDS_MAIL else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = SENDS_MAIL
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[calcquiz] "
ACCOUNT_CHANGE_EMAIL = ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# A whole class comes from one address within minutes; guessing one person's password is for axes to stop.
ACCOUNT_RATE_LIMITS = {"login": "200/m/ip", "signup": "200/h/ip", "login_failed": "100/10m/ip,30/10m/key"}
MFA_ADAPTER = "quizzes.views.people.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "quizzes.forms.people.second_factor.CodeForm",
    "reauthenticate": "quizzes.forms.people.second_factor.ConfirmingForm",
    "activate_totp": "quizzes.forms.people.second_factor.ActivateForm",
}
MFA_TOTP_ISSUER = "calcquiz"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = not SENDS_MAIL

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_SENSITIVE_PARAMETERS = ["login", "username", "code", "oldpassword", "csrfmiddlewaretoken", "ip_address"]
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "allauth.core.internal.httpkit.get_client_ip"
AXES_USERNAME_CALLABLE = "quizzes.views.people.locking.account_tried"
AXES_LOCKOUT_CALLABLE = "quizzes.views.people.locking.locked_out"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LANGUAGE_CODE = text("CALCQUIZ_LANGUAGE", "en-gb")
TIME_ZONE = text("CALCQUIZ_TIME_ZONE", "UTC")
USE_TZ = True
FORMAT_MODULE_PATH = ["calcquiz.formats"]

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
