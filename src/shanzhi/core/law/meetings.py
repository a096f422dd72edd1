"""Recall, assemblies and representatives: who can demand them, when they can decide, what carries (VCOL-19 to VCOL-40).

Every answer is a finding with the numbers that were compared; only whole numbers are compared (NUM-04).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from shanzhi.core.law.findings import Finding, find


def recall_by_voters(signers: int, voters: int, *, on: date) -> Finding:
    """A recall is demanded by one fifth of the villagers with the vote, or more (VCOL-19-1)."""
    return find("VCOL-19-1", 5 * signers >= voters, on=on, case="voters", signers=signers, whole=voters)


def recall_by_representatives(signers: int, representatives: int, *, on: date) -> Finding:
    """... or by one third of the representatives, or more (VCOL-19-1)."""
    enough = 3 * signers >= representatives
    return find("VCOL-19-1", enough, on=on, case="representatives", signers=signers, whole=representatives)


def recall_carries(registered: int, voted: int, yes: int, *, on: date) -> Finding:
    """More than half of the registered vote, and more than half of those voting say yes (VCOL-19-3)."""
    carries = 2 * voted > registered and 2 * yes > voted
    return find("VCOL-19-3", carries, on=on, registered=registered, voted=voted, yes=yes)


def assembly_by_villagers(signers: int, villagers: int, *, on: date) -> Finding:
    """An assembly has to be called when one tenth of the villagers ask (VCOL-25-2)."""
    enough = 10 * signers >= villagers
    return find("VCOL-25-2", enough, on=on, case="villagers", signers=signers, whole=villagers)


def assembly_by_representatives(signers: int, representatives: int, *, on: date) -> Finding:
    """... or one third of the representatives (VCOL-25-2)."""
    enough = 3 * signers >= representatives
    return find("VCOL-25-2", enough, on=on, case="representatives", signers=signers, whole=representatives)


def assembly_quorum_of_adults(present: int, adults: int, *, on: date) -> Finding:
    """More than half of the adults are present (VCOL-26-1)."""
    return find("VCOL-26-1", 2 * present > adults, on=on, case="adults", present=present, whole=adults)


def assembly_quorum_of_households(delegates: int, households: int, *, on: date) -> Finding:
    """Or delegates of two thirds of the households (VCOL-26-1)."""
    enough = 3 * delegates >= 2 * households
    return find("VCOL-26-1", enough, on=on, case="households", present=delegates, whole=households)


def assembly_decides(present: int, yes: int, *, on: date) -> Finding:
    """More than half of those present say yes (VCOL-26-2)."""
    return find("VCOL-26-2", 2 * yes > present, on=on, present=present, yes=yes)


def make_up(committee: int, representatives: int, women_representatives: int, *, on: date) -> Finding:
    """Representatives are four fifths of the body or more, women representatives one third or more (VCOL-29-2)."""
    body = committee + representatives
    good = 5 * representatives >= 4 * body and 3 * women_representatives >= body
    return find(
        "VCOL-29-2", good, on=on, body=body, representatives=representatives, women=women_representatives
    )


def representatives_by(signers: int, representatives: int, *, on: date) -> Finding:
    """The representatives have to meet when one fifth of them ask (VCOL-30-2)."""
    return find("VCOL-30-2", 5 * signers >= representatives, on=on, signers=signers, whole=representatives)


def representatives_quorum(present: int, body: int, *, on: date) -> Finding:
    """Two thirds of the body (committee and representatives) or more are present (VCOL-30-3)."""
    return find("VCOL-30-3", 3 * present >= 2 * body, on=on, present=present, whole=body)


def representatives_decide(present: int, yes: int, *, on: date) -> Finding:
    """More than half of those present agree (VCOL-30-4)."""
    return find("VCOL-30-4", 2 * yes > present, on=on, present=present, yes=yes)


def keeps_office(rated_unfit: Iterable[bool], *, on: date) -> Finding:
    """Office ends when two evaluations running, in the order they were held, were unfit (VCOL-38-3)."""
    before, ended = False, False
    for unfit in rated_unfit:
        ended = ended or (before and unfit)
        before = unfit
    return find("VCOL-38-3", not ended, on=on)


def audit_item_added(askers: int, villagers: int, *, on: date) -> Finding:
    """One fifth of the villagers, or more, add an item to an audit (VCOL-40-2)."""
    return find("VCOL-40-2", 5 * askers >= villagers, on=on, signers=askers, whole=villagers)
