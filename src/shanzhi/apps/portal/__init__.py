"""What a villager sees without an account: villages, notices, results, and whether a name is on the roll.

Serves the duty to publish (VCOL-17-1, VCOL-18-16): everything here is read from what `elections` has posted and
`record` holds; nothing is written except that a question about a roll was asked. Uses nothing of `core` directly.
"""
