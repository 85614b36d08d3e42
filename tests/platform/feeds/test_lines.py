"""Broken lines, line ends, tails and encodings: one bad line never hides those after it."""

from collections.abc import Callable

import pytest

from tests.platform.feeds.ward import DECLARATIONS, LICENCES, MASTER, TRAINING, Told, Ward

LAST = 20  # the last record of the training file


def line(number: int, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Change one line of a file; 0 is the header."""

    def spoil(data: bytes) -> bytes:
        lines = data.split(b"\r\n")
        lines[number] = change(lines[number])
        return b"\r\n".join(lines)

    return spoil


def told(file: str, record: int | None, code: str, severity: str, column: str = "") -> list[Told]:
    return [(file, record, column, code, severity)]


def test_a_control_z_at_the_end_is_taken_off(ward: Ward) -> None:
    ward.spoil(MASTER, lambda data: data + b"\x1a")
    assert ward.told() == told(MASTER, None, "control-z", "normalised")


def test_a_control_z_on_a_line_of_its_own_is_no_record(ward: Ward) -> None:
    ward.spoil(MASTER, lambda data: data + b"\x1a\r\n")
    assert ward.told() == told(MASTER, None, "control-z", "normalised")


def test_a_control_z_after_the_last_value_leaves_the_row_whole(ward: Ward) -> None:
    ward.spoil(TRAINING, lambda data: data.removesuffix(b"\r\n") + b"\x1a")
    codes = [code for _, _, _, code, _ in ward.told()]
    assert codes == ["control-z", "row-tail"]
    assert len(ward.read().records["training"]) == LAST


def test_a_line_that_ends_in_lf_alone_is_one_record(ward: Ward) -> None:
    ward.spoil(TRAINING, _lf_after_third)
    assert ward.told() == told(TRAINING, 3, "line-end", "normalised")
    assert len(ward.read().records["training"]) == LAST


def _lf_after_third(data: bytes) -> bytes:
    lines = data.split(b"\r\n")
    return b"\r\n".join([*lines[:3], lines[3] + b"\n" + lines[4], *lines[5:]])


def test_a_file_with_other_line_ends_throughout_is_told_once(ward: Ward) -> None:
    ward.spoil(MASTER, lambda data: data.replace(b"\r\n", b"\n"))
    assert ward.told() == told(MASTER, None, "line-end", "normalised")


def test_blank_lines_are_skipped_and_counted_once(ward: Ward) -> None:
    ward.spoil(TRAINING, lambda data: data.replace(b"\r\n", b"\r\n\r\n", 3))
    assert ward.told() == told(TRAINING, None, "blank-line", "normalised")


def test_a_row_with_too_few_cells_is_refused_and_the_others_are_taken(ward: Ward) -> None:
    ward.spoil(TRAINING, line(3, lambda row: row.rsplit(b",", 2)[0]))
    assert ward.told() == told(TRAINING, 3, "row-short", "reject")
    assert [r.number for r in ward.read().records["training"]][:3] == [1, 2, 4]


def test_empty_cells_too_many_are_dropped(ward: Ward) -> None:
    ward.spoil(TRAINING, line(3, lambda row: row + b',"",""'))
    assert ward.told() == told(TRAINING, 3, "row-trailing", "normalised")
    assert len(ward.read().records["training"]) == LAST


def test_a_row_with_too_many_cells_is_refused(ward: Ward) -> None:
    ward.spoil(TRAINING, line(3, lambda row: row + b',"1"'))
    assert ward.told() == told(TRAINING, 3, "row-long", "reject")


def test_an_unquoted_comma_shifts_the_row_and_refuses_it(ward: Ward) -> None:
    def unquote(row: bytes) -> bytes:
        return row.replace(b'"', b"").replace("の".encode("cp932"), "の,".encode("cp932"), 1)

    ward.spoil(DECLARATIONS, line(2, unquote))
    assert ward.told() == told(DECLARATIONS, 2, "row-long", "reject")


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_last_line_cut_off_in_quotation_marks_is_refused(ward: Ward, cut: int) -> None:
    ward.spoil(TRAINING, lambda data: data[: -2 - cut])
    assert ward.told() == told(TRAINING, LAST, "row-cut", "reject")
    assert len(ward.read().records["training"]) == LAST - 1


def test_a_last_line_cut_in_the_middle_of_a_letter_is_refused(ward: Ward) -> None:
    def cut(data: bytes) -> bytes:
        bare = data.replace(b'"', b"")
        return bare[: bare.rindex("研修".encode("cp932")) + 1]

    ward.spoil(TRAINING, cut)
    assert ward.told() == told(TRAINING, LAST, "row-cut", "reject")


def test_a_last_line_without_a_line_end_is_taken_with_a_warning(ward: Ward) -> None:
    ward.spoil(TRAINING, lambda data: data.removesuffix(b"\r\n"))
    assert ward.told() == told(TRAINING, LAST, "row-tail", "warn")
    assert len(ward.read().records["training"]) == LAST


def test_quotation_marks_not_doubled_are_kept_as_part_of_the_value(ward: Ward) -> None:
    note = '通称は"かもめ"（本人申出）'.encode("cp932")
    ward.spoil(MASTER, line(2, lambda row: row[:-1] + note + b'"'))
    assert ward.told() == told(MASTER, 2, "row-quotes", "confirm")
    assert ward.read().records["master"][1].values["note"] == '通称は"かもめ"（本人申出）'


def test_a_quotation_mark_that_never_closes_costs_one_line_only(ward: Ward) -> None:
    ward.spoil(TRAINING, line(3, lambda row: row.replace(b'","', b",", 1)))
    findings = ward.told()
    assert [(file, record, severity) for file, record, _, _, severity in findings] == [
        (TRAINING, 3, "reject")
    ]
    assert len(ward.read().records["training"]) == LAST - 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "euc-jp"])
def test_a_file_in_another_encoding_is_read_and_told(ward: Ward, encoding: str) -> None:
    ward.spoil(LICENCES, lambda data: data.decode("cp932").encode(encoding))
    titles = [row["資格名"] for row in ward.rows(LICENCES)]
    assert ward.told() == told(LICENCES, None, "encoding", "normalised")
    assert [r.values["title"] for r in ward.read().records["licences"]] == titles


def test_a_header_in_another_width_is_understood(ward: Ward) -> None:
    mail = ["ﾒｰﾙ".encode("cp932"), "メール".encode("cp932")]
    ward.spoil(MASTER, line(0, lambda row: row.replace(*mail)))
    assert ward.told() == told(MASTER, None, "column-renamed", "normalised", "ﾒｰﾙ")


def test_a_column_under_another_name_is_missing_and_one_unknown(ward: Ward) -> None:
    names = ["受講日".encode("cp932"), "受講年月日".encode("cp932")]
    ward.spoil(TRAINING, line(0, lambda row: row.replace(*names)))
    assert ward.told() == [
        (TRAINING, None, "受講日", "column-missing", "reject"),
        (TRAINING, None, "受講年月日", "column-unknown", "warn"),
    ]


def test_columns_in_another_order_are_no_departure(ward: Ward) -> None:
    ward.tables[TRAINING] = [[*reversed(row)] for row in ward.tables[TRAINING]]
    assert ward.told() == []


def test_a_file_without_its_header_is_not_read(ward: Ward) -> None:
    ward.spoil(TRAINING, lambda data: data.split(b"\r\n", 1)[1])
    assert ward.told() == told(TRAINING, None, "header-missing", "reject")


def test_a_header_repeated_on_each_page_is_no_record(ward: Ward) -> None:
    ward.spoil(TRAINING, lambda data: data + data.split(b"\r\n")[0] + b"\r\n")
    assert ward.told() == told(TRAINING, None, "header-repeated", "normalised")
    assert len(ward.read().records["training"]) == LAST


def test_a_missing_file_is_told_once_and_not_for_every_row_that_needs_it(ward: Ward) -> None:
    ward.absent.add("職種コード表.csv")
    assert ward.told() == told("職種コード表.csv", None, "file-missing", "reject")


def test_an_optional_file_may_be_absent(ward: Ward) -> None:
    ward.absent |= {TRAINING, LICENCES}
    assert {severity for *_, severity in ward.told()} == {"warn"}
    assert ward.read().records["master"]


def test_a_data_file_that_nobody_described_is_told_and_a_readme_is_not(ward: Ward) -> None:
    (ward.folder / "ほか.csv").write_bytes(b"a,b\r\n")
    (ward.folder / "README.md").write_text("…")
    assert ward.told() == told("ほか.csv", None, "file-unknown", "warn")
