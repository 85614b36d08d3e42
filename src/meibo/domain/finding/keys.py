"""Search keys: dated rows (subject, field, key) that say by what someone can be found when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meibo.domain import names
from meibo.domain.finding.fields import SORT, field_named
from meibo.domain.finding.writing import Fold, keys_of

_UNREAD = "\uffff"  # a name without a reading comes after all others


@dataclass(frozen=True, slots=True)
class Key:
    """`subject` (a person's id or `unit:CODE`) is found by `key` over `[starts, ends)`.

    `key` is folded; a single space parts what may stand alone (surname and given name).
    `shown` is how the value is written.
    """

    subject: str
    field: str
    key: str
    starts: date
    ends: date
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that is found by `text` and shown as something else: 「旧 福祉課」."""

    text: str
    shown: str


Value = str | Shown
Values = Mapping[str, Sequence[Value]]
Period = tuple[date, date, Values]
_Given = Sequence[Value]
_Now = Sequence[tuple[str, Value]]  # field, value
_Run = tuple[date, date, _Given, _Now]
_Row = tuple[str, str]  # key, shown
_NAMES = ("name", "kana", "romaji")


def person_keys(subject: str, periods: Iterable[Period], fold: Fold = names.fold) -> list[Key]:
    """The fewest keys that say the same as the periods, which must not overlap.

    Romaji is added from readings, former names from names of earlier periods, order of
    display from the reading. `fold` is that of the town.
    """
    known = sorted(periods, key=lambda period: period[0])
    return _merged(subject, [_completed(p) for p in _with_former_names(known)], fold)


def unit_keys(subject: str, periods: Iterable[Period], fold: Fold = names.fold) -> list[Key]:
    """The same for a unit; `@sort` is whatever puts units in the house's order."""
    return _merged(subject, sorted(periods, key=lambda period: period[0]), fold)


def _with_former_names(periods: Sequence[Period]) -> list[Period]:
    """Who was called something else before is found by that, too, and by how it was read."""
    used: dict[Value, None] = {}
    result: list[Period] = []
    for starts, ends, values in periods:
        now = [v for f in _NAMES for v in values.get(f, ())]
        former = [*values.get("former_name", ()), *(v for v in used if v not in now)]
        result.append((starts, ends, {**values, "former_name": former}))
        used |= dict.fromkeys(now)
    return result


def _completed(period: Period) -> Period:
    """Romaji and order of display follow from the reading where they are not given."""
    starts, ends, values = period
    readings = [_text(v) for v in values.get("kana", ())]
    added: dict[str, Sequence[Value]] = {}
    spelled = [names.romaji(reading) for reading in readings]
    added["romaji"] = list(dict.fromkeys([*values.get("romaji", ()), *spelled]))
    if SORT not in values:
        name = next(iter(values.get("name", ())), "")
        added[SORT] = [names.collation_key(readings[0]) if readings else _UNREAD + _text(name)]
    return starts, ends, {**values, **added}


def _merged(subject: str, periods: Sequence[Period], fold: Fold) -> list[Key]:
    """Field by field, for most of them say the same over many periods."""
    fields = dict.fromkeys(name for _, _, values in periods for name in values)
    return [
        Key(subject, field, key, starts, ends, shown)
        for field in fields
        for (key, shown), found in _spans(field, periods, fold).items()
        for starts, ends in found
    ]


def _spans(field: str, periods: Sequence[Period], fold: Fold) -> dict[_Row, list[list[date]]]:
    """Each key of a field with the spans in which it holds, in order of time."""
    spans: dict[_Row, list[list[date]]] = {}
    for starts, ends, given, now in _runs(field, periods):
        for row in _rows(field, given, now, fold):
            known = spans.setdefault(row, [])
            if known and known[-1][1] == starts:
                known[-1][1] = ends
            else:
                known.append([starts, ends])
    return spans


def _runs(field: str, periods: Sequence[Period]) -> Iterator[_Run]:
    """The periods that follow one another with the same values of a field as one: days, values,
    and, for former names, the names that are in use."""
    names_now = _NAMES if field == "former_name" else ()
    run: _Run | None = None
    for starts, ends, values in periods:
        given = values.get(field, ())
        now = [(name, value) for name in names_now for value in values.get(name, ())]
        if run is not None and run[1] == starts and run[2] == given and run[3] == now:
            run = (run[0], ends, given, now)
        else:
            if run is not None:
                yield run
            run = (starts, ends, given, now)
    if run is not None:
        yield run


def _rows(field: str, given: _Given, now: _Now, fold: Fold) -> dict[_Row, None]:
    """Each key of each value once. A former name that is spelled otherwise only is none."""
    script = field_named(field).script
    current = {
        key for name, value in now for key in keys_of(_text(value), field_named(name).script, fold)
    }
    return {
        (key, value.shown if isinstance(value, Shown) else value): None
        for value in given
        for key in keys_of(_text(value), script, fold)
        if key and key not in current
    }


def _text(value: Value) -> str:
    return value.text if isinstance(value, Shown) else value
