"""Who holds what, as a viewer may see it. Names come from cards, so the disclosure table holds here
too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.ledger.reader.units import unit_cards
from meibo.platform.grants import rules
from meibo.platform.grants.queries import Standing, State, standings

HIDDEN = "（名簿に出ない職員）"
COMMAND = "コマンド"
_OPEN = frozenset({State.WAITING, State.COMING, State.HELD, State.HANDOVER})
_CHIPS = {
    State.WAITING: "key",
    State.COMING: "line",
    State.HELD: "good",
    State.HANDOVER: "warn",
}


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant in words. `proposer`, `decider`, `ender` are names; empty where nobody was."""

    standing: Standing
    duty: str
    who: reader.Card | None
    name: str
    unit: str
    proposer: str
    decider: str
    ender: str

    @property
    def chip(self) -> str:
        return _CHIPS.get(self.standing.state, "")

    @property
    def by_command(self) -> bool:
        """Granted without a second person, as the first ones are."""
        return not self.standing.grant.proposer

    @property
    def open(self) -> bool:
        return self.standing.state in _OPEN


def _unit_names(viewer: Viewer, found: Iterable[Standing]) -> dict[str, str]:
    """Code → path, as of today; of a unit that is not there today as of the day the grant began or
    will begin, as far as the viewer may look."""
    units: dict[str, str] = {}
    for s in found:
        for day in (viewer.today, s.grant.starts):
            if s.grant.unit not in units:
                cards = unit_cards(viewer, [s.grant.unit], on=day)
                units |= {u.code: " › ".join(u["path"]) for u in cards}
    return units


def named(cards: Mapping[str, reader.Card], person: str) -> str:
    """What somebody is called, for who may see it. Nobody's deed is a command's."""
    if not person:
        return COMMAND
    card = cards.get(person)
    return str((card.get("name") if card else None) or HIDDEN).replace("\u3000", " ")


def sees_all(viewer: Viewer) -> bool:
    """Whether this viewer reads everybody's grants."""
    return bool(rules.READERS & viewer.held)


def visible(viewer: Viewer, *, number: int | None = None) -> list[Standing]:
    """The grants that this viewer may read: all, or those to oneself and one's own proposals."""
    found = standings(viewer.today, number=number)
    if sees_all(viewer):
        return found
    me = viewer.person
    return [s for s in found if me is not None and me in {s.grant.person, s.grant.proposer}]


def rows(viewer: Viewer, found: Iterable[Standing]) -> list[GrantRow]:
    """The same in words."""
    found = list(found)
    takers = [step.taker for s in found for step in (s.decided, s.ended) if step]
    ids = {*(s.grant.person for s in found), *(s.grant.proposer for s in found), *takers} - {""}
    cards = {card.id: card for card in reader.cards(viewer, on=viewer.today, ids=ids)}
    units = _unit_names(viewer, found)

    def called(person: str) -> str:
        return named(cards, person)

    def row(s: Standing) -> GrantRow:
        grant = s.grant
        return GrantRow(
            s,
            rules.DUTIES[grant.duty],
            cards.get(grant.person),
            called(grant.person),
            units.get(grant.unit, grant.unit),
            called(grant.proposer),
            called(s.decided.taker) if s.decided else "",
            called(s.ended.taker) if s.ended else "",
        )

    return [row(s) for s in found]


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a viewer may do with a grant."""

    approve: bool
    refuse: bool
    revoke: bool
    own: bool

    @property
    def any(self) -> bool:
        return self.approve or self.refuse or self.revoke


def deeds(viewer: Viewer, name: str, s: Standing) -> Deeds:
    """The same rules as the actions have, so that no button is shown that would be refused."""
    waiting = s.state is State.WAITING
    own = name == s.grant.proposed_by or viewer.person == s.grant.proposer
    stranger = viewer.person is not None and viewer.person != s.grant.person
    able = stranger and rules.may_approve(viewer.held, s.grant.duty)
    alive = s.state in {State.COMING, State.HELD, State.HANDOVER}
    holder = viewer.person == s.grant.person
    return Deeds(
        approve=waiting and able and not own,
        refuse=waiting and (able or own),
        revoke=alive and (holder or rules.may_revoke(viewer.held, s.grant.duty)),
        own=own,
    )


def chairs(card: reader.Card) -> Mapping[str, str]:
    """The units on whose posts a grant to this person may hang: code → path, narrowest first."""
    found: dict[str, str] = {}
    codes, path = card.get("unit_codes") or [], card.get("unit_path") or []
    for i in range(len(codes), 0, -1):
        found[codes[i - 1]] = " › ".join(path[:i])
    for further in card.get("concurrent") or []:
        found.setdefault(further["unit_code"], " › ".join(further["unit_path"]))
    return found
