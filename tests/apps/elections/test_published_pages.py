"""The page that a notice's QR code leads to: what was published, in the reader's language, with nothing left as code."""

import re

import pytest
from django.urls import reverse

from shanzhi.apps.record.models import Document
from tests.apps.elections import printed
from tests.apps.elections.test_notices import KINDS, PUBLISH, VOTES
from tests.apps.elections.the_count import announce, reckon

pytestmark = pytest.mark.django_db


def page_of(client, kind, language):
    election = printed.with_roll()
    if kind == "result":
        reckon(election, VOTES | {("member", "任海生"): 25}, collected=58)
        announce(election)
        printed.signed(election.notices.get(kind="result"))
    else:
        PUBLISH[kind](election)
    number = Document.objects.get(kind=kind).number
    client.cookies["django_language"] = language
    return client.get(reverse("record:document", args=[number])).content.decode()


SAYS = {
    ("roll", "zh-hans"): ["名单上的选民", "2026年11月30日", "村公示栏公布"],
    ("roll", "en"): ["Voters on the roll", "Objections until"],
    ("correction", "zh-hans"): ["异议成立", "列入名单", "名单第21号"],
    ("correction", "en"): ["upheld", "added to the roll", "Number 21"],
    ("candidates", "zh-hans"): ["李建国、刘志强", "主任"],
    ("candidates", "en"): ["李建国, 刘志强", "vice-chair"],
    ("mandates", "zh-hans"): ["共有3份书面委托"],
    ("mandates", "en"): ["3 written mandates"],
    ("result", "zh-hans"): ["李建国", "46票", "另行选举", "合计票数"],
    ("result", "en"): ["46 votes", "second round", "no software can prevent that"],
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_published_notice_reads_in_both_languages(client, kind, language):
    page = page_of(client, kind, language)

    for said in SAYS[kind, language]:
        assert said in page
    complaint = "向东川镇的人民代表大会和人民政府" if language == "zh-hans" else "sets no deadline"
    assert complaint in page
    assert not re.search(r"\{'|&#x27;\w+&#x27;:", page), "a value of the file is shown as code"
