"""The tables of this room that files bring in and take out; named in `settings.TABLES`."""

from shanzhi.apps.places.tables.households import HOUSEHOLDS
from shanzhi.apps.places.tables.roster import ROSTER

__all__ = ["HOUSEHOLDS", "ROSTER"]
