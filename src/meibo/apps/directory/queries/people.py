"""A person's page: the card, the record as far as it may be seen, the time line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from meibo.apps.directory.queries import audience
from meibo.apps.directory.queries.audience import Audience
from meibo.apps.directory.queries.fields import Field, catalogue, record
from meibo.apps.directory.queries.keeping import own_choices
from meibo.domain.disclosure import Protection, Viewer
from meibo.domain.free_fields import PREFIX, is_free
from meibo.ledger import policy, protection, reader
from meibo.ledger.documents import LICENCE
from meibo.ledger.protection import Shielded

Card = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the record: label, text, and on one's own card who sees it. `document`: of a
    document, the key under which it is handed out; `scans`: of licences, the place of each that has
    one, and what it is called."""

    label: str
    text: str
    audience: Audience | None
    document: str = ""
    scans: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the time line; `state` is past, now or future as of the day shown."""

    row: reader.HistoryRow
    state: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of a person shows."""

    card: reader.Card
    record: list[Fact]
    events: list[Event]
    audiences: Mapping[str, Audience]
    own: bool
    shield: Shielded | None = None

    @property
    def shielded_until(self) -> date | None:
        """The last day on which the person's own protection holds."""
        return self.shield.ends - timedelta(days=1) if self.shield else None

    @property
    def shielded_in_the_house(self) -> bool:
        """Whether colleagues beyond the section do not see the person either."""
        return bool(self.shield and self.shield.level is Protection.SECTION)


def shows_record(viewer: Viewer, person_id: str) -> bool:
    """Whether this viewer may see of this person, somebody else, what no colleague may see. It is
    asked before anything is read, so that nobody is written down as having read it."""
    table = policy.table(viewer.today)
    may = table.seen(viewer.toward(person_id), event=viewer.event)
    return viewer.person != person_id and not table.sensitive.isdisjoint(may)


def person_page(viewer: Viewer, person_id: str, on: date) -> PersonPage | None:
    """None when the person is not in service on that day or not to be seen by this viewer."""
    card = reader.card(viewer, person_id, on=on)
    if card is None:
        return None
    own = viewer.person == person_id
    shields = protection.of(person_id, viewer.today) if own else []
    holding = next((shield for shield in shields if shield.starts <= viewer.today), None)
    chosen = audience.Own(own_choices(viewer), holding.level if holding else None)
    known = audience.audiences(chosen, viewer.today) if own else {}
    fields = catalogue(viewer.today)
    by_key = {key: known[field.row] for key, field in fields.items() if field.row in known}
    by_key |= {row: known[row] for row in ("photo", "history", "orders") if row in known}
    facts = [_fact(card, field, by_key) for field in record(fields) if field.text(card)]
    return PersonPage(
        card, facts, _events(reader.history(viewer, person_id), card, on), by_key, own, holding
    )


def _fact(card: Card, field: Field, known: Mapping[str, Audience]) -> Fact:
    scanned = is_free(field.key) and isinstance(card.get(field.key), dict)
    document = field.key.removeprefix(PREFIX) if scanned else ""
    scans = _scans(card) if field.key == LICENCE else ()
    return Fact(field.label, field.text(card), known.get(field.key), document, scans)


def _scans(card: Card) -> tuple[tuple[int, str], ...]:
    licences = enumerate(card.get(LICENCE) or ())
    return tuple((n, str(each.get("name") or "")) for n, each in licences if each.get("scan"))


def _events(rows: list[reader.HistoryRow], card: Card, on: date) -> list[Event]:
    """Newest first. What is held on the day is told by the card: the newest entry of each post."""
    held = _posts(card)
    events: list[Event] = []
    for row in rows:
        state = "past"
        if row.effective > on:
            state = "future"
        elif post := next((each for each in held if row.text.startswith(each)), None):
            held.remove(post)
            state = "now"
        events.append(Event(row, state))
    return events


def _posts(card: Card) -> list[str]:
    """The posts on the card as the time line writes them, longest first."""
    main = [*(card.get("unit_path") or ()), card.get("post") or ""]
    further = [[*each["unit_path"], each["post"] or ""] for each in card.get("concurrent") or ()]
    return sorted((" ".join(words).strip() for words in [main, *further]), key=len, reverse=True)
