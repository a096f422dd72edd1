"""Files <-> rows. Nothing here asks the database."""
