"""Between a county and the file that a backup is: the archive, its seal, and the rows of each database."""
