"""名寄せ for personnel: who is suspected, the evidence side by side, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meibo.apps.personnel.models import IdentityCase as Case
from meibo.domain.disclosure import Viewer
from meibo.domain.doubles import LABELS, Double
from meibo.ledger import doubles, joins, policy, reader, roll
from meibo.platform.layout.wording import SEX, short_date, spaced

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


def card_of(viewer: Viewer, person: str) -> reader.Card | None:
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
    found = {each: cards.get(each) or card_of(viewer, each) for each in wanted}
    names = {each: spaced(card["name"]) for each, card in found.items() if card and "name" in card}
    return defaultdict(str, names)


def _labelled(viewer: Viewer, people: Iterable[str]) -> Mapping[str, str]:
    """Names with the number that belongs to each id, by which two of one name are told apart."""
    wanted = set(people) - {""}
    shown = "staff_no" in policy.table(viewer.today).seen(viewer.ties)
    numbers = roll.staff_numbers(wanted) if shown else {}
    names = _names(viewer, wanted)
    found = {each: f"{names[each]}（{numbers.get(each, '番号なし')}）" for each in wanted}
    return defaultdict(str, found if shown else names)


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who stands for several numbers: `label` of each, `case` by which they came together
    and can be parted again (None where it is being taken back, or was done elsewhere)."""

    person: str
    labels: list[str]
    case: Case | None


def joined(viewer: Viewer, person: str) -> Joined | None:
    """None for whoever stands for one number alone, or is not to be seen."""
    members = joins.members(person)
    if len(members) < 2 or card_of(viewer, members[0]) is None:
        return None
    labels = _labelled(viewer, members)
    done = Case.objects.filter(deed=Case.JOIN, state=Case.DONE, other__in=members)
    done = done.exclude(undone_by__state__in=[Case.PROPOSED, Case.DONE])
    return Joined(members[0], [labels[each] for each in members], done.order_by("-pk").first())


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
    names = _labelled(viewer, (person for d in found for person in (d.one, d.other)))
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
    pairs = [(row.person, row.other) for row in rows]
    names = _labelled(viewer, (person for pair in pairs for person in pair))
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
    names = _labelled(viewer, (person for row in rows for person in (row.person, row.other)))
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
    cards = card_of(viewer, one), card_of(viewer, other)
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
