"""名寄せ for personnel: who is suspected, the evidence side by side, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from meibo.apps.personnel.actions.filings.making import rows_of
from meibo.apps.personnel.models import IdentityCase as Case
from meibo.domain.disclosure import Viewer
from meibo.domain.doubles import LABELS, Double
from meibo.ledger import doubles, filed, house, identity, joins, reader, roll
from meibo.ledger.identity import Entry
from meibo.platform.layout.wording import short_date, spaced

SEX = {"M": "男", "F": "女"}
STATES = {
    Case.PROPOSED: "承認待ち",
    Case.DONE: "済み",
    Case.REFUSED: "差し戻し",
    Case.WITHDRAWN: "取り下げ",
}
DEEDS = {Case.JOIN: "同じ人にする", Case.PART: "二人に分ける", Case.UNDO: "名寄せの取消"}
MOST = 100


@dataclass(frozen=True, slots=True)
class Suspect:
    """One pair that may be one person."""

    one: str
    other: str
    names: tuple[str, str]
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Told:
    """One proposal in words. `mine`: whether the viewer made it; `undoable`: done, and neither
    taken back nor about to be."""

    case: Case
    deed: str
    state: str
    names: tuple[str, str]
    mine: bool
    undoable: bool


def _card(viewer: Viewer, person: str) -> reader.Card | None:
    """The card of today, or of the last day (or the first one) in service."""
    card = reader.card(viewer, person, on=viewer.today)
    if card is None:
        day = reader.day_in_service(viewer, person, on=viewer.today)
        card = reader.card(viewer, person, on=day) if day else None
    return card


def _names(viewer: Viewer, people: Iterable[str]) -> Mapping[str, str]:
    """What those people are called; "" for who is not to be seen. Those in service, who are most,
    are read at once."""
    wanted = set(people) - {""}
    cards = {card.id: card for card in reader.cards(viewer, on=viewer.today, ids=wanted)}
    found = {each: cards.get(each) or _card(viewer, each) for each in wanted}
    names = {each: spaced(card["name"]) for each, card in found.items() if card and "name" in card}
    return defaultdict(str, names)


def settled() -> frozenset[frozenset[str]]:
    """The pairs that are called two people, or that wait for the second clerk."""
    groups = joins.groups()
    rows = Case.objects.filter(deed=Case.DISTINCT, state=Case.DONE)
    rows = rows | Case.objects.filter(deed=Case.JOIN, state=Case.PROPOSED)
    return frozenset(frozenset(map(groups.lead, (row.person, row.other))) for row in rows)


def _open_doubles() -> list[Double]:
    known = settled()
    return [d for d in doubles.doubles() if frozenset((d.one, d.other)) not in known]


def suspects(viewer: Viewer) -> list[Suspect]:
    """Whom the roster suspects, without those that were settled, the strongest first."""
    found = _open_doubles()[:MOST]
    names = _names(viewer, (person for d in found for person in (d.one, d.other)))
    return [
        Suspect(
            *(d.one, d.other, (names[d.one], names[d.other])),
            [LABELS[reason] for reason in d.reasons],
        )
        for d in found
    ]


def waiting_count(viewer: Viewer) -> int:
    """How many proposals wait for a second clerk, and pairs for a first one."""
    return Case.objects.filter(state=Case.PROPOSED).count() + len(_open_doubles())


def cases(viewer: Viewer, account: str) -> tuple[list[Told], list[Told]]:
    """The proposals that wait, and what was decided, newest first."""
    rows = list(Case.objects.exclude(deed=Case.DISTINCT).order_by("-proposed_at")[:MOST])
    undone = {
        row.undoes_id for row in rows if row.undoes_id and row.state in {Case.PROPOSED, Case.DONE}
    }
    pairs = [(joins.lead(row.person), row.other) for row in rows]
    names = _names(viewer, (person for pair in pairs for person in pair))
    told = [
        _told(row, account, undone, (names[one], names[other]))
        for row, (one, other) in zip(rows, pairs, strict=True)
    ]
    waiting = [each for each in told if each.case.state == Case.PROPOSED]
    return waiting, [each for each in told if each.case.state != Case.PROPOSED]


def _told(row: Case, account: str, undone: set[int], names: tuple[str, str]) -> Told:
    undoable = row.state == Case.DONE and row.deed != Case.UNDO and row.pk not in undone
    mine = row.proposed_by == account
    return Told(row, DEEDS[row.deed], STATES[row.state], names, mine, undoable)


def distincts(viewer: Viewer) -> list[tuple[Case, str, str]]:
    """The pairs that somebody called two people."""
    rows = Case.objects.filter(deed=Case.DISTINCT, state=Case.DONE).order_by("-decided_at")[:MOST]
    names = _names(viewer, (person for row in rows for person in (row.person, row.other)))
    return [(row, names[row.person], names[row.other]) for row in rows]


# -- the evidence -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line: the same thing of both, and whether it is alike."""

    label: str
    one: str
    other: str

    @property
    def alike(self) -> bool:
        return bool(self.one) and self.one == self.other


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people side by side. `other_leads`: only the other is in service today, so that their
    number is the one to be shown."""

    one: reader.Card
    other: reader.Card
    lines: list[Evidence]
    reasons: list[str]
    other_leads: bool = False


def pair(viewer: Viewer, one: str, other: str) -> Pair | None:
    """None where one of them is not to be seen or has been joined already."""
    if one == other or joins.lead(one) != one or joins.lead(other) != other:
        return None
    cards = _card(viewer, one), _card(viewer, other)
    if cards[0] is None or cards[1] is None:
        return None
    found = {frozenset((d.one, d.other)): d for d in doubles.doubles()}.get(frozenset((one, other)))
    lines = [
        Evidence(label, *(made(viewer, card) for card in cards if card is not None))
        for label, made in _EVIDENCE.items()
    ]
    reasons = [LABELS[reason] for reason in found.reasons] if found else []
    told = [line for line in lines if line.one or line.other]
    serving = roll.serving(viewer.today, (one, other))
    return Pair(cards[0], cards[1], told, reasons, serving == {other})


def _former(viewer: Viewer, card: reader.Card) -> str:
    found = [card.get("maiden_name"), *(card.get("former_names") or ())]
    return "、".join(spaced(name) for name in found if name)


def _service(viewer: Viewer, card: reader.Card) -> str:
    """From the day of appointment; and that it is over, with the last day where it is told."""
    hired = f"{short_date(card.get('hired'))}から" if card.get("hired") else ""
    if reader.card(viewer, card.id, on=viewer.today) is not None:
        return hired
    last = reader.day_in_service(viewer, card.id, on=viewer.today)
    return hired + (f"{short_date(last)}まで" if last and last < viewer.today else "")


def _contacts(viewer: Viewer, card: reader.Card) -> str:
    return "、".join(row.get("value", "") for row in card.get("contacts") or ())


_EVIDENCE = {
    "氏名": lambda viewer, card: spaced(card.get("name")),
    "読み": lambda viewer, card: spaced(card.get("kana")),
    "前の氏名・旧姓": _former,
    "生年月日": lambda viewer, card: short_date(card.get("birth_date")),
    "性別": lambda viewer, card: SEX.get(str(card.get("sex")), ""),
    "職員番号": lambda viewer, card: card.get("staff_no") or "",
    "在職": _service,
    "所属": lambda viewer, card: " ".join(card.get("unit_path") or ()),
    "職": lambda viewer, card: card.get("post") or "",
    "任用形態": lambda viewer, card: card.get("employment") or "",
    "住所": lambda viewer, card: card.get("address") or "",
    "電話など": _contacts,
}


# -- parting ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One order or filing that may be somebody else's."""

    number: int
    day: date
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything under one number, to choose from."""

    card: reader.Card
    orders: list[Choice]
    filings: list[Choice]


_ROWS: Mapping[str, str] = {
    "postcode": "address",
    "record_name": "record_name",
    "maiden_kana": "maiden_name",
    "uses_maiden_name": "maiden_name",
}


def whole(viewer: Viewer, person: str) -> Whole | None:
    """None where the person is not to be seen, or stands for several numbers: those come apart by
    taking the join back. Orders and filings of days that the viewer may not look at are absent."""
    card = _card(viewer, person)
    if card is None or len(joins.members(person)) > 1:
        return None
    codes = house.codes()

    def place(entry: Entry) -> str:
        path = house.organisation(entry.effective).path(entry.unit) if entry.unit else []
        return " ".join([*path, codes.name("post", entry.post) or ""]).strip()

    told = _on_days(viewer, person, identity.orders_of(person), {"orders"})
    orders = [Choice(e.no, e.effective, e.words, place(e)) for e in told]
    return Whole(card, orders, _filed_choices(viewer, person))


def _on_days(
    viewer: Viewer, person: str, entries: Iterable[Entry], rows: set[str]
) -> dict[Entry, frozenset[str]]:
    """Each entry of a day on which the viewer sees any of these rows, with those."""
    entries = list(entries)
    days = {entry.effective for entry in entries}
    seen = {day: filed.seen(viewer, person, rows, on=day) for day in days}
    return {entry: seen[entry.effective] for entry in entries if seen[entry.effective]}


def _in_words(value: str, field: str) -> str:
    """A filed value as people read it: parts one after the other, codes as their words."""
    if value[:2] == "[{":
        return "、".join("　".join(row.values()) for row in rows_of(value))
    if field == "uses_maiden_name":
        return "旧姓を使う" if value == "1" else "旧姓を使わない"
    return SEX.get(value, value) if field == "sex" else spaced(value)


def _filed_choices(viewer: Viewer, person: str) -> list[Choice]:
    """Filings with their values, as far as the viewer sees them."""
    every = identity.filings_of(person)
    rows = {entry.words: _ROWS.get(entry.words, entry.words) for entry in every}
    entries = _on_days(viewer, person, every, {"exists", *rows.values()})
    # A picture's file name is often a staff number, so nothing prints it.
    told = [e.no for e, seen in entries.items() if rows[e.words] in seen and e.words != "photo"]
    opened = filed.opened(person, told)
    labels = filed.labels(viewer.today)
    return [
        Choice(
            e.no,
            e.effective,
            labels.get(rows[e.words], "その他の届"),
            _in_words(opened.get(e.no, ""), e.words),
        )
        for e in entries
        if rows[e.words] in labels
    ]
