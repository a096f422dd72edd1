"""Written proxies."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.web.fields import DayInput


class MandateForm(forms.Form):
    """A written proxy between two lines of the roll, named by their numbers on it."""

    principal = forms.IntegerField(label=_("Roll number of the voter who cannot come"), min_value=1)
    holder = forms.IntegerField(label=_("Roll number of the one who votes for him or her"), min_value=1)
    reason = forms.CharField(label=_("Why the voter cannot come"), max_length=200)
    written_on = forms.DateField(label=_("Date of the written mandate"), widget=DayInput())
    near_kin = forms.ChoiceField(
        label=_("Are they near relatives?"),
        choices=[("", _("not known yet")), ("yes", _("yes")), ("no", _("no"))], required=False,
        help_text=_("Spouse, parents, children, brothers and sisters, grandparents, grandchildren"),
    )  # fmt: skip
