"""What the law gives to whom the records are about: the printout, correction on its clock, deletion by rule."""

from datetime import date
from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from shanzhi.apps.elections.models import Roll, RollLine
from shanzhi.apps.places import actions
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import (
    CorrectionRequest,
    Kinship,
    Movement,
    NameSpelling,
    PastResidence,
    Person,
)
from shanzhi.apps.places.selectors import lives, rights
from shanzhi.apps.record.models import Event
from shanzhi.apps.record.selectors import faults
from tests.apps.places.the_pages import NUMBER, acts, text_of
from tests.cast import make_election, make_person, make_renewal, sign_in

TODAY = date(2026, 12, 1)
BY = {"today": TODAY, "by": "clerk"}


def printed(client, person, **sent):
    answer = client.post(reverse("places:held", args=[person.key]), {"asked_by": "self"} | sent)
    assert answer["Content-Type"] == "application/pdf"
    return "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace("\n", "")


# What is held, and who looked


def test_everything_held_and_who_looked_is_one_paper(clerk, county, people, villager):
    """PIPL-45."""
    actions.set_kin(
        person=make_person(county.village, "王大山"), other=villager, relation="parent", by="clerk"
    )
    actions.change_residence(person=villager, residence="away", day=date(2020, 1, 1), **BY)
    actions.reveal_numbers(person=villager, reason="call", by=people.village_clerk.key)
    RollLine.objects.create(
        roll=Roll.objects.create(election=make_election(make_renewal(county), county.village), posted_on=TODAY),
        person=villager, number=7, listed=True, voter_class=1, name="王秀兰", sex="f", born=villager.born,
    )  # fmt: skip

    paper = printed(clerk, villager)

    for part in ("王秀兰", "王大山", "户在人不在", "选民名单", "柳树沟文书", "东川干事"):
        assert part in paper
    assert NUMBER not in paper
    event = Event.objects.first()
    assert (event.act, event.facts["in_full"]) == ("places.person_printed", False)


def test_numbers_stand_in_full_only_when_asked_for_and_that_is_a_look(clerk, villager):
    assert NUMBER in printed(clerk, villager, in_full="on")
    assert Event.objects.first().facts == {"asked_by": "self", "in_full": True, "reason": "asked"}


def take_out(clerk, place, purpose):
    address = reverse("tables:export", args=["roster", place.code])
    clerk.post(address, {"purpose": purpose, "form": "xlsx", "reason": "correct"})


def test_the_list_of_looks_holds_every_way_to_a_number(clerk, county, people, villager):
    actions.reveal_numbers(person=villager, reason="check", by=people.township_clerk.key)
    clerk.post(reverse("places:people"), {"q": NUMBER[-4:]})
    take_out(clerk, county.village, "look")
    take_out(clerk, county.village, "work")
    printed(clerk, villager)

    told = [each.event.act for each in lives.looks(villager)]
    assert told == [
        "places.person_printed", "tables.exported", "places.found_by_digits", "places.numbers_revealed"
    ]  # fmt: skip
    page = text_of(clerk.get(reverse("places:person_history", args=[villager.key])))
    assert "东川干事" in page


def test_exports_of_a_village_count_only_while_the_person_was_in_it(clerk, county, villager):
    actions.record_arrival(person=villager, day=date(2020, 1, 1), elsewhere="", **BY)
    actions.transfer(
        person=villager, to=county.second_village, household="1", residence="away", day=date(2026, 5, 1), **BY
    )
    take_out(clerk, county.village, "work")
    person = Person.objects.get(pk=villager.pk)

    assert lives.looks(person) == []
    take_out(clerk, county.second_village, "work")
    assert len(lives.looks(person)) == 1


# Correction


def ask(person, **more):
    facts = {"about": "name", "says": "应为王秀蓝", "asked_by": "self", "asked_on": date(2026, 11, 20)}
    return actions.ask_correction(person=person, **facts | BY | more)


