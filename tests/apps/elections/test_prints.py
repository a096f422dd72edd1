"""An election's papers: what was published in official layout, the named lists for the board, slips for voters."""

import re

import pytest
from django.urls import reverse

from shanzhi.apps.elections import prints
from shanzhi.apps.elections.actions import lines as sealed
from shanzhi.apps.elections.actions import notices
from shanzhi.apps.elections.errors import NotNow
from shanzhi.apps.elections.models import Notice, Roll
from shanzhi.apps.elections.prints.slips import own_proof
from shanzhi.apps.elections.selectors import rolls
from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.models import Person
from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.models import Checkpoint, Document
from shanzhi.cli.main import main
from shanzhi.web.print import MissingGlyphs
from tests.apps.elections import printed
from tests.apps.elections.test_notices import KINDS, PUBLISH, VOTES
from tests.apps.elections.the_count import acts, announce, fresh, reckon
from tests.cast import make_account, make_id_number, sign_in
from tests.web.paper import has_code, holds, leads_to, pages, text

pytestmark = pytest.mark.django_db
every_kind = pytest.mark.parametrize("kind", KINDS)


def print_of(kind, registered=60):
    election = printed.with_roll(registered)
    if kind == "result":
        reckon(election, VOTES, collected=58, void=2)
        announce(election)
        return election, prints.notice(election, printed.signed(election.notices.get(kind="result")))
    return election, prints.notice(election, PUBLISH[kind](election))


@every_kind
def test_every_notice_prints_the_lines_to_compare_and_a_code_that_leads_to_its_proof(kind):
    _election, body = print_of(kind)

    held = record.paper_lines(Document.objects.get(kind=kind))
    said = text(body)
    lines = ("address", "origin", "root", "digest", "log_key")
    for line in (*(held[name] for name in lines), f"条数{held['size']}", f"位置{held['index']}"):
        assert line in said.replace(" ", "").replace("　", "")
    assert leads_to(body, held["address"])
    assert "必须逐字相同" in said


@every_kind
def test_every_notice_bears_title_body_day_and_page_numbers(kind):
    _election, body = print_of(kind)

    shown = pages(body)
    document = Document.objects.get(kind=kind)
    assert document.title_zh in shown[0].replace("\n", "")
    assert f"第1页，共{len(shown)}页" in shown[0]
    (last,) = [page for page in shown if "特此公告。" in page]
    assert "东川镇柳树沟村村民选举委员会" in last
    assert re.search(r"2026年1[12]月\d+日", last.split("特此公告。")[1])


@every_kind
def test_every_notice_says_how_to_complain(kind):
    """VCOL-21-2."""
    _election, body = print_of(kind)

    assert "东川镇的人民代表大会和人民政府" in text(body)
    assert "组织法第21条第2款" in text(body)


def test_a_roll_of_nine_hundred_names_every_one_by_group_over_pages():
    election, body = print_of("roll", registered=900)

    shown = pages(body)
    entries = "".join(shown)
    assert 4 <= len(shown) <= 7
    for line in rolls.posted(election):
        assert f"{line.number}{line.name}" in entries.replace(" ", "")
    assert "第一村民小组（300人）（续）" in shown[1]


def test_a_roll_says_until_when_and_to_whom_to_object():
    """VCOL-17-2."""
    _election, body = print_of("roll")

    assert "请于2026年11月30日以前向东川镇柳树沟村村民选举委员会提出" in text(body)


def test_no_paper_for_the_board_holds_an_id_number_or_a_birth_date():
    election = printed.with_roll()
    line = Roll.objects.get().lines.select_related("person").first()
    number = make_id_number(5)
    seal_numbers(line.person, number, "13800001234")

    for publish in PUBLISH.values():
        said = text(prints.notice(election, publish(election)))
        assert number not in said
        assert "13800001234" not in said
        assert line.born.isoformat() not in said


def test_the_roll_on_paper_says_when_it_was_corrected_since():
    election = printed.with_roll()
    notice = printed.posted_roll(election)
    Roll.objects.update(lines_root="f" * 64)

    assert "名单公布后已有更正" in text(prints.notice(fresh(election), notice))


def test_a_correction_names_the_line_the_change_and_the_reason():
    _election, body = print_of("correction")

    said = text(body)
    line = Roll.objects.get().lines.get(number=21)
    assert f"名单第21号，{line.name}：列入名单。理由：登记时遗漏" in said
    assert "异议成立" in said


def test_proxies_are_posted_with_the_names_of_both_sides():
    """VCOL-18-15."""
    election, body = print_of("mandates")

    for mandate in election.mandates.all():
        assert mandate.principal.name in text(body)
        assert mandate.holder.name in text(body)


def test_the_result_prints_votes_reasons_and_articles():
    _election, body = print_of("result")

    said = text(body)
    assert "下列人员当选：主任李建国；副主任杨守义；委员王秀兰（女）；委员张桂英（女）；委员任海生。" in said
    assert "有效票56张、废票2张" in said
    assert "组织法第18条第2款" in said
    for (_post, name), votes in VOTES.items():
        assert name in said
        assert f"{votes}票" in said


def test_an_invalid_election_says_so_on_paper_and_elects_nobody():
    """VCOL-18-6."""
    election = printed.with_roll()
    reckon(election, {("chair", "李建国"): 20}, collected=30)
    announce(election)
    said = text(prints.notice(election, printed.signed(election.notices.get(kind="result"))))

    assert "本次选举无效，没有人当选，将重新组织选举。" in said
    assert "没有超过登记选民的一半" in said
    assert "另行选举" not in said


