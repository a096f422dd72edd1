"""An election's papers: the named roll for the board, notices, slips. Built from what was published and what is held."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from shanzhi.apps.elections.bridge.notices import POST_NAMES
from shanzhi.apps.elections.models import Election, Notice, RollLine
from shanzhi.apps.elections.selectors import mandates, rolls
from shanzhi.apps.record import selectors as record
from shanzhi.web import print as paper
from shanzhi.web.print import Columns, Paragraph, Proof, Sheet, Slips, Table

SAMPLE_MARK = "示例数据，人物均为虚构，仅供演示"


def notice(election: Election, of: Notice) -> bytes:
    """The print of a published notice."""
    document = record.document(of.document)
    if document is None:
        raise LookupError(of.document)
    data = record.shown(document)
    build = {
        "roll": _roll,
        "correction": _correction,
        "candidates": _candidates,
        "mandates": _mandates,
        "result": _result,
    }
    return paper.pdf(
        Sheet(
            title=document.title_zh,
            blocks=tuple(build[of.kind](election, data)),
            signature=(document.issuing_body, _day(document.posted_on.isoformat())),
            proof=_proof(document),
            mark=_mark(),
        )
    )


def slips(election: Election, lines: list[RollLine]) -> bytes:
    """Slips to be handed out: each voter's own code for asking online. Only the voter gets it."""
    cut = tuple(
        (
            f"{election.village.short_name} 选民查询码", rolls.slip_code(line),
            (f"名单第 {line.number} 号　{line.name}", f"凭此码可在 {settings.PUBLIC_ADDRESS}/v/{election.village.code}/check/ 查询",
             "只回答“在”或“不在”名单上。请勿转交他人。"),
        )
        for line in lines
    )  # fmt: skip
    return paper.pdf(Sheet(title="选民查询码条", blocks=(Slips(cut),), mark=_mark()))


def own_slip(election: Election, line: RollLine) -> bytes:
    """One villager's proof: salt and path of his line, given at the village desk only to himself."""
    held = rolls.slip(line)
    blocks = (
        Paragraph(f"姓名：{held['name']}　名单编号：第 {held['number']} 号"),
        Paragraph("用下列数据，可以离线证明本人这一行在公布的名单上（shanzhi verify --line）。请自行保管，不要公开。"),
        Table(("项目", "数据"), (
            ("盐值", held["salt"]), ("位置", f"{held['position']} / {held['count']}"),
            *((f"路径 {at}", part) for at, part in enumerate(held["path"], start=1)),
        ), (1, 5)),
    )  # fmt: skip
    return paper.pdf(
        Sheet(title=f"{election.village.short_name}选民名单本人证明", blocks=blocks, mark=_mark())
    )


def _roll(election: Election, data: dict[str, Any]) -> list[paper.Paragraph | Table | Columns]:
    counts = data["counts"]
    lines = rolls.posted(election)
    groups: dict[str, list[str]] = {}
    for line in lines:
        groups.setdefault(line.group or "未分组", []).append(f"{line.number}　{line.name}")
    return [
        Paragraph(
            f"根据《中华人民共和国村民委员会组织法》的规定，经登记核实，{election.village.short_name}参加本次村民委员会选举的"
            f"选民共{counts['listed']}人（男{counts['men']}人，女{counts['women']}人），现予公布。选举日为{_day(data['election_day'])}。"
        ),
        Paragraph(
            f"村民对名单有异议的，请于{_day(data['objections_until'])}以前向{election.body}提出；选举委员会自收到异议之日起三日内"
            "作出处理决定，并公布结果。"
        ),
        *(Columns(f"{group}（{len(names)}人）", tuple(names)) for group, names in groups.items()),
        Paragraph("特此公告。"),
    ]


def _correction(_election: Election, data: dict[str, Any]) -> list[Paragraph]:
    objection, change = data["objection"], data["change"]
    words = {"add": "列入名单", "strike": "从名单中除去", "amend": "更正信息"}
    said = []
    if objection:
        verdict = "异议成立" if objection["verdict"] == "upheld" else "异议不成立，名单不变"
        said.append(
            f"{_day(objection['filed_on'])}收到对选民名单的异议一件，{_day(objection['decided_on'])}作出处理决定：{verdict}。"
        )
    if change:
        said.append(f"名单第{data['line']}号：{words[change]}。更正后选民共{data['counts']['listed']}人。")
    return [Paragraph("".join(said)), Paragraph("特此公告。")]


