"""The ministry's election guide of 2013 (rule ids VER-nn are ours), the opinion on supervision, provincial measures.

The guide is written from memory: every rule shows that grade until the county has signed it off.
"""

from __future__ import annotations

from datetime import date

from shanzhi.core.law.rules import Basis, Level, Rule, Text
from shanzhi.core.values import Period

GUIDE, OPINION, SHANXI = date(2013, 5, 2), date(2017, 11, 20), date(2011, 7, 28)


def _guide(rule_id: str, subject: tuple[str, str], words: tuple[str, str]) -> Rule:
    text = Text("guide-2013", rule_id.removeprefix("VER-").lstrip("0"), Period(GUIDE), *words)
    return Rule(rule_id, *subject, Level.GUIDE, Basis.MEMORY, "村民委员会选举规程 民发〔2013〕76号", (text,))


def _opinion(rule_id: str, basis: Basis, subject: tuple[str, str], words: tuple[str, str]) -> Rule:
    text = Text("supervision-2017", "", Period(OPINION), *words)
    return Rule(rule_id, *subject, Level.GUIDE, basis, "关于建立健全村务监督委员会的指导意见 2017", (text,))


def _shanxi(rule_id: str, article: str, subject: tuple[str, str], words: tuple[str, str]) -> Rule:
    text = Text("shanxi-2011", article, Period(SHANXI), *words)
    return Rule(rule_id, *subject, Level.SETTING, Basis.FOUND, "山西省村民委员会选举办法 2011", (text,))


