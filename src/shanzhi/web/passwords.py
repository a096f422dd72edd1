"""The length of a password, refused in the reader's language: Django 5.2 has no Chinese for its own sentence."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        return _("This password is too short. It needs at least {number} characters.").format(
            number=self.min_length
        )
