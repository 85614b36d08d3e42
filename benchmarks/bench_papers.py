"""How long the forms of a whole ward take, from cards to PDF/A, and how many pages they have.

python benchmarks/bench_papers.py
"""

import os
import re
import resource
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import database, table

PEOPLE = 3400
ORDERS = 3000
GOAL = 10.0  # seconds, 職員録


def main() -> None:
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}")
    with database():
        _measure()


def _measure() -> None:
    import meibo.platform.demo as ward
    from meibo.apps.papers.queries.asked import Asked
    from meibo.apps.papers.queries.book import order_rows
    from meibo.apps.papers.queries.catalogue import FORMS
    from meibo.config.clock import now, today
    from meibo.domain.disclosure import Viewer
    from meibo.ledger import reader
    from meibo.platform.demo.fiscal import april, fiscal_year
    from meibo.platform.papers import glyphs, setting
    from meibo.platform.papers.orders import appointments, informal, notices
    from meibo.platform.papers.wording import wording

    ward.generate(now=now(), people=PEOPLE, progress=lambda *_: None)
    viewer = Viewer(frozenset({"staff", "hr"}), today())
    turn = april(fiscal_year(today()))
    glyphs.coverage(), glyphs.fonts()
    rows = []
    for key in ("roster", "seats", "chart", "moves", "orders", "jirei", "workers", "strength"):
        form = FORMS[key]
        first: date | None = turn if form.period else None
        asked = Asked(viewer, turn if form.period else today(), "けやき野区", first=first)
        start = time.perf_counter(), _processor()
        made = form.make(asked)
        read = time.perf_counter()
        content = setting.pdf(made.sheet, now=now())
        rows.append(_row(form.label, made.count, start, read, content))
    known = order_rows(reader.orders(viewer, turn, turn))
    many = [
        replace(known[place % len(known)], staff_no=f"{place:07}", order_no=f"第{place}号")
        for place in range(ORDERS)
    ]
    for make in (appointments, notices, informal):
        start = time.perf_counter(), _processor()
        sheet = make(many, wording(), "けやき野区")
        read = time.perf_counter()
        content = setting.pdf(sheet, now=now())
        rows.append(_row(f"{sheet.title}, {ORDERS} people", ORDERS, start, read, content))
    table(
        "Forms of a whole ward",
        ["form", "people", "read s", "set s", "all s", "processor s", "pages", "MB"],
        rows,
    )
    whole = float(rows[0][4])
    print(f"職員録 within {GOAL:.0f} s: {'yes' if whole <= GOAL else 'NO'}")
    for name, who in (("here", resource.RUSAGE_SELF), ("apart", resource.RUSAGE_CHILDREN)):
        peak = resource.getrusage(who).ru_maxrss / 1024
        print(f"most memory of a process {name}: {peak:.0f} MB")


def _processor() -> float:
    """Seconds of the processor so far, of the processes set apart as well: a busy machine makes
    everything last longer, and nothing cost more."""
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _row(
    label: str, count: int, start: tuple[float, float], read: float, content: bytes
) -> list[str]:
    end = time.perf_counter()
    spent = _processor() - start[1]
    pages = re.search(rb"/Type/Pages/Count (\d+)", content)
    return [
        label,
        str(count),
        f"{read - start[0]:.2f}",
        f"{end - read:.2f}",
        f"{end - start[0]:.2f}",
        f"{spent:.2f}",
        pages[1].decode() if pages else "?",
        f"{len(content) / 1e6:.1f}",
    ]


if __name__ == "__main__":
    main()
