"""Files that are absent, empty, something else than they say, or without a column they need."""

from tests.platform.feeds.ward import LATER, LICENCES, MASTER, MUSTER, POSTS, Ward


def test_an_empty_file_is_one_finding(ward: Ward) -> None:
    for content in (b"", b"\r\n\r\n", b"\x1a"):
        ward.spoil(MUSTER, lambda _, content=content: content)
        assert ward.told() == [(MUSTER, None, "", "file-empty", "reject")]


def test_what_is_no_such_file_is_one_finding(ward: Ward) -> None:
    ward.spoil(MUSTER, lambda _: bytes(range(256)) * 9)
    assert ward.told() == [(MUSTER, None, "", "header-missing", "reject")]


def test_a_workbook_under_the_name_of_a_text_says_so(ward: Ward) -> None:
    ward.spoil(MUSTER, lambda _: b"PK\x03\x04" + bytes(50))
    (finding,) = ward.read().findings
    assert finding.code == "file-unreadable"
    assert "Excel" in finding.message


def test_a_workbook_beside_the_name_of_a_text_tells_which_is_missing(ward: Ward) -> None:
    ward.absent.add(POSTS)
    name = POSTS.replace(".csv", ".xlsx")
    (ward.folder / name).write_bytes(b"PK\x03\x04")
    found = {f.file: f for f in ward.read().findings}
    assert found[POSTS].code == "file-missing"
    assert name in found[POSTS].message
    assert name in found


def test_an_optional_file_that_is_absent_or_has_no_rows_is_a_warning(ward: Ward) -> None:
    ward.absent.add(LICENCES)
    del ward.tables[MUSTER][1:]
    assert ward.told() == [
        (LICENCES, None, "", "file-absent", "warn"),
        (MUSTER, None, "", "file-no-rows", "warn"),
    ]


def test_a_file_without_its_key_column_gives_no_record(ward: Ward) -> None:
    ward.tables[MUSTER][0][0] = "番号"
    package = ward.read()
    assert [(f.code, f.severity) for f in package.findings] == [
        ("column-needed", "reject"),
        ("column-unknown", "warn"),
    ]
    assert package.records["muster"] == []


def test_a_missing_column_is_told_once_and_not_on_every_row(ward: Ward) -> None:
    for header in ("職名CD", "旧姓漢字", "兼務所属CD1", "級"):
        place = ward.tables[LATER][0].index(header)
        for row in ward.tables[LATER]:
            del row[place]
        told = ward.told()
        assert (LATER, None, header, "column-missing", "reject") in told
    assert {code for _, record, _, code, _ in told if record} == set()
    assert len(told) == 4


def test_a_reading_of_the_maiden_name_goes_with_the_name(ward: Ward) -> None:
    ward.set(MASTER, 4, 旧姓ｶﾅ="")
    ward.set(MASTER, 2, 旧姓ｶﾅ="ﾀﾅｶ")
    assert ward.told() == [
        (MASTER, 2, "旧姓ｶﾅ", "rule", "confirm"),
        (MASTER, 4, "旧姓ｶﾅ", "rule", "confirm"),
    ]


def test_another_maiden_name_without_a_new_name_is_told(ward: Ward) -> None:
    row = ward.record(LATER, 職員番号="0012580")
    ward.set(LATER, row, 旧姓漢字="徳川", 旧姓ｶﾅ="ﾄｸｶﾞﾜ")
    assert (LATER, row, "旧姓漢字", "maiden-differs", "confirm") in ward.told()
