"""Django settings. What differs between places comes from the environment, never from this file.

``ANTIPHON_HOME``         where people's work lives (`editor.home`)
``ANTIPHON_DATABASE``     a PostgreSQL URL; without it the database is a SQLite file in the home
``ANTIPHON_REDIS``        a Redis URL: several server processes tell each other of news over it
``ANTIPHON_HOSTS``        host names that the server answers to besides loopback, with commas
``ANTIPHON_ORIGINS``      origins (scheme, host, port) trusted besides the server's own
``ANTIPHON_SECURE``       "1" when people reach the server over https
``ANTIPHON_PROXY``        "1" when a proxy ends TLS and says so in X-Forwarded-Proto
``ANTIPHON_SQLITE_SYNC``  "FULL" survives a power loss and is slower; "NORMAL" is the default
``ANTIPHON_DEBUG``        "1" shows tracebacks in the page
``SOUNDFONT_PATH``        another SoundFont (.sf2) than the General MIDI one that comes along
"""

from __future__ import annotations

import os

from csp.constants import NONE, SELF

from editor import database
from editor.home import CHECKOUT, current_home
from editor.soundfont import general_midi_path


def _listed(variable: str) -> list[str]:
    return [item.strip() for item in os.environ.get(variable, "").split(",") if item.strip()]


def _on(variable: str) -> bool:
    return os.environ.get(variable) == "1"


HOME = current_home()
SECRET_KEY = HOME.secret_key()
DEBUG = _on("ANTIPHON_DEBUG")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_listed("ANTIPHON_HOSTS")]
CSRF_TRUSTED_ORIGINS = _listed("ANTIPHON_ORIGINS")

INSTALLED_APPS = [
    "daphne",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_vite",
    "editor",
    "collaboration",
    "generation",
]
AUTH_USER_MODEL = "editor.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "editor.views.api_words.ApiWords",
    "editor.bundle.BundleMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "editor.sessions.SlidingSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "editor.urls"
ASGI_APPLICATION = "editor.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CHECKOUT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "editor.soundfont.soundfont_context",
            ],
        },
    },
]

# -- data ---------------------------------------------------------------------------------------
SQLITE_SYNC = os.environ.get("ANTIPHON_SQLITE_SYNC", "NORMAL").upper()
if SQLITE_SYNC not in {"NORMAL", "FULL"}:
    raise ValueError(f"ANTIPHON_SQLITE_SYNC is {SQLITE_SYNC!r}; set it to NORMAL or FULL")
DATABASE_URL = os.environ.get(database.VARIABLE)
DATABASES = {
    "default": (
        database.postgresql(DATABASE_URL)
        if DATABASE_URL
        else database.sqlite(HOME.database, SQLITE_SYNC)
    )
}
# Several server processes of one house tell each other of news over Redis.
REDIS_URL = os.environ.get("ANTIPHON_REDIS")
CHANNEL_LAYERS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
if REDIS_URL:
    CHANNEL_LAYERS["default"] = {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            # A Redis that hangs is noticed, one that says nothing for long is not closed.
            "hosts": [{"address": REDIS_URL, "socket_timeout": 5, "socket_connect_timeout": 2}],
            "prefix": "antiphon",
        },
    }
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = HOME.assets
SOUNDFONT_PATH = os.environ.get("SOUNDFONT_PATH") or general_midi_path()

# Uploads: a MIDI file is at most 20 MB; a form around it needs a little more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# -- sessions: a year, sliding --------------------------------------------------------------------
SECURE = _on("ANTIPHON_SECURE")
SESSION_COOKIE_AGE = 365 * 24 * 3600
SESSION_COOKIE_NAME = "antiphon_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "editor.views.problems.csrf_failure"
CSRF_COOKIE_NAME = "antiphon_csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_AGE = SESSION_COOKIE_AGE

# -- safety ---------------------------------------------------------------------------------------
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if _on("ANTIPHON_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# -- the front end's bundle -----------------------------------------------------------------------
STATIC_URL = "/static/"
BUNDLE = CHECKOUT / "static" / "dist"
STATICFILES_DIRS = [BUNDLE] if BUNDLE.is_dir() else []
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": BUNDLE / "manifest.json",
        "static_url_prefix": "",
    }
}

# -- words ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LANGUAGE_COOKIE_NAME = "antiphon_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": HOME.logs / "server.log",
            "maxBytes": 4 * 1024 * 1024,
            "backupCount": 3,
            "formatter": "line",
            "delay": True,
            "encoding": "utf-8",
        },
        "console": {"class": "logging.StreamHandler", "level": "WARNING", "formatter": "line"},
    },
    "root": {"handlers": ["file", "console"], "level": "INFO"},
    # A 404 or a 403 is an answer, not a fault of the server: it stays out of the console.
    "loggers": {
        "django.request": {"level": "ERROR"},
        # While Redis is away the layer says so each second; the bus says it once.
        "channels_redis.pubsub": {"level": "CRITICAL"},
        "django.security.DisallowedHost": {"handlers": ["file"], "propagate": False},
    },
}
