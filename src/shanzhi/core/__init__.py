"""The rules: pure functions over values. No Django, clock, disk, network or dice (see README.md)."""
