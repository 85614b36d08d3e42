"""Lines on paper stand below each other, and never run into one another."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest

from meibo.platform.papers import setting
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.tables import Column, Section, Table
from tests.house.canary import pdf

NOW = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)
ON = date(2027, 4, 1)
_PACKED = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_SET = re.compile(rb"q 1 0 0 -1 ([\d.]+) ([\d.]+) cm[^\n]*\nBT 0 Tr/f\d+ ([\d.]+) Tf")
#: How far a Japanese character reaches above its baseline and below it, of its size.
_UP, _DOWN = 0.88, 0.12


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed)
    except zlib.error:
        return b""


def crowded(content: bytes) -> list[tuple[float, float]]:
    """Where a line begins just below another and touches it: places on the page."""
    found = []
    for packed in _PACKED.findall(content):
        columns: dict[int, dict[float, float]] = defaultdict(dict)
        for x, y, size in _SET.findall(_unpacked(packed)):
            line = columns[round(float(x))]
            line[float(y)] = max(float(size), line.get(float(y), 0.0))
        for x, lines in columns.items():
            upper_first = sorted(lines.items(), reverse=True)
            for (above, large), (below, small) in pairwise(upper_first):
                if above - below < large * _DOWN + small * _UP - 0.01:
                    found.append((float(x), below))
    return found


def node(name: str, *below: dict[str, Any], head: str = "") -> dict[str, Any]:
    lines = 1 + sum(each["lines"] for each in below)
    return {"name": name, "head": head, "count": "7", "below": list(below), "lines": lines}


def chart(sections: int, groups: int) -> Sheet:
    below = [
        node(
            f"第{number}課",
            *(
                node(f"{number}の{each}係", node(f"{each}班"), head="係長 佐藤 花子")
                for each in range(groups)
            ),
            head="課長 鈴木 太郎",
        )
        for number in range(sections)
    ]
    return Sheet("chart", "組織図", {"roots": [node("区民部", *below)], "columns": 3}, "区", ON)


def listing() -> Sheet:
    columns = (Column("氏名", 2), Column("職", 1))
    rows = (Section("総務部", [("佐藤花子", "係長"), ("鈴木太郎", "主任")], "2人"),)
    return Table("職員の一覧", columns, rows, "本務の職員").sheet("区", ON)


@pytest.mark.parametrize("sheet", [chart(12, 6), chart(2, 90)])
def test_no_line_touches_the_one_above(sheet: Sheet) -> None:
    made = setting.pdf(sheet, now=NOW)
    assert _SET.search(b"".join(map(_unpacked, _PACKED.findall(made))))
    assert crowded(made) == []


def test_a_chart_goes_on_over_pages_and_leaves_out_no_unit() -> None:
    said = pdf.text(setting.pdf(chart(2, 90), now=NOW)).replace("\n", "")
    assert "2 / 2" in said
    for number in range(2):
        assert all(f"{number}の{each}係" in said for each in range(90))
    assert said.count("89班") >= 2


def test_what_stands_under_the_title_keeps_its_distance() -> None:
    drawn = b"".join(map(_unpacked, _PACKED.findall(setting.pdf(listing(), now=NOW))))
    places = [(float(y), float(size)) for x, y, size in _SET.findall(drawn) if float(x) < 60]
    (title, large), (note, small) = sorted(places, reverse=True)[:2]
    assert (large, small) == (15, 8)
    assert title - large * _DOWN - (note + small * _UP) > small / 2
