"""Fields that a town adds: what their values may be, and how they are put before people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.disclosure import TIES, DisclosureError, parse
from meibo.domain.disclosure_editing import differences, row_changes, written
from meibo.domain.free_fields import (
    FieldError,
    FreeField,
    Type,
    field_of,
    kind_text,
    read,
    value,
    words,
)

LANGUAGES = ("英語", "中国語", "手話")


def free(type_: Type, *choices: str) -> FreeField:
    return FreeField("free:x", "試し", type_, choices)


@pytest.mark.parametrize(
    ("type_", "given_", "filed", "shown"),
    [
        (Type.TEXT, " 夜勤可 ", "夜勤可", "夜勤可"),
        (Type.NUMBER, "１，２００.50", "1200.5", "1200.5"),
        (Type.NUMBER, "0", "0", "0"),
        (Type.DAY, "令和9年4月1日", "2027-04-01", "2027年4月1日"),
        (Type.FLAG, "はい", "1", "はい"),
        (Type.FLAG, "×", "0", "いいえ"),
        (Type.TEXT, "  ", None, ""),
    ],
)
def test_a_value_is_read_filed_and_shown(
    type_: Type, given_: str, filed: str | None, shown: str
) -> None:
    assert read(free(type_), given_) == filed
    assert words(free(type_), value(free(type_), filed)) == shown


@pytest.mark.parametrize(
    ("type_", "given_"),
    [
        (Type.TEXT, "二\n行"),
        (Type.TEXT, "あ" * 401),
        (Type.TEXT, "番号は123456789018です"),
        (Type.NUMBER, "たくさん"),
        (Type.NUMBER, "NaN"),
        (Type.NUMBER, "1e99"),
        (Type.DAY, "2027-02-30"),
        (Type.FLAG, "たぶん"),
        (Type.FILE, "x.pdf"),
    ],
)
def test_a_value_that_is_none_is_refused(type_: Type, given_: str) -> None:
    with pytest.raises(FieldError):
        read(free(type_), given_)


def test_choices_are_taken_in_their_own_order_and_no_others() -> None:
    several = free(Type.SEVERAL, *LANGUAGES)
    assert value(several, read(several, "手話、英語")) == ["英語", "手話"]
    assert read(several, ["中国語", ""]) == '["中国語"]'
    with pytest.raises(FieldError):
        read(several, "英語、火星語")
    with pytest.raises(FieldError):
        read(free(Type.CHOICE, *LANGUAGES), "火星語")


@given(st.text(max_size=40))
def test_whatever_is_read_reads_the_same_again(text: str) -> None:
    field = free(Type.TEXT)
    try:
        filed = read(field, text)
    except FieldError:
        return
    assert read(field, filed or "") == filed


@pytest.mark.parametrize(
    ("name", "label", "kind"),
    [
        ("free:9x", "名", kind_text(Type.TEXT)),
        ("free:x y", "名", kind_text(Type.TEXT)),
        ("free:x", "", kind_text(Type.TEXT)),
        ("free:x", "名", ""),
        ("free:x", "名", '{"type":"magic"}'),
        ("free:x", "名", kind_text(Type.CHOICE, ["一つ"])),
        ("free:x", "名", kind_text(Type.CHOICE, ["甲", "甲"])),
        ("free:x", "名", kind_text(Type.TEXT, ["甲", "乙"])),
        ("free:x", "名", kind_text(Type.TEXT, by=["head"])),
    ],
)
def test_what_is_no_field_is_refused(name: str, label: str, kind: str) -> None:
    with pytest.raises(FieldError):
        field_of(name, label, kind)


_TIES = ",".join(TIES)
_DAYS = ",".join("*" for _ in TIES)
_NONE = "," * (len(TIES) - 1)
HEAD = (
    f"field,label,{_TIES},kind\n*past_days,,{_DAYS},\n"
    f"*future_days,,{_DAYS},\nexists,在籍,{_NONE},\n"
)
ROW = f'free:x,試し,{_NONE},"{{""type"": ""choice"", ""choices"": [""甲"", ""乙""]}}"\n'


def test_a_field_is_a_row_of_the_table_and_written_with_it() -> None:
    table = parse(HEAD + ROW)
    assert table.free["free:x"].choices == ("甲", "乙")
    assert parse(written(table)).free == table.free


def test_a_table_without_such_fields_is_written_as_ever() -> None:
    assert "kind" not in written(parse(HEAD)).splitlines()[0]


def test_a_row_that_is_no_field_is_named_by_its_number() -> None:
    with pytest.raises(DisclosureError, match="5行"):
        parse(HEAD + f"free:x,試し,{_NONE},\n")


def test_a_field_that_comes_goes_or_changes_its_choices_is_told() -> None:
    before, after = parse(HEAD), parse(HEAD + ROW)
    (came,) = row_changes(before, after)
    assert (came.before, came.after) == ("", "試し（一つ選ぶ：甲・乙）")
    (went,) = row_changes(after, before)
    assert went.after == ""
    (changed,) = row_changes(after, parse(HEAD + ROW.replace("乙", "丙")))
    assert "甲・丙" in changed.after
    assert differences(after, parse(HEAD + ROW.replace("乙", "丙"))) == []
