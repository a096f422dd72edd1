"""The first hour of an installation: from an empty database to a county with its places and its first operator.

Whoever starts the program gets a one-time code in the terminal; with it, and only while there is no county, these pages
open. Afterwards they do not exist. No statute is applied here; codes of places follow REG-01 to REG-03 in the room of
places. Uses nothing of `core` itself.
"""
