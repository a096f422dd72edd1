"""Made-up votes: shares of the valid papers that lead to the outcome a scene is to show, cut into count sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

FIVE = {"chair": 1, "vice_chair": 1, "member": 3}
THREE = {"chair": 1, "member": 2}


@dataclass(frozen=True, slots=True)
class Standing:
    """Someone who stands: for which post, man or woman, and his or her share of the valid papers in per mille."""

    post: str
    sex: str
    share: int
    exact: bool = False  # a share that must not be blurred: a tie


def _post(post: str, *people: tuple[str, int]) -> tuple[Standing, ...]:
    return tuple(Standing(post, sex, share) for sex, share in people)


_HEADS = (*_post("chair", ("m", 664), ("m", 276)), *_post("vice_chair", ("f", 612), ("m", 321)))
_MEN_HEADS = (*_post("chair", ("m", 684), ("m", 251)), *_post("vice_chair", ("m", 603), ("m", 329)))

PLAIN = (*_HEADS, *_post("member", ("m", 786), ("f", 681), ("m", 627), ("m", 381), ("f", 214)))
SMALL = (
    *_post("chair", ("m", 711), ("f", 238)),
    *_post("member", ("f", 742), ("m", 603), ("m", 341), ("m", 187)),
)
KIN = (
    *_HEADS,
    *_post("member", ("m", 744), ("f", 671), ("m", 613), ("m", 392)),
)  # the first two are near kin
WOMAN = (*_MEN_HEADS, *_post("member", ("m", 762), ("m", 703), ("m", 632), ("f", 541), ("m", 142)))
WOMAN_KEPT = (*_MEN_HEADS, *_post("member", ("m", 772), ("m", 698), ("m", 611), ("f", 431), ("f", 287)))
SHORT = (*_HEADS, *_post("member", ("m", 761), ("f", 662), ("m", 441), ("m", 388), ("m", 196)))
TIED = (
    *_HEADS,
    *_post("member", ("m", 771), ("f", 692)),
    Standing("member", "m", 584, exact=True), Standing("member", "m", 584, exact=True), Standing("member", "f", 176),
)  # fmt: skip
DECIDED, UNDECIDED = (523, 402), (297, 281)  # a second round for one seat: filled, or a third not reached


@dataclass(frozen=True, slots=True)
class Papers:
    """The ballots account, and each count sheet as (papers, void, votes by candidate key)."""

    issued: int
    collected: int
    sheets: tuple[tuple[int, int, Mapping[str, int]], ...]


def papers(registered: int, turnout: int, shares: Mapping[str, tuple[int, bool]], dice: Random) -> Papers:
    """Papers of a vote at `turnout` per mille. `shares` maps a candidate to (per mille of the valid, exact)."""
    collected = max(1, registered * turnout // 1000)
    blurred = {key: share if exact else share - dice.randrange(20) for key, (share, exact) in shares.items()}
    batches = max(1, collected // 90)
    sheets, seen, valid_seen = [], 0, 0
    for batch in range(1, batches + 1):
        size = collected * batch // batches - seen
        void = 1 + dice.randrange(3) if size > 40 else 0
        valid = valid_seen + size - void
        votes = {key: share * valid // 1000 - share * valid_seen // 1000 for key, share in blurred.items()}
        sheets.append((size, void, votes))
        seen, valid_seen = seen + size, valid
    return Papers(min(registered, collected + dice.randrange(4)), collected, tuple(sheets))
