"""Tables of places, people, imports and county settings."""

from shanzhi.apps.places.models.county import HolidayTable, LocalSetting
from shanzhi.apps.places.models.division import Place
from shanzhi.apps.places.models.people import Household, Kinship, Person
from shanzhi.apps.places.models.roster import RosterImport

__all__ = ["HolidayTable", "Household", "Kinship", "LocalSetting", "Person", "Place", "RosterImport"]
