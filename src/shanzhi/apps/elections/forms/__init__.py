"""What clerks and tellers type. A refusal comes back on the same form, with everything still in it."""

from shanzhi.apps.elections.forms.candidates import (
    FactsForm,
    NominationForm,
    StandForm,
    WithdrawForm,
    WriteInForm,
)
from shanzhi.apps.elections.forms.election import AnnounceForm, AttestForm, DayForm, DecisionForm, PlanForm
from shanzhi.apps.elections.forms.mandates import MandateForm
from shanzhi.apps.elections.forms.parts import PersonForm, PostingForm, ReasonForm, VersionedForm
from shanzhi.apps.elections.forms.renewals import RenewalForm, VillagesForm
from shanzhi.apps.elections.forms.roll import CorrectionForm, DeclarationForm, ObjectionForm, VerdictForm
from shanzhi.apps.elections.forms.sheets import SheetForm, new_token

__all__ = [
    "AnnounceForm",
    "AttestForm",
    "CorrectionForm",
    "DayForm",
    "DecisionForm",
    "DeclarationForm",
    "FactsForm",
    "MandateForm",
    "NominationForm",
    "ObjectionForm",
    "PersonForm",
    "PlanForm",
    "PostingForm",
    "ReasonForm",
    "RenewalForm",
    "SheetForm",
    "StandForm",
    "VerdictForm",
    "VersionedForm",
    "VillagesForm",
    "WithdrawForm",
    "WriteInForm",
    "new_token",
]
