"""Pages of the places room."""

from shanzhi.apps.places.views import codes, county, divisions, people, rosters

__all__ = ["codes", "county", "divisions", "people", "rosters"]
