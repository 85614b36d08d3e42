"""Writing keys: who has changed is taken out and put in again, in the caller's transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from operator import attrgetter

from meibo.domain.finding import SORT, Key, pack, unpack
from meibo.ledger.search import eras as spans
from meibo.ledger.search import places
from meibo.ledger.search.base import Change, Index, Row
from meibo.ledger.search.eras import Era
from meibo.ledger.search.opening import index

UNIT = "unit:"
_BATCH = 500
_MANY, _SHARE = 200, 4  # so many, and a fourth of all: then tidying is worth its time
_Entry = tuple[int, str, bytes, str]  # era, subject, sort, packed


def write(keys: Iterable[Key]) -> None:
    """Make these the keys of their subjects, all of them; other subjects stay as they are.

    Keys of one subject come in a row. A subject that has no key any more is to be forgotten.
    Call it within the transaction that changes what the keys say. Raises ValueError for a
    subject that comes twice.
    """
    known = spans.eras()
    seen: set[str] = set()
    fresh: list[_Entry] = []
    subjects_ = groupby(keys, attrgetter("subject"))
    with index() as books:
        while some := list(_next(subjects_, seen, known)):  # never the keys of all at once
            fresh += _replace(books, dict(some))
        _place(books, fresh)
        books.gather()
        if len(seen) >= _MANY and len(seen) * _SHARE >= books.count():
            books.tidy()


def _next(
    subjects_: Iterator[tuple[str, Iterator[Key]]], seen: set[str], known: Sequence[Era]
) -> Iterator[tuple[str, list[_Entry]]]:
    """Some more subjects, each with what is to be stored for it."""
    for subject, own in islice(subjects_, _BATCH):
        if subject in seen:
            raise ValueError(f"the keys of {subject} do not come in a row")
        seen.add(subject)
        yield subject, list(_entries(subject, list(own), known))


def tidy() -> None:
    """Make the index as quick as it can be. Writing keeps it nearly so; once a night is plenty."""
    with index() as books:
        books.tidy()


def forget(subjects: Collection[str]) -> None:
    """These are found by nothing any more."""
    with index() as books:
        for chunk in _chunks(sorted(subjects)):
            books.remove(books.rows_of(chunk))


def stored(subjects: Collection[str]) -> dict[str, frozenset[Key]]:
    """The keys as they are kept, of those of the subjects that have any."""
    found: dict[str, set[Key]] = {}
    with index() as books:
        for chunk in _chunks(sorted(subjects)):
            for row in books.rows_of(chunk):
                found.setdefault(row.subject, set()).update(unpack(row.subject, row.packed))
    return {subject: frozenset(keys) for subject, keys in found.items()}


def subjects() -> frozenset[str]:
    """Everyone and every unit that has keys."""
    with index() as books:
        return books.subjects()


def faults() -> int:
    """How many terms the index holds otherwise than the entries say; 0 when it is sound."""
    with index() as books:
        return books.faults()


def arrange(first: date, today: date) -> None:
    """Cut the time since `first` into eras anew, so that today is searched quickly.

    Once a year is enough, and late is only slower. Everything is written again, spread evenly.
    """
    with index() as books:
        kept = {chunk[0]: books.rows_of(chunk) for chunk in _chunks(sorted(books.subjects()))}
        books.clear()
        known = spans.store(spans.cuts(first, today))
        wanted: list[_Entry] = []
        for rows in kept.values():
            keys: dict[str, set[Key]] = {}
            for row in rows:
                keys.setdefault(row.subject, set()).update(unpack(row.subject, row.packed))
            for subject, own in keys.items():
                wanted += _entries(subject, own, known)
        _place(books, wanted)
        books.gather()
        books.tidy()


def _chunks(subjects: Sequence[str]) -> Iterator[list[str]]:
    for i in range(0, len(subjects), _BATCH):
        yield list(subjects[i : i + _BATCH])


def _entries(subject: str, keys: Collection[Key], known: Sequence[Era]) -> Iterator[_Entry]:
    """What is to be stored for one subject: an entry for each era in which it has a key."""
    for era in [Era(spans.UNITS)] if subject.startswith(UNIT) else known:
        own = [key for key in keys if key.starts < era.ends and key.ends > era.starts]
        if own:
            orders = [key for key in own if key.field == SORT]
            order = max(orders, key=attrgetter("ends"), default=None)
            sort = order.key.encode() if order else b""
            yield era.number, subject, sort, pack(own)


def _replace(books: Index, wanted: Mapping[str, Sequence[_Entry]]) -> list[_Entry]:
    """Leave what is right already, keep the place of who is only found by other words; what
    still needs a place is returned."""
    held = {(row.era, row.subject): row for row in books.rows_of(list(wanted))}
    fresh: list[_Entry] = []
    stay: list[Change] = []
    for entry in (entry for own in wanted.values() for entry in own):
        row = held.get((entry[0], entry[1]))
        if row is None or row.sort != entry[2]:
            fresh.append(entry)
            continue
        del held[row.era, row.subject]
        if row.packed != entry[3]:
            stay.append(Change.of(Row(row.place, *entry), row.packed))
    books.remove(list(held.values()))
    books.change(stay)
    return fresh


def _place(books: Index, entries: Sequence[_Entry]) -> None:
    by_era: dict[int, list[_Entry]] = {}
    for entry in entries:
        by_era.setdefault(entry[0], []).append(entry)
    for era, newcomers in by_era.items():
        newcomers.sort(key=_display)
        found = _between(books, era, newcomers)
        if found is not None:
            _insert(books, found, newcomers)
            continue
        here = books.rows_in(era)  # no room: everyone of this era is spread anew
        books.remove(here)
        everyone = sorted([*newcomers, *(row[1:] for row in here)], key=_display)
        _insert(books, places.spread(era, len(everyone)), everyone)


def _display(entry: _Entry) -> tuple[bytes, str]:
    return entry[2], entry[1]


def _insert(books: Index, where: Sequence[int], entries: Sequence[_Entry]) -> None:
    rows = [Row(place, *entry) for place, entry in zip(where, entries, strict=True)]
    for i in range(0, len(rows), _BATCH):
        books.insert(rows[i : i + _BATCH])


def _between(books: Index, era: int, entries: Sequence[_Entry]) -> list[int] | None:
    """Places between those who are there already; None when it is too narrow, or nobody is."""
    if not books.holds(era):
        return None
    return places.between([books.gap(era, sort, subject) for _, subject, sort, _ in entries])
