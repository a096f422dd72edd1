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
from shanzhi.apps.places.models.people import FormerHousehold, Household, Kinship, Person
from shanzhi.apps.places.models.roster import RosterImport

__all__ = [
    "CodesFile",
    "FormerDesignation",
    "FormerHousehold",
    "Group",
    "Hamlet",
    "HolidayTable",
    "Household",
    "Kinship",
    "LocalSetting",
    "MapSetting",
    "Outline",
    "Person",
    "Place",
    "PlaceChange",
    "RosterImport",
    "Succession",
]