def test_a_request_starts_a_clock_that_the_county_may_set(county, villager):
    assert ask(villager).decide_by == date(2026, 12, 5)
    assert ask(villager) == CorrectionRequest.objects.get()  # sent twice, it is one request
    actions.set_local_setting(
        place=county.place, key="correction_days", value=7, issuer="县委办", document="1号", issued_on=date(2026, 1, 1),
        since=date(2026, 1, 1), by="clerk",
    )  # fmt: skip
    assert ask(villager, about="kin").decide_by == date(2026, 11, 27)


def test_a_request_is_decided_once_with_its_reason(villager):
    request = ask(villager)
    with pytest.raises(Wrong):
        actions.decide_correction(request=request, verdict="done", reason=" ", **BY)
    for _time in range(2):
        actions.decide_correction(request=request, verdict="done", reason="已更正", **BY)

    with pytest.raises(Refused):
        actions.decide_correction(request=request, verdict="refused", reason="另有原因", **BY)
    request.refresh_from_db()
    assert (request.verdict, request.decided_on) == ("done", TODAY)
    assert acts().count("places.correction_decided") == 1
    assert "王秀蓝" not in "".join(bytes(each.leaf).decode() for each in Event.objects.all())


def test_requests_are_listed_by_their_clock_and_decided_on_the_page(clerk, villager):
    clerk.post(
        reverse("places:correction_new", args=[villager.key]),
        {
            "about": "name",
            "says": "应为王秀蓝",
            "asked_by": "self",
            "asked_on": timezone.localdate().isoformat(),
        },
    )
    request = CorrectionRequest.objects.get()
    assert "王秀兰" in text_of(clerk.get(reverse("places:corrections")))
    assert reverse("places:correction", args=[request.key]) in text_of(
        clerk.get(reverse("places:person", args=[villager.key]))
    )

    clerk.post(reverse("places:correction", args=[request.key]), {"verdict": "done", "reason": "已更正"})

    assert "王秀兰" not in text_of(clerk.get(reverse("places:corrections")))
    assert "王秀兰" in text_of(clerk.get(reverse("places:corrections"), {"show": "all"}))


# Deletion


def keep(county, key="keep_moved", years=3, place=None, since=date(2026, 1, 1)):
    actions.set_local_setting(
        place=place or county.place, key=key, value=years, issuer="县委办", document="样办〔2026〕3号", issued_on=since,
        since=since, by="clerk",
    )  # fmt: skip


def gone(person, day=date(2020, 1, 1), left="moved"):
    return actions.mark_left(person=person, left=left, left_on=day, **BY)


def due(county, today=TODAY):
    return [each.person.pk for each in rights.due_to_be_forgotten([county.place.pk], today=today)]


def test_without_a_keeping_time_nothing_is_due(county, villager):
    gone(villager)

    assert due(county) == []


def test_what_is_due_names_the_document_and_the_nearest_place_decides(county, villager):
    """PIPL-47."""
    gone(villager)
    keep(county)
    (told,) = rights.due_to_be_forgotten([county.place.pk], today=TODAY)
    assert (told.person, told.since, told.document) == (villager, date(2023, 1, 1), "样办〔2026〕3号")

    keep(county, years=10, place=county.east)
    assert due(county) == []
    assert due(county, date(2030, 1, 1)) == [villager.pk]
    assert due(county, date(2029, 12, 31)) == []


@pytest.mark.parametrize(
    ("left", "key"), [("moved", "keep_died"), ("died", "keep_moved"), ("died", "keep_wrong")]
)
def test_each_kind_of_leaving_has_a_time_of_its_own(county, villager, left, key):
    gone(villager, left=left)
    keep(county, key=key)

    assert due(county) == []


