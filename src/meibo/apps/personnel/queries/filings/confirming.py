"""連絡先の確認: who has said within the town's days that what is on record is still right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from meibo.apps.personnel.actions.filings.kinds import KINDS, Kind
from meibo.apps.personnel.actions.filings.rules import Rule, rules
from meibo.apps.personnel.models import Confirmation, OpenFiling
from meibo.apps.personnel.queries.filings.waiting import age_words
from meibo.domain.disclosure import Viewer
from meibo.ledger import filed, joins, reader, roll

TOKYO = ZoneInfo("Asia/Tokyo")
_HIDDEN = "●"
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind that is to be confirmed, as it stands. `masked`: enough to know it by, and no more
    for who looks over a shoulder."""

    kind: Kind
    rule: Rule
    lines: list[tuple[str, str]]
    masked: list[tuple[str, str]]
    age: str
    mark: int
    due: bool


def _watched() -> Mapping[str, Rule]:
    """The kinds that the town wants confirmed."""
    return {key: rule for key, rule in rules().items() if rule.confirm_days and key in KINDS}


def asked(viewer: Viewer) -> list[Asked]:
    """What somebody is asked to confirm of themselves: all kinds to be confirmed that they may see,
    as soon as one is due and something is on record; what has a change under way is not asked
    about."""
    if viewer.person is None:
        return []
    person, today, known = viewer.person, viewer.today, _watched()
    seen = filed.seen(viewer, person, [KINDS[key].row for key in known])
    known = {key: rule for key, rule in known.items() if KINDS[key].row in seen}
    last = _last_right({person}, known)
    days = {kind: moment.astimezone(TOKYO).date() for (_, kind), moment in last.items()}
    if not any(_is_due(day, known[kind], today) for kind, day in days.items()):
        return []
    rows = OpenFiling.objects.filter(person__in=joins.members(person), state=OpenFiling.SENT)
    changing = set(rows.values_list("kind", flat=True))
    found = []
    for key, rule in known.items():
        record = filed.on_record(person, KINDS[key].fields, today)
        lines = KINDS[key].told({name: one.value for name, one in record.items()})
        day = days.get(key)
        if not lines or day is None or key in changing:
            continue
        masked = [(label, mask(text)) for label, text in lines]
        mark = filed.mark(person, KINDS[key].fields)
        age = age_words(day, today)
        found.append(Asked(KINDS[key], rule, lines, masked, age, mark, _is_due(day, rule, today)))
    return found if any(each.due for each in found) else []


def mask(text: str) -> str:
    """All but the last four letters and digits."""
    telling = [at for at, letter in enumerate(text) if letter.isalnum()]
    hidden = set(telling[: -_SHOWN or None])
    return "".join(_HIDDEN if at in hidden else letter for at, letter in enumerate(text))


def _is_due(day: date, rule: Rule, today: date) -> bool:
    return day + timedelta(days=rule.confirm_days or 0) < today


def _last_right(
    people: Collection[str], known: Mapping[str, Rule]
) -> Mapping[tuple[str, str], datetime]:
    """(person, kind) → when it was last filed or confirmed; absent where never."""
    groups, found = joins.groups(), dict[tuple[str, str], datetime]()
    for key in known:
        for person, moment in filed.last_filed(people, KINDS[key].fields).items():
            found[person, key] = moment
    rows = Confirmation.objects.filter(kind__in=known)
    if len(people) == 1:
        rows = rows.filter(person__in=groups.whole(people))
    for person, kind, moment in rows.values_list("person", "kind", "at"):
        place = (groups.lead(person), kind)
        found[place] = max(moment, found.get(place, moment))
    return found


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those in service have said within the days that it is still right."""

    confirmed: int
    total: int

    @property
    def percent(self) -> float:
        return 100 * self.confirmed / self.total if self.total else 100.0


def overdue(people: Collection[str], today: date) -> Mapping[str, date | None]:
    """Those of these people who have not confirmed in time → since when nobody has looked at it
    (None: never filed)."""
    known = _watched()
    last = _last_right(people, known)
    found: dict[str, date | None] = {}
    for person in people:
        moments = [last.get((person, key)) for key in known]
        days = [m.astimezone(TOKYO).date() if m else None for m in moments]
        late = [
            day
            for day, rule in zip(days, known.values(), strict=True)
            if day is None or _is_due(day, rule, today)
        ]
        if late:
            found[person] = None if None in late else min(day for day in late if day)
    return found


def confirmed_share(today: date, people: Collection[str] | None = None) -> Share:
    """連絡先の確認率 of everyone in service, or of these people."""
    there = roll.serving(today, people)
    return Share(len(there) - len(overdue(there, today)), len(there))


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody who has not confirmed: who, and for how long; never what."""

    card: reader.Card
    age: str


@dataclass(frozen=True, slots=True)
class LateList:
    """Everybody whom a viewer asks after, by unit, and the share of all of these."""

    groups: list[tuple[str, list[Late]]]
    share: Share


def late(viewer: Viewer) -> LateList:
    """Personnel sees everyone, a 庶務担当 the people of their section."""
    mine = None if viewer.holds("hr") else viewer.over.get("clerk", frozenset())
    people = roll.serving(viewer.today, mine)
    found = overdue(people, viewer.today)
    share = Share(len(people) - len(found), len(people))
    grouped: dict[str, list[Late]] = defaultdict(list)
    for card in reader.cards(viewer, on=viewer.today, ids=found):
        day = found[card.id]
        path = " ".join(card.get("unit_path") or ["所属なし"])
        grouped[path].append(Late(card, age_words(day, viewer.today) if day else "届出なし"))
    return LateList(list(grouped.items()), share)
