"""The columns of a roster: the names that they go by in real files, and the words that they know."""

from __future__ import annotations

COLUMNS = {  # column -> the names it goes by, the template's first
    "household": ("户号", "户编号", "家庭编号", "家庭户号", "户口簿号", "户口本号", "户籍号", "户口号"),
    "group": ("村民小组", "小组", "组别", "组", "村组", "所在小组"),
    "name": ("姓名", "名字", "成员姓名", "家庭成员姓名", "村民姓名", "人员姓名"),
    "sex": ("性别",),
    "id_number": ("公民身份号码", "身份证号", "身份证号码", "居民身份证号码", "居民身份证号", "公民身份证号码", "公民身份证号", "身份证",
                  "身份号码", "证件号码", "证件号"),
    "born": ("出生日期", "出生年月日", "出生年月", "生日"),
    "relation": ("与户主关系", "户主关系", "与户主的关系", "家庭关系", "关系"),
    "residence": ("居住情况", "居住状态", "居住状况", "人户情况", "在村情况", "居住类型"),
    "here_since": ("居住或工作起始日期", "来村日期", "来村时间", "居住起始日期"),
    "party": ("政治面貌",),
    "phone": ("联系电话", "电话", "手机号", "手机", "手机号码", "电话号码", "联系方式"),
    "rights": ("剥夺政治权利", "是否剥夺政治权利", "被剥夺政治权利"),
}  # fmt: skip
NEEDED = ("household", "name", "id_number", "residence")
ONLY_HEADS = ("户主姓名", "户主")  # one row a household: the name is the head's
WHERE = {  # columns that are only compared with the village that the clerk has opened
    "township": ("乡镇", "乡镇名称", "所在乡镇", "所属乡镇", "乡（镇）", "乡(镇)"),
    "village": ("村", "村名", "行政村", "所在村", "所属村", "村委会", "村名称", "行政村名称", "村（社区）", "村(社区)"),
    "code": ("村代码", "村编码", "行政区划代码", "区划代码", "行政村代码"),
}  # fmt: skip

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
SEX = {"男": "m", "女": "f", "男性": "m", "女性": "f"}
RIGHTS = {"": None, "是": True, "否": False, "有": True, "无": False}
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
