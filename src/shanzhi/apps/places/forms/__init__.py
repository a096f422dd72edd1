"""What clerks type about people and their county."""

from shanzhi.apps.places.forms.county import SETTINGS, HolidayForm, SettingForm, setting_words
from shanzhi.apps.places.forms.duplicates import ClaimAnswerForm, ClaimForm, ShownReasonForm
from shanzhi.apps.places.forms.lives import ArrivalForm, LeftForm, ResidenceForm, ReturnForm, TransferForm
from shanzhi.apps.places.forms.numbers import ReasonForm
from shanzhi.apps.places.forms.people import CorrectionForm, HouseholdForm, KinForm, PersonForm
from shanzhi.apps.places.forms.rights import CorrectionDecisionForm, CorrectionRequestForm, HeldForm
from shanzhi.apps.places.forms.searching import FilterForm

__all__ = [
    "SETTINGS",
    "ArrivalForm",
    "ClaimAnswerForm",
    "ClaimForm",
    "CorrectionDecisionForm",
    "CorrectionForm",
    "CorrectionRequestForm",
    "FilterForm",
    "HeldForm",
    "HolidayForm",
    "HouseholdForm",
    "KinForm",
    "LeftForm",
    "PersonForm",
    "ReasonForm",
    "ResidenceForm",
    "ReturnForm",
    "SettingForm",
    "ShownReasonForm",
    "TransferForm",
    "setting_words",
]
