"""Words of findings: recall, assemblies, representatives, election committee and supervision committee."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {
    ("VCOL-19-1", True, "voters"): (
        "有选举权的村民{whole}人，{signers}人联名，达到五分之一，可以要求罢免。",
        "{signers} of {whole} villagers with the vote signed: one fifth or more, so a recall can be demanded.",
    ),
    ("VCOL-19-1", False, "voters"): (
        "有选举权的村民{whole}人，{signers}人联名，不到五分之一，不能要求罢免。",
        "{signers} of {whole} villagers with the vote signed: fewer than one fifth, so no recall can be demanded.",
    ),
    ("VCOL-19-1", True, "representatives"): (
        "村民代表{whole}人，{signers}人联名，达到三分之一，可以要求罢免。",
        "{signers} of {whole} representatives signed: one third or more, so a recall can be demanded.",
    ),
    ("VCOL-19-1", False, "representatives"): (
        "村民代表{whole}人，{signers}人联名，不到三分之一，不能要求罢免。",
        "{signers} of {whole} representatives signed: fewer than one third, so no recall can be demanded.",
    ),
    ("VCOL-19-3", True, ""): (
        "登记选民{registered}人，投票{voted}人，赞成{yes}票，都超过一半，罢免通过。",
        "{voted} of {registered} registered voters voted and {yes} said yes: both more than half, so the recall carries.",
    ),
    ("VCOL-19-3", False, ""): (
        "登记选民{registered}人，投票{voted}人，赞成{yes}票，没有都超过一半，罢免不通过。",
        "{voted} of {registered} registered voters voted and {yes} said yes: not both more than half, so the recall fails.",
    ),
    ("VCOL-25-2", True, "villagers"): (
        "村民{whole}人，{signers}人提议，达到十分之一，应当召集村民会议。",
        "{signers} of {whole} villagers ask: one tenth or more, so an assembly has to be called.",
    ),
    ("VCOL-25-2", False, "villagers"): (
        "村民{whole}人，{signers}人提议，不到十分之一。",
        "{signers} of {whole} villagers ask: fewer than one tenth.",
    ),
    ("VCOL-25-2", True, "representatives"): (
        "村民代表{whole}人，{signers}人提议，达到三分之一，应当召集村民会议。",
        "{signers} of {whole} representatives ask: one third or more, so an assembly has to be called.",
    ),
    ("VCOL-25-2", False, "representatives"): (
        "村民代表{whole}人，{signers}人提议，不到三分之一。",
        "{signers} of {whole} representatives ask: fewer than one third.",
    ),
    ("VCOL-26-1", True, "adults"): (
        "成年村民{whole}人，到会{present}人，超过一半，可以开会。",
        "{present} of {whole} adults are present: more than half, so the assembly can decide.",
    ),
    ("VCOL-26-1", False, "adults"): (
        "成年村民{whole}人，到会{present}人，没有超过一半，不能开会。",
        "{present} of {whole} adults are present: not more than half, so the assembly cannot decide.",
    ),
    ("VCOL-26-1", True, "households"): (
        "全村{whole}户，到会户代表{present}人，达到三分之二，可以开会。",
        "Delegates of {present} of {whole} households are present: two thirds or more, so the assembly can decide.",
    ),
    ("VCOL-26-1", False, "households"): (
        "全村{whole}户，到会户代表{present}人，不到三分之二，不能开会。",
        "Delegates of {present} of {whole} households are present: fewer than two thirds, so the assembly cannot decide.",
    ),
    ("VCOL-26-2", True, ""): (
        "到会{present}人，赞成{yes}人，超过一半，通过。",
        "{yes} of {present} present say yes: carried.",
    ),
    ("VCOL-26-2", False, ""): (
        "到会{present}人，赞成{yes}人，没有超过一半，不通过。",
        "{yes} of {present} present say yes: not carried.",
    ),
    ("VCOL-29-2", True, ""): (
        "代表会议共{body}人，其中村民代表{representatives}人、妇女代表{women}人，符合比例。",
        "A body of {body} with {representatives} representatives, {women} of them women: as the law wants.",
    ),
    ("VCOL-29-2", False, ""): (
        "代表会议共{body}人，其中村民代表{representatives}人、妇女代表{women}人；村民代表应占五分之四以上，妇女代表应占三分之一以上。",
        "A body of {body} with {representatives} representatives, {women} of them women: representatives should be four "
        "fifths, women representatives one third.",
    ),
    ("VCOL-30-2", True, ""): (
        "村民代表{whole}人，{signers}人提议，达到五分之一，应当召集代表会议。",
        "{signers} of {whole} representatives ask: one fifth or more, so they have to meet.",
    ),
    ("VCOL-30-2", False, ""): (
        "村民代表{whole}人，{signers}人提议，不到五分之一。",
        "{signers} of {whole} representatives ask: fewer than one fifth.",
    ),
    ("VCOL-30-3", True, ""): (
        "组成人员{whole}人，到会{present}人，达到三分之二，可以开会。",
        "{present} of {whole} are present: two thirds or more.",
    ),
    ("VCOL-30-3", False, ""): (
        "组成人员{whole}人，到会{present}人，不到三分之二，不能开会。",
        "{present} of {whole} are present: fewer than two thirds.",
    ),
    ("VCOL-30-4", True, ""): (
        "到会{present}人，同意{yes}人，超过一半，通过。",
        "{yes} of {present} present agree: carried.",
    ),
    ("VCOL-30-4", False, ""): (
        "到会{present}人，同意{yes}人，没有超过一半，不通过。",
        "{yes} of {present} present agree: not carried.",
    ),
    ("VCOL-38-3", True, ""): ("没有连续两次被评为不称职。", "Not rated unfit twice running."),
    ("VCOL-38-3", False, ""): (
        "连续两次被评为不称职，职务终止。",
        "Rated unfit twice running: the office ends.",
    ),
    ("VCOL-40-2", True, ""): (
        "村民{whole}人，{signers}人要求，达到五分之一，增加为审计事项。",
        "{signers} of {whole} villagers ask: one fifth or more, so the item is audited.",
    ),
    ("VCOL-40-2", False, ""): (
        "村民{whole}人，{signers}人要求，不到五分之一，不增加审计事项。",
        "{signers} of {whole} villagers ask: fewer than one fifth, so the item is not added.",
    ),
    ("VCOL-15-3", False, "self"): (
        "{name}被提名为候选人，应当退出选举委员会。",
        "{name} is nominated and leaves the election committee.",
    ),
    ("VCOL-15-3", False, "kin"): (
        "{name}的近亲属被提名为候选人，{name}应当退出选举委员会。",
        "A near relative of {name} is nominated, so {name} leaves the election committee.",
    ),
    ("VCOL-15-4", True, ""): (
        "按原推选结果依次递补：{names}。",
        "Stepping up in the original order: {names}.",
    ),
    ("VCOL-15-4", False, ""): (
        "按原推选结果依次递补：{names}；仍缺{open}名，需要另行推选。",
        "Stepping up in the original order: {names}; {open} {open:place stays open and has|places stay open and have} to be chosen again.",
    ),
    ("VSC-02", True, "member"): ("不是村民委员会成员。", "Is not a member of the committee."),
    ("VSC-02", False, "member"): (
        "是村民委员会成员，不能担任监督委员会成员。",
        "Is a member of the committee: cannot supervise it.",
    ),
    ("VSC-02", None, "member"): (
        "是不是村民委员会成员还不清楚。",
        "Whether he or she is a member of the committee is not known.",
    ),
    ("VSC-02", True, "kin"): (
        "没有近亲属在村民委员会任职。",
        "Has no near relative on the committee.",
    ),
    ("VSC-02", False, "kin"): (
        "有近亲属在村民委员会任职，不能担任监督委员会成员。",
        "Has a near relative on the committee: cannot supervise it.",
    ),
    ("VSC-02", None, "kin"): (
        "有没有近亲属在村民委员会任职还不清楚。",
        "Whether a near relative sits on the committee is not known.",
    ),
    ("VSC-05", True, ""): (
        "不是村会计、文书，也不是集体经济组织负责人。",
        "Is neither accountant, bookkeeper or clerk nor head of the collective.",
    ),
    ("VSC-05", False, ""): (
        "是村会计、文书或者集体经济组织负责人，不能担任监督委员会成员。",
        "Is accountant, bookkeeper, clerk or head of the collective: cannot supervise.",
    ),
    ("VSC-05", None, ""): (
        "是不是村会计、文书或者集体经济组织负责人还不清楚。",
        "Whether he or she keeps the books or heads the collective is not known.",
    ),
}
