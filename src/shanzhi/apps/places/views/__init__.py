"""Pages of the places room."""

from shanzhi.apps.places.views import county, people, rosters

__all__ = ["county", "people", "rosters"]
