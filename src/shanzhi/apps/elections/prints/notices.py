"""The print of a published notice: what was sealed, in official layout, with the lines that lead to its proof.

Names of the roll and of proxies come from the rows: they stand on the board and on paper, never in the log.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from shanzhi.apps.elections.bridge.notices import CHANGES, POST_NAMES, RERUN_NAMES, ROUNDS
from shanzhi.apps.elections.errors import NotNow
from shanzhi.apps.elections.models import Correction, Election, Notice
from shanzhi.apps.elections.prints.words import FULL_LAWS, day, sample_mark, where
from shanzhi.apps.elections.selectors import mandates, rolls
from shanzhi.apps.record import selectors as record
from shanzhi.core.divisions import short_name
from shanzhi.web import print as paper
from shanzhi.web.print import Block, Columns, Paragraph, Proof, Sheet, Table

LAST = Paragraph("特此公告。")
LINE = 20  # characters of a title on one line


def notice(election: Election, of: Notice) -> bytes:
    """The print of a published notice. Raises NotNow while the log's signature is pending, MissingGlyphs."""
    document = record.document(of.document)
    if document is None:
        raise LookupError(of.document)
    data = record.shown(document)
    blocks = _BLOCKS[of.kind](election, of, data)
    return paper.pdf(
        Sheet(
            title=_title(document.title_zh, data),
            blocks=(*blocks, LAST),
            signature=(document.issuing_body, day(document.posted_on.isoformat())),
            proof=_proof(document),
            mark=sample_mark(),
        )
    )


def _title(title: str, data: dict[str, Any]) -> str:
    """A title too long for its line is parted after the village, never inside a word (GB/T 9704)."""
    village = _village(data)
    if len(title) <= LINE or not title.startswith(village):
        return title
    return f"{village}\n{title.removeprefix(village)}"


def _village(data: dict[str, Any]) -> str:
    """The village as the notice named it: it may bear another name by now."""
    return f"{data['township']}{short_name(data['village']['name'])}"


def _roll(election: Election, _of: Notice, data: dict[str, Any]) -> list[Block]:
    counts, holder = data["counts"], election.roll_holder.own_roll
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in rolls.posted(election):
        groups.setdefault(line.group or "未分组", []).append((str(line.number), line.name))
    return [
        Paragraph(
            f"根据{FULL_LAWS[data['law']]}的规定，经登记核实，{_village(data)}参加本次村民委员会选举的选民共"
            f"{counts['listed']}人（男{counts['men']}人，女{counts['women']}人），其中户籍在本村并在本村居住的{counts['class_1']}人，"
            f"户籍在本村、不在本村居住而表示参加选举的{counts['class_2']}人，户籍不在本村、经同意参加选举的{counts['class_3']}人，"
            f"现予公布。选举日为{day(data['election_day'])}。"
        ),
        *_remedies(data),
        *(
            []
            if data["lines_root"] == holder.lines_root
            else [Paragraph("名单公布后已有更正（见更正公告），下列名单为更正后的名单。")]
        ),
        *(Columns(f"{group}（{len(names)}人）", tuple(names)) for group, names in groups.items()),
        *_nonce(election),
    ]


def _nonce(election: Election) -> list[Block]:
    """Whoever stands before the board can work out the published digest of this list; nobody else can test a guess."""
    if not rolls.has_codes(election):
        return []
    nonce = rolls.nonce(election.roll_holder.own_roll)
    return [
        Paragraph(f"名单随机码：{nonce}。用随机码和上列编号、姓名，可以算出公布的“纸质名单摘要”，逐一核对。")
    ]


def _correction(election: Election, of: Notice, data: dict[str, Any]) -> list[Block]:
    objection = data["objection"]
    said = []
    if objection:
        late = "（已过异议期，仍予受理）" if objection["late"] else ""
        said.append(
            f"{day(objection['filed_on'])}收到对选民名单的异议一件{late}，{day(objection['decided_on'])}作出处理决定："
            f"{objection['verdict_name']['zh']}。"
        )
    if data["change"]:
        made = _made(election, of, data)
        who = f"，{made.line.name}" if made else ""
        why = f"理由：{made.reason.rstrip('。')}。" if made else ""
        said.append(f"名单第{data['line']}号{who}：{CHANGES[data['change']]['zh']}。{why}")
    counts = data["counts"]
    said.append(f"现有选民{counts['listed']}人（男{counts['men']}人，女{counts['women']}人）。")
    return [Paragraph("".join(said)), *_remedies(data)]


def _made(election: Election, of: Notice, data: dict[str, Any]) -> Correction | None:
    """The correction that a notice published: the change to this line on that day."""
    return (
        Correction.objects.filter(
            roll=election.roll_holder.own_roll, change=data["change"], line__number=data["line"], made_on=of.posted_on
        )
        .select_related("line")
        .last()
    )  # fmt: skip


def _candidates(_election: Election, _of: Notice, data: dict[str, Any]) -> list[Block]:
    rows = tuple(
        (
            post["name"]["zh"] + ("（专为妇女保留）" if post["women_only"] else ""),
            f"{post['seats']}名",
            "、".join(_person(each) for each in post["candidates"]) or "（无）",
        )
        for post in data["posts"]
    )
    return [
        Paragraph(
            f"根据{FULL_LAWS[data['law']]}的规定，{_village(data)}村民委员会{ROUNDS[data['kind']]['zh']}的候选人"
            f"已经确定，现予公布。选举日为{day(data['election_day'])}。"
        ),
        Table(("职务", "应选名额", "候选人"), rows, (3, 2, 8)),
        *_remedies(data),
    ]


