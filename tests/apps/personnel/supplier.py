"""Deliveries of one master, again and again, with what happens to files and books in between."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from meibo.domain.book import Effect, Line, Succession, SuccessionTable
from meibo.ledger import books, writer
from meibo.ledger.writer import Batch, NewFiling
from tests.platform.feeds.ward import MASTER, ORDERS, Ward

TOKYO = ZoneInfo("Asia/Tokyo")
_LEFT_OUT = ("職員マスタ_2027", "異動発令", "研修", "資格", "評価", "自己申告", "災害時")
_WEIGHTS = (7, 6, 5, 4, 3, 2)
Rows = list[list[str]]


def numbered(serial: int) -> str:
    """A staff number: six digits and their check digit."""
    rest = sum(int(d) * w for d, w in zip(f"{serial:06d}", _WEIGHTS, strict=True)) % 11
    return f"{serial:06d}{0 if rest < 2 else 11 - rest}"


class Supplier:
    """Who writes a master of some sixty people and sends it again and again."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.chance = folder, Random(seed)
        tables = Ward(folder).tables
        self.orders = tables[ORDERS]
        self.besides = {n: t for n, t in tables.items() if not n.startswith(_LEFT_OUT)}
        self.header, *rows = self.besides.pop(MASTER)
        self.at = {name: place for place, name in enumerate(self.header)}
        self.rows = [self._copy(row, n) for n in range(3) for row in rows]
        self.base = date(2026, 11, 1)
        self.tail = b""
        self.sent = 0
        self.given: Rows = []

    def _copy(self, row: list[str], copy: int) -> list[str]:
        """Somebody like the one in the row, under a number of their own."""
        if not copy:
            return list(row)
        number = numbered(int(row[0][:6]) + copy)
        return [number, *(cell.replace(row[0], number) for cell in row[1:])]

    def set(self, row: list[str], column: str, value: str) -> None:
        row[self.at[column]] = value

    def send(self) -> Path:
        """Write the package."""
        self.sent += 1
        place = self.folder / f"delivery-{self.sent}"
        place.mkdir()
        for name, rows in self.besides.items():
            (place / name).write_bytes(_csv(rows))
        if self.given:
            (place / "異動発令_20261201.csv").write_bytes(_csv([self.orders[0], *self.given]))
        master = _csv([self.header, *self.rows]) + self.tail
        (place / f"職員マスタ_{self.base:%Y%m%d}.csv").write_bytes(master)
        return place

    @property
    def now(self) -> datetime:
        return datetime.combine(self.base, datetime.min.time(), TOKYO) + timedelta(hours=9)

    def happens(self) -> list[str]:
        """A few things at once; what they were."""
        self.tail, self.given = b"", []
        self.rows = [row for row in self.rows if len(row) > 1]
        chosen = self.chance.sample(_OFTEN, self.chance.randint(1, 4))
        if self.chance.random() < 0.2:
            chosen.append(self.chance.choice(_SELDOM))
        for thing in chosen:
            thing(self)
        self.base += timedelta(days=self.chance.choice((0, 1, 7, 7, 30, 60)))
        return [thing.__name__ for thing in chosen]

    def one(self) -> list[str]:
        return self.chance.choice([row for row in self.rows if len(row) > 1])

    def person(self, row: list[str]) -> str | None:
        return books.everyone_numbered().get(row[0])


