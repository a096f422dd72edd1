"""How a name may be typed when somebody searches for it: any part of it, old or new characters, pinyin, initials.

A surname is read as surnames are (单 shan, 曾 zeng, 解 xie, 仇 qiu); where a character has several readings, all of the
common ones count, up to a bound. A character without a reading is passed over: the rest of the name is still found.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

READINGS_A_CHARACTER, READINGS_A_NAME = 3, 12
MOST_KEYS = 600  # characters: the width of the column
WORDS_AT_MOST = 4  # of one search
APART = re.compile(r"[\s·•・‧.]+")
LATIN = re.compile(r"[a-z]+")

# Surnames that are not read as the character is elsewhere.
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "区": "ou", "朴": "piao", "任": "ren",
    "盖": "ge", "缪": "miao", "员": "yun", "翟": "zhai", "折": "she", "召": "shao", "种": "chong", "乐": "yue",
    "秘": "bi", "冼": "xian", "逄": "pang", "繁": "po", "黑": "he", "燕": "yan", "应": "ying", "纪": "ji", "过": "guo",
    "牟": "mu", "那": "na", "宁": "ning", "盛": "sheng", "石": "shi", "谌": "chen", "尉": "yu", "祭": "zhai",
    "长": "zhang", "车": "che", "柏": "bai", "薄": "bo", "都": "du", "葛": "ge", "洗": "xian", "哈": "ha", "隗": "wei",
    "撒": "sa", "訾": "zi", "宓": "mi", "莘": "shen", "相": "xiang", "肖": "xiao", "尹": "yin", "幺": "yao", "曲": "qu",
    "王": "wang", "藏": "zang", "臧": "zang", "行": "xing", "卜": "bu", "费": "fei", "华": "hua", "和": "he", "令": "ling",
    "覃": "qin", "郗": "xi", "佴": "nai", "能": "nai", "晟": "cheng", "粘": "nian", "景": "jing", "贾": "jia", "陶": "tao",
}  # fmt: skip
ONLY = frozenset("王任石景肖尹曲陶贾华费和相都长种过行")  # as a surname never read otherwise
DOUBLE = {
    "欧阳": "ou yang", "司马": "si ma", "诸葛": "zhu ge", "上官": "shang guan", "尉迟": "yu chi", "长孙": "zhang sun",
    "万俟": "mo qi", "单于": "chan yu", "令狐": "ling hu", "澹台": "tan tai", "宇文": "yu wen", "慕容": "mu rong",
    "皇甫": "huang fu", "公孙": "gong sun", "夏侯": "xia hou", "东方": "dong fang", "呼延": "hu yan", "端木": "duan mu",
}  # fmt: skip
# Old and new forms that stand in names: searched as one. Left the form that may be typed or kept, right the one it counts as.
_OLD = (
    "張张劉刘陳陈楊杨趙赵黃黄吳吴孫孙馬马羅罗鄭郑謝谢韓韩馮冯鄧邓許许蕭萧閆闫閻闫阎闫呂吕蘇苏盧卢蔣蒋賈贾葉叶魯鲁韋韦鍾钟鐘钟譚谭"
    "範范廖廖陸陆龐庞賀贺龔龚錢钱嚴严湯汤喬乔賴赖齊齐溫温莊庄顧顾龍龙萬万雷雷侯侯葛葛竇窦紀纪駱骆聶聂厲厉遲迟鄒邹衛卫歐欧陽阳"
    "國国華华蘭兰鳳凤貴贵軍军愛爱雲云蓮莲英英紅红偉伟強强榮荣寶宝慶庆衛卫東东興兴鎖锁銀银鐵铁麗丽艷艳豔艳嬌娇變变潤润憐怜順顺"
    "學学義义禮礼誌志誠诚謙谦勝胜傑杰澤泽濤涛維维輝辉飛飞鵬鹏鶴鹤鴻鸿鵝鹅雞鸡燈灯燦灿煥焕瑩莹瓊琼瑪玛環环璽玺珎珍珮佩"
    "廣广應应開开關关陰阴隨随雙双靜静韻韵頌颂順顺顯显風风餘余馨馨齡龄歲岁歷历氣气漢汉濱滨灣湾滿满爾尔書书畫画當当發发盛盛監监"
    "盡尽眾众確确祥祥種种穩稳競竞筆笔節节範范純纯紹绍組组經经綠绿緒绪緯纬練练縣县總总繼继續续羨羡習习聖圣聰聪聲声肅肃臺台舉举"
    "舊旧蘊蕴藝艺蘆芦虧亏術术裕裕裝装親亲覺觉觀观計计訓训記记詠咏詩诗該该話话語语說说調调請请論论諾诺謀谋證证識识譯译議议護护"
    "讓让豐丰財财貞贞賢贤賓宾質质贊赞趕赶躍跃車车載载輕轻輪轮轉转達达過过運运遠远適适遷迁選选鄉乡鄰邻醫医釋释針针鈞钧鈴铃鋒锋"
    "錄录錦锦鍵键鎮镇鏡镜長长門门閃闪間间閣阁陣阵階阶際际陸陆隊队難难電电靈灵頂顶項项須须預预領领願愿類类飄飘養养騰腾驗验髮发"
    "鬆松魚鱼鮮鲜鳥鸟麥麦黨党齊齐栢柏峯峰羣群崐昆崑昆堃坤喆哲淼淼昇升陞升甯宁寜宁邨村淨净涼凉決决況况凈净冲冲衝冲羲羲啟启啓启"
    "勛勋勳勋動动勞劳務务區区協协單单衆众員员問问喚唤喜喜園园圓圆圖图團团執执堅坚報报場场塵尘壽寿夢梦夾夹奮奋婦妇媽妈孃娘"
    "實实寧宁審审寬宽將将尋寻對对導导屬属岡冈島岛嶺岭巖岩巒峦帥帅師师帶带幫帮幹干庫库廳厅弘弘彌弥彥彦後后從从復复徵征德德惠惠"
    "憲宪懷怀戀恋戰战戲戏戶户拋抛掃扫採采換换揚扬損损據据攝摄敏敏敗败數数斂敛斷断時时晉晋暉晖曉晓曆历會会朧胧來来條条極极構构"
    "槍枪樂乐樓楼標标樣样樸朴樹树橋桥機机權权歡欢歸归殺杀洩泄準准溝沟滄沧漁渔潔洁澗涧濟济"
)  # fmt: skip
FOLDS = str.maketrans({old: new for old, new in zip(_OLD[::2], _OLD[1::2], strict=True) if old != new})


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one name may be typed."""

    name: str
    folded: str
    keys: str


