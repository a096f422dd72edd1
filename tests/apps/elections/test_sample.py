"""The small sample county, built once for this file through the real actions: every scene stands, every proof holds."""

import json
import stat
from collections import Counter
from datetime import timedelta
from itertools import chain

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from shanzhi.apps.accounts.models import Account
from shanzhi.apps.elections import sample
from shanzhi.apps.elections.models import Election, Mandate, Objection, RollLine
from shanzhi.apps.elections.sample.peopling import peopled
from shanzhi.apps.elections.sample.scenes import SCENES
from shanzhi.apps.elections.sample.stand import FIRST_OF_ITS_SCENE, ROSTER, STANDS, TOWNSHIPS
from shanzhi.apps.elections.selectors import board, outcomes, sheets
from shanzhi.apps.places import sample as people
from shanzhi.apps.places import selectors as place_selectors
from shanzhi.apps.places.models import Movement, Person, Place
from shanzhi.apps.places.selectors.duplicates import duplicates
from shanzhi.apps.record import actions as record
from shanzhi.apps.record import selectors as documents
from shanzhi.apps.record.models import Document, Event
from shanzhi.core.law.stages import Stage
from shanzhi.core.merkle import bundle
from shanzhi.core.merkle.checkpoint import LogKey
from tests import cast
from tests.apps.elections import labels
from tests.apps.tables import bringing

TODAY = people.today()


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The county, built once inside a transaction that is taken back after this file."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own TestCase marks the transactions that it wraps around tests
    with django_db_blocker.unblock(), whole:
        yield sample.build(
            folder=tmp_path_factory.mktemp("sample"), today=TODAY, small=True, say=lambda _words: None
        )
        transaction.set_rollback(True)


@pytest.fixture
def jiaokou(built, db):
    return built


def village_of(scene):
    return next(stand.code for stand in FIRST_OF_ITS_SCENE if stand.scene == scene)


def election_of(scene, kind="first"):
    return Election.objects.get(village__code=village_of(scene), kind=kind)


def answer_of(scene, kind="first"):
    return election_of(scene, kind).outcome.answer


def lines():
    county = place_selectors.county()
    return {line.village.code: line for line in board.rows([county.pk], today=TODAY)}


# Divisions and people


def test_the_county_has_its_townships_villages_and_communities(jiaokou):
    kinds = Counter(Place.objects.values_list("kind", flat=True))

    assert kinds == {"county": 1, "township": 7, "village": 88, "community": 6}
    assert Election.objects.filter(parent=None).count() == 88
    assert not Election.objects.filter(village__kind="community").exists()


def test_the_people_are_those_that_the_seed_gives(jiaokou):
    codes = Place.objects.filter(kind="village").values_list("code", flat=True)

    def names(seed):
        houses = peopled(codes, seed, today=TODAY, small=True)
        return [
            (code, each.name, each.born)
            for code, households in houses
            for each in chain.from_iterable(members for _number, _group, members in households)
            if code != ROSTER
        ]

    moved = dict(Movement.objects.filter(kind="transferred").values_list("person", "from_place__code"))
    written = [
        (moved.get(pk, code), name, born)
        for pk, code, name, born in Person.objects.order_by("pk").values_list(
            "pk", "place__code", "name", "born"
        )
    ]
    (twice,) = [
        pair
        for pair in duplicates(Place.objects.filter(kind="county").values_list("pk", flat=True))
        if pair.rule == "near_number"
    ]
    assert written[:-1] == names(sample.SEED)
    assert written[-1][1:] == (twice.stays.name, twice.stays.born)  # who was entered twice, last of all
    assert names(sample.SEED) != names(sample.SEED + 1)


def test_no_id_number_stands_twice_and_the_counts_are_those_reported(jiaokou):
    hashes = list(Person.objects.values_list("id_look_up", flat=True))

    assert len(set(hashes)) == len(hashes) == jiaokou.people
    assert Person.objects.values("household").distinct().count() == jiaokou.households


def test_the_whole_county_is_as_large_as_it_is_meant_to_be(jiaokou):
    """domain/jiaokou.md A3: about 26,000 rural households and 73,000 registered people, half of whom live there."""
    codes = Place.objects.filter(kind="village").values_list("code", flat=True)
    households, registered, here = 0, 0, 0
    for _code, houses in peopled(codes, sample.SEED, today=TODAY):
        households += len(houses)
        for each in chain.from_iterable(members for _number, _group, members in houses):
            registered += each.residence != "outsider" and not each.left
            here += each.residence == "resident" and not each.left

    assert 25_500 < households < 26_500
    assert 71_500 < registered < 74_500
    assert 0.45 < here / registered < 0.60


