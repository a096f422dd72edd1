"""Words of findings: the calendar."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {
    ("CAL-05", None, "year"): (
        "还没有{year}年的放假安排表，不能判断是不是工作日，请管理员先导入。",
        "There is no table of rest days for {year}, so working days cannot be told: ask the operator to load it.",
    ),
    ("VCOL-19-3", None, "no_day"): (
        "罢免投票最迟哪一天举行，法律没有规定，由省里定；请按本省规定设置天数（recall_days）。",
        "By when a recall is voted on is left to the province: set the days of your provincial rule (recall_days).",
    ),
}
