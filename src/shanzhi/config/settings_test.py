"""Settings for the tests: the same house with its own folder, quick hashing, and warnings taken as errors."""

import atexit
import os
import shutil
import tempfile

if "SHANZHI_VAR" not in os.environ:
    os.environ["SHANZHI_VAR"] = tempfile.mkdtemp(prefix="shanzhi-test-")
    atexit.register(shutil.rmtree, os.environ["SHANZHI_VAR"], ignore_errors=True)

from shanzhi.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests only: argon2 is slow on purpose
PUBLIC_ADDRESS = "http://testserver"
SAMPLE = False
