"""Settings for the tests: the same house with its own folder, quick hashing, and warnings taken as errors."""

import os
import tempfile

os.environ.setdefault("SHANZHI_VAR", tempfile.mkdtemp(prefix="shanzhi-test-"))

from shanzhi.config.settings import *  # noqa: F403
from shanzhi.config.settings import ROOT, STATIC_ROOT

STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns when it is not there, and warnings are errors

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests only: argon2 is slow on purpose
STATICFILES_DIRS = [("vendor", ROOT / "var/vendor")] if (ROOT / "var/vendor").exists() else []
PUBLIC_ADDRESS = "http://testserver"
SAMPLE = False
