"""Checking, writing and throwing away a roster: nothing before the clerk says so, never half, never twice."""

import time
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.models import Household, Kinship, Person
from shanzhi.apps.record.models import Event
from shanzhi.apps.tables.actions import imports
from shanzhi.apps.tables.errors import Refused, Unreadable
from shanzhi.apps.tables.models import Import, Part
from tests.apps.tables.bringing import TODAY, bring_in, check, check_file, faults, write
from tests.apps.tables.files import row, xlsx
from tests.cast import make_id_number


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def acts():
    return list(Event.objects.order_by("pk").values_list("act", flat=True))


def state():
    return (
        list(Person.objects.order_by("pk").values_list("pk", "name", "version", "left", "phone_sealed")),
        list(Household.objects.order_by("pk").values_list("pk", "number", "group")),
        list(Kinship.objects.order_by("pk").values_list("person", "other", "relation")),
    )


FAMILY = (
    row(1, 村民小组="一组", 与户主关系="户主", 联系电话="13800000001", 政治面貌="中共党员"),
    row(2, 户号="001", 姓名="李大山", woman=False, 与户主关系="丈夫"),
    row(3, 户号="001", 姓名="李小梅", born=date(1995, 2, 3), 与户主关系="长女"),
)


def test_checking_writes_nobody(county):
    made = check(county.village, *FAMILY)

    assert (made.good, made.bad, made.new, made.changed) == (3, 0, 3, 0)
    assert not Person.objects.exists()
    assert not Household.objects.exists()
    assert acts() == ["tables.checked"]


def test_a_file_that_cannot_be_read_leaves_no_trace(county):
    with pytest.raises(Unreadable):
        check_file(county.village, b"PK\x03\x04")

    assert Import.objects.get().status == "unreadable"
    assert not Part.objects.exists()
    assert acts() == []


def test_writing_puts_people_households_and_kin_into_the_records(county):
    done = bring_in(county.village, *FAMILY)

    assert (done.status, done.new, done.changed) == ("written", 3, 0)
    head, husband, daughter = Person.objects.order_by("pk")
    assert (head.name, head.sex, head.party, head.is_head) == ("王秀兰", "f", "full", True)
    assert (head.household.number, head.household.group) == ("001", "一组")
    assert husband.household == daughter.household == head.household
    assert selectors.id_number(head) == make_id_number(1)
    assert selectors.phone(head) == "13800000001"
    assert {(relation, other.name) for relation, other in selectors.kin_of(head)} == {
        ("spouse", "李大山"),
        ("child", "李小梅"),
    }
    assert acts() == ["tables.checked", "tables.written"]


def test_the_rows_are_sealed_while_they_wait_and_gone_when_they_are_written(county):
    made = check(county.village, *FAMILY)
    waiting = b"".join(bytes(part.sealed) for part in Part.objects.all())
    assert set(Part.objects.values_list("kind", flat=True)) == {"file", "rows"}
    write(made)

    assert "李大山".encode() not in waiting
    assert make_id_number(1).encode() not in waiting
    kept = Part.objects.get()
    assert kept.kind == "trace"
    assert "李大山".encode() not in bytes(kept.sealed)


def test_the_record_names_nobody(county):
    bring_in(county.village, *FAMILY)

    for event in Event.objects.all():
        told = bytes(event.leaf).decode()
        assert "王秀兰" not in told
        assert make_id_number(1) not in told


def test_a_second_click_changes_nothing(county):
    made = check(county.village, *FAMILY)
    write(made)
    before = (state(), acts())

    again = write(made)

    assert again.status == "written"
    assert (state(), acts()) == before


def test_two_clerks_with_the_same_file_make_each_person_once(county):
    first = check(county.village, *FAMILY, by="one")
    second = check(county.village, *FAMILY, by="two")

    write(first, by="one")
    before = state()
    done = write(second, by="two")

    assert (done.new, done.changed) == (0, 0)
    assert state() == before


