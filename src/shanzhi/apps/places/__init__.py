"""Divisions, households and people: who lives where. Sealed numbers, masked on screen; Excel in, dry run first.

Clerks keep a village's records here and import its roster; operators keep the table of rest days and the county's
own choices. Serves the definition of who belongs to a village (VCOL-16-1) and of near relatives (Civil Code 1045),
which `elections` applies. Uses `core.identity`, `core.law.holidays` and `core.law.kinship`.
"""
