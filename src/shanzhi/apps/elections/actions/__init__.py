"""Every change to an election: a verb, atomic, with a named actor, written to the record in the same transaction."""
