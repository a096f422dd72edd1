"""The ministry's election guide of 2013, Party election rules, and civil-law terms: from memory unless marked."""

from __future__ import annotations

from datetime import date

from shanzhi.core.law.rules import Basis, Level, Rule, Text
from shanzhi.core.values import Period

LONG = date(1998, 11, 4)


def _guide(rule_id: str, subject: tuple[str, str], words: tuple[str, str]) -> Rule:
    text = Text("guide-2013", rule_id.removeprefix("VER-").lstrip("0"), Period(LONG), *words)
    return Rule(rule_id, *subject, Level.GUIDE, Basis.MEMORY, "村民委员会选举规程 民发〔2013〕76号", (text,))


def _party(rule_id: str, article: str, subject: tuple[str, str], words: tuple[str, str]) -> Rule:
    text = Text("party-2020", article, Period(LONG), *words)
    return Rule(
        rule_id, *subject, Level.PARTY, Basis.MEMORY, "中国共产党基层组织选举工作条例 2020-07-13", (text,)
    )


def _civil(rule_id: str, article: str, subject: tuple[str, str], words: tuple[str, str]) -> Rule:
    text = Text("civil-2021", article, Period(LONG), *words)
    return Rule(
        rule_id, *subject, Level.STATUTE, Basis.MEMORY, "民法典 2021-01-01（此前为民法总则等）", (text,)
    )


RULES: tuple[Rule, ...] = (
    _guide("VER-01", ("委托投票限制", "limits of proxies"), ("受托不超过三人，候选人不得受托，不得再委托。", "Three mandates at most; not candidates; no passing on.")),
    _guide("VER-02", ("计票人员", "who counts"), ("候选人及其近亲属不得担任唱票、计票、监票人员。", "Candidates and near kin do not count.")),
    _guide("VER-05", ("参加投票人数", "taking part"), ("参加投票人数以从票箱收回的选票计算，废票包括在内。", "Those taking part are the ballots taken from the boxes, void ones included.")),
    _guide("VER-06", ("选举无效", "whole election void"), ("收回的选票多于发出的选票等情形，选举无效。", "More ballots collected than issued, among other cases: the election is void.")),
    _guide("VER-07", ("得票相等", "too many, and ties"), ("过半数的人多于名额的，得票多的当选；票数相等不能确定的，就票数相等的人再次投票。", "Most votes win; a tie that matters is voted on again.")),
    _guide("VER-08", ("无效票", "spoiled ballots"), ("所选人数多于应选名额或者无法辨认的选票无效。", "Names above the seats, or unreadable: void.")),
    _guide("VER-09", ("妇女名额", "the woman's seat"), ("主任、副主任中没有妇女的，过半数的妇女中得票最多者在委员中优先当选；没有过半数的，留一个名额另行选举。", "No woman as chair or vice-chair: the best woman above half comes first among members; if none, one seat is kept.")),
    _guide("VER-10", ("另行选举办法", "how a second round is held"), ("另行选举可以当日举行，也可以在十日内举行，使用同一名单。", "On the same day or within ten days, with the same roll.")),
    _guide("VER-11", ("仍不足名额", "still short"), ("已有三人以上当选的，不足的名额可以暂缺。", "With three or more seated the rest may stay empty.")),
    _guide("VER-12", ("下加票", "votes added downward"), ("高职务的得票是否计入低职务，由省定，默认不计入。", "Whether votes for a higher post count for a lower one is the province's choice; not by default.")),
    _party("PTY-07", "15", ("党内差额", "contest in the branch"), ("委员候选人的差额不少于应选人数的百分之二十。", "Candidates exceed seats by at least a fifth.")),
    _party("PTY-08", "20", ("到会人数", "quorum of the branch"), ("有选举权的到会党员不少于应到会人数的五分之四，会议有效。", "At least four fifths of those due are present.")),
    _party("PTY-10", "28", ("选票数", "ballots of the branch"), ("收回的选票等于或少于投票人数，选举有效。", "Valid when ballots collected do not exceed those voting.")),
    _party("PTY-12", "29", ("党内当选", "winning in the branch"), ("赞成票超过实到会有选举权人数的一半，始得当选。", "More than half of the members present.")),
    _party("PTY-13", "29", ("党内名额", "more than the seats"), ("得票超过半数的多于名额时，以得票多少为序。", "More above half than seats: highest first.")),
    _party("PTY-14", "29", ("党内票数相等", "ties in the branch"), ("票数相等不能确定的，就票数相等的人再次投票。", "A tie is voted on again among the tied.")),
    _party("PTY-15", "29", ("党内不足名额", "too few in the branch"), ("不足名额的另行选举；接近名额的，经多数选举人同意也可以减少名额。", "Vote again for the rest, or drop the seat if most agree.")),
    _civil("KIN-01", "1045(2)", ("近亲属", "near relatives"), ("配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女为近亲属。", "Spouse, parents, children, siblings, grandparents and grandchildren.")),
    _civil("NUM-01", "1259", ("以上、以内", "or more, within"), ("“以上”“以内”包括本数。", "'Or more' and 'within' include the number.")),
    _civil("NUM-02", "1259", ("超过", "more than"), ("“超过”“过半数”不包括本数。", "'More than' excludes the number.")),
    _civil("CAL-01", "201(1)", ("期间开始", "when days begin"), ("按日计算的期间，开始的当日不计入，自下一日起算。", "The day of the event is not counted.")),
    _civil("CAL-02", "", ("“日前”的算法", "days before"), ("“二十日前”默认算到选举日减二十日，另有更严的算法可选。", "'N days before' is the event minus N by default.")),
    _civil("CAL-03", "203(1)", ("最后一日是休息日", "last day a rest day"), ("最后一日是法定休息日的，以其次一工作日为最后一日；用于选举异议时只作提示。", "A last day that is a rest day moves to the next working day; in elections shown as a note.")),
    _civil("CAL-04", "202", ("月和年的算法", "months and years"), ("到期月没有对应日的，以月末日为最后一日。", "Without a matching day the last day of the month.")),
    _civil("CAL-05", "", ("工作日", "working days"), ("工作日按国务院办公厅每年放假通知计算。", "Working days follow the State Council's yearly notice.")),
    Rule("SX-02", "人数为单数", "odd number", Level.SETTING, Basis.FOUND, "山西省村民委员会选举办法 2011",
         (Text("shanxi-2011", "3", Period(LONG), "村民委员会由三至七人的单数组成。", "Three to seven people, an odd number."),)),
)  # fmt: skip