def test_the_same_file_again_changes_nothing(county):
    bring_in(county.village, *FAMILY)
    before = state()

    made = check(county.village, *FAMILY)

    assert (made.new, made.changed) == (0, 0)
    write(made)
    assert state() == before


def test_a_mended_file_changes_what_it_states_and_keeps_what_it_does_not(county):
    bring_in(
        county.village,
        row(1, 联系电话="13800000001", 政治面貌="中共党员", 剥夺政治权利="是", 与户主关系="户主"),
    )

    done = bring_in(county.village, row(1, 姓名="王秀蘭", 居住情况="户在人不在"))

    person = Person.objects.get()
    assert (done.new, done.changed) == (0, 1)
    assert (person.name, person.residence, person.version) == ("王秀蘭", "away", 2)
    assert (person.party, person.rights_removed, person.is_head) == ("full", True, True)
    assert selectors.phone(person) == "13800000001"


@pytest.mark.parametrize(
    "cells", [{"联系电话": "13900000002"}, {"村民小组": "三组"}, {"户号": "077"}, {"政治面貌": "群众"}, {"剥夺政治权利": "否"},
              {"居住或工作起始日期": "2020-01-01"}, {"与户主关系": "配偶"}],
)  # fmt: skip
def test_each_column_that_differs_counts_as_a_change(county, cells):
    bring_in(
        county.village,
        row(
            1,
            联系电话="13800000001",
            村民小组="一组",
            政治面貌="中共党员",
            剥夺政治权利="是",
            与户主关系="户主",
        ),
    )

    made = check(county.village, row(1, **cells))

    assert made.changed == 1
    assert (write(made).changed, check(county.village, row(1, **cells)).changed) == (1, 0)


def test_with_faults_nothing_is_written_unless_the_good_rows_are_asked_for(county):
    made = check(county.village, row(1), row(2, 姓名=""))
    before = (state(), acts())

    with pytest.raises(Refused) as refusal:
        write(made)

    assert "only the good rows" in str(refusal.value.message)
    assert (state(), acts()) == before
    assert write(made, good_only=True).new == 1
    assert Person.objects.get().household.number == "001"


def test_a_file_without_a_good_row_is_not_written(county):
    made = check(county.village, row(1, 姓名=""))

    with pytest.raises(Refused):
        write(made, good_only=True)

    made.refresh_from_db()
    assert made.status == "checked"


def test_someone_in_another_village_is_a_fault_that_names_the_village(county):
    bring_in(county.west_village, row(1))

    made = check(county.village, row(1), row(2))

    assert (made.good, made.bad) == (1, 1)
    (fault,) = faults(made)
    assert (fault.line, fault.column) == (2, "公民身份号码")
    assert "西岭乡枣岭村委会" in fault.reason
    assert fault.remedy


def test_someone_entered_elsewhere_meanwhile_stops_the_writing_whole(county):
    made = check(county.village, row(1), row(2))
    bring_in(county.west_village, row(2))
    before = (state(), acts())

    with pytest.raises(Refused) as refusal:
        write(made)

    assert "Upload the file again" in str(refusal.value.message)
    assert (state(), acts()) == before
    made.refresh_from_db()
    assert made.status == "checked"


def test_someone_who_moved_away_comes_in_anew(county):
    bring_in(county.west_village, row(1))
    actions.mark_left(person=Person.objects.get(), left="moved", left_on=TODAY, today=TODAY, by="clerk")

    assert bring_in(county.village, row(1)).new == 1
    assert selectors.find_by_id_number(make_id_number(1)).place == county.village


def test_someone_recorded_as_died_does_not_return_by_a_file(county):
    bring_in(county.village, row(1))
    actions.mark_left(person=Person.objects.get(), left="died", left_on=TODAY, today=TODAY, by="clerk")

    made = check(county.village, row(1))

    assert (made.good, made.bad) == (0, 1)
    assert "died" in faults(made)[0].reason


