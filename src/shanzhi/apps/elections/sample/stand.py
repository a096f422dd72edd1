"""Where each village of the sample county stands: its scene, by code. The other villages have not begun.

| scene                | what a visitor finds                                                            |
|----------------------|---------------------------------------------------------------------------------|
| planned, late_roll   | committee and day recorded; the roll is due in days, or was due two days ago    |
| roll, roll_unknown   | the roll made but not posted; in one a fact about a person is still unknown     |
| posted               | the roll on the board, nobody has objected                                      |
| objection_due, _late | objections: one decided and one due tomorrow, or one two days late              |
| candidates, _ready   | nominees being checked (one barred, one with an unknown fact), or all decided   |
| voting_soon, _today  | the list posted, proxies accepted; the day lies ahead, or is today              |
| half, differs        | the count under way: one sheet typed once, or two entries that differ           |
| counted              | everything agrees and waits to be announced                                     |
| kin                  | two near relatives have won: the announcement waits for a decision (VCOL-8-3)   |
| announced, small     | a full committee in the first round, of five or of three                        |
| woman                | the woman's seat went before a man with more votes (VER-09)                     |
| woman_kept           | no woman above half: one seat kept, a second round among women is due           |
| second, second_late  | a second round is due, or its ten days are over (VER-10)                        |
| second_voting        | a second round whose day is tomorrow                                            |
| second_done, vacant  | a second round that filled the seat, or left it empty (VER-11)                  |
| tie, tie_voting      | a tie for the last seat: to be voted on again, or with its day set (VER-07)     |
| invalid              | fewer than half took part: to be held again as a whole (VCOL-18-6)              |
"""

from __future__ import annotations

from dataclasses import dataclass

ROSTER = "141130101208"  # the village that has not begun: its people stand in the roster file only


@dataclass(frozen=True, slots=True)
class Stand:
    """One village with its scene; `sign_in` begins the sign-in names of its own clerk and tellers, if it has them."""

    code: str
    scene: str
    sign_in: str = ""


STANDS = (
    # 水头镇
    Stand("141130100200", "voting_today", "jiaokou"),
    Stand("141130100201", "objection_due"),
    Stand("141130100202", "announced"),
    Stand("141130100203", "second"),
    Stand("141130100205", "planned"),
    # 康城镇
    Stand("141130101200", "differs", "kangchengcun"),
    Stand("141130101201", "tie"),
    Stand("141130101202", "objection_late"),
    Stand("141130101204", "candidates"),
    Stand("141130101206", "woman"),
    # 双池镇
    Stand("141130102200", "half", "shuangchicun"),
    Stand("141130102201", "invalid"),
    Stand("141130102203", "posted"),
    Stand("141130102205", "late_roll"),
    Stand("141130102207", "second_voting"),
    Stand("141130102209", "announced"),
    Stand("141130102213", "candidates_ready"),
    # 桃红坡镇
    Stand("141130103200", "roll"),
    Stand("141130103201", "kin", "taohongpocun"),
    Stand("141130103203", "second_done"),
    Stand("141130103204", "voting_soon", "xijiaozi"),
    Stand("141130103209", "small"),
    # 石口镇
    Stand("141130104200", "counted", "shikoucun"),
    Stand("141130104202", "tie_voting"),
    Stand("141130104204", "announced"),
    Stand("141130104207", "objection_due"),
    Stand("141130104212", "woman_kept"),
    Stand("141130104215", "roll_unknown"),
    # 回龙镇
    Stand("141130105200", "voting_today", "huilongcun"),
    Stand("141130105202", "candidates"),
    Stand("141130105203", "second_late"),
    Stand("141130105208", "small"),
    # 温泉乡
    Stand("141130202200", "woman"),
    Stand("141130202202", "vacant"),
    Stand("141130202205", "planned"),
    Stand("141130202207", "voting_soon", "xiangyi"),
    Stand("141130202209", "posted"),
)

FIRST_OF_ITS_SCENE = tuple({stand.scene: stand for stand in reversed(STANDS)}.values())  # the small county

TOWNSHIPS = {  # code -> sign-in name of its clerk; the second clerk's ends in 2
    "141130100": "shuitou",
    "141130101": "kangcheng",
    "141130102": "shuangchi",
    "141130103": "taohongpo",
    "141130104": "shikou",
    "141130105": "huilong",
    "141130202": "wenquan",
}
