"""Django settings, from the environment; every variable is explained in docs/how-to/settings.md."""

import contextlib
import os
from pathlib import Path

import dj_database_url

PACKAGE = Path(__file__).resolve().parent.parent
# Where this installation keeps its database and secrets; never inside the package.
HOME = Path(os.environ.get("GONGKAI_HOME", PACKAGE.parent / "var"))


def _secret() -> str:
    """The signing key: from the environment, else made once and kept in HOME, readable by its owner only."""
    if given := os.environ.get("GONGKAI_SECRET_KEY"):
        return given
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        # Written whole under another name, then linked into place: of two processes starting at once the first link
        # counts, and one killed midway leaves no empty key behind.
        unfinished = HOME / f"secret-key.{os.getpid()}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(os.urandom(48).hex())
        with contextlib.suppress(FileExistsError):
            os.link(unfinished, kept)
        unfinished.unlink()
    return kept.read_text()


SECRET_KEY = _secret()
DEBUG = os.environ.get("GONGKAI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("GONGKAI_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "gongkai.records",
    "gongkai.search",
    "gongkai.organs",
    "gongkai.channels",
    "gongkai.guides",
    "gongkai.disclosures",
    "gongkai.duties",
    "gongkai.applications",
    "gongkai.fees",
    "gongkai.disputes",
    "gongkai.approvals",
    "gongkai.reports",
    "gongkai.comments",
    "gongkai.supervision",
    "gongkai.received",
    "gongkai.workbench",
    "gongkai.workbench.accounts",
    "gongkai.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongkai.workbench.reader.ReaderChoices",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongkai.config.headers.ContentSecurityMiddleware",
    "gongkai.workbench.accounts.door.DeskDoor",
    "gongkai.workbench.refusals.RefusalPage",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["gongkai.records.templatetags.words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.workbench.reader.reader",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("GONGKAI_DATABASE_URL", f"sqlite:///{HOME / 'gongkai.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer takes its lock at once, so that two writers wait for each other instead of failing midway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
# Public pages as drawn, in the memory of each process (portal.keeping).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
# Served from the rooms themselves: there is nothing to collect after an update.
WHITENOISE_USE_FINDERS = True

LOGIN_URL = "workbench:sign_in"
LOGIN_REDIRECT_URL = "workbench:home"
LOGOUT_REDIRECT_URL = "portal:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Each organ sets how long a session may last and stand idle (登录设置); this is the longest it can set.
SESSION_COOKIE_AGE = 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if os.environ.get("GONGKAI_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

# Which engine searches: "" takes the best that is installed (search.engines).
GONGKAI_SEARCH = os.environ.get("GONGKAI_SEARCH", "")

# How many proxies of our own stand before us: each adds the address it saw to X-Forwarded-For. 0 trusts no header.
GONGKAI_PROXIES = int(os.environ.get("GONGKAI_PROXIES", "0"))
# Failed sign-ins from one address within half an hour; an office behind one address has many people.
GONGKAI_TRIES_PER_ADDRESS = 50

# 网页标签 (国办发〔2017〕47号): the site's registered name and its 10-digit identifier, printed into every page.
SITE_NAME = os.environ.get("GONGKAI_SITE_NAME", "")
SITE_ID_CODE = os.environ.get("GONGKAI_SITE_ID_CODE", "")
OTP_TOTP_ISSUER = SITE_NAME or "Gongkai"  # under which name an authenticator app lists the account

# Office uploads are workbooks of up to 100,000 rows; anything larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
GONGKAI_UPLOAD_LIMIT = 40 * 1024 * 1024
