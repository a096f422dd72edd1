"""What nobody can read: salts, codes, names and numbers, in the table, the record and the public log."""

import re

import pytest

from shanzhi.apps.elections.actions import lines as sealed
from shanzhi.apps.elections.actions import objections, renewals, rolls
from shanzhi.apps.elections.errors import NotNow
from shanzhi.apps.elections.models import Election, Roll, RollLine
from shanzhi.apps.elections.selectors import rolls as read
from shanzhi.apps.places.models import Person
from shanzhi.apps.record import sealing
from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.models import Document, Event
from shanzhi.core.merkle import roll as merkle
from tests import cast
from tests.apps.elections.the_road import (
    CLERK,
    DAY,
    OPEN,
    acts,
    attest,
    correct,
    declare,
    fresh,
    make,
    mandate,
    nothing_happens,
    person,
    planned,
    post,
    posted,
    refused,
    settle,
    with_number,
)

# Commitments


def test_every_line_has_its_own_random_salt_of_128_bits_and_a_code(county, renewal):
    election = posted(renewal, county.village)
    rows = list(election.own_roll.lines.all())

    salts = [sealing.unseal(row, "salt_sealed") for row in rows]
    assert {len(bytes.fromhex(salt)) for salt in salts} == {16}
    assert len(set(salts)) == len(rows)
    codes = [read.slip_code(row) for row in rows]
    assert len(set(codes)) == len(rows)
    assert all(len(code) == 8 and set(code) <= set(sealed.SLIP_ALPHABET) for code in codes)


def test_another_election_gives_the_same_person_another_salt(county, renewal):
    first = posted(renewal, county.village)
    other = cast.make_renewal(county, document="样组发〔2026〕9号")
    settle(county.village, 0)
    again = renewals.open_elections(renewal=other, villages=[county.village], by=CLERK)[0]
    renewals.set_plan(
        election=again, election_day=DAY, seats={"chair": 1, "member": 2}, version=again.version, by=CLERK
    )
    attest(again, "election_committee")
    again = post(make(fresh(again)))

    salts = {
        sealing.unseal(row, "salt_sealed")
        for row in RollLine.objects.filter(roll__election__in=[first, again], name="王秀兰")
    }
    assert len(salts) == 2
    assert first.own_roll.lines_root != again.own_roll.lines_root


def test_a_slip_proves_its_line_against_the_published_root_and_no_other(county, renewal):
    election = posted(renewal, county.village)
    root = bytes.fromhex(record.shown(record.document(election.notices.get().document))["lines_root"])
    for row in election.own_roll.lines.all():
        held = read.slip(row)
        slip = merkle.Slip(
            merkle.Line(held["number"], held["name"], held["sex"]), bytes.fromhex(held["salt"]), held["position"],
            held["count"], tuple(bytes.fromhex(part) for part in held["path"]),
        )  # fmt: skip
        merkle.verify(slip, root)
        forged = merkle.Slip(
            merkle.Line(held["number"], "别人", held["sex"]), slip.salt, slip.position, slip.count, slip.path
        )
        with pytest.raises(merkle.ProofFalse):
            merkle.verify(forged, root)


def test_the_digest_of_the_named_list_has_a_nonce_and_a_fresh_one_after_each_correction(county, renewal):
    election = posted(renewal, county.village)
    roll = election.own_roll
    names = [f"{row.number} {row.name}" for row in read.posted(election)]
    nonce = read.nonce(roll)

    assert roll.paper_digest == merkle.paper_digest(bytes.fromhex(nonce), names)
    assert roll.paper_digest != merkle.paper_digest(bytes(16), names)

    correct(election, person(election, "王秀兰"), "strike")
    assert read.nonce(fresh(roll)) != nonce
    assert fresh(roll).paper_digest != roll.paper_digest


# Secrecy


def written_anywhere():
    """Everything that leaves the room or lies in the record: events with their leaves, documents with theirs."""
    return " ".join(
        bytes(value).decode() if isinstance(value, bytes | memoryview) else str(value)
        for model in (Event, Document)
        for row in model.objects.all()
        for value in vars(row).values()
    )


def without_digests(text):
    """The text without its digests and random keys, in which any four digits turn up by chance."""
    return re.sub(r"[0-9A-Za-z_-]{16,}", "", text)


