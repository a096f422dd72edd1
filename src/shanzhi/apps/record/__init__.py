"""What happened and what was published: the audit trail and the public log, append-only, provable by anyone.

Lowest of the rooms: an actor is an opaque key, a scope is the id of a place, and neither is a foreign key.
Every feature writes here in the transaction of its own change. Uses `core.merkle` and `core.cipher`.
"""
