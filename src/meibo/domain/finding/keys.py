"""Search keys: dated rows (subject, field, key) that say by what someone can be found when."""

from collections.abc import Iterable, Mapping, Sequence
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
_Row = tuple[str, str, str]


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
        now = [v for f in ("name", "kana", "romaji") for v in values.get(f, ())]
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
    spans: dict[_Row, list[list[date]]] = {}
    for starts, ends, values in periods:
        for row in _rows(values, fold):
            known = spans.setdefault(row, [])
            if known and known[-1][1] == starts:
                known[-1][1] = ends
            else:
                known.append([starts, ends])
    return [
        Key(subject, field, key, starts, ends, shown)
        for (field, key, shown), found in spans.items()
        for starts, ends in found
    ]


def _rows(values: Values, fold: Fold) -> dict[_Row, None]:
    """Each key of each value once. A former name that is spelled otherwise only is none."""
    rows: dict[_Row, None] = {}
    current = {
        key
        for field in ("name", "kana", "romaji")
        for value in values.get(field, ())
        for key in keys_of(_text(value), field_named(field).script, fold)
    }
    for field, given in values.items():
        script = field_named(field).script
        for value in given:
            shown = value.shown if isinstance(value, Shown) else value
            for key in keys_of(_text(value), script, fold):
                if key and (field != "former_name" or key not in current):
                    rows[field, key, shown] = None
    return rows


def _text(value: Value) -> str:
    return value.text if isinstance(value, Shown) else value
