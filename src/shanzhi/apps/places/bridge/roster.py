"""The words that rosters use for a person, and the kin that the rows of one household state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

RESIDENCE = {
    "户在人在": "resident", "户在人不在": "away", "人在户不在": "outsider",
    "常住": "resident", "在村": "resident", "本地常住": "resident",
    "外出": "away", "外出务工": "away", "户在人外出": "away",
    "外来": "outsider", "外来常住": "outsider",
}  # fmt: skip
PARTY = {  # "" is not stated: what the records hold stays
    "": "", "群众": "none", "无": "none", "共青团员": "none", "团员": "none", "民主党派": "none",
    "中共党员": "full", "党员": "full", "正式党员": "full", "中共正式党员": "full",
    "中共预备党员": "probationary", "预备党员": "probationary",
}  # fmt: skip
EDUCATION = {  # "" is not stated
    "": "", "文盲": "none", "未上学": "none", "不识字": "none", "小学": "primary", "初中": "junior", "高中": "senior", "中专": "senior",
    "职高": "senior", "技校": "senior", "高中/中专": "senior", "大专": "college", "专科": "college",
    "大学专科": "college", "高职": "college",
    "本科": "bachelor", "大学": "bachelor", "大学本科": "bachelor", "研究生": "graduate", "硕士": "graduate", "博士": "graduate",
}  # fmt: skip
SEX = {"": "", "男": "m", "女": "f", "男性": "m", "女性": "f"}
# Of the head of the household. "nephew" is turned round when it is kept: the head is his uncle.
RELATIONS = {
    "户主": "head", "本人": "head",
    "配偶": "spouse", "妻": "spouse", "夫": "spouse", "妻子": "spouse", "丈夫": "spouse",
    "子女": "child", "子": "child", "女": "child", "儿子": "child", "女儿": "child", "独生子": "child", "独生女": "child",
    "长子": "child", "次子": "child", "三子": "child", "四子": "child", "长女": "child", "次女": "child", "三女": "child", "四女": "child",
    "养子": "child", "养女": "child", "继子": "child", "继女": "child",
    "父母": "parent", "父": "parent", "母": "parent", "父亲": "parent", "母亲": "parent",
    "兄弟姐妹": "sibling", "兄弟": "sibling", "姐妹": "sibling", "兄": "sibling", "弟": "sibling", "姐": "sibling", "妹": "sibling",
    "哥哥": "sibling", "弟弟": "sibling", "姐姐": "sibling", "妹妹": "sibling",
    "孙子": "grandchild", "孙女": "grandchild", "外孙子": "grandchild", "外孙女": "grandchild", "外孙": "grandchild", "孙": "grandchild",
    "祖父": "grandparent", "祖母": "grandparent", "外祖父": "grandparent", "外祖母": "grandparent", "祖父母": "grandparent",
    "儿媳": "in_law", "女婿": "in_law", "岳父": "in_law", "岳母": "in_law", "公公": "in_law", "婆婆": "in_law",
    "嫂": "in_law", "嫂子": "in_law", "弟媳": "in_law", "姐夫": "in_law", "妹夫": "in_law", "孙媳": "in_law", "孙媳妇": "in_law",
    "孙女婿": "in_law", "儿媳妇": "in_law",
    "叔": "uncle", "伯": "uncle", "姑": "uncle", "舅": "uncle", "姨": "uncle", "叔父": "uncle", "伯父": "uncle", "叔伯": "uncle",
    "侄": "nephew", "侄子": "nephew", "侄女": "nephew", "外甥": "nephew", "外甥女": "nephew",
    "": "", "其他": "", "其他亲属": "", "其它": "", "非亲属": "",
}  # fmt: skip
RELATIONS_OFFERED = (
    "户主",
    "配偶",
    "子女",
    "父母",
    "兄弟姐妹",
    "孙子",
    "孙女",
    "祖父",
    "祖母",
    "儿媳",
    "女婿",
    "其他",
)

Link = tuple[int, int, str]  # a person and another, and what the first is to the second


def kin_of_household(members: Iterable[tuple[int, str]]) -> Iterator[Link]:
    """What the rows of a household say: each member to the head; children of one head are siblings. Nothing is guessed.

    `members`: a person and the relation to the head, "head" for the head himself.
    """
    listed = list(members)
    head = next((one for one, relation in listed if relation == "head"), None)
    if head is None:
        return
    for one, relation in listed:
        if relation == "nephew":
            yield head, one, "uncle"
        elif relation not in {"", "head"}:
            yield one, head, relation
    children = [one for one, relation in listed if relation == "child"]
    for place, one in enumerate(children):
        for other in children[place + 1 :]:
            yield one, other, "sibling"
