"""Taking a county out as a file, and putting it back."""
