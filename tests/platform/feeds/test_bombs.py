"""A file that is small and unpacks to a mountain is refused before it is unpacked."""

import io
import zipfile
from pathlib import Path

import pytest

from meibo.platform.feeds.reading import source, workbook


def packed(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return out.getvalue()


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LEAST_SUSPECT", 1 << 20)
    with pytest.raises(workbook.UnreadableError, match="大きくなりすぎる"):
        workbook.open_workbook(packed(2 << 20))


def test_a_workbook_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_BYTES", 1000)
    with pytest.raises(workbook.UnreadableError, match="大きくなりすぎる"):
        workbook.open_workbook(packed(1001))


def test_a_file_beyond_all_measure_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(source, "MOST_BYTES", 1 << 20)
    big = tmp_path / "big.csv"
    big.write_bytes(b"x" * ((1 << 20) + 1))
    with pytest.raises(workbook.UnreadableError, match="1MBを超えている"):
        source._bytes(big)