RULES: tuple[Rule, ...] = (
    _guide("VER-01", ("委托投票限制", "limits of proxies"), ("受托不超过三人，候选人不得受托，不得再委托，当日出示委托书。", "Three mandates at most; not candidates; no passing on; shown on the day.")),
    _guide("VER-02", ("计票人员", "who counts"), ("候选人及其近亲属不得担任唱票、计票、监票人员。", "Candidates and near kin do not count.")),
    _guide("VER-03", ("流动票箱和投票站", "mobile boxes and stations"), ("经村民代表会议决定才能设，每处至少三名工作人员。", "Only as the representatives decide, with at least three staff each.")),
    _guide("VER-04", ("代写选票", "helper"), ("不能写票的可以请人代写，候选人不得代写。", "Who cannot write may have the ballot written, but not by a candidate.")),
    _guide("VER-05", ("参加投票人数", "taking part"), ("参加投票人数以从票箱收回的选票计算，废票、空白票包括在内。", "Those taking part are the ballots taken from the boxes, void and blank ones included.")),
    _guide("VER-06", ("选举无效", "whole election void"), ("收回的选票多于发出的选票、选举委员会或者候选人产生不合法、参加投票没有过半、没有差额、没有公开计票、没有当场公布的，选举无效。", "More ballots collected than issued, a wrongly formed election committee or slate, turnout not over half, no contest, no public count, no result on the spot: void.")),
    _guide("VER-07", ("得票相等", "too many, and ties"), ("过半数的人多于名额的，得票多的当选；票数相等不能确定的，就票数相等的人再次投票。", "Most votes win; a tie that matters is voted on again.")),
    _guide("VER-08", ("无效票", "spoiled ballots"), ("所选人数多于应选名额、无法辨认或者不按规定符号填写的选票无效；只有一部分认不清的，其余部分有效。", "Names above the seats, unreadable or wrongly marked: void; if only part is unreadable the rest counts.")),
    _guide("VER-09", ("妇女名额", "the woman's seat"), ("主任、副主任中没有妇女的，过半数的妇女中得票最多者在委员中优先当选；没有过半数的，留一个名额在妇女中另行选举，直到选出。", "No woman as chair or vice-chair: the best woman above half comes first among members; if none, one seat is kept and voted on among women until filled.")),
    _guide("VER-10", ("另行选举办法", "how a second round is held"), ("另行选举可以当日举行，也可以在十日内举行，用同一名单和程序；委托继续有效，受托人成了候选人的除外。", "On the same day or within ten days, with the same roll and procedure; mandates go on, except to a person now a candidate.")),
    _guide("VER-11", ("仍不足名额", "still short"), ("已有三人以上当选的，不足的名额可以暂缺；没有主任的由副主任主持，都没有的由代表会议推选一名委员主持。", "With three or more seated the rest may stay empty; no chair: the vice-chair leads; neither: the representatives choose a member.")),
    _guide("VER-12", ("下加票", "votes added downward"), ("高职务的得票是否计入低职务，由省定，默认不计入；当选较高职务的，不再计入较低职务。", "Whether votes for a higher post count for a lower one is the province's choice; not by default. Elected to the higher post, nobody is counted for the lower.")),
    _opinion("VSC-04", Basis.FOUND, ("监督委员会人数和主任", "size and chair"), ("一般三到五人，设主任一名；主任提倡由不在村民委员会任职的党组织班子成员或者党员担任，原则上不由党组织书记兼任。", "Usually three to five with one chair, preferably a Party group member or Party member outside the committee, in principle not the secretary.")),
    _opinion("VSC-05", Basis.MEMORY, ("监督委员会的其他回避", "further bar"), ("村会计、村文书和集体经济组织负责人不能当监督成员。", "The village accountant or bookkeeper, the clerk and the head of the collective are barred.")),
    Rule("VSC-09", "监督委员会产生时间", "when it is formed", Level.SETTING, Basis.PRACTICE, "一份2025年乡镇换届方案",
         (Text("practice", "", Period(GUIDE), "新的村民委员会产生后十日内推选产生，是一地做法，由县里确认。", "Within ten days of the new bodies: one township's practice, for the county to confirm."),)),
    Rule("ELIG-01", "县级联审", "joint review", Level.GUIDE, Basis.MEMORY, "关于加强和改进乡村治理的指导意见 2019",
         (Text("governance-2019", "", Period(date(2019, 6, 23)), "两委候选人都要经县级有关部门联合审查。", "The county's departments review every candidate of both bodies together."),)),
    _shanxi("SX-01", "", ("山西的办法", "Shanxi's instruments"), ("省选举办法2005年通过、2011年修正，实施办法1999年；五年任期和2025年修法以后有没有新规定，须问县民政局。", "Election Measure of 2005, amended 2011; Implementing Measure of 1999. Whether there are newer texts: ask the county civil affairs bureau.")),
    _shanxi("SX-02", "3", ("人数为单数", "odd number"), ("三到七人，要单数，具体人数由村民会议或者代表会议定。", "Three to seven people, an odd number, set by the assembly or representatives.")),
    _shanxi("SX-03", "3", ("妇女名额", "women"), ("成员中至少一名妇女。", "At least one woman.")),
    _shanxi("SX-04", "3", ("亲属回避", "kin"), ("夫妻和直系亲属不同时任职；现在国家法律的范围更宽。", "No spouses or direct-line relatives together; the national law is wider now.")),
    _shanxi("SX-05", "5", ("换届期限", "when a new election is due"), ("届满后三个月内换届；延期的报县里批准，最迟不超过届满后六个月。办法里的三年任期已被五年取代。", "Within three months of expiry; delayed with the county's approval, at latest six months after. Its term of three years is overtaken by five.")),
    _shanxi("SX-06", "18", ("村民代表", "representatives"), ("每五到十五户一人或者由小组推选；两千人以上的村由小组推选，一般二十到六十人；只有推选他的人能撤换。", "One for 5 to 15 households or by group, by group in villages of 2,000 and more, usually 20 to 60; only the choosers change them.")),
    _shanxi("SX-07", "19", ("代表会议在选举中的职责", "representatives' duties in an election"), ("通过选举办法、重新推选不履职的选举委员会、决定投票站和流动票箱、通过工作人员名单。", "They pass the plan, re-choose a failing election committee, decide stations, mobile boxes and staff.")),
    _shanxi("SX-08", "20", ("两种选举方式", "two methods"), ("有候选人的直选和没有候选人的直选，由村民会议或者代表会议选定。", "With fixed candidates or without, as the assembly or representatives choose.")),
    _shanxi("SX-09", "22", ("候选人条件", "qualities"), ("选举委员会可以拟定条件，经会议通过后公布。", "The election committee may draft conditions; passed by the meeting and posted.")),
    _shanxi("SX-10", "23", ("提名方式", "nomination"), ("由登记选民直接提名；现在国家法律加上了村党组织。", "By direct vote of voters; the national law now adds the Party organisation.")),
    _shanxi("SX-11", "", ("换届领导小组", "leading group"), ("县、乡成立换届选举领导小组。", "County and township set up leading groups.")),
    _shanxi("SX-12", "", ("没有查到的部分", "not found"), ("委托投票、候选人公布、无效票、罢免程序和出缺，在办法第六、七章，没有查到原文，须问县里。", "Proxies, posting candidates, void ballots, recall and vacancies stand in chapters 6 and 7, which were not found: ask the county.")),
)  # fmt: skip
