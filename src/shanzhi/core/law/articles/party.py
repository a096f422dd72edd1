"""Party rules for village branches: election rules of 2020, rural rules and branch rules of 2018.

Article numbers above 7 are from memory and may be off by one or two, so those rules show that grade.
"""

from __future__ import annotations

from datetime import date

from shanzhi.core.law.numbers import TEXT_2018
from shanzhi.core.law.rules import Basis, Level, Rule, Text
from shanzhi.core.values import Period

ELECTION, RURAL, BRANCH = "party-2020", "rural-2018", "branch-2018"
SOURCES = {
    ELECTION: "中国共产党基层组织选举工作条例 2020-07-13",
    RURAL: "中国共产党农村基层组织工作条例 2018-12-28",
    BRANCH: "中国共产党支部工作条例（试行）2018",
    "policy": "政策文件和做法",
}


def _party(rule_id: str, law: str, article: str, subject: tuple[str, str], words: tuple[str, str], basis: Basis = Basis.MEMORY) -> Rule:  # fmt: skip
    # The election rules of 1990 came before; their branches are counted by the rules of 2020 too, which are stricter
    # only in wording.
    text = Text(law, article, Period(TEXT_2018 if law == ELECTION else date(2018, 10, 28)), *words)
    return Rule(rule_id, *subject, Level.PARTY, basis, SOURCES[law], (text,))


RULES: tuple[Rule, ...] = (
    _party("PTY-01", RURAL, "", ("组织形式", "form"), ("正式党员三人以上设支部，不足三人的联合；超过五十人设总支；一百人以上经县级党委批准可以设党委。", "Three full members and more: a branch, fewer: a joint one; over 50: a general branch; from 100, with county approval: a committee."), Basis.FOUND),
    _party("PTY-02", RURAL, "", ("任期", "term"), ("村党委、总支、支部每届五年。", "Five years."), Basis.FOUND),
    _party("PTY-03", BRANCH, "", ("支部委员会", "branch committee"), ("正式党员七人以上设支部委员会，三到五人，一般不超过七人；不足七人的只设书记，必要时设副书记。", "From seven full members a committee of 3 to 5, usually not over 7; below, a secretary only and a deputy if needed."), Basis.FOUND),
    _party("PTY-04", RURAL, "8", ("总支和党委", "larger bodies"), ("总支五到七人，村党委五到七人、最多九人，设纪检委员。", "General branch 5 to 7, village committee 5 to 7 and at most 9, with a discipline member.")),
    _party("PTY-05", ELECTION, "5", ("选举权", "voting right"), ("正式党员有选举权；预备党员、留党察看的没有；依法被留置、逮捕的停止行使。", "Full members vote; probationary members and those on probation within the Party do not; detained or arrested: suspended."), Basis.FOUND),
    _party("PTY-06", ELECTION, "4", ("时间和代表", "timing, delegates"), ("提前或者延期最多一年，须上级批准；由党员大会选举，五百人以上或者驻地分散的，经批准可以开代表大会。", "Early or late by at most a year with approval; the members' meeting elects, or delegates from 500 members on."), Basis.FOUND),
    _party("PTY-07", ELECTION, "15", ("党内差额", "contest in the branch"), ("候选人比应选名额至少多两成，有小数的进一。", "Candidates exceed seats by at least a fifth, rounded up.")),
    _party("PTY-08", ELECTION, "20", ("到会人数", "quorum of the branch"), ("有选举权的到会党员不少于应到会人数的五分之四，会议有效。", "At least four fifths of those due are present.")),
    _party("PTY-09", ELECTION, "", ("可以不计入应到会人数的", "who may be left out of the base"), ("长期在国外、病重、外出半年以上没有转组织关系、患精神病、被拘押的，经上级同意并经大会通过，可以不计入。", "Long abroad, gravely ill, away over six months, mentally ill, detained: with higher approval and the meeting's consent.")),
    _party("PTY-10", ELECTION, "28", ("选票数", "ballots of the branch"), ("收回的选票不多于投票人数，选举有效；多于的无效，重新选。有的手册比的是发出的选票，两样都核对。", "Valid when ballots collected do not exceed those voting; some handbooks compare with ballots issued, so both are checked.")),
    _party("PTY-11", ELECTION, "28", ("党内无效票", "spoiled ballots of the branch"), ("所选人数多于应选人数的无效，等于或者少于的有效。", "More names than seats: void; equal or fewer: good.")),
    _party("PTY-12", ELECTION, "29", ("党内当选", "winning in the branch"), ("赞成票超过实到会有选举权人数的一半，始得当选；正好一半不算。", "More than half of the members present; exactly half fails.")),
    _party("PTY-13", ELECTION, "29", ("党内名额", "more than the seats"), ("得票超过半数的多于名额时，以得票多少为序。", "More above half than seats: highest first.")),
    _party("PTY-14", ELECTION, "29", ("党内票数相等", "ties in the branch"), ("票数相等不能确定的，就票数相等的人再次投票。", "A tie is voted on again among the tied.")),
    _party("PTY-15", ELECTION, "29", ("党内不足名额", "too few in the branch"), ("不足名额的再次选举；接近名额的，经多数选举人同意也可以减少名额。", "Vote again for the rest, or drop the seat if most agree.")),
    _party("PTY-16", ELECTION, "", ("党内不得委托", "no proxies in the branch"), ("不能到会的党员不得委托他人投票。", "An absent member may not delegate.")),
    _party("PTY-17", ELECTION, "16", ("党内候选人", "slate of the branch"), ("上届委员会根据多数党员意见提出，上级审查，党员大会确定。", "The outgoing committee proposes on most members' views, the higher body reviews, members settle.")),
    _party("PTY-18", ELECTION, "18", ("书记", "secretary"), ("书记、副书记由新委员会选举并报上级批准，不设委员会的由党员大会选举；委员报上级备案。", "Elected by the new committee, or by the members where there is none, with higher approval; members are filed.")),
    _party("PTY-19", "policy", "", ("两推一选", "two recommendations, one election"), ("党员推荐、群众推荐，乡镇党委审核确定候选人，党员大会选举；来自政策和做法。", "Members and villagers recommend, the township Party committee approves, members elect: policy and practice.")),
    _party("PTY-20", RURAL, "19", ("一肩挑", "posts in one hand"), ("书记应当经法定程序担任村民委员会主任和集体经济组织负责人；组织法只说可以。", "The secretary should be chair and head of the collective by lawful procedure; the Organic Law only says may.")),
    _party("PTY-21", RURAL, "19", ("四议两公开", "major decisions"), ("村级重大事项按四议两公开决定。", "Major matters go through four discussions and two disclosures.")),
    _party("PTY-22", RURAL, "25", ("备案和后备", "records and reserve"), ("书记报县委组织部备案，每村要有后备人选，人数没有规定。", "The secretary is filed with the county organisation department; every village keeps reserve persons, number not set.")),
)  # fmt: skip
