"""Files and rows of places <-> values."""
