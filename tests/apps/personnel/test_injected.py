"""Defects put into copies of package A are found in their rows and columns, and nothing else is."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meibo.apps.personnel.actions import intake
from meibo.domain.findings import Finding
from tests.defects.judging import KINDS, judge, spoil
from tests.platform.feeds.ward import DEFINITION

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Tokyo"))


def told(folder: Path) -> Sequence[Finding]:
    return intake.check(DEFINITION, folder, now=NOW, books_exist=False).findings


@pytest.fixture(scope="module")
def sound(shared: Path) -> Sequence[Finding]:
    """What is told of the package as it came."""
    return told(shared / "feeds")


@pytest.mark.parametrize("seed", [7])
def test_what_was_put_in_is_found_and_nothing_else(
    shared: Path, sound: Sequence[Finding], tmp_path: Path, seed: int
) -> None:
    injected = spoil(shared / "feeds", tmp_path, seed, sound, len(KINDS))
    assert len(injected) > 100
    judged = judge(injected, sound, told(tmp_path))
    assert [one.kind for one in judged.missed] == []
    assert [(f.file, f.record, f.column, f.code) for f in judged.false] == []


def test_who_was_hired_by_a_row_that_was_refused_is_told_so(shared: Path, tmp_path: Path) -> None:
    """0101745 is hired by an order; spoilt, the master's row does not say that there is none."""
    for path in (shared / "feeds").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    orders = tmp_path / "異動発令_20270401.csv"
    lines = orders.read_bytes().splitlines(keepends=True)
    place = next(i for i, line in enumerate(lines) if b"0101745" in line)
    lines[place] = lines[place].replace(b"09020050", b"98989898")
    orders.write_bytes(b"".join(lines))
    [finding] = [f for f in told(tmp_path) if f.staff_no == "0101745" and "master" not in f.code][
        -1:
    ]
    assert finding.code == "new_without_order"
    assert "取り込めませんでした" in finding.message
