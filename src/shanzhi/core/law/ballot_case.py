"""What a count must be told: the case, refused when it cannot be (contract: `shanzhi count`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

POSTS = {"committee": ("chair", "vice_chair", "member"), "branch": ("member",)}
ROUNDS = ("first", "second", "tie")
WOMAN = ("guide", "off")


class Refused(ValueError):  # noqa: N818 - reads as the thing that happened
    """A case that cannot be counted: names the field, the value, and what would be accepted."""

    def __init__(self, field_name: str, value: object, accepted: str) -> None:
        super().__init__(f"{field_name}: {value!r} cannot be used; accepted: {accepted}")
        self.field, self.value, self.accepted = field_name, value, accepted


@dataclass(frozen=True, slots=True)
class Voted:
    """One person on the ballot for one post, with his votes. `id` tells namesakes apart; else the name does."""

    name: str
    sex: str
    post: str
    votes: int = 0
    id: str = ""

    @property
    def who(self) -> str:
        """What identifies the person."""
        return self.id or self.name


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices that the law leaves open, with their defaults.

    woman: "guide" seats the best woman above half first (VER-09); "off" keeps no seat.
    add_down: votes for a higher post also count for lower ones (VER-12).
    turnout_in_round_2: a second round also needs more than half of the registered (VCOL-18-6).
    slate_extra: how many more candidates than seats stand in a second round (VCOL-18-9).
    slate_ties: "all" lets everybody tied for the last place stand; "none" leaves them out.
    """

    woman: str = "guide"
    add_down: bool = False
    turnout_in_round_2: bool = True
    slate_extra: int = 1
    slate_ties: str = "all"

    def __post_init__(self) -> None:
        if self.woman not in WOMAN:
            raise Refused("settings.woman", self.woman, "guide, off")
        for name in ("add_down", "turnout_in_round_2"):
            if not isinstance(getattr(self, name), bool):
                raise Refused(f"settings.{name}", getattr(self, name), "true, false")
        if (
            not isinstance(self.slate_extra, int)
            or isinstance(self.slate_extra, bool)
            or self.slate_extra < 1
        ):
            raise Refused("settings.slate_extra", self.slate_extra, "a whole number from 1")
        if self.slate_ties not in {"all", "none"}:
            raise Refused("settings.slate_ties", self.slate_ties, "all, none")


