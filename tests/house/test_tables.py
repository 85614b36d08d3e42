"""Tables of the pages: a heading of figures stands over them."""

import re

from tests.house.source import SOURCE

TABLE = re.compile(r"<thead>(.*?)</thead>(.*?)</tbody>", re.DOTALL)
HEADING = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL)
ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])\b([^>]*)>.*?</\1>", re.DOTALL)


def misplaced(page: str) -> list[str]:
    """Headings that are not set as the cells below them are; of rows whose columns are made by a
    loop, which say nothing about how many there are, none."""
    found = []
    for head, body in TABLE.findall(page):
        headings, row = HEADING.findall(head), ROW.search(body)
        cells = CELL.findall(row[1]) if row else []
        if len(headings) == len(cells):
            pairs = zip(headings, cells, strict=True)
            found += [h[1] for h, cell in pairs if ("number" in h[0]) != ("number" in cell[1])]
    return found


def test_a_heading_of_figures_is_set_over_them() -> None:
    pages = list(SOURCE.rglob("templates/**/*.html"))
    assert len(pages) > 100
    told = {page.name: misplaced(page.read_text(encoding="utf-8")) for page in pages}
    assert {name: words for name, words in told.items() if words} == {}


def test_one_that_is_not_is_found() -> None:
    row = '<tbody><tr><th>係</th><td class="number">3人</td></tr></tbody>'
    assert misplaced(f"<thead><tr><th>所属</th><th>人数</th></tr></thead>{row}") == ["人数"]