def _mandates(election: Election, _of: Notice, data: dict[str, Any]) -> list[Block]:
    rows = tuple(
        (str(each.principal.number), each.principal.name, str(each.holder.number), each.holder.name)
        for each in mandates.live(election)
    )
    return [
        Paragraph(
            f"根据{FULL_LAWS[data['law']]}的规定，下列选民在选举期间外出，不能参加投票，已书面委托他人代为投票，共{data['count']}份，"
            "现予公布。"
        ),
        Table(("编号", "委托人", "编号", "受托人"), rows, (1, 3, 1, 3)),
        *_remedies(data),
    ]


def _result(_election: Election, _of: Notice, data: dict[str, Any]) -> list[Block]:
    valid = data["collected"] - data["void"]
    head = Paragraph(
        f"根据{FULL_LAWS[data['law']]}的规定，{_village(data)}于{day(data['election_day'])}举行村民委员会"
        f"{ROUNDS[data['kind']]['zh']}。登记选民{data['registered']}人，发出选票{data['issued']}张，收回选票{data['collected']}张，"
        f"其中有效票{valid}张、废票{data['void']}张。"
    )
    return [head, _verdict(data), _votes(data), *_open(data), _reasons(data), *_remedies(data)]


def _verdict(data: dict[str, Any]) -> Paragraph:
    if not data["valid"]:
        return Paragraph("本次选举无效，没有人当选，将重新组织选举。")
    if not data["elected"]:
        return Paragraph("本次投票没有人当选。")
    said = "；".join(f"{POST_NAMES[each['post']]['zh']}{_person(each)}" for each in data["elected"])
    return Paragraph(f"下列人员当选：{said}。")


def _votes(data: dict[str, Any]) -> Table:
    order = list(POST_NAMES)
    people = sorted(data["votes"], key=lambda each: (order.index(each["post"]), -each["votes"], each["name"]))
    rows = tuple(
        (
            POST_NAMES[each["post"]]["zh"], _person(each), f"{each['votes']}票",
            "当选" if each["elected"] else "",
        )
        for each in people
    )  # fmt: skip
    return Table(("职务", "姓名", "得票", "结果"), rows, (2, 3, 2, 2))


def _open(data: dict[str, Any]) -> list[Block]:
    """Who sits already, what is voted on again, what stays empty, what people decided."""
    blocks: list[Block] = []
    if data["seated"]:
        names = "、".join(f"{POST_NAMES[each['post']]['zh']}{_person(each)}" for each in data["seated"])
        blocks.append(Paragraph(f"此前已经当选：{names}。"))
    for again in data["rerun"] if data["valid"] else ():
        who = "、".join(again["candidates"]) or "另行提名"
        kept = "（专为妇女保留）" if again["women_only"] else ""
        blocks.append(Paragraph(
            f"{POST_NAMES[again['post']]['zh']}{again['seats']}名{kept}：{RERUN_NAMES[again['kind']]['zh']}，候选人：{who}。"
        ))  # fmt: skip
    for empty in data["vacant"]:
        stays = "可以暂缺" if empty["may_stay"] else "继续选举"
        blocks.append(Paragraph(f"{POST_NAMES[empty['post']]['zh']}缺{empty['seats']}名，{stays}。"))
    blocks += [
        Paragraph(f"{each['body']}决定：{each['reason'].rstrip('。')}。") for each in data["decisions"]
    ]
    return blocks


def _reasons(data: dict[str, Any]) -> Table:
    rows = tuple((each["says"]["zh"], where(each["law"], each["article"])) for each in data["findings"])
    return Table(("认定的理由", "依据"), rows, (11, 4), small=True)


def _person(each: dict[str, Any]) -> str:
    return each["name"] + ("（女）" if each.get("sex") == "f" else "")


def _remedies(data: dict[str, Any]) -> list[Paragraph]:
    return [
        Paragraph(f"{each['says']['zh'].rstrip('。')}（{where(each['law'], each['article'])}）。")
        for each in data["remedies"]
    ]


def _proof(document: Any) -> Proof:
    held = record.paper_lines(document)
    if held is None:
        raise NotNow(
            _("The log has not signed this notice yet. Open the page again in a moment, then print it.")
        )
    return Proof(
        held["address"],
        (
            f"扫码核对本公告（第{held['number']}号）：{held['address']}",
            f"本件摘要 {held['digest']}",
            f"日志 {held['origin']}　位置 {held['index']}　条数 {held['size']}",
            f"根值 {held['root']}",
            f"公钥 {held['log_key']}",
            "请与扫码所见页面比对：摘要、日志、位置和公钥必须逐字相同，不同的请向乡镇人民政府反映；条数和根值以后会随日志增加而变，"
            "本纸所印的是日志当时的见证，请妥善保存。",
        ),
    )


_BLOCKS = {
    Notice.Kind.ROLL: _roll,
    Notice.Kind.CORRECTION: _correction,
    Notice.Kind.CANDIDATES: _candidates,
    Notice.Kind.MANDATES: _mandates,
    Notice.Kind.RESULT: _result,
}
