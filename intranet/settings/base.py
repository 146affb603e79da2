"""Settings that every environment shares. Domain constants are in `product.py`."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from intranet.runtime import csp, database, logs, postgres, serving

from .signin import *  # noqa: F403  settings modules are layered by star import

ROOT = Path(__file__).resolve().parents[2]
DATA = serving.data_folder()

INSTALLED_APPS = [
    "kms",
    "experts",
    "communities",
    "blogs",
    "intranet",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "channels",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "intranet.runtime.logs.RequestLog",
    "intranet.runtime.private.PrivateAnswers",
    "django.middleware.security.SecurityMiddleware",
    "intranet.runtime.files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "intranet.posting.returning.SignInKeepsText",
    "intranet.ui.language.person_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "intranet.runtime.csp.ContentSecurityPolicy",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "intranet.audit.exports.ExportsAreLogged",
]

ROOT_URLCONF = "intranet.urls"
ASGI_APPLICATION = "intranet.asgi.application"
AUTH_USER_MODEL = "intranet.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The embedded server of `KESHER_DATA` unless an address is given.
DATABASES = {
    "default": database.from_url(
        os.environ.get("DATABASE_URL") or postgres.address(DATA),
        connections=os.environ.get("KESHER_CONNECTIONS", "single"),
    )
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "intranet.ui.frame.frame",
            ],
            "libraries": {
                "ui": "intranet.ui.tags",
                "policies": "intranet.policies.tags",
                "follow": "intranet.notify.tags",
                "keeping": "intranet.keeping.tags",
                "rules": "intranet.rules.tags",
            },
        },
    }
]

MESSAGE_TAGS = {21: "draft-done"}  # intranet.ui.drafts.DRAFT_DONE

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("he", "עברית")]
# The second holds words of Wagtail that it has not in Hebrew.
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "desk"]
FORMAT_MODULE_PATH = ["intranet.ui.formats"]
TIME_ZONE = "Asia/Jerusalem"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
# Files that people attach: outside of every address, each is given out by a view that asks who may see it.
ATTACHMENTS_ROOT = DATA / "attachments"
# The heads of the audit trail, and copies of people's data until they expire.
AUDIT_ROOT = DATA / "audit"
TAKEOUTS_ROOT = DATA / "takeouts"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

SECURE_CSP = csp.STRICT
# The editors' desk of Wagtail has two scripts inside its pages, so it gets a policy of its own.
SECURE_CSP_UNDER = {"/cms/": csp.EDITORS_DESK}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "intranet.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

CACHES = {
    # Seen by every process: limits and what must be forgotten everywhere at once.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # For values whose key names their version, so that no process can hold a stale one.
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}
if REDIS_URL := os.environ.get("REDIS_URL"):
    if not find_spec("redis"):
        raise ImproperlyConfigured(
            "REDIS_URL is set and the package redis is not installed: it comes with the extra machines."
        )
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}

TASKS = {"default": {"BACKEND": "intranet.runtime.tasks.ProcrastinateBackend"}}
PERIODIC_TASKS: dict[str, str] = {
    "intranet.activity.tasks.read_log": "* * * * *",
    "intranet.search.tasks.index_directory": "* * * * *",
    "communities.reviewing.tasks.review_charters": "15 5 * * *",
    "kms.articles.tasks.call_for_reviews": "40 5 * * *",
    "communities.inviting.tasks.apply_unit_rules": "45 * * * *",
    "intranet.moderation.standing.tasks.close_quiet_threads": "17 * * * *",
    "communities.reminding.tasks.remind": "*/3 * * * *",
    "intranet.notify.tasks.remind_of_bookmarks": "10 5-20 * * *",
    "intranet.notify.tasks.send_digests": "30 6 * * *",
    "intranet.likeness.tasks.learn_from_decisions": "20 3 * * *",
    "intranet.likeness.tasks.suggest_cases": "*/10 * * * *",
    "intranet.notify.tasks.send_letters": "*/5 * * * *",
    "intranet.policies.acknowledging.tasks.remind": "20 7 * * 0-5",
    "kms.network.tasks.look_after_packs": "20 2 * * *",
    "kms.network.tasks.send_monthly_reports": "0 6 2-31 * *",
    "kms.introductions.tasks.look_after_introductions": "40 2 * * *",
    "intranet.attachments.tasks.sweep_orphans": "40 3 * * *",
    "intranet.audit.tasks.seal": "*/5 * * * *",
    "intranet.audit.tasks.export_head": "5 0 * * *",
    "intranet.keeping.tasks.clean_up": "10 4 * * *",
}
"""Path of a task without arguments -> when it runs, as cron writes it."""

MAILERS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
}

REPLY_DOMAIN = os.environ.get("KESHER_REPLY_DOMAIN", "")
"""The domain of addresses to which people reply to mails; replies by mail are off without it."""

LOGGING = logs.configuration()
LOGGING_CONFIG = "intranet.runtime.logs.configure"

WAGTAIL_SITE_NAME = "Kesher"
WAGTAILADMIN_BASE_URL = ""
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES

REFUSE_UNSAFE = False
"""Whether servers refuse to start when a deployment check finds an error."""
DEMO_ALLOWED = False
"""Whether the invented organisation, whose passwords are printed, may be loaded here."""
KESHER_RATE_LIMITS = os.environ.get("KESHER_RATE_LIMITS") != "off"
"""Whether a moderator decides only after acknowledging the current policy on moderation."""
