"""The book: how fast lives are folded, and how fast a day is read.

Prints a table. Speeds of reading are ratios against the bare SQL of the same rows in the same
run. `python benchmarks/bench_book.py [people]` (default 100,000; the smaller size is a tenth).
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import django

os.environ["MEIBO_DATA"] = tempfile.mkdtemp(prefix="meibo-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "meibo.config.settings"
django.setup()

from django.core.management import call_command  # noqa: E402 - after Django is set up
from django.db import connection, transaction  # noqa: E402 - after Django is set up

from meibo.domain.book import Effect, Line, fold, stretches  # noqa: E402 - after Django is set up
from meibo.ledger import bulk, house  # noqa: E402 - after Django is set up
from meibo.ledger.models import Seat, Stretch  # noqa: E402 - after Django is set up
from meibo.ledger.reader.people import states_on  # noqa: E402 - after Django is set up

KNOWN = datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Tokyo"))
TODAY = date(2026, 11, 23)
START = date(1996, 4, 1)
PEOPLE_A_UNIT = 20
TENURES = 15


def median(work: Callable[[], object], rounds: int = 7) -> float:
    """Seconds, median of several rounds."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def career(person: str, lines: int, chance: random.Random) -> list[Line]:
    """Someone who enters and then moves once or twice a year."""
    first = Line(1, START, KNOWN, Effect.ENTER, person, "採用", unit="u1", post="070", grade=1)
    days = sorted(START + timedelta(days=chance.randrange(1, 11_000)) for _ in range(lines - 1))
    rest = [
        Line(n, day, KNOWN, Effect.MOVE, person, "配置換", unit=f"u{chance.randrange(500)}")
        for n, day in enumerate(days, 2)
    ]
    return [first, *rest]


def folding() -> list[tuple[str, str]]:
    chance = random.Random(1)
    books = [career(f"p{i}", 60, chance) for i in range(1_000)]
    seconds = median(lambda: [fold(book) for book in books], 5)
    one = career("p", TENURES, chance)
    refold = median(lambda: stretches(fold(one), [], frozenset()), 200)
    return [
        ("full fold, lines a second", f"{60_000 / seconds:,.0f}"),
        ("refold of one person of 15 lines, ms", f"{refold * 1000:.3f}"),
    ]


def fill(people: int) -> None:
    """Drawn rows of so many people with 15 tenures each, all in service today."""
    chance = random.Random(people)
    units = people // PEOPLE_A_UNIT
    step = (TODAY - START) // TENURES
    stretches_, seats = [], []
    for i in range(people):
        person = f"p{i:020x}"
        for n in range(TENURES):
            starts = START + step * n
            ends = START + step * (n + 1) if n < TENURES - 1 else date.max
            unit = f"{chance.randrange(units):08d}"
            state = {"unit": unit, "post": "070", "since": starts.isoformat(), "grade": 1}
            state |= {"name": f"姓{i}　名", "kana": "セイ　メイ", "hired": START.isoformat()}
            text = json.dumps(state, ensure_ascii=False)
            stretches_.append((person, starts, ends, unit, "070", "セイ", text))
            seats.append((person, unit, "070", "main", starts, ends))
    names = ("person", "starts", "ends", "unit", "post", "kana", "state")
    with transaction.atomic():
        Stretch.objects.all().delete()
        Seat.objects.all().delete()
        bulk.insert(Stretch, names, stretches_)
        bulk.insert(Seat, ("person", "unit", "post", "kind", "starts", "ends"), seats)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def one_unit() -> None:
    people = [seat.person for seat in house.seats(TODAY, ["00000007"])]
    states_on(TODAY, ids=people)


def bare_unit() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.person, t.state FROM ledger_seat s JOIN ledger_stretch t"
            " ON t.person = s.person AND t.starts <= %s AND t.ends > %s"
            " WHERE s.unit = '00000007' AND s.starts <= %s AND s.ends > %s",
            [TODAY.isoformat()] * 4,
        )
        cursor.fetchall()


def bare_roster() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, state FROM ledger_stretch WHERE starts <= %s AND ends > %s",
            [TODAY.isoformat()] * 2,
        )
        cursor.fetchall()


def reading(people: int) -> list[tuple[str, str]]:
    fill(people)
    unit, bare = median(one_unit, 51), median(bare_unit, 51)
    roster, floor = median(lambda: states_on(TODAY), 5), median(bare_roster, 5)
    return [
        (f"one unit of {people:,}: ms", f"{unit * 1000:.2f}  ({unit / bare:.1f} × bare SQL)"),
        (f"whole roster of {people:,}: s", f"{roster:.3f}  ({roster / floor:.1f} × bare SQL)"),
    ]


def main() -> None:
    call_command("migrate", verbosity=0)
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for name, figure in [*folding(), *reading(people // 10), *reading(people)]:
        print(f"{name:<45} {figure}")


if __name__ == "__main__":
    main()
