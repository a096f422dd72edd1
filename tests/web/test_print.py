"""Paper: A4 in official layout, numbered pages, a signature that stays with its text, a code that leads to the proof."""

import pytest

from shanzhi.web import print as paper
from shanzhi.web.print import Columns, MissingGlyphs, Paragraph, Proof, Sheet, Slip, Slips, Table, glyphs
from tests.web.paper import colours, has_code, leads_to, pages, read, text

LINE = "根据有关规定，经登记核实，参加本次选举的选民共九百人，现予公布，请互相转告。"
LAST = "特此公告，望周知。"
SIGNED = ("柳树沟村村民选举委员会", "2026年12月20日")
PROOF = Proof("https://county.example/record/17/", ("扫码核对本公告（第17号）", "根值 " + "ab" * 32))


def sheet(*blocks, **more):
    return Sheet("柳树沟村公告", blocks or (Paragraph(LINE), Paragraph(LAST)), **more)


def test_every_page_says_which_of_how_many():
    shown = pages(paper.pdf(sheet(*[Paragraph(LINE * 3)] * 40)))

    assert len(shown) > 2
    for number, page in enumerate(shown, start=1):
        assert f"第{number}页，共{len(shown)}页" in page


@pytest.mark.parametrize("lines", range(18, 32))
def test_the_signature_is_never_split_from_the_last_paragraph(lines):
    """Whatever fills the page before it: text, body and day of the signature stand on one page."""
    body = paper.pdf(sheet(*[Paragraph(LINE)] * (lines // 2), *[Paragraph("短。")] * (lines % 2), Paragraph(LAST),
                           signature=SIGNED, proof=PROOF))  # fmt: skip

    (page,) = [page for page in pages(body) if LAST in page]
    assert all(line in page for line in SIGNED)


def test_a_page_of_text_holds_about_twenty_eight_lines():
    first = pages(paper.pdf(sheet(*[Paragraph("一行。")] * 60)))[0]

    assert 24 <= first.count("一行。") <= 30


def test_the_code_is_the_address_module_by_module():
    body = paper.pdf(sheet(signature=SIGNED, proof=PROOF))

    assert leads_to(body, PROOF.address)
    assert not leads_to(body, "https://county.example/record/18/")
    assert all(line in text(body) for line in PROOF.lines)


def test_a_sheet_without_proof_has_no_code():
    assert not has_code(paper.pdf(sheet()))


def test_a_long_list_repeats_its_title_and_says_that_it_goes_on():
    names = tuple((str(at), f"王建国{at}") for at in range(1, 401))

    shown = pages(paper.pdf(sheet(Columns("第一村民小组（400人）", names))))

    assert len(shown) >= 2
    assert "第一村民小组（400人）（续）" not in shown[0]
    assert all("第一村民小组（400人）（续）" in page for page in shown[1:])
    assert all(f"王建国{at}" in "".join(shown) for at in range(1, 401))


@pytest.mark.parametrize("name", ["王海", "欧阳建国", "阿卜杜·热合", "阿卜杜拉·热合曼江"])
def test_a_long_name_stays_on_one_line(name):
    entries = tuple((str(at), name) for at in range(1000, 1040))

    assert "".join(pages(paper.pdf(sheet(Columns("一组", entries))))).count(name) == 40


def test_a_long_table_repeats_its_head():
    table = Table(("编号", "委托人"), tuple((str(at), "张桂英") for at in range(80)), (1, 3))

    shown = pages(paper.pdf(sheet(table)))

    assert len(shown) >= 2
    assert all("委托人" in page for page in shown)


def test_slips_stand_ten_on_a_page_and_none_is_cut_by_its_end():
    slips = tuple(Slip("查询码", f"ABCD{at:04}", ("名单第1号", "请勿转交他人。")) for at in range(23))

    shown = pages(paper.pdf(Sheet("选民查询码", (Slips(slips),), subtitle="沿虚线裁开")))

    assert [page.count("请勿转交他人。") for page in shown] == [10, 10, 3]


def test_what_is_a_sample_says_so_on_every_page():
    shown = pages(paper.pdf(sheet(*[Paragraph(LINE * 3)] * 30, mark="示例数据")))

    assert len(shown) > 1
    assert all("示例数据" in page for page in shown)


@pytest.mark.parametrize(
    "made",
    [
        sheet(Paragraph("𠮷田")),
        sheet(Table(("姓名",), (("𠮷",),), (1,))),
        sheet(Columns("一组", (("1", "𠮷"),))),
        sheet(Slips((Slip("码", "AB", ("𠮷",)),))),
        sheet(signature=("𠮷村",)),
        sheet(mark="𠮷"),
    ],
)
def test_a_character_without_a_glyph_is_named_and_nothing_is_printed(made):
    """U+20BB7 is not in the packaged fonts: a box on paper would be a wrong name."""
    with pytest.raises(MissingGlyphs, match=r"𠮷（U\+20BB7）"):
        paper.pdf(made)


def test_every_missing_character_is_named_once():
    with pytest.raises(MissingGlyphs) as missing:
        glyphs.check("王𠮷𠮷𪚥国")

    assert missing.value.characters == "𠮷𪚥"


@pytest.mark.parametrize("name", ["王秀兰", "阿卜杜·热合曼", "㛃", "龢", "喆", "〇", "镕", "堃", "犇"])
def test_names_that_people_have_can_be_printed(name):
    glyphs.check(name)


def test_only_the_packaged_fonts_are_used():
    """The server's own fonts would look different on every machine."""
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in read(paper.pdf(sheet(Table(("头",), (("身",),), (1,))))).pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert {name.split("-")[0] for name in fonts} == {"NotoSansSC", "NotoSerifSC"}


def test_the_paper_is_black_on_white():
    for shade in colours(paper.pdf(sheet(Table(("头",), (("身",),), (1,)), signature=SIGNED, proof=PROOF))):
        assert len(shade) == 1, "grey has one number, a colour three"


def test_two_sheets_in_a_row_do_not_disturb_one_another():
    """One compiler a document: the packaged one can compile a text only once."""
    first, second = paper.pdf(sheet(Paragraph("甲文"))), paper.pdf(sheet(Paragraph("乙文")))

    assert "甲文" in text(first)
    assert "乙文" in text(second)
    assert "甲文" not in text(second)


def test_words_are_data_and_no_markup():
    """A name with a sign that the typesetter knows is printed as it is."""
    body = paper.pdf(
        sheet(Paragraph('#panic("x") $x$ *粗* _斜_ @a \\ <b>'), Table(("#头",), (("*身*",),), (1,)))
    )

    assert '#panic("x")' in text(body).replace(" ", " ")
    assert "*身*" in text(body)
