"""Settings of one county. Everything a deployment may change comes from the environment, with safe defaults."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from urllib.parse import quote, unquote, urlparse

from csp.constants import NONE, SELF

from shanzhi.config import keys, logs, outside

ROOT = Path(os.environ.get("SHANZHI_ROOT", Path(__file__).resolve().parents[3]))
VAR = Path(os.environ.get("SHANZHI_VAR", ROOT / "var"))
os.umask(
    os.umask(0o077) | 0o077
)  # names lie in the database: no other user of this machine reads what is made here
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
SECRETS = Path(os.environ.get("SHANZHI_SECRETS", VAR / "secrets"))
VENDOR = ROOT / "var/vendor"  # part of the program, not of the county: a second county's VAR shares it
DATABASE_FILE = VAR / "shanzhi.sqlite3"
POSTGRES = os.environ.get("SHANZHI_POSTGRES", "")  # postgresql://user:password@host:port/name; empty: SQLite

# A backup is opened with the keys of its own county: these commands never make new ones.
_RESTORES = sys.argv[1:2] in (["restore"], ["rehearse_upgrade"])

try:
    KEYS = keys.load(
        SECRETS,
        # Whether a PostgreSQL database already holds a county cannot be seen from here: its first start says so.
        database_exists=_RESTORES
        or (
            os.environ.get("SHANZHI_FIRST_START") != "1"
            if POSTGRES
            else DATABASE_FILE.exists() and DATABASE_FILE.stat().st_size > 0
        ),
    )
except keys.KeysMissing as missing:
    sys.exit(str(missing))  # a sentence for the operator, not a trace for a programmer
SECRET_KEY = KEYS.django
FIELD_KEYS = KEYS.fields  # key id -> key; the first seals, all open
LOOK_UP_KEYS = KEYS.look_ups  # key id -> key; the first is written, all are looked under
LOG_KEYS = {"public": KEYS.log_public, "audit": KEYS.log_audit}
LOG_ORIGIN = os.environ.get(
    "SHANZHI_LOG_ORIGIN", "shanzhi.local/141130"
)  # the log's name on every checkpoint
PUBLIC_ADDRESS = os.environ.get("SHANZHI_PUBLIC_ADDRESS", "http://127.0.0.1:8000")  # what QR codes lead to

CONTACT = os.environ.get(
    "SHANZHI_CONTACT", ""
)  # whom to call when the server is in trouble: a name and a telephone

DEBUG = os.environ.get("SHANZHI_DEBUG") == "1"
# The machine itself is always answered: programs that watch it (/healthz, /metrics) ask on 127.0.0.1.
THIS_MACHINE = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [*filter(None, os.environ.get("SHANZHI_HOSTS", "").split(",")), *THIS_MACHINE]
BEHIND_TLS = os.environ.get("SHANZHI_TLS") == "1"
PROXIES = int(os.environ.get("SHANZHI_PROXIES", "0"))  # web servers of our own before this one

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",  # no page of it is open; the next ones need it
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.weixin",
    "allauth.socialaccount.providers.dingtalk",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "shanzhi.web",
    "shanzhi.apps.record",
    "shanzhi.apps.accounts",
    "shanzhi.apps.tables",
    "shanzhi.apps.places",
    "shanzhi.apps.elections",
    "shanzhi.apps.portal",
    "shanzhi.apps.setup",
    "shanzhi.apps.upkeep",
]

MIDDLEWARE = [
    "shanzhi.config.numbered.requests",
    "shanzhi.config.proxy.client_address",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shanzhi.config.bad_days.Sessions",
    "shanzhi.config.sessions.limited",
    "shanzhi.config.unkept.signed_in_pages",
    "shanzhi.config.language.chosen",
    "shanzhi.config.look.remembered",
    "shanzhi.config.readable.refuse_nul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shanzhi.config.lapsed.back_to_the_form",
    "shanzhi.config.duties.first_things_first",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "shanzhi.config.numbered.Named",
]

ROOT_URLCONF = "shanzhi.config.urls"
WSGI_APPLICATION = "shanzhi.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shanzhi.config.context.county",
            ],
        },
    }
]

if POSTGRES:
    _address = urlparse(POSTGRES)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _address.path.lstrip("/"),
            "USER": unquote(_address.username or ""),
            "PASSWORD": unquote(_address.password or ""),
            "HOST": _address.hostname or "",
            "PORT": _address.port or "",
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,  # the database server may have been restarted meanwhile
            # Nobody waits for ever: after as long as on SQLite a page says that the server is too busy.
            "OPTIONS": {"connect_timeout": 5, "options": "-c lock_timeout=20s"},
        }
    }
else:
    # On a disk that takes no writing SQLite cannot make the two files that it works with beside the database. If none
    # of them was left behind, nothing is missing in the database itself, and it can be read as it lies.
    _AS_IT_LIES = (
        DATABASE_FILE.exists() and not os.access(VAR, os.W_OK) and not Path(f"{DATABASE_FILE}-wal").exists()
    )
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"file:{quote(str(DATABASE_FILE))}?immutable=1" if _AS_IT_LIES else DATABASE_FILE,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # FULL: a committed row survives a power cut, at the price of one flush a transaction.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the memory of each process, on purpose: it holds only how often someone asked about a roll today, and an asker
# must not stand in any table or file. With N processes his cap is N times as high; the caps on the name that is asked
# about, and on the village, are counted in the database and hold for all.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "shanzhi.web.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "shanzhi.web.passwords.Mixed",
        "OPTIONS": {"kinds": int(os.environ.get("SHANZHI_PASSWORD_KINDS", "2"))},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "elections:board"
LOGOUT_REDIRECT_URL = "portal:county"
AXES_FAILURE_LIMIT = 5  # DJ-02: no number in the standard; five tries and half an hour are usual
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # by name only: a township office signs in from one shared address
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True  # signing in stands in our own audit trail
AXES_USERNAME_CALLABLE = "shanzhi.apps.accounts.selectors.attempt_name_of"  # a keyed hash of what was typed
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # half an hour is half an hour
# What was sent with a failed try is kept without these: a code, and a form that waits to be sent again.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "old", "kept", "next"]
SCOPE_NAMES = "shanzhi.apps.places.selectors.scope_names"  # the places over which an account may grant roles
ENDED_SCOPES = (
    "shanzhi.apps.places.selectors.ended_scopes"  # places under given ones that were merged or dissolved
)
PLACE_HOLDS = "shanzhi.config.wiring.under_way"  # what places must wait for before they are merged or split
PLACE_STANDING = "shanzhi.config.wiring.place_standing"  # kind of each place and what lies above it
PLACE_NAMES = "shanzhi.config.wiring.place_names"  # names of places by id, for the rooms below them
STAMP = "shanzhi.apps.record.selectors.stamp"  # changes with all that public pages show
KEPT_PAGES = 500  # public pages in the memory of each process, some 15 KB each; 0: none
PLACES_CALLED = "shanzhi.config.wiring.places_called"  # ids of places by name or code, with all beneath
COUNTY = "shanzhi.config.wiring.county"  # whose audit trail is sealed: code, name, place id
AUDIT_SCOPES = "shanzhi.config.wiring.audit_scopes"  # places whose events an account may read
ACTOR_NAMES = "shanzhi.config.wiring.actor_names"  # names of accounts by key, for readers of the audit trail
SUBJECT_NAMES = "shanzhi.config.wiring.subject_names"  # names of what was looked at, for who may see them
PERSON_ROOMS = (
    "shanzhi.config.wiring.person_rooms"  # what holds something of a person, above the ground floor
)
ACTOR_KEYS = "shanzhi.config.wiring.actor_keys"  # keys of accounts by name

# What rooms bring in and take out as files: each says so in a `tables` of its own.
TABLES = ["shanzhi.apps.places.tables.ROSTER", "shanzhi.apps.places.tables.HOUSEHOLDS"]
SCOPE = "shanzhi.config.wiring.scope"  # a place by code or id, for the rooms below places
TABLES_AT_ONCE_BYTES = 512 * 1024  # a file so small is read while its clerk waits, a larger one by the worker
KEEP_UNDO_DAYS = 30  # how long an import can be taken back; what that needs is sealed, and goes then
# Long work is queued in the database and done by `manage.py db_worker`, which `tools/serve.py` starts beside the pages.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# DJ-02: no number in the standard; half an hour without a click and eight hours in all are usual.
SESSION_IDLE_MINUTES = int(os.environ.get("SHANZHI_IDLE_MINUTES", "30"))
SESSION_HOURS = int(os.environ.get("SHANZHI_SESSION_HOURS", "8"))
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_TLS
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked on 127.0.0.1, without TLS
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    # The county's other sites beside and below this name are not ours to bind to TLS: no subdomains, no preload.
    SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("SHANZHI_STATIC", VAR / "static"))
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise looks there at every start, even when nothing was collected
STATICFILES_DIRS = [("vendor", VENDOR)] if VENDOR.exists() else []
# `./run` serves style sheets and scripts from where they lie: nothing to collect, nothing that can be out of date.
# A public server sets SHANZHI_HASHED_STATIC=1 and runs `manage.py collectstatic` after every update: names then carry
# a hash of the content, files are compressed, and a browser on a slow line fetches each only once.
HASHED_STATIC = os.environ.get("SHANZHI_HASHED_STATIC") == "1"
WHITENOISE_USE_FINDERS = not HASHED_STATIC
if HASHED_STATIC:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "shanzhi.web.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SAMPLE = (VAR / "sample.txt").exists()  # build_sample leaves this mark: every page says so

# A second step at every sign-in (DJ-02, third level): the sample county opens in one step, a real one asks everyone.
SECOND_FACTOR = os.environ.get("SHANZHI_SECOND_FACTOR", "optional" if SAMPLE else "required")
if SECOND_FACTOR not in {"optional", "required"}:
    sys.exit(
        "SHANZHI_SECOND_FACTOR 只能是 optional 或 required。 SHANZHI_SECOND_FACTOR is optional or required."
    )
# Sign-in through other houses: off without settings, and never in the sample county, whose accounts are for its own machine.
try:
    SOCIALACCOUNT_PROVIDERS, OUTSIDE = outside.providers({} if SAMPLE else os.environ)
except outside.Unusable as unusable:
    sys.exit(str(unusable))
SOCIALACCOUNT_ADAPTER = "shanzhi.apps.accounts.views.outside.Adapter"  # who comes in is decided there
SOCIALACCOUNT_STORE_TOKENS = SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
PASSWORD_HISTORY = int(os.environ.get("SHANZHI_PASSWORD_HISTORY", "5"))  # how many are not taken again
PASSWORD_DAYS = int(os.environ.get("SHANZHI_PASSWORD_DAYS", "0" if SAMPLE else "90"))  # 0: never too old

LOGGING = logs.config()
warnings.showwarning = logs.on_warning
ACCESS_LOG = (
    os.environ.get("SHANZHI_ACCESS_LOG") == "1"
)  # a line a request: page and status, never an address
if BEHIND_TLS and not DEBUG:
    sys.excepthook = logs.on_failure  # a public server's commands end without the text of an exception, too

# What /readyz asks for, and who may read /metrics from another machine.
METRICS_TOKEN = os.environ.get("SHANZHI_METRICS_TOKEN", "")
DISK_FREE_MIB = int(os.environ.get("SHANZHI_DISK_FREE_MIB", "512"))
BACKUP_HOURS = int(os.environ.get("SHANZHI_BACKUP_HOURS", "0"))
