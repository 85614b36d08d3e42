"""Search keys: dated rows (subject, field, key) that say by what someone can be found when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from meibo.domain import names
from meibo.domain.finding.fields import SORT, Script, field_named
from meibo.domain.finding.writing import Fold, keys_of

_UNREAD = "\uffff"  # a name without a reading comes after all others


class Key(NamedTuple):
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
_TOLD = (*_NAMES, "former_name", SORT)


def person_keys(subject: str, periods: Iterable[Period], fold: Fold = names.fold) -> list[Key]:
    """The fewest keys that say the same as the periods, which must not overlap.

    Romaji is added from readings, former names from names of earlier periods, order of
    display from the reading. `fold` is that of the town.
    """
    return _merged(subject, _with_what_follows(sorted(periods, key=itemgetter(0))), fold)


def unit_keys(subject: str, periods: Iterable[Period], fold: Fold = names.fold) -> list[Key]:
    """The same for a unit; `@sort` is whatever puts units in the house's order."""
    return _merged(subject, sorted(periods, key=itemgetter(0)), fold)


def _with_what_follows(periods: Sequence[Period]) -> list[Period]:
    """What is not given but follows from names and readings: worked out where they change, which
    is rare in a life."""
    used: dict[Value, None] = {}
    before: list[_Given] | None = None
    follows: Values = {}
    result: list[Period] = []
    for starts, ends, values in periods:
        told = [values.get(name, ()) for name in _TOLD]
        if told != before:
            former = {"former_name": _former_names(values, used)}
            before, follows = told, {**former, **_spelled(values)}
        result.append((starts, ends, {**values, **follows}))
    return result


def _former_names(values: Values, used: dict[Value, None]) -> list[Value]:
    """Who was called something else before is found by that, too, and by how it was read."""
    now = [v for f in _NAMES for v in values.get(f, ())]
    former = [*values.get("former_name", ()), *(v for v in used if v not in now)]
    used |= dict.fromkeys(now)
    return former


def _spelled(values: Values) -> dict[str, Sequence[Value]]:
    """Romaji and order of display follow from the reading where they are not given."""
    readings = [_text(v) for v in values.get("kana", ())]
    spelled = [names.romaji(reading) for reading in readings]
    added: dict[str, Sequence[Value]] = {
        "romaji": list(dict.fromkeys([*values.get("romaji", ()), *spelled]))
    }
    if SORT not in values:
        name = next(iter(values.get("name", ())), "")
        added[SORT] = [names.collation_key(readings[0]) if readings else _UNREAD + _text(name)]
    return added


def _merged(subject: str, periods: Sequence[Period], fold: Fold) -> list[Key]:
    """Field by field, for most of them say the same over many periods."""
    fields = dict.fromkeys(name for _, _, values in periods for name in values)
    return [
        Key(subject, field, key, starts, ends, shown)
        for field in fields
        for (key, shown), found in _spans(field, periods, fold).items()
        for starts, ends in found
    ]


def _spans(
    field: str, periods: Sequence[Period], fold: Fold
) -> Mapping[_Row, Sequence[Sequence[date]]]:
    """Each key of a field with the spans in which it holds, in order of time."""
    runs = _runs(field, periods)
    if len(runs) == 1:  # as of most
        starts, ends, given, now = runs[0]
        return dict.fromkeys(_rows(field, given, now, fold), ((starts, ends),))
    spans: dict[_Row, list[list[date]]] = {}
    for starts, ends, given, now in runs:
        for row in _rows(field, given, now, fold):
            known = spans.setdefault(row, [])
            if known and known[-1][1] == starts:
                known[-1][1] = ends
            else:
                known.append([starts, ends])
    return spans


def _runs(field: str, periods: Sequence[Period]) -> list[_Run]:
    """The periods that follow one another with the same values of a field as one: days, values,
    and, for former names, the names that are in use."""
    found: list[_Run] = []
    run: _Run | None = None
    former = field == "former_name"
    for starts, ends, values in periods:
        given = values.get(field)
        if not given:  # nothing is found by it
            run = None
            continue
        now = [(name, v) for name in _NAMES for v in values.get(name, ())] if former else ()
        if run is not None and run[1] == starts and run[2] == given and run[3] == now:
            run = found[-1] = (run[0], ends, given, now)
        else:
            run = (starts, ends, given, now)
            found.append(run)
    return found


def _rows(field: str, given: _Given, now: _Now, fold: Fold) -> Iterable[_Row]:
    """Each key of each value once. A former name that is spelled otherwise only is none."""
    if now:
        current = {
            key for name, v in now for key in keys_of(_text(v), field_named(name).script, fold)
        }
        return [row for row in _rows(field, given, (), fold) if row[0] not in current]
    script = field_named(field).script
    if len(given) == 1 and type(given[0]) is str:
        return [(key, given[0]) for key in keys_of(given[0], script, fold) if key]
    return _keys_of_many(tuple(given), script, fold)


@lru_cache(maxsize=16384)
def _keys_of_many(given: tuple[Value, ...], script: Script, fold: Fold) -> tuple[_Row, ...]:
    """What everybody in a unit is found by is worked out once."""
    found = {
        (key, value.shown if isinstance(value, Shown) else value): None
        for value in given
        for key in keys_of(_text(value), script, fold)
        if key
    }
    return tuple(found)


def _text(value: Value) -> str:
    return value.text if isinstance(value, Shown) else value
