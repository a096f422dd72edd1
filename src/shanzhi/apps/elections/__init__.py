"""The election of a village's committee, from the roll to the announced result.

Clerks and tellers work here on the road that the Organic Law orders (`core.law.stages`); every
outcome comes from `core.law` and nothing else; what is posted is published through `record`. Uses `core.law` (voters,
candidates, proxies, kinship, calendar, stages, count) and `core.merkle.roll` for the commitments of a posted roll.
"""
