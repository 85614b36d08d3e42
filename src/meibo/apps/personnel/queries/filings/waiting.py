"""Filings on their way: read with their seal opened, before and after side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from meibo.apps.personnel.actions.filings.kinds import KINDS, Kind
from meibo.apps.personnel.actions.filings.making import person_key, rows_of
from meibo.apps.personnel.actions.filings.opening import reason_of, record_of
from meibo.apps.personnel.actions.filings.rules import STEPS, Rule, rules
from meibo.apps.personnel.models import OpenFiling
from meibo.domain.calendar import day_in_japan
from meibo.domain.disclosure import Viewer
from meibo.ledger import filed, joins
from meibo.platform.layout.wording import short_date


def relative(record: Mapping[str, str], who: str) -> dict[str, str]:
    """What is on record of one of the family, as answers."""
    row = next((r for r in rows_of(record.get("family")) if person_key(r) == who), None)
    if row is None:
        return {}
    together = {"同居": "1", "別居": "0"}.get(row.get("together", ""), "")
    held = {"relative": row.get("name", ""), "relation": row.get("relation", "")}
    return held | {"born": row.get("born", ""), "together": together}


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a last look: what is on record, and what it will be."""

    label: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


def changes(kind: Kind, record: Mapping[str, str], values: Mapping[str, str]) -> list[Change]:
    """Before → after, line by line, in the order of what comes."""
    before = kind.told(record)
    after = kind.told({**record, **kind.made(values, record)})
    old, new = _by_label(before), _by_label(after)
    labels = dict.fromkeys([label for label, _ in after] + [label for label, _ in before])
    return [Change(label, old.get(label, ""), new.get(label, "")) for label in labels]


def _by_label(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Label → text; several of one label (two children) one under the other."""
    found: dict[str, list[str]] = {}
    for label, text in lines:
        found.setdefault(label, []).append(text)
    return {label: "\n".join(texts) for label, texts in found.items()}


def state_words(filing: OpenFiling, today: date) -> str:
    """How far a filing has got, for its person."""
    if filing.state == OpenFiling.SENT:
        return f"{STEPS.get(filing.step, '人事課')}が確かめています"
    if filing.state == OpenFiling.ACCEPTED and filing.effective and filing.effective > today:
        return f"受け付けました（{short_date(filing.effective)}から有効）"
    return _WORDS[filing.state]


_WORDS = {
    OpenFiling.DRAFT: "書きかけ",
    OpenFiling.RETURNED: "差し戻されました",
    OpenFiling.ACCEPTED: "受け付けました",
    OpenFiling.WITHDRAWN: "取り下げました",
    OpenFiling.UNDONE: "受付が取り消されました",
}
STATES: Mapping[str, str] = {
    OpenFiling.SENT: "確認待ち",
    OpenFiling.RETURNED: "差し戻し中",
    OpenFiling.ACCEPTED: "受付済み",
    OpenFiling.WITHDRAWN: "取り下げ",
    OpenFiling.UNDONE: "受付の取消",
}


@dataclass(frozen=True, slots=True)
class Mine:
    """A filing as its person sees it."""

    filing: OpenFiling
    label: str
    words: str
    reason: str


def mine(person: str, today: date, *, most: int = 20) -> list[Mine]:
    """Somebody's own filings, the open ones first, then the newest."""
    rows = OpenFiling.objects.filter(person__in=joins.members(person)).order_by("-changed_at")
    known = rules()
    found = [_mine(row, known, today) for row in rows[:most]]
    return sorted(found, key=lambda each: each.filing.state not in OpenFiling.OPEN)


def _mine(row: OpenFiling, known: Mapping[str, Rule], today: date) -> Mine:
    label = known[row.kind].label if row.kind in known else row.kind
    return Mine(row, label, state_words(row, today), reason_of(row))


@dataclass(frozen=True, slots=True)
class Held:
    """What is on record of one kind, with how old it is, on one's own page. `coming`: what was
    accepted and is not in force yet: day, lines."""

    kind: Kind
    rule: Rule
    lines: list[tuple[str, str]]
    age: str
    open: OpenFiling | None
    coming: list[tuple[date, list[tuple[str, str]]]]


def own_kinds(viewer: Viewer) -> list[str]:
    """The kinds that can be filed and of which the table shows viewers their own record."""
    known = [key for key in rules() if key in KINDS]
    seen = filed.seen(viewer, viewer.person or "", {KINDS[key].row for key in known})
    return [key for key in known if KINDS[key].row in seen]


def held(viewer: Viewer) -> list[Held]:
    """Every kind that the viewer can file, as it stands on their own record today."""
    person, today = viewer.person or "", viewer.today
    rows = OpenFiling.objects.filter(person__in=joins.members(person), state__in=OpenFiling.OPEN)
    waiting = {row.kind: row for row in rows}
    coming = _coming(person, today)
    found = []
    for key in own_kinds(viewer):
        record = filed.on_record(person, KINDS[key].fields, today)
        lines = KINDS[key].told({name: one.value for name, one in record.items()})
        newest = max((day_in_japan(one.filed) for one in record.values()), default=None)
        told = [line for line in lines if line[1]] if record else []
        age = age_words(newest, today) if newest else ""
        ahead = [(day, _lines(KINDS[key], person, day)) for day in coming.get(key, ())]
        found.append(Held(KINDS[key], rules()[key], told, age, waiting.get(key), ahead))
    return found


def _coming(person: str, today: date) -> Mapping[str, list[date]]:
    """Kind → the days ahead from which what was accepted is in force."""
    rows = OpenFiling.objects.filter(
        person__in=joins.members(person), state=OpenFiling.ACCEPTED, effective__gt=today
    )
    found: dict[str, set[date]] = {}
    for row in rows:
        found.setdefault(row.kind, set()).add(row.effective or today)
    return {kind: sorted(days) for kind, days in found.items()}


def _lines(kind: Kind, person: str, on: date) -> list[tuple[str, str]]:
    """What is on record of a kind on a day, as lines that say something."""
    return [line for line in kind.told(record_of(person, kind, on)) if line[1]]


def age_words(day: date, today: date) -> str:
    """How long ago a day was: 3年2か月前."""
    days = (today - day).days
    if days < 1:
        return "今日"
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if months < 1:
        return f"{days}日前"
    years, rest = divmod(months, 12)
    return (f"{years}年" if years else "") + (f"{rest}か月" if rest else "") + "前"


def in_hands_of(viewer: Viewer) -> frozenset[str]:
    """As what a viewer looks at filings: personnel at all, a 庶務担当 at those of their people."""
    steps = {"hr"} if viewer.holds("hr") else set()
    return frozenset(steps | ({"clerk"} if viewer.over.get("clerk") else set()))
