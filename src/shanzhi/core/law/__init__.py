"""Statutes and local settings as dated, cited rules: pure functions over values that answer with findings."""
