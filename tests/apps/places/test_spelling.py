"""How names may be typed: surnames as surnames are read, several readings, old characters, characters without a reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.apps.places.bridge import spelling


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王建国", ["wangjianguo", "wangjian", "wangji", "jianguo", "guo", "wjg", "jg"]),
        ("单雄信", ["shanxiongxin", "sxx", "danxiongxin"]),
        ("曾国藩", ["zengguofan", "zgf"]),
        ("解珍", ["xiezhen", "xz", "jiezhen"]),
        ("仇英", ["qiuying", "qy", "chouying"]),
        ("查良镛", ["zhaliang", "zly"]),
        ("尉迟恭", ["yuchigong", "ycg"]),
        ("欧阳修", ["ouyangxiu", "oyx"]),
        ("吕布", ["lvbu", "lb"]),
        ("重阳", ["chongyang", "zhongyang"]),
        ("阿依古丽·买买提", ["ayiguli", "maimaiti", "aygl"]),
        ("𠮷田", ["tian"]),
    ],
)
def test_a_name_is_found_by_its_pinyin_from_any_character_on(name, typed):
    keys = spelling.keys(name)

    assert [each for each in typed if f" {each}" not in keys] == []


def test_the_commonest_surname_is_not_found_by_a_reading_that_nobody_uses():
    assert " yu" not in spelling.keys("王建国")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("張國榮", "张国荣"),
        ("劉淑蘭", "刘淑兰"),
        ("閻锡", "闫锡"),
        ("阿依古丽·买买提", "阿依古丽 买买提"),
        ("ＴＯＭ", "tom"),
    ],
)
def test_old_and_new_forms_are_one_name(one, other):
    assert spelling.folded(one) == spelling.folded(other)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("lyu bu", ["lv", "bu"]),
        ("LÜ", ["lv"]),
        ("ｗｊｇ", ["wjg"]),
        ("  柳树沟　王 ", ["柳树沟", "王"]),
        ("liyuan", ["liyuan"]),
        ("a b c d e f", ["a", "b", "c", "d"]),
        ("", []),
        ("·", []),
    ],
)
def test_what_is_typed_is_read_as_the_keys_are_written(query, words):
    assert spelling.typed(query) == words


@given(st.text(max_size=40))
def test_no_name_breaks_the_keys_or_their_width(name):
    told = spelling.spelling(name)

    assert len(told.keys) <= spelling.MOST_KEYS
    assert told.keys == "" or told.keys.startswith(" ")
    assert "  " not in told.keys


HAN = st.text(
    st.sampled_from("王张李刘单解曾国建秀兰英行重乐长"), min_size=1, max_size=3
)  # longer ones may meet the width of the column


@given(HAN, st.data())
def test_every_part_of_a_name_finds_it(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    stop = data.draw(st.integers(start + 1, len(name)))

    assert spelling.folded(name[start:stop]) in spelling.folded(name)


@given(HAN)
def test_the_keys_are_those_of_the_slow_twin(name):
    assert set(spelling.keys(name).split()) == slow_keys(name)


def slow_keys(name):
    """Every way to read the name, as far as the bound goes, from every character on."""
    readings = spelling._readings(spelling.folded(name))
    ways = [[]]
    for each in readings:
        ways = [[*way, reading] for way in ways for reading in each]
    found = []
    for way in ways[: spelling.READINGS_A_NAME]:
        for start in range(len(way)):
            found += ["".join(way[start:]), "".join(each[0] for each in way[start:])]
    return set(found)