def test_whoever_stands_in_a_vote_or_waits_for_an_answer_stays(county, villager):
    keep(county)
    gone(villager)
    waiting = make_person(county.village, "李大山")
    ask(waiting)
    gone(waiting)
    RollLine.objects.create(
        roll=Roll.objects.create(election=make_election(make_renewal(county), county.village), posted_on=TODAY),
        person=villager, number=7, listed=True, voter_class=1, name="王秀兰", sex="f", born=villager.born,
    )  # fmt: skip

    assert due(county) == []
    for person in (villager, waiting):
        before = Person.objects.filter(pk=person.pk).values().get()
        with pytest.raises(Refused):
            actions.forget_person(person=person, **BY)
        assert Person.objects.filter(pk=person.pk).values().get() == before


def test_a_line_of_an_entry_that_was_merged_keeps_the_one_that_stays(county, villager):
    keep(county)
    twin = make_person(county.west_village)
    RollLine.objects.create(
        roll=Roll.objects.create(election=make_election(make_renewal(county), county.west_village), posted_on=TODAY),
        person=twin, number=7, listed=True, voter_class=1, name="王秀兰", sex="f", born=villager.born,
    )  # fmt: skip
    actions.merge(person=twin, into=villager, reason="户口本", **BY)
    gone(villager)

    assert due(county) == []


def test_a_person_who_is_forgotten_leaves_a_key_and_nothing_else(county, villager):
    keep(county)
    twin = make_person(county.west_village, "王秀蓝")
    actions.set_kin(
        person=make_person(county.village, "王大山"), other=villager, relation="parent", by="clerk"
    )
    actions.change_residence(person=villager, residence="away", day=date(2015, 1, 1), **BY)
    actions.merge(person=twin, into=villager, reason="户口本", **BY)
    actions.mark_left(person=villager, left="moved", left_on=date(2020, 1, 1), elsewhere="太原市", **BY)
    for _time in range(2):
        actions.forget_person(person=villager, **BY)

    held = Person.objects.get(pk=villager.pk)
    assert (held.key, held.name, held.born, held.id_sealed, held.id_look_up, held.id_tail, held.phone_sealed) == (
        villager.key, "", None, None, None, None, None
    )  # fmt: skip
    assert held.forgotten_on == TODAY
    assert Person.objects.get(pk=twin.pk).name == ""
    assert not Kinship.objects.exists()
    assert not PastResidence.objects.exists()
    assert set(Movement.objects.values_list("elsewhere", flat=True)) == {""}
    assert not NameSpelling.objects.filter(name__in=["王秀兰", "王秀蓝"]).exists()
    assert acts().count("places.person_forgotten") == 1
    assert list(faults()) == []  # the trail still adds up


def test_somebody_forgotten_is_in_no_list_and_has_a_page_that_says_so(clerk, county, villager):
    keep(county)
    gone(villager)
    clerk.post(reverse("places:forget", args=[villager.key]))

    page = text_of(clerk.get(reverse("places:person", args=[villager.key])))
    assert "匿名" in page
    assert "007" not in page
    assert "1970" not in page
    listed = text_of(clerk.get(reverse("places:people"), {"left": "all"}))
    assert villager.key not in listed
    with pytest.raises(Refused):
        ask(villager)
    with pytest.raises(Refused):
        actions.take_back_left(person=villager, by="clerk")


def test_the_page_and_the_command_list_what_is_due(clerk, county, villager, capsys):
    gone(villager)
    assert "还没有规定期限" in text_of(clerk.get(reverse("places:keeping")))
    keep(county)

    page = text_of(clerk.get(reverse("places:keeping")))
    assert "王秀兰" in page
    assert "样办〔2026〕3号" in page
    call_command("list_deletions")
    said = capsys.readouterr().out
    assert villager.key in said
    assert "王秀兰" not in said


def test_only_those_who_keep_the_records_print_correct_and_delete(client, people, villager):
    for account in (people.other_clerk, people.county_office):
        sign_in(client, account)
        for page in ("held", "correction_new", "forget"):
            assert client.post(reverse(f"places:{page}", args=[villager.key]), {}).status_code == 404
