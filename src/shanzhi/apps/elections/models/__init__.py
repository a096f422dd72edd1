"""Tables of renewals, rolls, candidates, mandates and counts."""

from shanzhi.apps.elections.models.candidates import Candidate, Mandate
from shanzhi.apps.elections.models.count import Outcome, Sheet, SheetLine
from shanzhi.apps.elections.models.renewal import Attestation, Decision, Election, Notice, Renewal
from shanzhi.apps.elections.models.roll import (
    CheckAttempt,
    Correction,
    Declaration,
    Objection,
    Roll,
    RollLine,
)

__all__ = [
    "Attestation",
    "Candidate",
    "CheckAttempt",
    "Correction",
    "Decision",
    "Declaration",
    "Election",
    "Mandate",
    "Notice",
    "Objection",
    "Outcome",
    "Renewal",
    "Roll",
    "RollLine",
    "Sheet",
    "SheetLine",
]
