"""The cast of the tests: a small county, an account for every role, and a stranger who may see nothing.

| who             | role and place                                                        |
|-----------------|-----------------------------------------------------------------------|
| operator        | looks after accounts of the county; sees no person's data             |
| auditor         | reads the county's audit trail; changes nothing                       |
| county_office   | plans the renewal of the county                                       |
| township_clerk  | runs the elections of the east township (two villages)                |
| township_second | a second clerk there: whatever needs two people                       |
| village_clerk   | prepares the papers of the first village                              |
| teller          | types count sheets of the first village                               |
| other_clerk     | clerk of the west township: a colleague, and a stranger to the east   |
| stranger        | signs in and holds nothing                                            |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from shanzhi.apps.accounts.models import Account, Grant
from shanzhi.apps.elections.models import Candidate, Election, Renewal
from shanzhi.apps.places.actions import index_people
from shanzhi.apps.places.models import Household, Person, Place

if TYPE_CHECKING:
    from django.test import Client

LONG_AGO = date(2010, 1, 1)
PASSWORD = "qiuyue-baihua-1949"
_serial = count(1)


@dataclass(frozen=True, slots=True)
class County:
    """A county with an east township of two villages, and a west township of one village and a community."""

    place: Place
    east: Place
    west: Place
    village: Place
    second_village: Place
    west_village: Place
    community: Place

    @property
    def townships(self) -> list[Place]:
        return [self.east, self.west]

    @property
    def villages(self) -> list[Place]:
        return [self.village, self.second_village, self.west_village]


@dataclass(frozen=True, slots=True)
class Accounts:
    """One account a role, and a stranger."""

    operator: Account
    auditor: Account
    county_office: Account
    township_clerk: Account
    township_second: Account
    village_clerk: Account
    teller: Account
    other_clerk: Account
    stranger: Account


def make_place(code: str, name: str, kind: str, parent: Place | None = None, **more: object) -> Place:
    """A place with its lineage, standing since long ago."""
    place = Place(code=code, name=name, kind=kind, parent=parent, **({"valid_from": LONG_AGO} | more))
    place.save()
    place.lineage = f"{parent.lineage if parent else '/'}{place.pk}/"
    place.save()
    return place


def make_county() -> County:
    """The small county."""
    county = make_place("141130000000", "样板县", "county")
    east = make_place("141130101000", "东川镇", "township", county)
    west = make_place("141130202000", "西岭乡", "township", county)
    return County(
        place=county,
        east=east,
        west=west,
        village=make_place("141130101201", "柳树沟村委会", "village", east),
        second_village=make_place("141130101202", "石桥村委会", "village", east),
        west_village=make_place("141130202201", "枣岭村委会", "village", west),
        community=make_place("141130202001", "河湾社区居委会", "community", west),
    )


def make_account(username: str, name: str, role: str | None = None, place: Place | None = None) -> Account:
    """An account with the cast's password and, if named, one role over one place."""
    account = Account(username=username, name=name)
    account.set_password(PASSWORD)
    account.save()
    if role and place:
        Grant.objects.create(account=account, role=role, scope=place.pk, since=LONG_AGO)
    return account


def make_accounts(county: County) -> Accounts:
    """One account a role, over the places that the table above names."""
    return Accounts(
        operator=make_account("yunwei", "运维员", "operator", county.place),
        auditor=make_account("shenji", "审计员", "auditor", county.place),
        county_office=make_account("zuzhibu", "组织部", "county_office", county.place),
        township_clerk=make_account("dongchuan", "东川干事", "township_clerk", county.east),
        township_second=make_account("dongchuan2", "东川副手", "township_clerk", county.east),
        village_clerk=make_account("liushugou", "柳树沟文书", "village_clerk", county.village),
        teller=make_account("jipiao", "计票员", "teller", county.village),
        other_clerk=make_account("xiling", "西岭干事", "township_clerk", county.west),
        stranger=make_account("moshengren", "陌生人"),
    )


def sign_in(client: Client, account: Account) -> Client:
    """The client, signed in as the account (past the sign-in page, which has tests of its own)."""
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def make_household(place: Place, number: str | None = None, **more: object) -> Household:
    """A household with a number that no other one has."""
    return Household.objects.create(place=place, number=number or f"{next(_serial):06d}", **more)


def make_person(
    place: Place, name: str = "王秀兰", *, household: Household | None = None, **more: object
) -> Person:
    """A woman of the village, born in 1970, registered and living there, unless `more` says otherwise."""
    facts = {"sex": "f", "born": date(1970, 5, 1), "residence": Person.Residence.RESIDENT} | more
    person = Person.objects.create(
        place=place, name=name, household=household or make_household(place), **facts
    )
    index_people([person])
    return person


def make_id_number(serial: int = 1, *, born: date = date(1970, 5, 1), woman: bool = True) -> str:
    """A made-up ID number of the sample county with the right check digit (GB 11643)."""
    order = serial * 2 if woman else serial * 2 - 1
    digits = f"141130{born:%Y%m%d}{order:03d}"
    weighed = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    return digits + "10X98765432"[weighed % 11]


def make_renewal(county: County, **more: object) -> Renewal:
    """The county's renewal in the last quarter of 2026."""
    facts = {
        "name": "2026年村委会换届",
        "begins": date(2026, 10, 1),
        "ends": date(2026, 12, 31),
        "issuer": "样板县委组织部",
        "document": "样组发〔2026〕8号",
        "issued_on": date(2026, 9, 20),
    }
    return Renewal.objects.create(county=county.place, **facts | more)


def make_election(renewal: Renewal, village: Place, **more: object) -> Election:
    """A village election of the renewal, for a chair and two members, on 20 December 2026."""
    facts = {"election_day": date(2026, 12, 20), "seats": {"chair": 1, "member": 2}}
    return Election.objects.create(renewal=renewal, village=village, **facts | more)


def make_candidate(election: Election, person: Person, post: str = "member", **more: object) -> Candidate:
    """Someone whom the voters nominated and who stands."""
    facts = {
        "source": Candidate.Source.VOTERS,
        "nominated_on": date(2026, 12, 1),
        "status": Candidate.Status.STANDING,
        "recorded_by": "cast",
    }
    return Candidate.objects.create(election=election, person=person, post=post, **facts | more)
