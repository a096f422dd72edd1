"""Who may open what: every page of the house, and every role. A stranger gets 404, a visitor is asked to sign in.

The table is complete by test: a page that is not in it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from shanzhi.apps.accounts.actions import begin_session, link_outside
from tests.cast import sign_in
from tests.pages.conftest import World

ROLES = (
    "operator",
    "auditor",
    "county_office",
    "township_clerk",
    "village_clerk",
    "teller",
    "other_clerk",
    "stranger",
)

# Those to whom the pages of the first village are open, by what they may do there.
SEES = {"county_office", "township_clerk", "village_clerk"}
RUNS = {"township_clerk", "village_clerk"}
TYPES = {"township_clerk", "village_clerk", "teller"}
SETTLES = {"township_clerk"}
DECIDES = {"county_office", "township_clerk"}
AUDITS = {"auditor", "county_office"}
SETS = {"operator", "county_office"}
# Those to whom a page without a place is open: something is granted to them somewhere.
SEE_ANYWHERE = SEES | {"other_clerk"}
EDIT_ANYWHERE = RUNS | {"other_clerk"}
ANYONE_SIGNED_IN = set(ROLES)

Args = Callable[[World], list[object]]


@dataclass(frozen=True, slots=True)
class Gate:
    """A page: to whom it is open, what stands in its address, and how it is asked for."""

    open_to: frozenset[str]
    args: Args
    method: str
    public: bool
    query: str = ""
    closed: bool = False  # here it exists for nobody: there is a county, and no outside sign-in is set up


def _none(_world: World) -> list[object]:
    return []


def gate(open_to: set[str], args: Args = _none, *, post: bool = False) -> Gate:
    return Gate(frozenset(open_to), args, "post" if post else "get", public=False)


def public(args: Args = _none, *, post: bool = False, query: str = "") -> Gate:
    return Gate(frozenset(ROLES), args, "post" if post else "get", public=True, query=query)


def closed(args: Args = _none) -> Gate:
    return Gate(frozenset(), args, "get", public=False, closed=True)


def election(world: World) -> list[object]:
    return [world.election.key]


def village(world: World) -> list[object]:
    return [world.county.village.code]


def person(world: World) -> list[object]:
    return [world.person.key]


def candidate(world: World) -> list[object]:
    return [world.election.key, world.candidate.key]


def sheet(world: World) -> list[object]:
    return [world.election.key, "account", 0]


def roster(world: World) -> list[object]:
    return [world.roster.key]


def table(world: World) -> list[object]:
    return ["roster", world.county.village.code]


def document(world: World) -> list[object]:
    return [world.document]


def account(world: World) -> list[object]:
    return [world.people.teller.key]


def session(world: World) -> list[object]:
    return [
        begin_session(account=world.people.teller, session_key="elsewhere", browser="", at=timezone.now()).key
    ]


def identity(world: World) -> list[object]:
    teller = world.people.teller
    return [link_outside(account=teller, provider="oidc", uid="4711", by=teller.key).key]


GATES: dict[str, Gate] = {
    "set_language": public(post=True),
    # accounts
    "accounts:sign_in": public(),
    "accounts:sign_out": gate(
        ANYONE_SIGNED_IN, post=True
    ),  # who is signed out already lands on the sign-in page
    "accounts:start": gate(ANYONE_SIGNED_IN),
    "accounts:look": public(post=True),
    "accounts:second_step": gate(
        ANYONE_SIGNED_IN
    ),  # without a password shown before, it leads to the sign-in page
    "accounts:own": gate(ANYONE_SIGNED_IN),
    "accounts:own_password": gate(ANYONE_SIGNED_IN),
    "accounts:own_looks": gate(ANYONE_SIGNED_IN),
    "accounts:second_factor": gate(ANYONE_SIGNED_IN),
    "accounts:recovery_codes": gate(ANYONE_SIGNED_IN),  # without a phone they lead to where it is set up
    "accounts:second_factor_remove": gate(ANYONE_SIGNED_IN),
    "accounts:sessions": gate(ANYONE_SIGNED_IN),
    "accounts:sessions_end": gate(ANYONE_SIGNED_IN, post=True),
    "accounts:session_end": gate({"teller"}, session, post=True),
    "accounts:looks": gate(AUDITS),
    "accounts:outside_go": closed(lambda _world: ["oidc"]),
    "openid_connect_callback": closed(lambda _world: ["oidc"]),
    "weixin_callback": closed(),
    "dingtalk_callback": closed(),
    "accounts:outside_link": gate(set(), lambda _world: ["oidc"]),
    "accounts:account_link": gate(set(), account),
    "accounts:outside_unlink": gate({"teller"}, identity, post=True),
    "accounts:account_unlink": gate(
        {"operator"}, lambda world: [world.people.teller.key, *identity(world)], post=True
    ),
    "accounts:accounts": gate({"operator"}),
    "accounts:create": gate({"operator"}),
    "accounts:account": gate({"operator"}, account),
    "accounts:grant": gate({"operator"}, account),
    "accounts:revoke": gate({"operator"}, lambda world: [world.people.teller.key, world.grant]),
    "accounts:password": gate({"operator"}, account),
    "accounts:unlock": gate({"operator"}, account, post=True),
    "accounts:ending": gate({"operator"}),
    "accounts:second_factor_reset": gate({"operator"}, account),
    "accounts:account_sessions_end": gate({"operator"}, account, post=True),
    "accounts:close": gate({"operator"}, account),
    "accounts:reopen": gate({"operator"}, account, post=True),
    # tables
    "tables:template": gate(EDIT_ANYWHERE, lambda _world: ["roster"]),
    "tables:upload": gate(RUNS, table),
    "tables:history": gate(RUNS, table),
    "tables:export": gate(SEES, table),
    "tables:imported": gate(RUNS, roster),
    "tables:progress": gate(RUNS, roster),
    "tables:again": gate(RUNS, roster, post=True),
    "tables:headings": gate(RUNS, roster),
    "tables:faults": gate({"township_clerk"}, roster),
    "tables:write": gate(RUNS, roster, post=True),
    "tables:drop": gate(RUNS, roster, post=True),
    "tables:undo": gate(RUNS, lambda world: [world.written.key]),
    "tables:exported": gate({"township_clerk"}, lambda world: [world.export.key]),
    "tables:download": gate({"township_clerk"}, lambda world: [world.export.key]),
    # places
    "places:places": gate(SEE_ANYWHERE),
    "places:settings": gate({"operator", "county_office"}),
    "places:holidays": gate({"operator", "county_office"}),
    "places:divisions": gate(SETS),
    "places:division_new": gate(SETS),
    "places:division_merge": gate(SETS),
    "places:codes": gate(SETS),
    "places:codes_decide": gate(SETS, lambda world: [world.codes]),
    "places:codes_drop": gate(SETS, lambda world: [world.codes], post=True),
    "places:change": gate(SETS, lambda world: [world.change]),
    "places:division": gate(SETS, village),
    "places:division_change": gate(SETS, village),
    "places:division_split": gate(SETS, village),
    "places:division_close": gate(SETS, village),
    "places:map_settings": gate(SETS),
    "places:map_load_county": gate(SETS),
    "places:group": gate(RUNS, lambda world: [world.group]),
    "places:group_end": gate(RUNS, lambda world: [world.group], post=True),
    "places:hamlet": gate(RUNS, lambda world: [world.hamlet]),
    "places:hamlet_end": gate(RUNS, lambda world: [world.hamlet], post=True),
    "places:household_point": gate(RUNS, lambda world: [world.person.household.key]),
    "places:map": gate(SEES, village),
    "places:map_data": gate(SEES, village),
    "places:map_export": gate(SEES, village, post=True),
    "places:map_load": gate(RUNS, village),
    "places:below": gate(SEES, village),
    "places:group_new": gate(RUNS, village),
    "places:hamlet_new": gate(RUNS, village),
    "places:person": gate(SEES, person),
    "places:person_correct": gate(RUNS, person),
    "places:person_left": gate(RUNS, person),
    "places:person_kin": gate(RUNS, person),
    "places:village": gate(SEES, village),
    "places:person_new": gate(RUNS, village),
    "places:person_reveal": gate(RUNS, person),
    "places:person_back": gate(RUNS, person),
    "places:kin_remove": gate(RUNS, lambda world: [world.person.key, world.kin.key], post=True),
    "places:people": gate(SEE_ANYWHERE),
    "places:duplicates": gate(EDIT_ANYWHERE),
    "places:corrections": gate(EDIT_ANYWHERE),
    "places:keeping": gate(EDIT_ANYWHERE),
    "places:person_history": gate(SEES, person),
    "places:person_arrived": gate(RUNS, person),
    "places:person_residence": gate(RUNS, person),
    "places:person_transfer": gate(RUNS, person),
    "places:person_returned": gate(RUNS, person),
    "places:kin_confirm": gate(RUNS, lambda world: [world.person.key, world.kin.key], post=True),
    "places:kin_deny": gate(RUNS, lambda world: [world.person.key, world.kin.key], post=True),
    "places:same": gate(RUNS, lambda world: [world.person.key, world.twin.key]),
    "places:apart": gate(RUNS, lambda world: [world.person.key, world.twin.key]),
    "places:merge_back": gate(RUNS, lambda world: [world.merged.key]),
    "places:claim": gate(RUNS, village),
    "places:claim_answer": gate(RUNS, lambda world: [world.claim.key]),
    "places:claim_withdraw": gate({"township_clerk"}, lambda world: [world.claim.key], post=True),
    "places:held": gate(RUNS, person),
    "places:correction_new": gate(RUNS, person),
    "places:correction": gate(RUNS, lambda world: [world.asked.key]),
    "places:forget": gate(RUNS, person),
    "places:household": gate(SEES, lambda world: [world.person.household.key]),
    "places:household_correct": gate(RUNS, lambda world: [world.person.household.key]),
    # upkeep: for programs on the server itself, as a test client is
    "upkeep:healthz": public(),
    "upkeep:readyz": public(),
    "upkeep:metrics": public(),
    # record
    "record:list": public(),
    "record:key": public(),
    "record:checkpoint": public(),
    "record:entries": public(lambda _world: ["000.p/1"]),
    "record:tile": public(lambda _world: [0, "000.p/1"]),
    "record:document": public(document),
    "record:bundle": public(document),
    "record:body": public(document),
    "record:verify": public(),
    "record:audit": gate(AUDITS),
    "record:audit_export": gate(AUDITS),
    "record:audit_csv": gate(AUDITS),
    # elections
    "elections:board": gate(SEE_ANYWHERE | {"teller"}),
    "elections:renewals": gate({"county_office"}),
    "elections:renewal_new": gate({"county_office"}),
    "elections:renewal_villages": gate({"county_office"}, lambda world: [world.renewal_key]),
    "elections:election": gate(SEES, election),
    "elections:plan": gate(RUNS, election),
    "elections:day": gate(RUNS, election),
    "elections:attest": gate(RUNS, election),
    "elections:decide": gate(DECIDES, election),
    "elections:roll": gate(SEES, election),
    "elections:roll_make": gate(RUNS, election, post=True),
    "elections:roll_post": gate(RUNS, election),
    "elections:declare": gate(RUNS, election),
    "elections:take_back": gate(RUNS, lambda world: [world.election.key, world.declaration.pk], post=True),
    "elections:correct": gate(RUNS, election),
    "elections:roll_forget": gate(DECIDES, election),
    "elections:objections": gate(SEES, election),
    "elections:objection_new": gate(RUNS, election),
    "elections:objection_decide": gate(RUNS, lambda world: [world.election.key, world.objection.key]),
    "elections:open_candidates": gate(RUNS, election, post=True),
    "elections:candidates": gate(SEES, election),
    "elections:propose": gate(RUNS, election),
    "elections:candidates_post": gate(RUNS, election),
    "elections:candidate_facts": gate(RUNS, candidate),
    "elections:candidate_decide": gate(RUNS, candidate),
    "elections:candidate_withdraw": gate(RUNS, candidate),
    "elections:write_in": gate(RUNS, election),
    "elections:mandates": gate(RUNS, election),
    "elections:mandates_post": gate(RUNS, election, post=True),
    "elections:mandate_end": gate(RUNS, lambda world: [world.election.key, world.mandate.key], post=True),
    "elections:open_count": gate(RUNS, election, post=True),
    "elections:sheets": gate(TYPES, election),
    "elections:sheet": gate(TYPES, sheet),
    "elections:sheet_settle": gate(SETTLES, sheet),
    "elections:sheet_again": gate(SETTLES, sheet),
    "elections:outcome": gate(SEES, election),
    "elections:reckon": gate(RUNS, election, post=True),
    "elections:announce": gate(DECIDES, election),
    "elections:print": gate(SEES, lambda world: [world.election.key, str(world.document)]),
    "elections:slip": gate(SEES, lambda world: [world.election.key, world.line.key]),
    # set-up: only while there is no county
    "setup:begin": closed(),
    "setup:county": closed(),
    "setup:places": closed(),
    "setup:operator": closed(),
    # portal
    "portal:county": public(),
    "portal:notice": public(query="?number=1"),
    "portal:village": public(village),
    "portal:map": public(),
    "portal:map_data": public(),
    "portal:village_map": public(village),
    "portal:village_map_data": public(village),
    "portal:check": public(village),
}


def _names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_page_of_the_house_stands_in_the_table():
    assert set(_names(get_resolver())) == set(GATES)


@pytest.mark.parametrize("name", GATES)
def test_a_page_is_open_to_whom_the_table_says_and_does_not_exist_for_others(client, world, name):
    page = GATES[name]
    address = reverse(name, args=page.args(world)) + page.query

    answered = {}
    for role in ROLES:
        sign_in(client, getattr(world.people, role))
        with transaction.atomic():  # each role finds the county as it was
            answered[role] = getattr(client, page.method)(address).status_code
            transaction.set_rollback(True)

    assert {role for role, code in answered.items() if code != 404} == page.open_to, answered
    assert all(code < 500 and code not in {403, 405} for code in answered.values()), answered


@pytest.mark.parametrize("name", GATES)
def test_a_visitor_sees_public_pages_and_is_asked_to_sign_in_for_the_others(client, world, name):
    page = GATES[name]

    answer = getattr(client, page.method)(reverse(name, args=page.args(world)) + page.query)

    if page.closed:
        assert answer.status_code == 404
    elif page.public:
        assert answer.status_code in {200, 302}
        assert reverse("accounts:sign_in") not in answer.get("Location", "")
    else:
        asked = answer["Location"] if answer.status_code == 302 else answer.text
        assert reverse("accounts:sign_in") in asked
        assert (
            answer.status_code == 302 or 'name="password"' in asked
        )  # a form sent is kept in the sign-in page
