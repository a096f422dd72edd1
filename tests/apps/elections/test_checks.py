"""Is my name on the roll? Yes or no, only so often, and nobody learns who asked."""

import inspect
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.apps.elections.actions import checks, corrections, rolls
from shanzhi.apps.elections.actions.checks import Reply
from shanzhi.apps.elections.models import CheckAttempt, Election
from shanzhi.apps.elections.selectors import rolls as read
from shanzhi.apps.elections.selectors.rolls import Question
from shanzhi.apps.places import selectors as places
from shanzhi.apps.record.models import Document, Event
from tests import cast
from tests.apps.elections.the_road import (
    CLERK,
    OPEN,
    POSTED,
    days,
    fresh,
    line,
    make,
    person,
    planned,
    posted,
)


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def roll(county, renewal):
    return posted(renewal, county.village).own_roll


def tail(roll, name="王秀兰"):
    return places.id_number(roll.lines.get(name=name).person)[-4:]


def code(roll, name="王秀兰"):
    return read.slip_code(roll.lines.get(name=name))


def ask(roll, *, client="10.0.0.1", today=POSTED, **question):
    return checks.ask(roll=roll, question=Question(**question), client=client, today=today)


# Answers


def test_a_name_with_its_last_four_is_answered_yes(roll):
    assert ask(roll, name="王秀兰", tail=tail(roll)) == Reply.YES


def test_whatever_does_not_fit_is_answered_no(roll):
    other = tail(roll, "李建国")

    assert ask(roll, name="王秀兰", tail="0000") == Reply.NO
    assert ask(roll, name="王秀兰", tail=other) == Reply.NO
    assert ask(roll, name="没有此人", tail=tail(roll)) == Reply.NO
    assert ask(roll, name="", tail="") == Reply.NO


def test_the_code_of_a_slip_is_answered_yes_and_a_wrong_one_no(roll):
    assert ask(roll, code=code(roll)) == Reply.YES
    assert ask(roll, code="AAAAAAAA") == Reply.NO


def test_a_code_is_all_that_counts_when_one_is_given(roll):
    """Otherwise a wrong code beside a name would ask about the name without its cap."""
    assert ask(roll, code="AAAAAAAA", name="王秀兰", tail=tail(roll)) == Reply.NO


@pytest.mark.parametrize("typed", ["王 秀兰", "王　秀兰", " 王秀兰 "])
def test_a_name_is_the_same_name_however_it_is_typed(roll, typed):
    assert ask(roll, name=typed, tail=tail(roll)) == Reply.YES


def test_wide_and_small_letters_and_dashes_do_not_matter(roll):
    written = code(roll)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in written)

    assert ask(roll, code=written.lower()) == Reply.YES
    assert ask(roll, code=f"{written[:4]}-{written[4:]}") == Reply.YES
    assert ask(roll, code=wide) == Reply.YES
    assert ask(roll, name="王秀兰", tail=tail(roll).lower()) == Reply.YES


def test_who_was_struck_off_is_answered_no(roll):
    corrections.correct(
        election=roll.election, person=roll.lines.get(name="王秀兰").person, change="strike", reason="迁出", made_on=OPEN,
        today=OPEN, by=CLERK,
    )  # fmt: skip

    assert ask(roll, name="王秀兰", tail=tail(roll)) == Reply.NO


def test_who_is_in_the_records_but_not_on_the_roll_is_answered_no(county, renewal):
    election = planned(renewal, county.village)
    child = person(election, "王秀兰")
    child.rights_removed = True
    child.save()
    roll = posted_after(election)

    assert ask(roll, name="王秀兰", tail=tail(roll)) == Reply.NO


def posted_after(election):
    election = make(election)
    return rolls.post(election=election, posted_on=POSTED, version=election.version, today=POSTED, by=CLERK)


# Caps


@pytest.mark.parametrize("name", ["王秀兰", "没有此人"], ids=["on the roll", "nobody"])
def test_one_name_is_asked_about_five_times_a_day_whether_or_not_it_stands_there(roll, name):
    right = tail(roll)
    replies = [ask(roll, name=name, tail=f"{guess:04}", client=f"10.0.0.{guess}") for guess in range(5)]

    assert replies == [Reply.NO] * 5
    assert ask(roll, name=name, tail=right, client="10.0.1.1") == Reply.TOO_OFTEN


@pytest.mark.parametrize("name", ["王秀兰", "没有此人"], ids=["on the roll", "nobody"])
def test_one_name_is_asked_about_ten_times_a_posting(roll, name):
    right = tail(roll)
    for day in range(2):
        for guess in range(5):
            ask(roll, name=name, tail="0000", client=f"10.{day}.0.{guess}", today=POSTED + days(day))

    assert ask(roll, name=name, tail=right, today=POSTED + days(2)) == Reply.TOO_OFTEN
    assert ask(roll, name="李建国", tail=tail(roll, "李建国"), today=POSTED + days(2)) == Reply.YES


def test_spaces_do_not_make_another_name_of_it(roll):
    for spaces in range(5):
        ask(roll, name="王" + " " * spaces + "秀兰", tail="0000")

    assert ask(roll, name="王 秀 兰", tail=tail(roll)) == Reply.TOO_OFTEN


def test_a_slip_still_answers_when_the_name_has_been_asked_too_often(roll):
    for _time in range(6):
        ask(roll, name="王秀兰", tail="0000")

    assert ask(roll, code=code(roll)) == Reply.YES


