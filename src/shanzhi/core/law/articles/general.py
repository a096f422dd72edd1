"""Terms of civil law that the Organic Law leans on, the standard of citizen numbers, and clocks of reports."""

from __future__ import annotations

from datetime import date

from shanzhi.core.law.rules import Basis, Level, Rule, Text
from shanzhi.core.values import Period

LONG = date(1999, 10, 1)


def _civil(rule_id: str, article: str, subject: tuple[str, str], words: tuple[str, str]) -> Rule:
    text = Text("civil-2021", article, Period(LONG), *words)
    return Rule(
        rule_id, *subject, Level.STATUTE, Basis.MEMORY, "民法典 2021-01-01（此前为民法总则等）", (text,)
    )


def _reading(rule_id: str, subject: tuple[str, str], words: tuple[str, str]) -> Rule:
    return Rule(rule_id, *subject, Level.READING, Basis.PRACTICE, "我们的理解", (Text("reading", "", Period(LONG), *words),))  # fmt: skip


def _number(
    rule_id: str, subject: tuple[str, str], words: tuple[str, str], basis: Basis = Basis.FOUND
) -> Rule:
    text = Text("gb-11643", "", Period(LONG), *words)
    return Rule(rule_id, *subject, Level.STANDARD, basis, "GB 11643-1999 公民身份号码；GB/T 2260", (text,))


def _report(rule_id: str, article: str, subject: tuple[str, str], words: tuple[str, str]) -> Rule:
    text = Text("reports-2020", article, Period(date(2020, 1, 21)), *words)
    return Rule(
        rule_id, *subject, Level.PARTY, Basis.FOUND, "纪检监察机关处理检举控告工作规则 2020-01-21", (text,)
    )


RULES: tuple[Rule, ...] = (
    _civil("KIN-01", "1045(2)", ("近亲属", "near relatives"), ("配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女；堂表亲、叔侄、姻亲不是。", "Spouse, parents, children, siblings, grandparents and grandchildren; not cousins, uncles or in-laws.")),
    _reading("KIN-02", ("亲属关系相互矛盾", "links that contradict one another"), ("父母比子女年长，生父生母各一人，配偶一人，谁也不是自己的长辈；直系血亲和三代以内的旁系血亲不能结婚（民法典第1048条）。有矛盾的只作提示，由人核对。", "Parents are older than children, one father and one mother, one spouse, nobody his own ancestor; blood relatives to the third generation do not marry (Civil Code 1048). A contradiction is a note for a person to look into.")),
    _civil("NUM-01", "1259", ("以上、以内", "or more, within"), ("“以上”“以内”包括本数。", "'Or more' and 'within' include the number.")),
    _civil("NUM-02", "1259", ("超过", "more than"), ("“超过”“过半数”不包括本数。", "'More than' excludes the number.")),
    _reading("NUM-03", ("不得少于", "not fewer than"), ("“不得少于”包括本数。", "'Not fewer than' includes the number.")),
    _reading("NUM-04", ("只比整数", "whole numbers only"), ("只用整数相比，不用百分比，比较之前不取整。", "Only whole numbers are compared: no percentages, no rounding before.")),
    _civil("CAL-01", "201(1)", ("期间开始", "when days begin"), ("当天不算，从下一天数起；用于选举是类推，可以设置。", "The day of the event is not counted; used for elections by analogy, so a setting.")),
    _reading("CAL-02", ("“日前”的算法", "days before"), ("“二十日前”默认算到选举日减二十日；更严的算法中间须隔满二十日，可以设置。", "'N days before' is the event minus N by default; the stricter reading leaves N clear days between: a setting.")),
    _civil("CAL-03", "203(1)", ("最后一日是休息日", "last day a rest day"), ("最后一日是法定休息日的，民法上顺延到下一个工作日；选举的异议期是否适用没有定论，只作提示。", "A last day that is a rest day moves to the next working day in civil law; in elections this is shown as a note.")),
    _civil("CAL-04", "202", ("月和年的算法", "months and years"), ("到期的月份没有同一天的，以当月最后一天为准。", "Without a matching day the last day of the month.")),
    _civil("CAL-05", "", ("工作日", "working days"), ("工作日按国务院办公厅每年的放假通知算，调休上班的日子算工作日。", "Working days follow the State Council's yearly notice, make-up days included.")),
    _number("ID-01", ("号码的结构", "shape"), ("十七位数字加一位校验码：六位地区、八位生日、三位顺序。", "17 digits and a check: 6 region, 8 birth date, 3 serial.")),
    _number("ID-02", ("校验码", "check"), ("按加权和除以十一的余数算出，余二时为X。", "From the weighted sum modulo 11; X for remainder two.")),
    _number("ID-03", ("出生日期", "date"), ("须是真实的日期，且不在将来。", "A real date, not in the future."), Basis.PRACTICE),
    _number("ID-04", ("性别", "sex"), ("第十七位单数为男，双数为女。", "17th digit odd: man; even: woman.")),
    _number("ID-05", ("地区码", "region part"), ("是发号时的地区，可能已撤销：不因为认不出而拒绝，也不据此判断现在的户籍。", "Where it was issued, perhaps abolished since: never refused for it, never taken for the household."), Basis.MEMORY),
    _report("RPT-03", "27", ("告知受理", "tell acceptance"), ("收到实名举报之日起十五个工作日内告知是否受理，重复举报不再告知。", "Within 15 working days of receipt; repeats are not told again.")),
    _report("RPT-04", "28", ("反馈结果", "tell result"), ("办结之日起十五个工作日内向实名举报人反馈。", "Within 15 working days of closing.")),
    _report("RPT-05", "15", ("属于上级的举报", "belongs to a higher office"), ("直接交主要负责人，五个工作日内报上级，不复制、不扩散、不录入平台。", "Straight to the head; up within 5 working days; not copied, widened or entered in the platform.")),
    _report("RPT-06", "16", ("交下级的举报", "passed down"), ("下级五个工作日内登记、受理或者转办。", "The lower office registers, accepts or passes on within 5 working days.")),
)  # fmt: skip
