"""A whole ward's payroll export: of 3,400 readings just the wrong ones are called wrong."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from meibo.domain.names import ReadingTables, ReadingVerdict, Reason, judge_reading

#: Read by eye: the reading of somebody else, and small kana written large.
WRONG = {"0060216", "5000653"}
LARGE = {"0003204", "0012556", "0040029", "0073563", "0074276"}
MASTERS = ("職員マスタ_20261101.csv", "職員マスタ_20270401.csv")


def rows_of(folder: Path, name: str) -> Iterator[dict[str, str]]:
    text = (folder / name).read_bytes().rstrip(b"\x1a").decode("cp932")
    yield from csv.DictReader(io.StringIO(text, newline=""))


@pytest.fixture(scope="module")
def letters(shared: Path) -> dict[int, str]:
    """外字対応表: private letters and what they are in Unicode, variation selector included."""
    return {
        ord(row["外字"]): "".join(chr(int(point[2:], 16)) for point in row["UNICODE"].split())
        for row in rows_of(shared / "feeds", "外字対応表.csv")
    }


@pytest.mark.parametrize("master", MASTERS)
def test_only_wrong_readings_are_called_wrong(
    master: str, shared: Path, letters: dict[int, str], tables: ReadingTables
) -> None:
    verdicts: dict[str, ReadingVerdict] = {
        row["職員番号"]: judge_reading(row["氏名漢字"].translate(letters), row["氏名ｶﾅ"], tables)
        for row in rows_of(shared / "feeds", master)
    }
    first = master == MASTERS[0]
    wrong = {number for number, verdict in verdicts.items() if verdict.right is False}
    large = {number for number, verdict in verdicts.items() if Reason.LARGE_KANA in verdict.reasons}
    assert wrong == (WRONG if first else set())
    assert large == (LARGE if first else set())
    assert sum(verdict.right is None for verdict in verdicts.values()) < 10


@pytest.mark.parametrize("master", MASTERS)
def test_every_former_surname_is_read_rightly(
    master: str, shared: Path, letters: dict[int, str], tables: ReadingTables
) -> None:
    former = [
        (row["旧姓漢字"].translate(letters), row["旧姓ｶﾅ"])
        for row in rows_of(shared / "feeds", master)
        if row["旧姓漢字"]
    ]
    assert len(former) > 100
    assert all(judge_reading(name, reading, tables).right for name, reading in former)
