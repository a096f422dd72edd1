"""Settings for the tests: the same house with its own folder, quick hashing, and warnings taken as errors."""

import atexit
import os
import shutil
import tempfile

if "SHANZHI_VAR" not in os.environ:
    os.environ["SHANZHI_VAR"] = tempfile.mkdtemp(prefix="shanzhi-test-")
    atexit.register(shutil.rmtree, os.environ["SHANZHI_VAR"], ignore_errors=True)

from shanzhi.config.settings import *  # noqa: F403
from shanzhi.config.settings import DATABASES, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests only: argon2 is slow on purpose
PUBLIC_ADDRESS = "http://testserver"
SAMPLE = False
KEPT_PAGES = 0  # most tests make rows by hand, past the record; those of `web.kept` set it
SECOND_FACTOR = "optional"  # what a required one does has tests of its own
PASSWORD_DAYS = 90

# A file, not memory: two connections then wait for one another as they do on a server, and races can be tested. What
# a power cut would lose is of no matter here.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )

TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
}  # at once: a test needs no worker
