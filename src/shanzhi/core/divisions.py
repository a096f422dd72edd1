"""Codes of divisions (REG-01 to REG-03, REG-05): their parts, and two years' lists side by side.

A code has twelve digits on every level: 1-2 province, 3-4 prefecture, 5-6 county, 7-9 township, 10-12 village; a
level that is not reached holds zeros. `compare` says what a new list would change; it never decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

LENGTH = 12
COUNTY, TOWNSHIP = 6, 9  # digits that a county or a township fills
SHORT = frozenset({2, 4, COUNTY, TOWNSHIP})


class Unusable(ValueError):  # noqa: N818 - reads as the thing that happened
    """These digits are no code of a division."""


def short_name(name: str) -> str:
    """A village's name without 委会 and the like: 尚家沟村."""
    return name.removesuffix("委会").removesuffix("居") if name.endswith("委会") else name


def full(code: str) -> str:
    """The code in twelve digits: 141130 and 141130000000 are one. Raises Unusable."""
    plain = code.strip()
    if not (plain.isascii() and plain.isdigit() and (len(plain) == LENGTH or len(plain) in SHORT)):
        raise Unusable(code)
    return plain.ljust(LENGTH, "0")


def padded(code: str) -> str:
    """What stands in an address in twelve digits where it can be: addresses with short codes go on working."""
    try:
        return full(code)
    except Unusable:
        return code


def level(code: str) -> str:
    """county, township or village: the lowest part of a full code that is not zero."""
    if code[TOWNSHIP:] != "000":
        return "village"
    return "township" if code[COUNTY:TOWNSHIP] != "000" else "county"


def above(code: str) -> str:
    """The full code of the township that a village's code lies in, or of a township's county."""
    return full(code[:TOWNSHIP] if level(code) == "village" else code[:COUNTY])


def under(code: str, township: str) -> str:
    """A village's code with the part of another township: what becomes of it when the township gets a new code."""
    return township[:TOWNSHIP] + code[TOWNSHIP:]


def kind(code: str) -> str:
    """county, township, village or community (REG-03: 200-399 is a villagers' committee)."""
    found = level(code)
    if found == "village" and code[TOWNSHIP] not in "23":
        return "community"
    return found


def rank(code: str) -> str:
    """What the code says a place is: street, town, township (REG-02), village, community, or other of the like."""
    match level(code):
        case "county":
            return "county"
        case "township":
            number = int(code[COUNTY:TOWNSHIP])
            return (
                "street"
                if number < 100
                else "town"
                if number < 200
                else "township"
                if number < 400
                else "other"
            )
        case _:
            number = int(code[TOWNSHIP:])
            return "community" if number < 200 else "village" if number < 400 else "other"


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A township or village as a list names it. `code` and `above` are full codes."""

    code: str
    name: str
    above: str


class Difference(StrEnum):
    """How one place differs between what stands and a new list."""

    RENAMED = "renamed"  # the code stands, with another name
    RECODED = "recoded"  # the name stands under another code
    NEW = "new"  # a code and a name that nobody had
    GONE = "gone"  # a code that the list does not have any more: merged, or recoded with a new name


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what stands, what the list says, and for a place that is gone what may have taken it in."""

    difference: Difference
    before: Listed | None
    after: Listed | None
    likely: tuple[Listed, ...] = ()  # for one that is gone: where it may have gone, the likeliest first

    @property
    def moved(self) -> bool:
        """Whether the place lies in another township than before."""
        return self.before is not None and self.after is not None and self.before.above != self.after.above


def compare(
    standing: Iterable[Listed], wanted: Iterable[Listed], *, plain: Mapping[str, str]
) -> tuple[Change, ...]:
    """What a new list changes, by code of what stands. `plain` maps names to their bare stem (村委会 and 乡 cut off).

    A place that has lost its code is taken for one that has got another only when exactly one of each bears the name:
    two villages of one name are never matched by guessing. Places of one township are matched before those of others.
    """
    old, new = {each.code: each for each in standing}, {each.code: each for each in wanted}
    kept = old.keys() & new.keys()
    changes = [
        Change(Difference.RENAMED, old[code], new[code]) for code in kept if old[code].name != new[code].name
    ]
    gone = {code: old[code] for code in old.keys() - kept}
    fresh = {code: new[code] for code in new.keys() - kept}
    for same_township in (True, False):
        for before, after in _pairs(gone.values(), fresh.values(), plain, same_township=same_township):
            changes.append(Change(Difference.RECODED, before, after))
            del gone[before.code], fresh[after.code]
    changes += [Change(Difference.NEW, None, each) for each in fresh.values()]
    changes += [
        Change(Difference.GONE, each, None, _likely(each, new.values(), plain)) for each in gone.values()
    ]
    return tuple(sorted(changes, key=lambda each: ((each.before or each.after).code, each.difference)))  # type: ignore[union-attr]


def _pairs(
    gone: Iterable[Listed], fresh: Iterable[Listed], plain: Mapping[str, str], *, same_township: bool
) -> list[tuple[Listed, Listed]]:
    """Those of both sides that alone bear a name on their side (within their township, if so asked)."""
    before, after = (_by_name(side, plain, same_township=same_township) for side in (gone, fresh))
    return [
        (before[name][0], after[name][0])
        for name in sorted(before.keys() & after.keys())
        if len(before[name]) == len(after[name]) == 1
    ]


def _by_name(
    side: Iterable[Listed], plain: Mapping[str, str], *, same_township: bool
) -> dict[tuple[str, str], list[Listed]]:
    found: dict[tuple[str, str], list[Listed]] = {}
    for each in side:
        where = each.above if same_township and level(each.code) == "village" else ""
        found.setdefault((where + level(each.code), plain.get(each.name, each.name)), []).append(each)
    return found


def _likely(gone: Listed, there: Iterable[Listed], plain: Mapping[str, str]) -> tuple[Listed, ...]:
    """Places of the new list beside the one that is gone, those that share most characters of its name first."""
    mine = set(plain.get(gone.name, gone.name))
    beside = [each for each in there if each.above == gone.above and level(each.code) == level(gone.code)]
    return tuple(
        sorted(beside, key=lambda each: (-len(mine & set(plain.get(each.name, each.name))), each.code))
    )
