"""What a password needs besides not being known to everybody; refused in the reader's language."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """At least so many characters. Django 5.2 has no Chinese for its own sentence."""

    def get_error_message(self) -> str:
        return _("This password is too short. It needs at least {number} characters.").format(
            number=self.min_length
        )


class Mixed:
    """Several kinds of characters: small letters, capital letters, digits, and everything else (DJ-02)."""

    def __init__(self, kinds: int) -> None:
        self.kinds = kinds

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's own signature
        if len({_kind(each) for each in password}) < self.kinds:
            raise ValidationError(self.get_help_text(), code="password_not_mixed")

    def get_help_text(self) -> str:
        return _(
            "A password needs at least {number} of these: small letters, capital letters, digits, other characters."
        ).format(number=self.kinds)


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    return category if category in {"Ll", "Lu", "Nd"} else "other"