# Scenes


def test_every_stage_is_there(jiaokou):
    assert {line.stage for line in lines().values()} == set(Stage)


def test_every_scene_is_used_and_every_township_has_several():
    assert {stand.scene for stand in STANDS} == set(SCENES)
    assert len({stand.code for stand in STANDS}) == len(STANDS)
    for township in TOWNSHIPS:
        assert len({stand.scene for stand in STANDS if stand.code.startswith(township)}) >= 4, township


def test_objections_are_due_tomorrow_and_late(jiaokou):
    due = Objection.objects.get(roll__election=election_of("objection_due"), verdict="").decide_by
    late = Objection.objects.get(roll__election=election_of("objection_late"), verdict="").decide_by

    assert due == TODAY + timedelta(days=1)
    assert late == TODAY - timedelta(days=2)  # VCOL-17-3
    assert lines()[village_of("objection_late")].late
    assert election_of("objection_due").own_roll.corrections.count() == 1


def test_a_roll_waits_for_an_unknown_fact_and_one_is_late(jiaokou):
    unknown = RollLine.objects.filter(roll__election=election_of("roll_unknown"), listed=None)

    assert unknown.exists()  # VCOL-16-4
    assert lines()[village_of("late_roll")].late  # VCOL-17-1


def test_every_roll_was_posted_twenty_days_before_the_vote(jiaokou):
    """VCOL-17-1, and the list of candidates after the time for objections was over (VCOL-17-2)."""
    for election in Election.objects.filter(own_roll__posted_on__isnull=False):
        assert election.own_roll.posted_on <= election.election_day - timedelta(days=20)
        for notice in election.notices.filter(kind="candidates"):
            assert notice.posted_on > election.own_roll.posted_on + timedelta(days=5)


def test_votes_are_near_with_proxies_on_the_board(jiaokou):
    days = {scene: election_of(scene).election_day for scene in ("voting_today", "voting_soon")}

    assert days == {"voting_today": TODAY, "voting_soon": TODAY + timedelta(days=3)}
    assert Mandate.objects.filter(election=election_of("voting_soon")).exists()
    assert election_of("voting_soon").notices.filter(kind="mandates").exists()


def test_counts_wait_for_a_teller_for_a_settlement_and_for_the_announcement(jiaokou):
    states = {
        scene: {pair.state for pair in sheets.pairs(election_of(scene))}
        for scene in ("half", "differs", "counted")
    }

    assert sheets.State.WAITING in states["half"]
    assert sheets.State.DIFFERS in states["differs"]
    assert states["counted"] == {sheets.State.AGREED}


def test_near_kin_wait_for_a_decision(jiaokou):
    shown = outcomes.shown(election_of("kin"), today=TODAY)

    assert [stop["rule"] for stop in shown.answer["stops"]] == ["VCOL-8-3"]
    assert "VCOL-8-3" in {finding.rule for finding in shown.stops}


@pytest.mark.parametrize("scene", ["announced", "woman"])
def test_a_full_committee_is_announced(jiaokou, scene):
    answer = answer_of(scene)

    assert len(answer["elected"]) == 5
    assert (answer["rerun"], answer["vacant"], answer["stops"]) == ([], [], [])


def test_the_womans_seat_holds_a_man_back_or_is_kept(jiaokou):
    """VER-09."""
    kept = answer_of("woman_kept")["rerun"]

    assert len(answer_of("woman")["held"]) == 1
    assert [(each["kind"], each["women_only"]) for each in kept] == [("second_round", True)]
    assert election_of("woman_kept", "second").women_only == ["member"]


def test_second_rounds_are_due_late_about_to_be_held_won_and_left_vacant(jiaokou):
    """VER-10, VER-11, VCOL-18-10."""
    duty = {scene: lines()[village_of(scene)].duty for scene in ("second", "second_late")}

    assert (duty["second"].rule, duty["second"].late) == ("VER-10", False)
    assert duty["second_late"].late
    assert election_of("second_voting", "second").stage == "voting"
    assert len(answer_of("second_done", "second")["elected"]) == 1
    assert answer_of("vacant", "second")["vacant"] == [{"post": "member", "seats": 1, "may_stay": True}]


