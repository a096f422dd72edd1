"""A renewal and the villages that join it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.web.fields import DayInput

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place


class RenewalForm(forms.Form):
    """A county's election cycle and the document that ordered it."""

    name = forms.CharField(label=_("Name of the renewal"), max_length=80)
    begins = forms.DateField(label=_("Begins on"), widget=DayInput())
    ends = forms.DateField(label=_("Ends on"), widget=DayInput())
    issuer = forms.CharField(label=_("Issuing body"), max_length=80)
    document = forms.CharField(label=_("Document number"), max_length=80)
    issued_on = forms.DateField(label=_("Date of the document"), widget=DayInput())
    woman = forms.ChoiceField(
        label=_("How a woman's seat is secured"),
        choices=[
            ("guide", _("seated first, as the ministry's guide says (VER-09)")),
            ("off", _("no seat is kept")),
        ],
        initial="guide",
    )
    turnout_in_round_2 = forms.BooleanField(
        label=_("A second round also needs more than half of the voters"), required=False, initial=True
    )
    add_down = forms.BooleanField(
        label=_("Votes for a higher post also count for lower posts (VER-12)"), required=False
    )


class VillagesForm(forms.Form):
    """Which villages join a renewal."""

    villages = forms.MultipleChoiceField(label=_("Villages"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, villages: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["villages"].choices = [(village.pk, village.full_name) for village in villages]
