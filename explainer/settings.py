"""The one settings file. Without any variable it serves this machine alone, safely.

A site is public as soon as DJANGO_ALLOWED_HOSTS or SITE_URL names anything but this machine. Then
the process refuses to start with unsafe settings and says what to set.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from explainer import environment

BASE_DIR = Path(__file__).resolve().parent.parent

# What any process of the site makes is its own user's alone: databases hold sessions, logs names.
os.umask(0o077)

# --- The environment: every variable is read here and nowhere else.
VAR_DIR = environment.writable_folder("VAR_DIR", BASE_DIR / "var")
CONTENT_DIR = Path(environment.text("CONTENT_DIR", str(BASE_DIR / "content")))
DATABASE_URL = environment.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
CACHE_URL = environment.redis_address("CACHE_URL")
DEBUG = environment.flag("DJANGO_DEBUG")
HOSTS = environment.items("DJANGO_ALLOWED_HOSTS")
SITE_URL = environment.origin("SITE_URL")
TIME_ZONE = environment.time_zone("TIME_ZONE")
TRUSTED_PROXIES = environment.items("TRUSTED_PROXIES", default=("127.0.0.1", "::1"))
SECURE_HSTS_PRELOAD = environment.flag("HSTS_PRELOAD")
PUBLISH_EVERY = environment.number("PUBLISH_EVERY", 0)
SECURITY_CONTACT = environment.contact("SECURITY_CONTACT")
SECURITY_CONTACT_UNTIL = environment.contact_until(
    "SECURITY_CONTACT_UNTIL", needed=bool(SECURITY_CONTACT)
)
READ_ONLY = environment.flag("READ_ONLY")
FORMS_AT_ONCE = environment.number("FORMS_AT_ONCE", 8)
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "desk@localhost")
SITE_IS_PUBLIC = environment.is_public(HOSTS, SITE_URL)
STAFF_SECOND_FACTOR = environment.flag("STAFF_SECOND_FACTOR", default=SITE_IS_PUBLIC)
STAFF_PATH = environment.folder_path("STAFF_PATH", "/admin/")
STAFF_NETWORKS = environment.networks("STAFF_NETWORKS")
if SITE_IS_PUBLIC:
    environment.refuse_insecure(
        debug=DEBUG, hosts=HOSTS, site_url=SITE_URL, second_factor=STAFF_SECOND_FACTOR
    )
    SECRET_KEY = environment.given_secret()
else:
    SECRET_KEY = environment.text("DJANGO_SECRET_KEY")
    SECRET_KEY = SECRET_KEY or environment.local_secret(VAR_DIR / "secret-key")

# What these signed or sealed is still believed, so a change of the secret locks nobody out.
SECRET_KEY_FALLBACKS = environment.items("DJANGO_FORMER_SECRET_KEYS")

SITE_URL = SITE_URL or "http://127.0.0.1:8000"
# Loopback names stay allowed so that health checks on the machine itself get an answer.
ALLOWED_HOSTS = [*HOSTS, *environment.LOOPBACK]

# --- Rooms
INSTALLED_APPS = [
    "explainer.web",
    "explainer.library",
    "explainer.files",
    "explainer.images",
    "explainer.operations",
    "explainer.accounts",
    "explainer.public",
    "explainer.guide",
    "explainer.staff",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
ROOT_URLCONF = "explainer.urls"
# Where a reader's request is looked up: a part of the above, without what only staff need.
READERS_URLCONF = "explainer.reader_urls"
WSGI_APPLICATION = "explainer.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Headers stand outermost, so that errors and redirects made further in carry them too.
MIDDLEWARE = [
    "explainer.web.middleware.trusted_proxies",
    "explainer.web.middleware.response_headers",
    "explainer.web.middleware.staff_only_here",
    "explainer.web.middleware.readers_urlconf",
    "explainer.web.middleware.asked_by_any_name",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "explainer.web.middleware.SlashMiddleware",
    # From here on only the staff's addresses have cookies; readers' pages never see one.
    "explainer.web.middleware.pure_reading",
    "explainer.web.middleware.length_required",
    "explainer.web.middleware.forms_have_room",
    "explainer.web.middleware.in_parts",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "explainer.accounts.responses.log_refusals",
    # In this order: who is still logged in, what a stranger's form becomes, who needs a factor.
    "explainer.accounts.sessions.limited",
    "explainer.accounts.responses.recover_forms",
    "explainer.accounts.second_factor.required",
    "explainer.accounts.responses.read_only",
    # Innermost, where pages are written out and errors have their page.
    "explainer.public.middleware.one_snapshot",
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
                "explainer.public.context_processors.site",
                "explainer.accounts.responses.frame",
            ]
        },
    }
]

# --- Database
SQLITE_OPTIONS: dict[str, Any] = {
    # A transaction that reads, then writes, would fail at once under SQLite's own default.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Each thread has a connection, and SQLite's own 2 MB in each are 128 in 64 threads.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-500;",
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"ENGINE": "explainer.web.sqlite3", "OPTIONS": SQLITE_OPTIONS}
else:
    # A machine that is switched off never answers, and each who asks it holds a thread meanwhile.
    limits = {"connect_timeout": 3, "tcp_user_timeout": 10_000}
    DATABASES["default"]["OPTIONS"] = {**limits, **DATABASES["default"].get("OPTIONS", {})}

# Counters of failed log-ins live where all workers see them and a restart does not clear them.
# There is room for so many that made-up names cannot push a real one's counter out.
TABLE = {
    "BACKEND": "explainer.web.shared_cache.TableCache",
    "LOCATION": "shared_cache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
REDIS = {"BACKEND": "explainer.web.shared_cache.RedisOrTable", "LOCATION": CACHE_URL}
CACHES: dict[str, Any] = {"default": REDIS, "table": TABLE} if CACHE_URL else {"default": TABLE}

# --- Readers
# The addresses that take what a reader sends: it is answered, and neither kept nor logged.
READERS_MAY_POST = ("/check/", "/where-do-i-stand/")

# Every publishing raises what this gives: a kept page is true of one edition of the site.
PAGE_CACHE_EDITION = "SELECT number || ' ' || changed_at FROM library_siteversion WHERE id = 1"
# A document's key as an address has it: of those that never were public nobody asks Django. The
# kinds are named because the index of keys begins with them: else each asking reads all documents.
PAGE_CACHE_KNOWN = (
    "SELECT count(*) FROM library_document WHERE first_published_at IS NOT NULL AND key = ? "
    "AND kind IN ('claim', 'record', 'article', 'source', 'term', 'treatment')"
)
# Files have a name of their own for each content, and are not kept a second time.
PAGE_CACHE_FILES = ("/images/", "/cards/")

# --- Words and time
SITE_NAME = "Said and Shown"
LANGUAGE_CODE = "en"
USE_TZ = True

# --- Mail: the digest for staff and nothing else
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "smtp" if EMAIL_HOST else "console"
)
EMAIL_TIMEOUT = 20

# --- Static files: hashed names, compressed, served by the application itself
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "explainer.web.staticfiles.BundledStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Staff
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# The first is used; a password kept under the second is rewritten at the next log-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "explainer.accounts.forms.SiteWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "explainer.accounts.adapters.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Each wears off by itself. The last three are counted in explainer.accounts.adapters.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key,50/d/key",  # codes of a second factor, by account
    "reauthenticate": "10/m/user",
    "password_by_address": "20/m/ip",
    "password_by_name": "5/5m/key,20/h/key",
    "lockout_logged": "1/5m/key",
    "invite": "20/h/user",
    "welcome": "20/m/ip,60/h/key",
}
MFA_ADAPTER = "explainer.accounts.adapters.SealedAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
# Used codes are remembered for one period: a wider window would let one be used twice.
MFA_TOTP_TOLERANCE = 0
MFA_RECOVERY_CODES_SHOW_ONCE = True
CSRF_FAILURE_VIEW = "explainer.accounts.responses.form_refused"
# A long text with all its positions fits several times; images have limits of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
# What our own view takes, by content; markdownx's view, which would believe the client, is shut.
MARKDOWNX_UPLOAD_CONTENT_TYPES = ["image/png", "image/jpeg", "image/webp"]
# How long the link of an invitation works; no password is reset by mail here.
PASSWORD_RESET_TIMEOUT = 72 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-session" if SITE_IS_PUBLIC else "session"
SESSION_COOKIE_SECURE = SITE_IS_PUBLIC
CSRF_COOKIE_NAME = "__Host-form" if SITE_IS_PUBLIC else "form"
CSRF_COOKIE_SECURE = SITE_IS_PUBLIC
CSRF_COOKIE_HTTPONLY = True

# --- Headers of every answer; Permissions-Policy and CORP are in explainer.web.middleware
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{f"{k}-src": [SELF] for k in ("script", "style", "img", "font", "connect", "manifest")},
        "form-action": [SELF],
        **{key: [NONE] for key in ("default-src", "base-uri", "object-src", "frame-ancestors")},
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = SITE_IS_PUBLIC
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if SITE_IS_PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE_IS_PUBLIC
# Preloading binds every name of the owner's domain for years: theirs to decide, by HSTS_PRELOAD.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- Logs name no reader and nothing a reader typed: see explainer.web.logs
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "explainer.web.logs.DiscreetFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "discreet"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
    },
}
