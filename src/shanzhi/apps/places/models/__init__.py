"""Tables of places, people, imports and county settings."""

from shanzhi.apps.places.models.below import Group, Hamlet, Outline
from shanzhi.apps.places.models.county import HolidayTable, LocalSetting, MapSetting
from shanzhi.apps.places.models.division import (
    CodesFile,
    FormerDesignation,
    Place,
    PlaceChange,
    Succession,
)
from shanzhi.apps.places.models.duplicates import Claim, DuplicateDecision
from shanzhi.apps.places.models.lives import Movement, PastResidence
from shanzhi.apps.places.models.people import FormerHousehold, Household, KinNotSo, Kinship, Person
from shanzhi.apps.places.models.rights import CorrectionRequest
from shanzhi.apps.places.models.searching import NameSpelling

__all__ = [
    "Claim",
    "CodesFile",
    "CorrectionRequest",
    "DuplicateDecision",
    "FormerDesignation",
    "FormerHousehold",
    "Group",
    "Hamlet",
    "HolidayTable",
    "Household",
    "KinNotSo",
    "Kinship",
    "LocalSetting",
    "MapSetting",
    "Movement",
    "NameSpelling",
    "Outline",
    "PastResidence",
    "Person",
    "Place",
    "PlaceChange",
    "Succession",
]