def _csv(rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    for row in rows:
        if len(row) == 1:  # a line as it is
            text.write(row[0] + "\r\n")
        else:
            csv.writer(text, quoting=csv.QUOTE_ALL).writerow(row)
    return text.getvalue().encode("cp932")


# -- to the files -----------------------------------------------------------------


def extension(s: Supplier) -> None:
    s.set(s.one(), "内線", str(s.chance.randint(2000, 9999)))


def odd_extension(s: Supplier) -> None:
    s.set(s.one(), "内線", "１２３４")


def telephone(s: Supplier) -> None:
    s.set(s.one(), "携帯TEL", s.chance.choice(("不明", "090-0000-0001", "")))


def another_unit(s: Supplier) -> None:
    s.set(s.one(), "所属CD", s.one()[s.at["所属CD"]])


def no_such_unit(s: Supplier) -> None:
    s.set(s.one(), "所属CD", "99999999")


def term_end(s: Supplier) -> None:
    day = s.base + timedelta(days=s.chance.randint(-3, 40))
    s.set(s.one(), "任期満了日", f"{day:%Y%m%d}")


def leave(s: Supplier) -> None:
    row, day = s.one(), s.base + timedelta(days=s.chance.randint(-5, 20))
    for name, value in (("休職区分", "2"), ("休職開始日", "20260901")):
        s.set(row, name, value)
    s.set(row, "休職終了日", f"{day:%Y%m%d}")


def wrong_number(s: Supplier) -> None:
    row = s.one()
    row[0] = row[0][:-1] + str((int(row[0][-1]) + 1) % 10)


def other_birth_date(s: Supplier) -> None:
    s.set(s.one(), "生年月日", "3991340")


def note_of_two_lines(s: Supplier) -> None:
    notes = ("育児中\r\n早出不可", "育児中\n早出不可", '一\r\n\r\n"二"', '通称"さくら"', "")
    s.set(s.one(), "備考", s.chance.choice(notes))


def twice(s: Supplier) -> None:
    s.rows.append(list(s.one()))


def twice_and_different(s: Supplier) -> None:
    row = list(s.one())
    s.set(row, "内線", "2345")
    s.rows.insert(s.chance.randrange(len(s.rows)), row)


def gone(s: Supplier) -> None:
    s.rows.remove(s.one())


def newcomer(s: Supplier) -> None:
    row = s._copy(s.one(), s.chance.randint(5, 90))  # of the same module
    s.rows.insert(0, row)


def shuffled(s: Supplier) -> None:
    s.chance.shuffle(s.rows)


def broken_quotes(s: Supplier) -> None:
    torn = '"' + s.one()[0] + '","始まるだけの値', '早出不可"'
    s.rows.insert(s.chance.randrange(len(s.rows)), [s.chance.choice(torn)])


def odd_quote(s: Supplier) -> None:
    s.rows.insert(s.chance.randrange(len(s.rows)), [s.one()[0] + ',5"と"6'])


def blank(s: Supplier) -> None:
    s.rows.insert(s.chance.randrange(len(s.rows)), [""])


def header_again(s: Supplier) -> None:
    s.rows.insert(s.chance.randrange(len(s.rows)), list(s.header))


def end_of_file(s: Supplier) -> None:
    s.tail = b"\x1a"


def cut(s: Supplier) -> None:
    s.tail = b'"0001058","'


def an_order(s: Supplier) -> None:
    row, unit = s.one(), s.at["所属CD"]
    order = ["2600001", row[0], row[1], f"{s.base:%Y%m%d}", "03", row[unit], s.one()[unit]]
    s.given.append([*order, row[s.at["職名CD"]], row[s.at["職名CD"]], ""])


def wrong_order(s: Supplier) -> None:
    an_order(s)
    s.given[-1][1] = "0001059"


def another_code(s: Supplier) -> None:
    s.besides["職名コード表.csv"].append(["099", f"職{s.sent}", "1"])


def units_renamed(s: Supplier) -> None:
    s.chance.choice(s.besides["所属コード表.csv"][1:])[2] = f"略{s.sent}"


# -- to the books -----------------------------------------------------------------


def _write(s: Supplier, batch: Batch) -> None:
    writer.append(batch, actor="test", now=s.now)


def address_filed(s: Supplier) -> None:
    person = s.person(s.one())
    if person:
        day = s.base + timedelta(days=s.chance.randint(-20, 20))
        _write(s, Batch(filings=[NewFiling(person, "address", "どこか", day, s.now)]))


def extension_kept(s: Supplier) -> None:
    """A section keeps an extension of its own: payroll does not lead it."""
    person = s.person(s.chance.choice([r for r in s.rows if len(r) > 1 and r[s.at["内線"]]]))
    if person:
        value = str(s.chance.randint(7000, 7999))
        day = s.base - timedelta(days=s.chance.choice((0, 0, 0, 10)))
        batch = Batch(filings=[NewFiling(person, "extension", value, day, s.now)])
        writer.append(batch, actor="shomu", now=s.now)


def address_kept(s: Supplier) -> None:
    """Somebody notifies an address for a time, or takes it over as payroll has it."""
    row = s.one()
    person = s.person(row)
    if person:
        value = s.chance.choice((row[s.at["住所"]], "転居先"))
        until = s.base + timedelta(days=s.chance.randint(1, 60))
        filing = NewFiling(person, "address", value or "転居先", s.base, s.now, until)
        writer.append(Batch(filings=[filing]), actor="honnin", now=s.now)


def moved(s: Supplier) -> None:
    row = s.one()
    person = s.person(row)
    if person:
        day = s.base + timedelta(days=s.chance.randint(-20, 20))
        unit = s.one()[s.at["所属CD"]]
        batch = Batch()
        batch.add(Line(0, day, s.now, Effect.MOVE, person, "配置換", "X1", unit=unit))
        _write(s, batch)


def left(s: Supplier) -> None:
    person = s.person(s.one())
    if person:
        batch = Batch()
        batch.add(Line(0, s.base, s.now, Effect.LEAVE, person, "退職", "X2"))
        _write(s, batch)


def unit_filed(s: Supplier) -> None:
    code = s.one()[s.at["所属CD"]]
    _write(s, Batch(filings=[NewFiling(f"unit:{code}", "phone", "1", s.base, s.now)]))


def unit_ends(s: Supplier) -> None:
    code = s.one()[s.at["所属CD"]]
    day = s.base + timedelta(days=30)
    _write(s, Batch(filings=[NewFiling(f"unit:{code}", "name", None, day, s.now)]))


def house_reorganised(s: Supplier) -> None:
    old, new = s.one()[s.at["所属CD"]], s.one()[s.at["所属CD"]]
    table = SuccessionTable([Succession(old, new, "統合", follows=True)])
    batch = Batch()
    batch.add(Line(0, s.base, s.now, Effect.REMAP, wording="組織改正", successions=table))
    _write(s, batch)


_OFTEN: tuple[Callable[[Supplier], None], ...] = (
    *(extension, odd_extension, telephone, another_unit, no_such_unit, term_end, leave),
    *(wrong_number, other_birth_date, note_of_two_lines, twice, twice_and_different, gone),
    *(newcomer, shuffled, odd_quote, blank, end_of_file, an_order),
    *(address_filed, extension_kept, address_kept, moved, left, unit_filed, unit_ends),
)
_SELDOM: tuple[Callable[[Supplier], None], ...] = (
    *(broken_quotes, header_again, cut, wrong_order, another_code, units_renamed),
    house_reorganised,
)
