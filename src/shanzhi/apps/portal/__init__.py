"""What a villager sees without an account: villages, notices, results, and whether a name is on the roll."""