def test_people_who_are_not_in_the_file_stay_and_are_counted(county):
    bring_in(county.village, *FAMILY)

    made = check(county.village, row(1))

    assert made.absent == 2
    write(made)
    assert Person.objects.filter(left="").count() == 3


def test_a_new_head_takes_the_place_of_the_old_one(county):
    bring_in(county.village, *FAMILY)

    bring_in(county.village, row(2, 户号="001", 姓名="李大山", woman=False, 与户主关系="户主"))

    assert [each.name for each in Person.objects.filter(is_head=True)] == ["李大山"]


def test_a_relation_that_the_file_corrects_is_put_right_and_not_doubled(county):
    bring_in(county.village, row(1, 与户主关系="户主"), row(2, 户号="001", 与户主关系="子女"))
    bring_in(county.village, row(1, 与户主关系="户主"), row(2, 户号="001", 与户主关系="兄弟姐妹"))

    assert [link.relation for link in Kinship.objects.all()] == ["sibling"]


def test_a_relation_recorded_the_other_way_round_is_the_same_one(county):
    bring_in(county.village, row(1, 与户主关系="户主"), row(2, 户号="001"))
    head, child = Person.objects.order_by("pk")
    actions.set_kin(person=head, other=child, relation="parent", by="clerk")

    bring_in(county.village, row(1, 与户主关系="户主"), row(2, 户号="001", 与户主关系="子女"))
    assert Kinship.objects.count() == 1

    bring_in(county.village, row(1, 与户主关系="户主"), row(2, 户号="001", 与户主关系="孙女"))
    assert [(link.person, link.relation) for link in Kinship.objects.all()] == [(child, "grandchild")]


def test_a_file_thrown_away_is_gone_with_its_rows_and_cannot_be_written(county):
    made = check(county.village, *FAMILY)

    imports.drop(made=made, by="clerk")
    imports.drop(made=made, by="clerk")

    assert not Part.objects.exists()
    assert acts() == ["tables.checked", "tables.dropped"]
    with pytest.raises(Refused):
        write(made)
    assert not Person.objects.exists()


def test_a_written_file_cannot_be_thrown_away(county):
    made = check(county.village, *FAMILY)
    write(made)
    before = acts()

    with pytest.raises(Refused):
        imports.drop(made=made, by="clerk")

    assert acts() == before


def test_a_clerks_earlier_file_that_was_left_lying_goes_when_the_next_is_checked(county):
    first = check(county.village, row(1))
    other_clerks = check(county.village, row(1), by="another")
    check(county.village, row(1), row(2))

    first.refresh_from_db()
    other_clerks.refresh_from_db()
    assert (first.status, first.parts.exists()) == ("dropped", False)
    assert other_clerks.status == "checked"


# Size and speed


def many(number):
    return [
        row(
            at,
            公民身份号码=make_id_number(at % 400 + 1, born=date(1950 + at // 400, 1 + at % 12, 1 + at % 28)),
        )
        for at in range(number)
    ]


def queries(act):
    with CaptureQueriesContext(connection) as asked:
        done = act()
    return done, len(asked)


def test_many_rows_are_checked_and_written_with_few_questions_to_the_database(county):
    """In batches of hundreds: 380 more rows cost a handful of statements, not hundreds."""
    few, checking_few = queries(lambda: check(county.second_village, *many(380)[:20]))
    _done, writing_few = queries(lambda: write(few))
    made, checking = queries(lambda: check(county.village, *many(400)[20:]))
    _done, writing = queries(lambda: write(made))

    assert Person.objects.filter(place=county.village).count() == 380
    assert checking - checking_few <= 4
    assert writing - writing_few <= 10


def test_a_roster_of_two_thousand_rows_takes_seconds(county):
    content = xlsx(*many(2000))
    began = time.monotonic()

    write(check_file(county.village, content))

    assert Person.objects.count() == 2000
    assert time.monotonic() - began < 15  # about two seconds on a quiet machine