def _candidates(election: Election, data: dict[str, Any]) -> list[Paragraph | Table]:
    rows = [
        (
            post["name"]["zh"],
            str(post["seats"]),
            "、".join(each["name"] for each in post["candidates"]) or "（无）",
        )
        for post in data["posts"]
    ]
    rerun = {"second": "另行选举", "tie": "再次投票", "whole": "重新选举"}.get(data["kind"], "选举")
    return [
        Paragraph(
            f"根据《中华人民共和国村民委员会组织法》的规定，{election.village.short_name}村民委员会{rerun}的候选人已经确定，"
            f"现予公布。选举日为{_day(data['election_day'])}。排名不分先后。"
        ),
        Table(("职务", "应选名额", "候选人"), tuple(rows), (2, 2, 8)),
        Paragraph("特此公告。"),
    ]


def _mandates(election: Election, data: dict[str, Any]) -> list[Paragraph | Table]:
    rows = tuple(
        (str(each.principal.number), each.principal.name, str(each.holder.number), each.holder.name)
        for each in mandates.live(election)
    )
    return [
        Paragraph(f"下列选民因外出不能参加投票，已书面委托他人代为投票，共{data['count']}份，现予公布。"),
        Table(("编号", "委托人", "编号", "受委托人"), rows, (1, 3, 1, 3)),
        Paragraph("特此公告。"),
    ]


def _result(election: Election, data: dict[str, Any]) -> list[Paragraph | Table]:
    head = Paragraph(
        f"{election.village.short_name}于{_day(data['election_day'])}举行村民委员会选举。登记选民{data['registered']}人，"
        f"发出选票{data['issued']}张，收回选票{data['collected']}张，其中废票{data['void']}张。"
    )
    if not data["valid"]:
        reasons = [each["says"]["zh"] for each in data["findings"] if each["holds"] is False]
        return [
            head,
            *(Paragraph(each) for each in reasons),
            Paragraph("本次选举无效，将重新组织选举。特此公告。"),
        ]
    blocks: list[Paragraph | Table] = [head]
    if data["elected"]:
        rows = tuple(
            (POST_NAMES[each["post"]]["zh"], each["name"], f"{each['votes']}票") for each in data["elected"]
        )
        blocks += [Paragraph("当选人名单如下："), Table(("职务", "姓名", "得票"), rows, (2, 3, 2))]
    for again in data["rerun"]:
        kind = {"tie": "票数相等，再次投票", "second_round": "名额不足，另行选举"}.get(
            again["kind"], "再次选举"
        )
        blocks.append(Paragraph(
            f"{POST_NAMES[again['post']]['zh']}{again['seats']}名：{kind}，候选人：{'、'.join(again['candidates']) or '待提名'}。"
        ))  # fmt: skip
    for empty in data["vacant"]:
        stays = "可以暂缺" if empty["may_stay"] else "继续选举"
        blocks.append(Paragraph(f"{POST_NAMES[empty['post']]['zh']}缺{empty['seats']}名，{stays}。"))
    rules = "、".join(
        sorted(
            {
                f"{each['rule']}（{each['law']}，{each['article']}）"
                for each in data["findings"]
                if each["rule"].startswith(("VCOL-18", "VER-0"))
            }
        )
    )
    blocks.append(Paragraph(f"依据：{rules}。各项得票和理由见二维码所示页面。"))
    blocks.append(Paragraph("特此公告。"))
    return blocks


def _proof(document: Any) -> Proof | None:
    held = record.paper_lines(document)
    if held is None:
        return None
    return Proof(
        held["address"],
        (
            f"扫码核对本公告（第 {held['number']} 号）：{held['address']}",
            f"日志 {held['origin']}　条数 {held['size']}　本件位置 {held['index']}",
            f"根值 {held['root']}",
            f"本件摘要 {held['digest']}",
            "请将上列各行与扫码所见页面逐字比对；不一致时请向乡镇人民政府反映。",
        ),
    )


def _mark() -> str:
    return SAMPLE_MARK if settings.SAMPLE else ""


def _day(text: str | None) -> str:
    if not text:
        return "（待定）"
    year, month, day = text.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"
