"""What a count must be told: the case, refused when it cannot be (contract: `shanzhi count`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shanzhi.core.law.numbers import TEXT_2018

POSTS = {"committee": ("chair", "vice_chair", "member"), "branch": ("member",)}
ROUNDS = ("first", "second", "tie")
WOMAN = ("guide", "keep", "off")
SEATED = {
    "name",
    "sex",
    "post",
    "id",
}  # the fields of a person; only the name tells who he is where there is no id
VOTED = SEATED | {"votes"}
BREAKS = {"Cc", "Zl", "Zp"}  # control characters, line and paragraph breaks
SHOWN = 80  # characters of a refused value


class Refused(ValueError):  # noqa: N818 - reads as the thing that happened
    """A case that cannot be counted: names the field, the value, and what would be accepted."""

    def __init__(self, field_name: str, value: object, accepted: str) -> None:
        shown = repr(value) if len(repr(value)) <= SHOWN else f"{repr(value)[:SHOWN]}…"
        super().__init__(f"{field_name}: {shown} cannot be used; accepted: {accepted}")
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

    woman: "guide" seats the best woman above half first, or keeps a seat where women stood (VER-09); "keep" keeps it
        even where none stood; "off" keeps no seat.
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
            raise Refused("settings.woman", self.woman, ", ".join(WOMAN))
        for name in ("add_down", "turnout_in_round_2"):
            if not isinstance(getattr(self, name), bool):
                raise Refused(f"settings.{name}", getattr(self, name), "true, false")
        if type(self.slate_extra) is not int or self.slate_extra < 1:
            raise Refused("settings.slate_extra", self.slate_extra, "a whole number from 1")
        if self.slate_ties not in ("all", "none"):
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
    kin: tuple[tuple[str, ...], ...] = ()
    present: int = 0
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        if self.body not in ("committee", "branch"):
            raise Refused("body", self.body, "committee, branch")
        if self.round not in ROUNDS or (self.body == "branch" and self.round == "second"):
            raise Refused(
                "round", self.round, "first, tie" if self.body == "branch" else "first, second, tie"
            )
        if self.election_day < TEXT_2018:
            raise Refused("election_day", self.election_day.isoformat(), f"a day from {TEXT_2018} on")
        self._check_numbers()
        self._check_seats()
        self._check_people()
        self._check_kin()
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
            _check_whole(name, getattr(self, name))
        if self.void > self.collected:
            raise Refused("void", self.void, f"at most the {self.collected} ballots collected")
        if self.body == "branch" and self.present > self.registered:
            raise Refused("present", self.present, f"at most the {self.registered} members due")

    def _check_seats(self) -> None:
        for post, number in self.seats.items():
            if post not in POSTS[self.body]:
                raise Refused("seats", post, ", ".join(POSTS[self.body]))
            _check_whole(f"seats.{post}", number)
        if not self.posts:
            raise Refused("seats", dict(self.seats), "at least one seat")

    def _check_people(self) -> None:
        posts, stands, sits = self.posts, set(), set()
        known: dict[str, Voted] = {}
        for each in self.seated:
            if each.post not in POSTS[self.body]:
                raise Refused("seated.post", each.post, ", ".join(POSTS[self.body]))
            if each.who in sits:
                raise Refused("seated.name", each.name, "each person once; give namesakes an id")
            sits.add(each.who)
            _check_person(each, known)
        for each in self.votes:
            who = each.who
            if each.post not in posts:
                raise Refused("votes.post", each.post, ", ".join(posts))
            if (who, each.post) in stands:
                raise Refused("votes.name", each.name, "each person once a post; give namesakes an id")
            stands.add((who, each.post))
            _check_person(each, known)
            if who in sits:
                raise Refused("votes.name", each.name, "people who are not seated already")

    def _check_kin(self) -> None:
        known = {each.who for each in (*self.votes, *self.seated)} if self.kin else set()
        for pair in self.kin:
            if len(pair) != 2 or pair[0] == pair[1] or not all(who in known for who in pair):
                raise Refused(
                    "kin", list(pair), "two different people of this case, by id where they have one"
                )

    def _check_sums(self) -> None:
        most, sums = self.valid_papers, dict.fromkeys(self.posts, 0)
        persons: dict[str, int] = {}
        for each in self.votes:
            _check_whole(f"votes of {each.name}", each.votes)
            if each.votes > most:
                raise Refused(f"votes of {each.name}", each.votes, f"at most the {most} valid papers")
            sums[each.post] += each.votes
            persons[each.who] = persons.get(each.who, 0) + each.votes
        for post, votes in sums.items():
            if votes > self.seats[post] * most:
                accepted = f"at most {self.seats[post] * most}: seats times valid papers"
                raise Refused(f"votes for {post}", votes, accepted)
        if self.settings.add_down:
            for who, votes in persons.items():
                if votes > most:
                    raise Refused(
                        f"votes of {who}", votes, f"at most the {most} valid papers in all posts together"
                    )

    @classmethod
    def from_json(cls, data: Any) -> Case:
        """The case in a JSON object of the contract. Unknown keys are refused. Raises Refused."""
        known = {"body", "election_day", "round", "registered", "present", "issued", "collected", "void", "seats",
                 "votes", "seated", "kin", "settings"}  # fmt: skip
        given = {"seated": [], "kin": [], "settings": {}} | _object("case", data, known)
        # A branch measures by those present, a committee by the papers handed out.
        unused = ("issued", given.get("present")) if given.get("body") == "branch" else ("present", 0)
        given = {unused[0]: unused[1]} | given
        for name in sorted(known - given.keys()):
            raise Refused(name, None, "this field must be given")
        votes = tuple(_voted("votes", each) for each in _list("votes", given["votes"]))
        seated = tuple(_voted("seated", each) for each in _list("seated", given["seated"]))
        settings = _object("settings", given["settings"], set(Settings.__dataclass_fields__))
        return cls(
            **{
                name: given[name]
                for name in ("body", "round", "registered", "present", "issued", "collected", "void")
            },
            election_day=_day(given["election_day"]),
            seats=_object("seats", given["seats"], None),
            votes=votes,
            seated=seated,
            kin=tuple(_pair(each, (*votes, *seated)) for each in _list("kin", given["kin"])),
            settings=Settings(**settings),
        )


def _check_whole(name: str, number: object) -> None:
    if type(number) is not int or number < 0:
        raise Refused(name, number, "a whole number from 0")


def _check_person(each: Voted, known: dict[str, Voted]) -> None:
    if each.sex not in ("m", "f"):
        raise Refused(f"sex of {each.name}", each.sex, "m, f")
    if not each.name or each.name.isspace():
        raise Refused("name", each.name, "a name")
    before = known.setdefault(each.who, each)
    if before.sex != each.sex:
        raise Refused("sex", each.name, "one sex a person; give namesakes an id")
    if before.name != each.name:  # two people under one id would be counted as one
        raise Refused("id", each.who, f"an id of one person, not of both {before.name} and {each.name}")


def _object(name: str, value: Any, known: set[str] | None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(name, value, "an object")
    if known is not None and (extra := value.keys() - known):
        key = min(extra)
        raise Refused(f"{name}.{key}" if name != "case" else key, value[key], ", ".join(sorted(known)))
    return value


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Refused(name, value, "a list")
    return value


def _day(value: Any) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != value:  # 2026-W51-7 is a day to Python, not to a clerk
        raise Refused("election_day", value, "a day as 2026-12-20")
    return day


def _voted(name: str, value: Any) -> Voted:
    known = VOTED if name == "votes" else SEATED
    given = _object(name, value, known)
    if missing := known - {"id"} - given.keys():
        raise Refused(f"{name}.{min(missing)}", None, "this field must be given")
    who, sex, post, person = given["name"], given["sex"], given["post"], given.get("id", "")
    for key, text in (("name", who), ("sex", sex), ("post", post), ("id", person)):
        if not isinstance(text, str):
            raise Refused(f"{name}.{key}", text, "text")
    for key, text in (("name", who), ("id", person)):
        # A space more would make two people of one, and a line break could forge a line of the printed answer.
        if text != text.strip() or any(unicodedata.category(each) in BREAKS for each in text):
            raise Refused(
                f"{name}.{key}",
                text,
                "text in one line, without spaces at its ends",
            )
    return Voted(who, sex, post, given.get("votes", 0), person)


def _pair(value: Any, people: tuple[Voted, ...]) -> tuple[str, ...]:
    """Two near relatives as the case knows them: by id, or by a name that only one person has."""
    pair = _list("kin", value)
    if not all(isinstance(who, str) for who in pair):
        raise Refused("kin", pair, "two names or ids")
    ids = {each.who for each in people}
    return tuple(who if who in ids else _only(who, people) for who in pair)


def _only(name: str, people: tuple[Voted, ...]) -> str:
    found = {each.who for each in people if each.name == name}
    return found.pop() if len(found) == 1 else name
