"""個人番号 has no place in a roster: never taken, never shown, wherever it turns up."""

import pytest

from meibo.domain.findings import MASK
from tests.platform.feeds.ward import (
    DECLARATIONS,
    GAIJI,
    LICENCES,
    MASTER,
    MUSTER,
    ORDERS,
    TRAINING,
    Ward,
)


def my_number(first: str = "12345678901") -> str:
    """A number whose check digit is right (平成26年総務省令85号5条)."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    remainder = sum(int(p) * q for p, q in zip(first, weights, strict=True)) % 11
    return first + str(0 if remainder <= 1 else 11 - remainder)


NUMBER = my_number()
GROUPED = f"{NUMBER[:4]}-{NUMBER[4:8]}-{NUMBER[8:]}"
WIDE = NUMBER.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})

PLACES = [
    (MASTER, "備考", NUMBER),
    (MASTER, "備考", f"番号は{GROUPED}です"),
    (MASTER, "備考", WIDE),
    (MASTER, "備考", f"{NUMBER[:4]}.{NUMBER[4:8]}.{NUMBER[8:]}"),
    (MASTER, "備考", f"{NUMBER[:6]} {NUMBER[6:]}"),
    (MASTER, "備考", f"{NUMBER[:6]}\n{NUMBER[6:]}"),
    (MASTER, "備考", f"{WIDE[:6]}　{WIDE[6:]}"),
    (MASTER, "職員番号", NUMBER),
    (MASTER, "氏名漢字", NUMBER),
    (MASTER, "携帯TEL", NUMBER),
    (MASTER, "住所", f"東京都 {NUMBER}"),
    (MASTER, "内線", NUMBER),
    (ORDERS, "事由", NUMBER),
    (LICENCES, "登録番号", NUMBER),
    (LICENCES, "登録番号", f"第{NUMBER}号"),
    (DECLARATIONS, "配慮事項", NUMBER),
    (TRAINING, "研修名", NUMBER),
    (MUSTER, "居住地", NUMBER),
]


@pytest.mark.parametrize(("file", "column", "written"), PLACES)
def test_a_my_number_is_refused_masked_and_nowhere_kept(
    ward: Ward, file: str, column: str, written: str
) -> None:
    ward.set(file, 1, **{column: written})
    package = ward.read()
    (finding,) = [f for f in package.findings if f.code == "my-number"]
    assert (finding.file, finding.record, finding.column) == (file, 1, column)
    assert (finding.severity, finding.value) == ("reject", MASK)
    everything = repr(package)
    assert NUMBER not in everything
    assert WIDE not in everything
    assert GROUPED not in everything


def test_a_my_number_in_a_broken_row_does_not_show_as_its_staff_number(ward: Ward) -> None:
    ward.set(TRAINING, 1, 職員番号=NUMBER)
    ward.tables[TRAINING][1].append("余り")
    package = ward.read()
    assert {f.code for f in package.findings} == {"row-long", "my-number"}
    assert NUMBER not in repr(package)


def test_a_my_number_in_a_column_that_is_not_taken_is_told_and_not_shown(ward: Ward) -> None:
    ward.set(GAIJI, 1, 登録日=NUMBER)
    package = ward.read()
    assert [(f.column, f.code, f.value) for f in package.findings] == [
        ("登録日", "my-number", MASK)
    ]
    assert NUMBER not in repr(package)


def test_a_my_number_in_a_surplus_cell_is_told_and_not_shown(ward: Ward) -> None:
    ward.tables[TRAINING][1].append(NUMBER)
    package = ward.read()
    assert {f.code for f in package.findings} == {"row-long", "my-number"}
    assert NUMBER not in repr(package)


def test_a_my_number_in_a_header_is_not_shown(ward: Ward) -> None:
    for row in ward.tables[TRAINING]:
        row.append(NUMBER if row is ward.tables[TRAINING][0] else "")
    package = ward.read()
    assert [(f.column, f.code) for f in package.findings] == [(MASK, "column-unknown")]
    assert NUMBER not in repr(package)