def spelling(name: str) -> Spelling:
    """Everything under which the name can be found."""
    return Spelling(name, folded(name), keys(name))


def folded(name: str) -> str:
    """One form for one name: compatibility forms, old characters, dots and spaces make no difference."""
    plain = unicodedata.normalize("NFKC", name).translate(FOLDS)
    return APART.sub("", plain).lower()


def typed(query: str) -> list[str]:
    """The words of a search, each as the keys and folded names have it."""
    words = [folded(each) for each in unicodedata.normalize("NFKC", query).split()]
    return [_latin(each) for each in words if each][:WORDS_AT_MOST]


def is_latin(word: str) -> bool:
    """Whether a word of a search is pinyin or initials."""
    return LATIN.fullmatch(word) is not None


def keys(name: str) -> str:
    """ " wangjianguo jianguo guo wjg jg g": from every character on to the end, in full and by initials."""
    readings = [each for each in _readings(folded(name)) if each]
    found: dict[str, None] = {}
    for combination in islice(product(*readings), READINGS_A_NAME):
        for at in range(len(combination)):
            found["".join(combination[at:])] = None
            found["".join(each[0] for each in combination[at:])] = None
    told = "".join(f" {key}" for key in found if key)
    return told if len(told) <= MOST_KEYS else told[:MOST_KEYS].rpartition(" ")[0]


def _readings(name: str) -> list[tuple[str, ...]]:
    """The readings of each character, the surname's first: as surnames are read, and as the character is."""
    double = DOUBLE.get(name[:2])
    if double and len(name) > 2:
        return [(each,) for each in double.split()] + [_of(each) for each in name[2:]]
    first = [_surname(name[0])] if name else []
    return first + [_of(each) for each in name[1:]]


def _surname(character: str) -> tuple[str, ...]:
    told = SURNAMES.get(character)
    if told is not None and character in ONLY:
        return (told,)
    every = _of(character)
    return every if told is None else tuple(dict.fromkeys((told, *every)))[:READINGS_A_CHARACTER]


@lru_cache(maxsize=8192)
def _of(character: str) -> tuple[str, ...]:
    if character.isascii():
        return (character,) if character.isalnum() else ()
    read = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    told = read[0] if read else []
    return tuple(dict.fromkeys(_latin(_bare(each)) for each in told if each))[:READINGS_A_CHARACTER]


def _bare(syllable: str) -> str:
    """Without what is left of tone marks on rare syllables (ê, ń)."""
    kept = syllable.replace("ü", "v")
    apart = unicodedata.normalize("NFD", kept)
    return "".join(each for each in apart if "a" <= each <= "z")


def _latin(word: str) -> str:
    """ü as it is typed: v, or yu as passports have it."""
    return re.sub(r"(?<=[ln])yu(?![aeiou])|(?<=[ln])ü", "v", word) if not word.isdigit() else word