def test_one_asker_has_his_own_cap(roll):
    for guess in range(checks.CLIENT_A_DAY):
        ask(roll, code=f"{guess:08}")

    assert ask(roll, code=code(roll)) == Reply.TOO_OFTEN
    assert ask(roll, code=code(roll), client="10.0.0.2") == Reply.YES


def test_one_busy_asker_uses_up_his_own_cap_and_not_the_villages(roll):
    for guess in range(checks.CLIENT_A_DAY + 20):
        ask(roll, code=f"{guess:08}")

    assert CheckAttempt.objects.get(bucket=f"place:{roll.election.village_id}").count == checks.CLIENT_A_DAY


def test_a_village_has_its_cap_against_guessing_from_many_places(roll):
    CheckAttempt.objects.create(
        bucket=f"place:{roll.election.village_id}", day=POSTED, count=checks.PLACE_A_DAY
    )

    assert ask(roll, code=code(roll)) == Reply.TOO_OFTEN
    assert ask(roll, code=code(roll), today=POSTED + days(1)) == Reply.YES


# The same work, whatever the answer


def statements(roll, **question):
    with CaptureQueriesContext(connection) as asked:
        reply = ask(roll, **question)
    return reply, [re.split(r"WHERE|VALUES|SAVEPOINT", each["sql"])[0] for each in asked]


def test_yes_no_and_too_often_cost_the_same_statements(roll):
    """What the database is asked, and in which order, tells nothing about whether a name stands on the roll."""
    ask(roll, name="李建国", tail="0000")
    ask(roll, name="没有此人", tail="0000")  # both names have been asked about before

    yes, asked_yes = statements(roll, name="李建国", tail=tail(roll, "李建国"))
    no, asked_no = statements(roll, name="没有此人", tail="1234")
    for name in ("李建国", "没有此人"):
        for _time in range(3):
            ask(roll, name=name, tail="0000")
    often, asked_often = statements(roll, name="李建国", tail=tail(roll, "李建国"))
    often_nobody, asked_often_nobody = statements(roll, name="没有此人", tail="1234")

    assert (yes, no, often, often_nobody) == (Reply.YES, Reply.NO, Reply.TOO_OFTEN, Reply.TOO_OFTEN)
    assert asked_yes == asked_no == asked_often == asked_often_nobody


def test_a_first_question_about_a_name_costs_the_same_for_everybody(roll):
    ask(roll, code="AAAAAAAA")  # the village's count stands

    _yes, asked_yes = statements(roll, name="李建国", tail=tail(roll, "李建国"))
    _no, asked_no = statements(roll, name="没有此人", tail="1234")

    assert asked_yes == asked_no


# Who asked


def test_no_table_holds_who_asked_about_whom(roll):
    before = Event.objects.count(), Document.objects.count()
    right = tail(roll)
    ask(roll, name="王秀兰", tail=right, client="203.0.113.7")
    ask(roll, code=code(roll), client="203.0.113.7")

    rows = str(list(CheckAttempt.objects.values()))
    for secret in ("203.0.113.7", "王秀兰", right, code(roll)):
        assert secret not in rows
    assert {bucket.split(":")[0] for bucket in CheckAttempt.objects.values_list("bucket", flat=True)} == {
        "place",
        roll.key,
    }
    assert (Event.objects.count(), Document.objects.count()) == before


def test_in_memory_too_the_askers_address_is_only_a_keyed_hash(roll):
    ask(roll, code="A", client="203.0.113.7")

    keys = [key for key in cache._cache if "roll-asker" in key]
    assert len(keys) == 1
    assert "203.0.113.7" not in keys[0]


def test_the_signature_of_a_question_has_no_room_for_an_account():
    assert set(inspect.signature(checks.ask).parameters) == {"roll", "question", "client", "today"}


# While the roll stands


@pytest.mark.parametrize(
    ("stage", "open_"),
    [
        ("roll", False), ("roll_posted", True), ("candidates", True), ("voting", True), ("counting", True),
        ("announced", False),
    ],
)  # fmt: skip
def test_the_look_up_answers_while_the_roll_stands(county, roll, stage, open_):
    Election.objects.filter(pk=roll.election_id).update(stage=stage)

    assert read.open_roll(county.village.pk) == (roll if open_ else None)


def test_the_look_up_stays_open_for_a_second_round_on_the_same_roll(county, renewal, roll):
    """VER-10."""
    Election.objects.filter(pk=roll.election_id).update(stage="announced")
    cast.make_election(
        renewal,
        county.village,
        parent=fresh(roll.election),
        kind="second",
        stage="candidates",
        election_day=None,
    )

    assert read.open_roll(county.village.pk) == roll


def test_a_whole_rerun_opens_with_its_own_roll_only(county, renewal, roll):
    Election.objects.filter(pk=roll.election_id).update(stage="announced")
    cast.make_election(renewal, county.village, parent=fresh(roll.election), kind="whole", stage="planned")

    assert read.open_roll(county.village.pk) is None
    assert read.open_roll(county.second_village.pk) is None


def test_counts_of_names_are_deleted_with_the_rolls_secrets(roll):
    ask(roll, name="王秀兰", tail="0000")
    Election.objects.filter(pk=roll.election_id).update(stage="announced")

    rolls.forget(election=fresh(roll.election), by=CLERK)

    assert not CheckAttempt.objects.filter(bucket__startswith=roll.key).exists()
    assert ask(fresh(roll), name="王秀兰", tail=tail(roll)) == Reply.NO
    assert line(fresh(roll.election), "王秀兰").name_look_up == ""
