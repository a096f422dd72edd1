"""Divisions, households and people: who lives where. Sealed numbers, masked on screen; Excel in, dry run first."""