@dataclass(frozen=True, slots=True)
class Case:
    """One vote of one body, with every number that its rules compare. People are in the order given."""

    body: str
    election_day: date
    round: str
    registered: int
    issued: int
    collected: int
    void: int
    seats: Mapping[str, int]
    votes: tuple[Voted, ...]
    seated: tuple[Voted, ...] = ()
    kin: tuple[tuple[str, str], ...] = ()
    present: int = 0
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        if self.body not in POSTS:
            raise Refused("body", self.body, "committee, branch")
        if self.round not in ROUNDS or (self.body == "branch" and self.round == "second"):
            raise Refused(
                "round", self.round, "first, tie" if self.body == "branch" else "first, second, tie"
            )
        self._check_numbers()
        self._check_seats()
        self._check_people()
        self._check_sums()

    @property
    def valid_papers(self) -> int:
        """Papers that are not void as a whole."""
        return self.collected - self.void

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts that are voted on, highest first."""
        return tuple(post for post in POSTS[self.body] if self.seats.get(post))

    def _check_numbers(self) -> None:
        for name in ("registered", "issued", "collected", "void", "present"):
            number = getattr(self, name)
            if not isinstance(number, int) or isinstance(number, bool) or number < 0:
                raise Refused(name, number, "a whole number from 0")
        if self.void > self.collected:
            raise Refused("void", self.void, f"at most the {self.collected} ballots collected")
        if self.body == "branch" and self.present > self.registered:
            raise Refused("present", self.present, f"at most the {self.registered} members due")

    def _check_seats(self) -> None:
        for post, number in self.seats.items():
            if post not in POSTS[self.body]:
                raise Refused("seats", post, ", ".join(POSTS[self.body]))
            if not isinstance(number, int) or isinstance(number, bool) or number < 0:
                raise Refused(f"seats.{post}", number, "a whole number from 0")
        if not self.posts:
            raise Refused("seats", dict(self.seats), "at least one seat")

    def _check_people(self) -> None:
        seen = set()
        for each in self.votes:
            if each.post not in self.posts:
                raise Refused("votes.post", each.post, ", ".join(self.posts))
            if (each.who, each.post) in seen:
                raise Refused("votes.name", each.name, "each person once a post; give namesakes an id")
            seen.add((each.who, each.post))
        for each in (*self.votes, *self.seated):
            if each.sex not in {"m", "f"}:
                raise Refused("sex", each.sex, "m, f")
            if not each.name:
                raise Refused("name", each.name, "a name")
        taken = {each.who for each in self.seated}
        if again := next((each for each in self.votes if each.who in taken), None):
            raise Refused("votes.name", again.name, "people who are not seated already")
        known = {each.who for each in (*self.votes, *self.seated)}
        for pair in self.kin:
            if len(pair) != 2 or pair[0] == pair[1] or not known.issuperset(pair):
                raise Refused("kin", list(pair), "two different people of this case")

    def _check_sums(self) -> None:
        sums: dict[str, int] = {}
        for each in self.votes:
            if not isinstance(each.votes, int) or isinstance(each.votes, bool) or each.votes < 0:
                raise Refused(f"votes of {each.name}", each.votes, "a whole number from 0")
            if each.votes > self.valid_papers:
                raise Refused(
                    f"votes of {each.name}", each.votes, f"at most the {self.valid_papers} valid papers"
                )
            sums[each.post] = sums.get(each.post, 0) + each.votes
        for post, votes in sums.items():
            if votes > self.seats[post] * self.valid_papers:
                most = self.seats[post] * self.valid_papers
                raise Refused(f"votes for {post}", votes, f"at most {most}: seats times valid papers")

    @classmethod
    def from_json(cls, data: Any) -> Case:
        """The case in a JSON object of the contract. Unknown keys are refused. Raises Refused."""
        known = {"body", "election_day", "round", "registered", "present", "issued", "collected", "void", "seats",
                 "votes", "seated", "kin", "settings"}  # fmt: skip
        optional: dict[str, Any] = {"round": "first", "present": 0, "seated": [], "kin": [], "settings": {}}
        given = optional | _object("case", data, known)
        for name in sorted(known - given.keys()):
            raise Refused(name, None, "this field must be given")
        return cls(
            body=given["body"],
            election_day=_day(given["election_day"]),
            round=given["round"],
            registered=given["registered"],
            present=given["present"],
            issued=given["issued"],
            collected=given["collected"],
            void=given["void"],
            seats=_object("seats", given["seats"], None),
            votes=tuple(_voted(each, with_votes=True) for each in _list("votes", given["votes"])),
            seated=tuple(_voted(each, with_votes=False) for each in _list("seated", given["seated"])),
            kin=tuple(tuple(_list("kin", pair)) for pair in _list("kin", given["kin"])),
            settings=Settings(**_object("settings", given["settings"], set(Settings.__dataclass_fields__))),
        )


def _object(name: str, value: Any, known: set[str] | None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(name, value, "an object")
    if known is not None:
        for key in value.keys() - known:
            raise Refused(f"{name}.{key}" if name != "case" else key, value[key], ", ".join(sorted(known)))
    return value


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Refused(name, value, "a list")
    return value


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refused("election_day", value, "a day as 2026-12-20") from None


def _voted(value: Any, *, with_votes: bool) -> Voted:
    known = {"name", "sex", "post", "id"} | ({"votes"} if with_votes else set())
    given = _object("votes" if with_votes else "seated", value, known)
    for name in known - {"id"}:
        if name not in given:
            raise Refused(
                f"votes.{name}" if with_votes else f"seated.{name}", None, "this field must be given"
            )
    for name in ("name", "sex", "post", "id"):
        if not isinstance(given.get(name, ""), str):
            raise Refused(name, given[name], "text")
    return Voted(**given)
