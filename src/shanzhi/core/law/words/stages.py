"""Words of findings: the road of an election."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {
    ("VCOL-14-2", None, "no_day"): (
        "还没有确定选举日，请先确定。",
        "The election day has not been set: set it first.",
    ),
    ("VCOL-15-2", True, "recorded"): (
        "村民选举委员会已产生（已记录，未核验）。",
        "The election committee has been formed (recorded, not checked).",
    ),
    ("VCOL-15-2", None, "recorded"): (
        "还没有记录村民选举委员会何时、由哪个会议产生。",
        "It is not recorded when and by which meeting the election committee was formed.",
    ),
    ("VCOL-16-1", None, "undetermined"): (
        "名单上有{people}人的情况不清楚，查清之前不能公布。",
        "For {people} {people:person|people} on the roll a fact is not known: it has to be found out before the roll is posted.",
    ),
    ("VCOL-17-1", True, ""): (
        "名单{posted}公布，距选举日{days}天，不少于二十天。",
        "The roll is posted on {posted}, {days} {days:day|days} before election day: at least twenty.",
    ),
    ("VCOL-17-1", False, ""): (
        "名单{posted}公布，距选举日只有{days}天，最迟应在{latest}公布。可以推迟选举日，或者由有权机关作出决定并记录理由。",
        "The roll is posted on {posted}, only {days} {days:day|days} before election day; the latest day was {latest}. Move the election day, or record a decision with its reason.",
    ),
    ("VCOL-17-1", None, "not_posted"): ("名单还没有公布。", "The roll has not been posted."),
    ("VCOL-17-2", True, ""): ("异议期已于{until}结束。", "The time for objections ended on {until}."),
    ("VCOL-17-2", False, ""): ("异议期到{until}为止，尚未结束。", "Objections can be made until {until}."),
    ("VCOL-17-3", True, ""): ("没有未处理的异议。", "No objection is undecided."),
    ("VCOL-17-3", False, ""): (
        "还有{open}件异议没有作出处理决定。",
        "{open} {open:objection has|objections have} not been decided.",
    ),
    ("VCOL-18-1", True, "recorded"): (
        "提名经过已记录（未核验）。",
        "How candidates were nominated is recorded (not checked).",
    ),
    ("VCOL-18-1", None, "recorded"): (
        "还没有记录候选人由谁、何时提名产生。",
        "It is not recorded when and by whom candidates were nominated.",
    ),
    ("VER-10", True, ""): (
        "选举日在{latest}以前，符合十日内举行的要求。",
        "The day is not later than {latest}, within ten days.",
    ),
    ("VER-10", False, ""): (
        "应在{latest}以前举行，选举日超过了十日。",
        "It should be held by {latest}; the day is later than ten days.",
    ),
    ("VCOL-18-16", True, "day"): ("选举日{day}已到。", "Election day, {day}, has come."),
    ("VCOL-18-16", False, "day"): (
        "选举日{day}未到，不能开始计票。",
        "Election day, {day}, has not come: counting cannot begin.",
    ),
    ("VCOL-18-16", True, "counted"): (
        "计票单两次录入一致，结果已算出。",
        "Every sheet was typed twice and agrees; the result has been reckoned.",
    ),
    ("VCOL-18-16", False, "counted"): (
        "计票单尚未全部两次录入一致，或者结果尚未算出。",
        "Not every sheet was typed twice and agrees, or the result has not been reckoned.",
    ),
}
