"""Papers of the places room."""

from shanzhi.apps.places.prints.persons import held_on

__all__ = ["held_on"]
