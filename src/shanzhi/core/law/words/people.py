"""Words of findings: voters, candidates, proxies, kin."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {
    ("VCOL-16-1", True, ""): (
        "选举日满{age}周岁，享有政治权利，有选举权。",
        "{age} on election day, with political rights: may vote.",
    ),
    ("VCOL-16-1", False, "age"): (
        "选举日只有{age}周岁，未满十八周岁，没有选举权。",
        "Only {age} on election day, not yet 18: may not vote.",
    ),
    ("VCOL-16-1", False, "rights"): (
        "依法被剥夺政治权利，没有选举权。",
        "Political rights have been removed: may not vote.",
    ),
    ("VCOL-16-1", None, "rights"): (
        "是否被剥夺政治权利还不清楚，请查明。",
        "It is not known whether political rights were removed: find out.",
    ),
    ("VCOL-16-1", True, "on_roll"): ("在本村选民名单上。", "Is on this village's voter roll."),
    ("VCOL-16-1", False, "on_roll"): (
        "不在本村选民名单上，不能作为候选人。",
        "Is not on this village's voter roll and cannot stand.",
    ),
    ("VCOL-16-1", None, "on_roll"): (
        "是否在本村选民名单上还不清楚。",
        "It is not known whether the person is on this village's roll.",
    ),
    ("VCOL-16-2", True, ""): (
        "户籍在本村，在本村居住，直接列入名单。",
        "Registered here and living here: listed.",
    ),
    ("VCOL-16-3", True, ""): (
        "户籍在本村，不在本村居住，本人表示参加选举，列入名单。",
        "Registered here, living elsewhere, says he or she will take part: listed.",
    ),
    ("VCOL-16-3", False, ""): (
        "户籍在本村，不在本村居住，本人没有表示参加选举，不列入名单；表示参加后可以列入。",
        "Registered here, living elsewhere, has not said he or she will take part: not listed; can be listed after saying so.",
    ),
    ("VCOL-16-3", None, ""): (
        "户籍在本村，不在本村居住，本人是否参加选举还不清楚，请联系本人。",
        "Registered here, living elsewhere; whether he or she will take part is not known: ask.",
    ),
    ("VCOL-16-4", True, ""): (
        "户籍不在本村，自{since}起在本村居住或从事村务满一年，本人申请并经会议同意，列入名单。",
        "Registered elsewhere, here since {since}, applied, and the meeting agreed: listed.",
    ),
    ("VCOL-16-4", False, "since"): (
        "户籍不在本村，自{since}起在本村，到选举日不满一年，不列入名单。",
        "Registered elsewhere, here since {since}, less than a year by election day: not listed.",
    ),
    ("VCOL-16-4", None, "since"): (
        "户籍不在本村，何时起在本村居住或从事村务还不清楚，请查明。",
        "Registered elsewhere; since when he or she has been here is not known: find out.",
    ),
    ("VCOL-16-4", False, "work_2018"): (
        "户籍不在本村，只从事村务、未在本村居住；2026年以前的选举不列入名单。",
        "Registered elsewhere, works here but does not live here: before 2026 that is not enough.",
    ),
    ("VCOL-16-4", None, "work_2018"): (
        "户籍不在本村，是在本村居住还是只从事村务还不清楚；2026年以前的选举只看居住，请查明。",
        "Registered elsewhere; whether he or she lives here or only works here is not known, and before 2026 only living "
        "here counts: find out.",
    ),
    ("VCOL-16-4", False, "applied"): (
        "户籍不在本村，在本村满一年，本人没有申请，不列入名单。",
        "Registered elsewhere, here for a year, has not applied: not listed.",
    ),
    ("VCOL-16-4", None, "applied"): (
        "户籍不在本村，在本村满一年，本人是否申请还不清楚。",
        "Registered elsewhere, here for a year; whether he or she applied is not known.",
    ),
    ("VCOL-16-4", False, "consented"): (
        "户籍不在本村，本人已申请，村民会议或者村民代表会议没有同意，不列入名单。",
        "Registered elsewhere, applied, but the assembly or representatives have not agreed: not listed.",
    ),
    ("VCOL-16-4", None, "consented"): (
        "户籍不在本村，本人已申请，会议是否同意还不清楚。",
        "Registered elsewhere, applied; whether the meeting agreed is not known.",
    ),
    ("VCOL-16-5", False, ""): (
        "已在其他村登记参加选举，不再列入本村名单。",
        "Is on the roll of another village: not listed here.",
    ),
    ("VCOL-16-5", None, ""): (
        "是否已在其他村登记还不清楚，请查明。",
        "Whether he or she is on the roll of another village is not known: find out.",
    ),
    ("VCOL-18-3", True, "expelled"): ("没有被开除党籍的情形。", "Has not been expelled from the Party."),
    ("VCOL-18-3", False, "expelled"): (
        "曾被开除党籍，不得作为候选人。",
        "Was expelled from the Party: cannot stand.",
    ),
    ("VCOL-18-3", None, "expelled"): (
        "是否曾被开除党籍还没有查明。",
        "Whether he or she was expelled from the Party has not been found out.",
    ),
    ("VCOL-18-3", True, "convicted"): (
        "没有因犯罪受过刑事处罚。",
        "Has not been criminally punished for an offence.",
    ),
    ("VCOL-18-3", False, "convicted"): (
        "曾因犯罪受过刑事处罚，不得作为候选人。",
        "Was criminally punished for an offence: cannot stand.",
    ),
    ("VCOL-18-3", None, "convicted"): (
        "是否曾因犯罪受过刑事处罚还没有查明。",
        "Whether he or she was criminally punished has not been found out.",
    ),
    ("VCOL-18-3", True, "clan_or_gang"): (
        "没有利用宗族或者黑恶势力从事违法活动。",
        "Has not used clan or gang for unlawful acts.",
    ),
    ("VCOL-18-3", False, "clan_or_gang"): (
        "曾利用宗族或者黑恶势力从事违法活动，不得作为候选人。",
        "Used clan or gang for unlawful acts: cannot stand.",
    ),
    ("VCOL-18-3", None, "clan_or_gang"): (
        "是否利用宗族或者黑恶势力从事违法活动还没有查明。",
        "Whether he or she used clan or gang for unlawful acts has not been found out.",
    ),
    ("VCOL-18-3", True, "cult"): (
        "没有组织或者参加非法宗教、邪教活动。",
        "No unlawful religious or cult activity.",
    ),
    ("VCOL-18-3", False, "cult"): (
        "曾组织或者参加非法宗教、邪教活动，不得作为候选人。",
        "Organised or joined unlawful religious or cult activity: cannot stand.",
    ),
    ("VCOL-18-3", None, "cult"): (
        "是否组织或者参加非法宗教、邪教活动还没有查明。",
        "Whether there was unlawful religious or cult activity has not been found out.",
    ),
    ("VCOL-47-1", True, ""): (
        "不是驻村机关、部队、国有企事业单位的人员。",
        "Is not on the staff of a state body, army or state firm posted here.",
    ),
    ("VCOL-47-1", False, ""): (
        "是驻村机关、部队或者国有企事业单位的人员，不参加村民委员会。",
        "Is on the staff of a state body, army or state firm posted here: does not join the committee.",
    ),
    ("VCOL-47-1", None, ""): (
        "是否驻村单位人员还没有查明。",
        "Whether he or she is on the staff of a posted unit has not been found out.",
    ),
    ("VCOL-8-3", None, "standing"): (
        "{one}和{other}是近亲属，可以同时作为候选人，但不能同时当选。",
        "{one} and {other} are near relatives: both may stand, but both cannot sit.",
    ),
    ("KIN-01", True, "wider"): (
        "{one}和{other}有亲戚关系，但不是法律规定的近亲属；本地文件另有规定的从其规定，请留意。",
        "{one} and {other} are related, but not near relatives in law; local notices may go further: take note.",
    ),
    ("VCOL-15-3", None, "nominated"): (
        "村民选举委员会成员本人或者其近亲属被提名的，应当退出选举委员会，按原推选结果依次递补；请对照成员名单核对。",
        "A member of the election committee who is nominated, or whose near relative is, leaves it; the next in the "
        "original result steps up. Compare with the list of members.",
    ),
    ("VCOL-15-3", None, "nominated_2018"): (
        "村民选举委员会成员被提名的，应当退出选举委员会，按原推选结果依次递补；请对照成员名单核对。",
        "A member of the election committee who is nominated leaves it; the next in the original result steps up. "
        "Compare with the list of members.",
    ),
    ("VCOL-8-2", True, "standing"): (
        "候选人中有妇女{women}名。",
        "{women} of the candidates {women:is a woman|are women}.",
    ),
    ("VCOL-8-2", None, "standing"): (
        "候选人中没有妇女；村民委员会成员中至少应有一名妇女，请考虑提名。",
        "No woman stands, but the committee needs at least one: consider nominating.",
    ),
    ("VCOL-18-11", True, ""): (
        "委托人在名单上，选举期间外出，已书面委托。",
        "The voter is on the roll, is away, and has named a proxy in writing.",
    ),
    ("VCOL-18-11", False, ""): (
        "委托人应当在名单上、选举期间外出并且书面委托，缺一不可。",
        "The voter has to be on the roll, be away, and name the proxy in writing.",
    ),
    ("VCOL-18-11", None, ""): (
        "委托人是否在名单上、是否外出、是否书面委托还不清楚。",
        "Whether the voter is on the roll, away, and has put it in writing is not known.",
    ),
    ("VCOL-18-12", True, ""): ("受托人是本村有选举权的村民。", "The proxy is a villager with the vote here."),
    ("VCOL-18-12", False, "vote"): (
        "受托人在本村没有选举权，不能接受委托。",
        "The proxy has no vote in this village and cannot accept.",
    ),
    ("VCOL-18-12", None, "vote"): (
        "受托人在本村有没有选举权还不清楚。",
        "Whether the proxy has the vote in this village is not known.",
    ),
    ("VCOL-18-12", True, "kin"): ("受托人是委托人的近亲属。", "The proxy is a near relative of the voter."),
    ("VCOL-18-12", False, "kin"): (
        "受托人不是委托人的近亲属；2026年以前的选举只能委托近亲属。",
        "The proxy is not a near relative; before 2026 only near relatives may be named.",
    ),
    ("VCOL-18-12", None, "kin"): (
        "受托人是不是委托人的近亲属还不清楚。",
        "Whether the proxy is a near relative is not known.",
    ),
    ("VCOL-18-13", True, ""): (
        "受托人已接受{held}份委托，不超过{most}份。",
        "The proxy holds {held} other {held:mandate|mandates}; the most allowed is {most}.",
    ),
    ("VCOL-18-13", False, ""): (
        "受托人已接受{held}份委托，每人最多接受{most}份。",
        "The proxy holds {held} {held:mandate|mandates} already; the most allowed is {most}.",
    ),
    ("VER-01", True, ""): (
        "受托人已接受{held}份委托，不超过{most}份。",
        "The proxy holds {held} other {held:mandate|mandates}; the most allowed is {most}.",
    ),
    ("VER-01", False, ""): (
        "受托人已接受{held}份委托，每人最多接受{most}份。",
        "The proxy holds {held} {held:mandate|mandates} already; the most allowed is {most}.",
    ),
    ("VCOL-18-14", True, ""): ("受托人不是候选人。", "The proxy is not a candidate."),
    ("VCOL-18-14", False, ""): (
        "受托人是候选人，候选人不得接受委托。",
        "The proxy is a candidate and may not accept.",
    ),
    ("VCOL-18-14", None, ""): (
        "受托人是不是候选人还不清楚。",
        "Whether the proxy is a candidate is not known.",
    ),
    ("VER-01", True, "candidate"): ("受托人不是候选人。", "The proxy is not a candidate."),
    ("VER-01", False, "candidate"): (
        "受托人是候选人，候选人不得接受委托。",
        "The proxy is a candidate and may not accept.",
    ),
    ("VER-01", None, "candidate"): (
        "受托人是不是候选人还不清楚。",
        "Whether the proxy is a candidate is not known.",
    ),
    ("KIN-02", False, "parent_age"): (
        "记录上{one}是{other}的父亲或母亲，两人只差{years}岁：请核对出生日期和关系。",
        "{one} is on record as a parent of {other}, with only {years} {years:year|years} between them: check the dates of birth and the relation.",
    ),
    ("KIN-02", False, "grandparent_age"): (
        "记录上{one}是{other}的祖辈，两人只差{years}岁：请核对出生日期和关系。",
        "{one} is on record as a grandparent of {other}, with only {years} {years:year|years} between them: check the dates of birth and the relation.",
    ),
    ("KIN-02", False, "fathers"): (
        "{one}记录了不止一位父亲：{other}。有收养、继父情形的，请按实际核对。",
        "{one} has more than one father on record: {other}. Adoption or a step-father may explain it: check.",
    ),
    ("KIN-02", False, "mothers"): (
        "{one}记录了不止一位母亲：{other}。有收养、继母情形的，请按实际核对。",
        "{one} has more than one mother on record: {other}. Adoption or a step-mother may explain it: check.",
    ),
    ("KIN-02", False, "spouses"): (
        "{one}记录了不止一位配偶：{other}。离婚、丧偶的，请删去原来的关系。",
        "{one} has more than one spouse on record: {other}. After a divorce or a death, remove the earlier one.",
    ),
    ("KIN-02", False, "spouse_sex"): (
        "{one}和配偶{other}性别相同：请核对性别和关系。",
        "{one} and the spouse {other} are of one sex on record: check sex and relation.",
    ),
    ("KIN-02", False, "married_kin"): (
        "{one}和配偶{other}在记录上是近血亲：请核对关系。",
        "{one} and the spouse {other} are close blood relatives on record: check the relations.",
    ),
    ("KIN-02", False, "ring"): (
        "按记录上的父母关系，{one}成了自己的长辈：请核对各代关系。",
        "By the parents on record {one} is his or her own ancestor: check the generations.",
    ),
}
