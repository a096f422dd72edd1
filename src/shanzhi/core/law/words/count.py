"""Words of findings: the count."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {
    ("VCOL-18-6", True, ""): (
        "登记选民{registered}人，收回选票{collected}张，超过登记选民的一半，选举有效。",
        "{collected} ballots came back from {registered} registered voters: more than half, so the election is valid.",
    ),
    ("VCOL-18-6", False, ""): (
        "登记选民{registered}人，收回选票{collected}张，没有超过登记选民的一半，选举无效，应当重新举行。",
        "{collected} ballots came back from {registered} registered voters: not more than half, so the election is "
        "invalid and is held again.",
    ),
    ("VCOL-18-6", True, "not_asked"): (
        "登记选民{registered}人，收回选票{collected}张；按本地规定，再次投票不要求超过登记选民的一半。",
        "{collected} ballots came back from {registered} registered voters; by local rule a further vote does not need "
        "more than half.",
    ),
    ("VER-06", True, ""): (
        "发出选票{issued}张，收回{collected}张，收回的不多于发出的。",
        "{issued} ballots were handed out and {collected} came back: not more than were handed out.",
    ),
    ("VER-06", False, ""): (
        "发出选票{issued}张，收回{collected}张，收回的多于发出的，选举无效，应当重新举行。",
        "{issued} ballots were handed out but {collected} came back: the election is invalid and is held again.",
    ),
    ("PTY-08", True, ""): (
        "应到会有选举权的党员{due}人，实到{present}人，不少于五分之四，会议有效。",
        "{present} of {due} members with the vote are present: at least four fifths, so the meeting is valid.",
    ),
    ("PTY-08", False, ""): (
        "应到会有选举权的党员{due}人，实到{present}人，少于五分之四，会议无效。",
        "Only {present} of {due} members with the vote are present: fewer than four fifths, so the meeting is not valid.",
    ),
    ("PTY-10", True, ""): (
        "实到会{present}人，收回选票{collected}张，选举有效。",
        "{present} present, {collected} ballots collected: the election is valid.",
    ),
    ("PTY-10", False, ""): (
        "实到会{present}人，收回选票{collected}张，多于投票人数，选举无效，应当重新选举。",
        "{present} present but {collected} ballots collected: the election is invalid and is held again.",
    ),
    ("PTY-10", None, "issued"): (
        "发出选票{issued}张，收回{collected}张；收回的没有超过到会人数，但多于发出的，请核对。",
        "{issued} ballots were handed out but {collected} came back: not more than were present, yet more than were "
        "handed out; check the numbers.",
    ),
    ("VCOL-18-5", True, ""): (
        "{post}应选{seats}名，候选人{candidates}名，符合差额选举的要求。",
        "{candidates} {candidates:candidate|candidates} for {seats} {seats:seat|seats} ({post}): more candidates than seats, as the law wants.",
    ),
    ("VCOL-18-5", False, ""): (
        "{post}应选{seats}名，候选人{candidates}名，候选人没有多于名额。",
        "{candidates} {candidates:candidate|candidates} for {seats} {seats:seat|seats} ({post}): the law wants more candidates than seats.",
    ),
    ("PTY-07", True, ""): (
        "委员应选{seats}名，候选人{candidates}名，差额不少于百分之二十。",
        "{candidates} {candidates:candidate|candidates} for {seats} {seats:seat|seats}: at least a fifth more than seats.",
    ),
    ("PTY-07", False, ""): (
        "委员应选{seats}名，候选人{candidates}名，至少需要{least}名。",
        "{candidates} {candidates:candidate|candidates} for {seats} {seats:seat|seats}: at least {least} are needed.",
    ),
    ("VCOL-18-7", True, ""): (
        "{name}得{votes}票，超过收回选票{collected}张的一半，当选{post}。",
        "{name} has {votes} {votes:vote|votes}, more than half of the {collected} ballots collected: elected {post}.",
    ),
    ("VCOL-18-10", True, ""): (
        "{name}得{votes}票，得票多，且不少于收回选票{collected}张的三分之一，当选{post}。",
        "{name} has {votes} {votes:vote|votes}: the most, and at least a third of the {collected} ballots: elected {post}.",
    ),
    ("PTY-12", True, ""): (
        "{name}得{votes}票，超过实到会{present}人的一半，当选{post}。",
        "{name} has {votes} {votes:vote|votes}, more than half of the {present} members present: elected {post}.",
    ),
    ("VCOL-18-7", False, "short"): (
        "{names}得票没有超过收回选票{collected}张的一半，这一轮没有当选{post}。",
        "{names}: not more than half of the {collected} ballots collected, so not elected {post} in this round.",
    ),
    ("VCOL-18-10", False, "short"): (
        "{names}得票少于收回选票{collected}张的三分之一，没有当选{post}。",
        "{names}: fewer than a third of the {collected} ballots, so not elected {post}.",
    ),
    ("PTY-12", False, "short"): (
        "{names}得票没有超过实到会{present}人的一半，没有当选{post}。",
        "{names}: not more than half of the {present} members present, so not elected {post}.",
    ),
    ("VER-07", True, "tie_lost"): (
        "再次投票，{names}得票较少，没有当选{post}。",
        "In the vote among the tied, {names} had fewer votes: not elected {post}.",
    ),
    ("PTY-14", True, "tie_lost"): (
        "再次投票，{names}得票较少，没有当选{post}。",
        "In the vote among the tied, {names} had fewer votes: not elected {post}.",
    ),
    ("VER-07", None, "waits"): (
        "{names}在较高职务上得票相等、须再次投票，同时在较低职务上达到当选票数。先对较高职务再次投票，还是就任较低职务，须由人决定后再公布结果。",
        "{names}: tied for a higher post and with enough votes for a lower one. Whether the higher post is voted on again "
        "first, or the lower one is taken, people decide before the result is announced.",
    ),
    ("VER-07", True, "tie_won"): (
        "再次投票，{name}得{votes}票，得票多，当选{post}。",
        "In the vote among the tied, {name} has {votes} {votes:vote|votes}, the most: elected {post}.",
    ),
    ("PTY-14", True, "tie_won"): (
        "再次投票，{name}得{votes}票，得票多，当选{post}。",
        "In the vote among the tied, {name} has {votes} {votes:vote|votes}, the most: elected {post}.",
    ),
    ("VER-07", True, "highest"): (
        "达到当选票数的有{qualified}人，多于{post}名额{seats}名，得票多的当选；{names}没有当选。",
        "{qualified} people reached the votes needed for {seats} {seats:seat|seats} ({post}): those with the most votes are elected, and "
        "{names} not.",
    ),
    ("PTY-13", True, "highest"): (
        "超过半数的有{qualified}人，多于应选名额{seats}名，按得票多少当选；{names}没有当选。",
        "{qualified} people are above half for {seats} {seats:seat|seats}: those with the most votes are elected, and {names} not.",
    ),
    ("VER-07", None, "tie"): (
        "{names}都得{votes}票，争{post}的{seats}个名额，不能确定谁当选，就这些人再次投票，得票多的当选。",
        "{names} have {votes} {votes:vote|votes} each for the last {seats:seat|{seats} seats} ({post}): there is another vote among them.",
    ),
    ("PTY-14", None, "tie"): (
        "{names}都得{votes}票，争{seats}个名额，不能确定谁当选，就这些人再次投票。",
        "{names} have {votes} {votes:vote|votes} each for the last {seats:seat|{seats} seats}: there is another vote among them.",
    ),
    ("VCOL-18-8", False, ""): (
        "{post}还缺{seats}名，不足的名额另行选举。",
        "{seats} {seats:seat|seats} ({post}) {seats:is|are} not filled: another election is held for {seats:it|them}.",
    ),
    ("VCOL-18-9", True, ""): (
        "另行选举{post}{seats}名，以未当选而得票多的人为候选人：{names}。",
        "Standing for the {seats:missing seat|{seats} missing seats} ({post}): {names}, the unelected with the most votes.",
    ),
    ("VCOL-18-9", False, ""): (
        "另行选举{post}{seats}名，可以作候选人的只有：{names}。候选人应多于名额，需要补充提名。",
        "Only {names} can stand for the {seats:missing seat|{seats} missing seats} ({post}); there must be more candidates than seats, so "
        "more have to be nominated.",
    ),
    ("VCOL-18-9", True, "women"): (
        "留给妇女的{seats}个{post}名额另行选举，候选人：{names}。",
        "Standing for the {seats:seat|{seats} seats} ({post}) kept for a woman: {names}.",
    ),
    ("VCOL-18-9", False, "women"): (
        "留给妇女的{seats}个{post}名额另行选举，可以作候选人的妇女只有：{names}。候选人应多于名额，需要补充提名。",
        "For the {seats:seat|{seats} seats} ({post}) kept for a woman only these women can stand: {names}; there must be more "
        "candidates than seats, so more women have to be nominated.",
    ),
    ("VCOL-18-9", False, "_none"): (
        "另行选举{post}{seats}名，没有可以作候选人的人，需要重新提名。",
        "Nobody is left to stand for the {seats:missing seat|{seats} missing seats} ({post}): candidates have to be nominated.",
    ),
    ("VCOL-18-9", False, "women_none"): (
        "留给妇女的{seats}个{post}名额另行选举，没有可以作候选人的妇女，需要提名妇女。",
        "For the {seats:seat|{seats} seats} ({post}) kept for a woman no woman is left to stand: women have to be nominated.",
    ),
    ("VER-09", True, "seated_first"): (
        "主任、副主任中没有妇女，{name}（女）得{votes}票，达到当选票数且在妇女中得票最多，在委员中优先当选。",
        "There is no woman as chair or vice-chair, so {name}, the woman with the most votes ({votes}), is seated first among "
        "the members.",
    ),
    ("VER-09", True, "held"): (
        "{name}得{votes}票，因有一个委员名额由妇女优先当选（或为妇女保留），此次不当选。",
        "{name} has {votes} {votes:vote|votes} but is not elected, because one member's seat goes to a woman first.",
    ),
    ("VER-09", False, "kept"): (
        "主任、副主任中没有妇女，也没有妇女达到当选票数，{post}中留一个名额，在妇女中另行选举，先于其他名额计票。",
        "No woman is chair or vice-chair and none reached the votes needed: one seat ({post}) is kept and voted on "
        "again among women, before other seats are counted.",
    ),
    ("VER-09", None, "none_stood"): (
        "主任、副主任中没有妇女，也没有妇女竞选{post}，不能由妇女优先当选。是否为妇女留一个名额另行选举，由县里决定（设置 woman: keep）。",
        "No woman is chair or vice-chair and none stood for {post}, so none can be seated first. Whether a seat is kept for "
        "a woman all the same is the county's choice (setting woman: keep).",
    ),
    ("VER-11", True, ""): (
        "另行选举后{post}仍缺{seats}名，已有{seated}人当选，不足的名额可以暂缺。",
        "After the second round {seats} {seats:seat|seats} ({post}) {seats:is|are} still empty; {seated} are seated, so they may stay empty.",
    ),
    ("VER-11", False, ""): (
        "另行选举后{post}仍缺{seats}名，只有{seated}人当选，不足三人，应当继续选举。",
        "After the second round {seats} {seats:seat|seats} ({post}) {seats:is|are} still empty and only {seated} are seated, fewer than "
        "three: another vote has to be held.",
    ),
    ("VER-11", True, "lead"): (
        "另行选举后{post}仍缺{seats}名，已有{seated}人当选，可以暂缺：由副主任主持工作；没有副主任的，由村民代表会议在委员中推选一人主持。",
        "After the second round the {post} is still missing; {seated} are seated, so it may stay empty: the vice-chair "
        "leads, or, without one, a member chosen by the representatives.",
    ),
    ("VER-11", False, "kept"): (
        "另行选举后留给妇女的{post}名额仍缺{seats}名，应当继续在妇女中选举，直到选出。",
        "After the second round {seats} {seats:seat|seats} ({post}) kept for a woman {seats:is|are} still empty: the vote among women goes on.",
    ),
    ("VER-12", True, ""): (
        "按本地规定，{name}较高职务的{added}票计入{post}，合计{votes}票。",
        "By local rule {added} {added:vote|votes} for {name} for a higher post {added:counts|count} for {post}: {votes} in all.",
    ),
    ("VER-12", True, "higher"): (
        "{names}已当选较高职务，不再计入{post}。",
        "{names}: elected to a higher post, so not counted for {post}.",
    ),
    ("PTY-15", False, ""): (
        "还缺{seats}名，就{names}再次选举；经多数选举人同意，也可以不再选举，减少名额。",
        "{seats} {seats:seat|seats} {seats:is|are} missing: vote again with {names}; if most electors agree, the seats may be dropped.",
    ),
    ("PTY-15", False, "_none"): (
        "还缺{seats}名，没有可以作候选人的人，需要重新提名后再次选举；经多数选举人同意，也可以减少名额。",
        "{seats} {seats:seat|seats} {seats:is|are} missing and nobody is left to stand: nominate and vote again; if most electors agree, the "
        "seats may be dropped.",
    ),
    ("VCOL-8-1", True, ""): (
        "村民委员会共{size}人，在三至七人之间。",
        "The committee has {size} seats, between three and seven.",
    ),
    ("VCOL-8-1", False, ""): (
        "村民委员会共{size}人，应当为三至七人。",
        "The committee has {size} seats; it should have three to seven.",
    ),
    ("SX-02", True, ""): ("村民委员会共{size}人，为单数。", "The committee has {size} seats, an odd number."),
    ("SX-02", False, ""): (
        "村民委员会共{size}人，不是单数；本省办法要求单数，请确认。",
        "The committee has {size} seats, not an odd number as the provincial measure asks; please confirm.",
    ),
    ("VCOL-8-2", True, ""): ("当选人中有妇女{women}名。", "Women elected: {women}."),
    ("VCOL-8-2", None, ""): (
        "当选人中还没有妇女，尚有名额需要再选。",
        "No woman is elected yet; there are seats still to be voted on.",
    ),
    ("VCOL-8-2", False, ""): (
        "当选人中没有妇女，不符合至少一名妇女的要求。",
        "No woman is elected, but the law wants at least one.",
    ),
    ("VCOL-8-3", False, ""): (
        "{names}是近亲属，不能同时担任村民委员会成员；由谁退出，法律没有规定，须由人决定后再公布结果。",
        "{names} are near relatives and cannot both sit on the committee; the law does not say who gives way, so people "
        "have to decide before the result is announced.",
    ),
}
