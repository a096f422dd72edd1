"""What clerks type about people and their county."""

from shanzhi.apps.places.forms.county import SETTINGS, HolidayForm, SettingForm, setting_words
from shanzhi.apps.places.forms.numbers import ReasonForm
from shanzhi.apps.places.forms.people import CorrectionForm, HouseholdForm, KinForm, LeftForm, PersonForm
from shanzhi.apps.places.forms.rosters import ExportForm, RosterForm

__all__ = [
    "SETTINGS",
    "CorrectionForm",
    "ExportForm",
    "HolidayForm",
    "HouseholdForm",
    "KinForm",
    "LeftForm",
    "PersonForm",
    "ReasonForm",
    "RosterForm",
    "SettingForm",
    "setting_words",
]