def test_a_second_round_is_announced_on_paper_with_those_who_stand():
    election = printed.with_roll()
    reckon(election, VOTES | {("member", "任海生"): 25}, collected=58)
    announce(election)
    said = text(prints.notice(election, printed.signed(election.notices.get(kind="result"))))

    assert "委员1名：名额不足，另行选举，候选人：任海生、郝永福。" in said


def test_no_notice_is_printed_without_the_logs_signature():
    """Paper is the first witness: without the log's lines it witnesses nothing."""
    election = printed.with_roll()
    notice = notices.publish_candidates(election=election, posted_on=election.election_day, by="clerk")
    assert not Checkpoint.objects.filter(tree_id="public").exists()

    with pytest.raises(NotNow):
        prints.notice(election, Notice.objects.get(pk=notice.pk))


def test_a_name_without_a_glyph_is_named_and_the_notice_is_not_printed():
    election = printed.with_roll()
    notice = printed.posted_roll(election)
    Roll.objects.get().lines.filter(number=30).update(name="𠮷永年")

    with pytest.raises(MissingGlyphs, match=r"U\+20BB7"):
        prints.notice(election, notice)


# Slips


def test_every_voter_has_a_slip_with_the_code_of_his_line_and_no_other():
    election = printed.with_roll()
    lines = rolls.posted(election)
    shown = pages(prints.slips(election, lines))

    assert len(shown) == 6
    said = "".join(shown).replace(" ", "")
    for line in lines:
        assert said.count(rolls.slip_code(line)) == 1
    assert "/v/141130101201/check/" in said


def test_slips_carry_no_qr_code():
    """One code for all would be no help, one for each would tell who reads it."""
    election = printed.with_roll()

    assert not has_code(prints.slips(election, rolls.posted(election)))


def test_a_villagers_own_slip_holds_what_proves_his_line():
    election = printed.with_roll()
    line = rolls.posted(election)[4]
    said = text(prints.own_slip(election, line))
    held = rolls.slip(line)

    assert held["salt"] in said
    assert all(part in said for part in held["path"])
    assert f"编号第{line.number}号" in said


def test_a_notice_marks_nobody_for_bearing_the_name_of_an_elected_one():
    election = printed.with_roll()
    reckon(election, VOTES, collected=58, void=2)
    Person.objects.filter(name="郝永福").update(name="王秀兰")
    announce(election)

    said = text(prints.notice(election, printed.signed(election.notices.get(kind="result")))).replace(" ", "")

    assert "48票当选" in said
    assert "20票当选" not in said


def test_the_code_on_an_own_slip_is_the_file_that_the_command_line_reads(tmp_path, capsys):
    election = printed.with_roll(registered=900)  # the longest path that a village has
    notice = printed.posted_roll(election)
    line = rolls.posted(election)[4]
    proof = own_proof(rolls.slip(line))
    (tmp_path / "slip.json").write_text(proof, "utf-8")
    (tmp_path / "bundle.json").write_bytes(record.bundle_of(record.document(notice.document)))

    said = main(
        [
            "verify",
            str(tmp_path / "bundle.json"),
            "--log-key",
            record.log_key(),
            "--line",
            str(tmp_path / "slip.json"),
        ]
    )

    assert said == 0
    assert f"line {line.number} stands on the published roll" in capsys.readouterr().out
    assert holds(prints.own_slip(election, line), proof)


def test_the_sample_county_says_so_on_every_paper(settings):
    settings.SAMPLE = True
    election = printed.with_roll()

    for body in (
        prints.notice(election, printed.posted_candidates(election)),
        prints.slips(election, rolls.posted(election)),
        prints.own_slip(election, rolls.posted(election)[0]),
    ):
        assert all("示例数据" in page for page in pages(body))


def test_no_slip_is_made_once_the_codes_are_deleted():
    election = printed.with_roll()
    lines = rolls.posted(election)
    sealed.forget(Roll.objects.get())

    with pytest.raises(NotNow):
        prints.slips(fresh(election), lines)
    with pytest.raises(NotNow):
        prints.own_slip(fresh(election), lines[0])


# Pages


@pytest.fixture
def clerk(client):
    """A client that is signed in as the township's clerk, and the election."""
    election = printed.with_roll()
    account = make_account("dongchuan", "东川干事", "township_clerk", election.village.parent)
    return sign_in(client, account), election


def test_a_print_comes_as_a_pdf_that_no_cache_keeps_and_is_on_record(clerk):
    client, election = clerk
    notice = printed.posted_candidates(election)

    reply = client.get(reverse("elections:print", args=[election.key, str(notice.document)]))

    assert reply["Content-Type"] == "application/pdf"
    assert "no-store" in reply["Cache-Control"]
    assert pages(reply.content)
    assert acts()[-1] == "elections.printed"


def test_a_print_that_the_font_cannot_hold_is_refused_by_name_and_not_on_record(clerk):
    client, election = clerk
    line = Roll.objects.get().lines.get(number=30)
    line.name = "𠮷永年"
    line.save()

    for name, key in (("print", "slips"), ("slip", line.key)):
        reply = client.get(reverse(f"elections:{name}", args=[election.key, key]))
        assert reply.status_code == 409
        assert "U+20BB7" in reply.content.decode()
    assert "elections.printed" not in acts()


def test_a_stranger_prints_nothing(client):
    election = printed.with_roll()
    sign_in(client, make_account("moshengren", "陌生人"))

    assert client.get(reverse("elections:print", args=[election.key, "slips"])).status_code == 404