def test_neither_the_record_nor_the_public_log_names_or_numbers_anybody_on_the_roll(county, renewal, caplog):
    election = planned(renewal, county.village)
    away = with_number(cast.make_person(county.village, "外出人", residence=Person.Residence.AWAY), 202)
    declare(election, away, "takes_part", note="外出人来电 13800000202")
    election = post(make(election))
    correct(election, person(election, "李建国"), "strike", reason="李建国去世")
    about = {
        "about": "detail",
        "says": "王秀兰的名字错了",
        "objector": "张桂英",
        "filed_on": OPEN,
        "today": OPEN,
        "by": CLERK,
    }
    made = objections.file(election=election, person=person(election, "王秀兰"), **about)
    objections.decide(
        objection=made, verdict="rejected", reason="王秀兰核对无误", decided_on=OPEN, today=OPEN, by=CLERK
    )
    rolls.close_objections(election=election, today=OPEN, by=CLERK)
    mandate(election, "王秀兰", "杨守义", reason="王秀兰在太原")

    written = written_anywhere()
    logged = caplog.text
    for row in election.own_roll.lines.select_related("person"):
        number = sealing.unseal(row.person, "id_sealed")
        secrets = [
            row.name,
            number,
            sealing.unseal(row.person, "phone_sealed"),
            str(row.born),
            row.key,
        ]
        if row.salt_sealed:
            secrets += [
                sealing.unseal(row, "salt_sealed"),
                read.slip_code(row),
                row.code_look_up,
                row.name_look_up,
            ]
        # The key of a line may stand in the record (it tells nothing), never in a document.
        for secret in secrets[:4] + secrets[5:]:
            assert secret not in written, secret
            assert secret not in logged
        assert number[-4:] not in without_digests(written + logged), number[-4:]
    bodies = " ".join(
        bytes(each.body).decode() + bytes(each.leaf).decode() for each in Document.objects.all()
    )
    assert not any(
        row.key in bodies or row.person.key in bodies
        for row in election.own_roll.lines.select_related("person")
    )


def test_numbers_salts_and_codes_lie_sealed_in_the_table(county, renewal):
    election = posted(renewal, county.village)

    raw = repr(list(RollLine.objects.values_list()))
    for row in election.own_roll.lines.select_related("person"):
        for secret in (
            sealing.unseal(row, "salt_sealed"), read.slip_code(row), sealing.unseal(row.person, "id_sealed")
        ):  # fmt: skip
            assert secret not in raw


# Forgetting


def test_when_all_is_over_salts_codes_and_look_ups_can_be_deleted(county, renewal):
    election = posted(renewal, county.village)
    Election.objects.filter(pk=election.pk).update(stage="announced")

    rolls.forget(election=election, by=CLERK)

    roll = Roll.objects.get(election=election)
    assert roll.nonce_sealed is None
    for row in roll.lines.all():
        assert (row.salt_sealed, row.code_sealed, row.code_look_up, row.name_look_up) == (None, None, "", "")
    assert acts()[-1] == "elections.roll_secrets_deleted"
    with nothing_happens():
        rolls.forget(election=election, by=CLERK)


def test_nothing_is_deleted_while_a_round_still_uses_the_roll(county, renewal):
    election = posted(renewal, county.village)
    with refused(NotNow):
        rolls.forget(election=election, by=CLERK)
    Election.objects.filter(pk=election.pk).update(stage="announced")
    cast.make_election(renewal, county.village, parent=election, kind="second", stage="candidates")

    with refused(NotNow):
        rolls.forget(election=fresh(election), by=CLERK)


def test_who_decides_deletes_them_on_a_page_that_asks_first(county, people, renewal, client):
    election = posted(renewal, county.village)
    Election.objects.filter(pk=election.pk).update(stage="announced")
    address = f"/elections/{election.key}/roll/forget/"

    assert cast.sign_in(client, people.village_clerk).post(address).status_code == 404
    cast.sign_in(client, people.township_clerk)
    assert client.get(address).status_code == 200
    assert read.has_codes(fresh(election))

    assert client.post(address).status_code == 302
    assert not read.has_codes(fresh(election))
    assert client.get(f"/elections/{election.key}/print/slips.pdf").status_code == 404


def test_while_the_roll_is_in_use_the_page_refuses_and_says_why(county, people, renewal, client):
    election = posted(renewal, county.village)

    answer = cast.sign_in(client, people.township_clerk).post(f"/elections/{election.key}/roll/forget/")

    assert answer.status_code == 409
    assert read.has_codes(fresh(election))
