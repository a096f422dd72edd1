"""A server with the pages of `noisy`, everything that could tell switched on."""

from shanzhi.config.settings_test import *  # noqa: F403

ROOT_URLCONF = "tests.config.noisy"
ADMINS = [("运维", "yunwei@example.cn")]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
ACCESS_LOG = True

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend"}
}  # the worker beside the pages writes lines, too
