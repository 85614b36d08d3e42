"""The house with what the personnel section has on its desk: a plan of 900 orders, and an order
that was wrong. What is asked for beside pages is done by a thread of the same process."""

import time
from datetime import date
from threading import Thread

from meibo.config.clock import now as clock_now
from meibo.domain.book import Effect, Line
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import LineChange
from meibo.ledger.writer import Batch
from meibo.platform.jobs.actions import work_all
from tests.apps.directory.ward import NOW, Ward
from tests.browser import house

ORDERS = 900
APRIL, OCTOBER = date(2027, 4, 2), date(2026, 10, 1)
TITLE = "令和9年4月 定期異動"


def furnish() -> Ward:
    """The ward, a plan that nobody has decided on, and somebody sent to the wrong unit."""
    ward = house.furnish()
    _plan(ward)
    person = ward.first("税務係", "060")
    wrong = Line(0, OCTOBER, NOW, Effect.MOVE, person, "配置換", unit=ward.codes["戸籍係"])
    batch = Batch()
    batch.add(wrong)
    writer.append(batch, actor="test", now=NOW)
    Thread(target=_work, daemon=True).start()
    return ward


def _plan(ward: Ward) -> None:
    number = drawer.begin(TITLE, account="personnel", now=NOW, day=APRIL)
    teams = [code for code in ward.codes.values() if not code.endswith("0000")]
    people = [writer.new_id() for _ in range(ORDERS)]
    drawer.welcome(people)
    changes = [
        LineChange(
            Line(
                *(0, APRIL, NOW, Effect.ENTER, person, "採用"),
                unit=teams[n % len(teams)],
                post="070",
                grade=1,
                employment="1",
            ),
            newcomer=f"9{n:06}",
        )
        for n, person in enumerate(people)
    ]
    drawer.put(number, changes, account="personnel", now=NOW)
    filed = {"kana": "アラタ　ヒトコ", "birth_date": "2004-05-06", "sex": "F"}
    for n, person in enumerate(people):
        values = filed | {"name": f"新　人子{n}"}
        drawer.file(number, person, values, APRIL, account="personnel", now=NOW)


def _work() -> None:
    while True:
        work_all(clock_now)
        time.sleep(0.2)


def main() -> None:
    house.main(furnish=furnish)