def test_ties_are_voted_on_again(jiaokou):
    """VER-07."""
    (tie,) = answer_of("tie")["rerun"]

    assert (tie["kind"], tie["seats"], len(tie["candidates"])) == ("tie", 1, 2)
    assert election_of("tie", "tie").stage == "candidates"
    assert election_of("tie_voting", "tie").stage == "voting"


def test_an_invalid_election_begins_anew(jiaokou):
    """VCOL-18-6."""
    assert answer_of("invalid")["valid"] is False
    assert election_of("invalid", "whole").stage == "planned"


# Proofs


def test_every_document_verifies_with_the_logs_public_key(jiaokou):
    record.sign("public")
    key = LogKey.parse(documents.log_key())

    for document in Document.objects.all():
        checked = bundle.check(documents.bundle_of(document), key)
        assert checked.document == bytes(document.body)
    assert Document.objects.count() > 50


def test_the_record_fits_and_names_an_account_for_every_step_of_an_election(jiaokou, capsys):
    call_command("audit_record")

    assert "fits" in capsys.readouterr().out
    actors = set(Event.objects.filter(act__startswith="elections.").values_list("by", flat=True))
    assert actors <= set(Account.objects.values_list("key", flat=True))


def test_no_document_names_a_voter_and_each_says_that_it_is_a_sample(jiaokou):
    for document in Document.objects.exclude(kind="audit_root"):
        assert "示例" in json.loads(bytes(document.body))["renewal"]


# What lies ready for a visitor


def test_the_sign_ins_are_private_and_every_name_opens_with_the_password(jiaokou, rf):
    text = jiaokou.sign_ins.read_text("utf-8")
    password = text.splitlines()[1].split()[-1]
    accounts = Account.objects.all()

    assert stat.S_IMODE(jiaokou.sign_ins.stat().st_mode) == 0o600
    assert all(account.username in text for account in accounts)
    assert accounts.count() == 41
    for username in ("operator", "county", "wenquan2", "jiaokou-1"):
        assert authenticate(rf.post("/"), username=username, password=password).username == username


def test_the_ready_roster_is_imported_without_a_fault(jiaokou):
    village = Place.objects.get(code=ROSTER)
    assert not village.people.exists()

    checked = bringing.check_file(village, jiaokou.roster.read_bytes(), today=TODAY)
    bringing.write(checked)

    assert checked.bad == 0
    assert village.people.count() == checked.good > 100


def test_the_second_copy_shows_its_faults(jiaokou):
    village = Place.objects.get(code=ROSTER)

    made = bringing.check_file(village, jiaokou.roster_with_faults.read_bytes(), today=TODAY)

    assert len({cell.line for cell in bringing.faults(made)}) == 8


def test_every_election_opens_for_the_clerk_of_its_township(jiaokou, client):
    for township, username in TOWNSHIPS.items():
        cast.sign_in(client, Account.objects.get(username=username))
        assert client.get(reverse("elections:board")).status_code == 200
        for election in Election.objects.filter(village__code__startswith=township).exclude(stage="planned"):
            assert client.get(reverse("elections:election", args=[election.key])).status_code == 200


def test_no_page_shows_two_places_under_one_name(jiaokou, client):
    """石口村 exists in 双池镇 and in 石口镇: every list, choice and notice names a village with its township."""
    starts = {
        None: ["/", "/map/", "/record/", "/?q=石口"],
        "operator": ["/account/", "/places/divisions/", "/places/divisions/merge/", "/places/settings/"],
        "county": ["/elections/", "/places/", "/places/divisions/?q=石口", "/elections/renewals/"],
        "shuangchi": ["/elections/", "/places/"],
    }
    seen = found = 0
    for username, addresses in starts.items():
        client.logout()
        if username:
            cast.sign_in(client, Account.objects.get(username=username))
        for address, shown in labels.crawl(client, addresses, 40):
            assert list(labels.confused(address, shown)) == []
            seen += 1
            found += sum("石口村" in words for _link, words in shown.links)

    assert seen > 60
    assert found > 10


# The command


def test_a_second_build_is_refused_with_what_to_do_and_changes_nothing(jiaokou, settings, tmp_path):
    settings.VAR = tmp_path
    before = Person.objects.count()

    with pytest.raises(CommandError, match="SHANZHI_VAR"):
        call_command("build_sample")
    (tmp_path / "sample.txt").touch()
    with pytest.raises(CommandError, match="delete that folder"):
        call_command("build_sample")

    assert Person.objects.count() == before
    assert [path.name for path in tmp_path.iterdir()] == ["sample.txt"]
