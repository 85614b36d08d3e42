"""What writing the audit log costs a page: the same page with and without it, in turns.

python benchmarks/bench_audit.py
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import alternating, database, table

PEOPLE = 3400
GOAL = 1.10


def main() -> None:
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}")
    with database():
        _measure()


def _measure() -> None:
    from django.conf import settings
    from django.test import Client

    import meibo.platform.demo as ward
    from meibo.config.clock import now, today
    from meibo.domain.disclosure import Viewer
    from meibo.ledger import reader
    from meibo.platform import watching
    from meibo.platform.accounts.models import Account
    from meibo.platform.audit.models import AuditRecord

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MEIBO_PACE = settings.MEIBO_REAUTH_MINUTES = 0
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    ward.generate(now=now(), people=PEOPLE, progress=lambda *_: None)
    client = Client()
    client.force_login(Account.objects.get(username="jinji"))
    client.post("/purpose/", {"purpose": "transfer"})
    everyone = reader.cards(Viewer(frozenset({"hr"}), today()), on=today())
    someone = everyone[len(everyone) // 2]
    written = watching.note
    pages = {
        "a record of somebody": f"/people/{someone.id}",
        "a list with a column of the record": f"/list?unit={someone['unit_code']}&col=hired",
        "100 of all, with a column of the record": "/list?col=name&col=hired",
    }

    def job(address: str, *, noted: bool) -> Callable[[], object]:
        def ask() -> Any:
            watching.note = written if noted else _nothing
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
            return answer

        return ask

    before = AuditRecord.objects.filter(act="read").count()
    for page in pages.values():
        job(page, noted=True)()
    if AuditRecord.objects.filter(act="read").count() < before + len(pages):
        raise RuntimeError("a page was not noted, so there is nothing to measure")
    jobs = {(name, on): job(page, noted=on) for name, page in pages.items() for on in (True, False)}
    timed = alternating(jobs, rounds=9, each=5)
    rows = []
    for name in pages:
        one, other = timed[name, True], timed[name, False]
        rows.append([name, one.p50, other.p50, one.p50 / other.p50, one.quiet / other.quiet])
    header = ["page", "with, ms p50", "without, ms p50", "ratio", "ratio of quiet rounds"]
    table(f"{PEOPLE:,} people, SQLite: a page that is noted (goal: ≤ {GOAL:.2f})", header, rows)


def _nothing(*_entries: object, **_more: object) -> None:
    """In the place of `note`."""


if __name__ == "__main__":
    main()
