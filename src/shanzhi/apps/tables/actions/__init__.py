"""Every step of a file on its way in or out: a verb, with a named actor, written to the record."""

from shanzhi.apps.tables.bridge.rows import insert

__all__ = ["insert"]
