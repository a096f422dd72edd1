"""Looking at numbers in full: always with a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.selectors.lives import REASONS


class ReasonForm(forms.Form):
    """Why somebody needs to see numbers in full. Chosen and not typed: the trail is kept for good, and no free word about
    a person may get into it."""

    reason = forms.ChoiceField(
        label=_("Why"), choices=list(REASONS.items()), widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason: it is recorded together with the look.")},
    )  # fmt: skip
