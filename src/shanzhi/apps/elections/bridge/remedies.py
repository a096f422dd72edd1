"""What a notice tells a villager to do who does not agree, and the rule that gives him the right; in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

from shanzhi.apps.elections.models import Election
from shanzhi.core.law import register

# The residual risk that no software can take away (rulings: ballots).
SECRECY = {
    "zh": "只公布每名候选人的合计票数，不公布分批计票数；不足二十张的选票不单独计票。如果所有有效票都写得一样，"
          "从合计票数就能知道每个人怎样投票，任何软件都不能避免。",
    "en": "Only the totals of each candidate are published, never those of a batch; fewer than twenty papers are not "
          "counted by themselves. When every valid paper says the same, the totals tell how everybody voted: no software "
          "can prevent that.",
}  # fmt: skip


def cited(rule_id: str, day: date) -> dict[str, Any]:
    """A rule as a notice cites it: the text in force on the day. Empty when there was none."""
    rule = register.rule(rule_id)
    text = rule.text_on(day)
    if text is None:
        return {}
    return {
        "rule": rule.id, "law": text.law, "article": text.article,
        "subject": {"zh": rule.subject_zh, "en": rule.subject_en}, "text": {"zh": text.zh, "en": text.en},
    }  # fmt: skip


def objection(election: Election, *, until: date) -> dict[str, Any]:
    """How to object to the roll, and until when."""
    return _remedy(
        election, "VCOL-17-2",
        f"对选民名单有异议的，请于{until.year}年{until.month}月{until.day}日以前向{election.body}提出；选举委员会自收到异议之日起三日内"
        "作出处理决定，并公布结果。",
        f"Whoever objects to the roll tells the village election committee by {until.isoformat()}; it decides within three "
        "days of receipt and posts the result.",
    )  # fmt: skip


def complaint(election: Election) -> dict[str, Any]:
    """Where to complain about the election. The Law sets no deadline."""
    township = election.village.parent.name if election.village.parent else "乡镇"
    return _remedy(
        election, "VCOL-21-2",
        f"认为选举中有暴力、威胁、欺骗、贿赂、伪造选票、虚报票数等违法行为的，可以向{township}的人民代表大会和人民政府，或者县级人民代表大会"
        "常务委员会和人民政府举报，由其调查处理；法律没有规定举报期限。",
        "Whoever finds force, threat, deceit, bribes, forged ballots or misreported votes may complain to the people's "
        "congress or government of the township, or to the standing committee of the people's congress or government of "
        "the county; they investigate. The Law sets no deadline.",
    )  # fmt: skip


def _remedy(election: Election, rule_id: str, zh: str, en: str) -> dict[str, Any]:
    rule = cited(rule_id, election.election_day or election.renewal.begins)
    return {"rule": rule_id, "law": rule["law"], "article": rule["article"], "says": {"zh": zh, "en": en}}
