"""Looking at numbers in full: always with a reason."""

from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Chosen and not typed: the trail is kept for good, and no free word about a person may get into it.
REASONS: list[tuple[str, str | Promise]] = [
    ("check", _("to compare it with the ID card or household register")),
    ("call", _("to telephone the person")),
    ("asked", _("the person asked for it")),
    ("form", _("to fill in a form that a higher office requires")),
    ("correct", _("to correct the roster in Excel")),
    ("authority", _("a court, the police or another authority asked in writing")),
]


class ReasonForm(forms.Form):
    """Why somebody needs to see numbers in full."""

    reason = forms.ChoiceField(
        label=_("Why"), choices=REASONS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason: it is recorded together with the look.")},
    )  # fmt: skip
