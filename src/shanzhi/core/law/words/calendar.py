"""Words of findings: the calendar."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {
    ("CAL-05", None, "year"): (
        "还没有{year}年的放假安排表，不能判断是不是工作日，请管理员先导入。",
        "There is no table of rest days for {year}, so working days cannot be told: ask the operator to load it.",
    ),
}
