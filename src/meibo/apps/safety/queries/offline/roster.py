"""What somebody may take along: people as that person would see them in an open event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from meibo.apps.safety.models import Called, Check, OfflineKey
from meibo.apps.safety.queries.organising import Posted, places, posted
from meibo.apps.safety.queries.own import watched
from meibo.domain.disclosure import Viewer
from meibo.domain.names import GAP, variants
from meibo.domain.safety.words import COMES, NO, NOW, STATUS, UNABLE
from meibo.ledger import house, policy, reader, ties
from meibo.ledger.card import Card
from meibo.platform.grants import queries as grants

TOKYO = ZoneInfo("Asia/Tokyo")
FIELDS = frozenset(
    ("name", "kana", "romaji", "unit", "post", "extension", "skill", "contacts", "away")
)
_LAST = 10**6


def viewer_in_event(person: str, today: date) -> Viewer:
    """Who they are today, as if an event were open: that is what the file is for."""
    return ties.viewer_of(person, grants.duties_of(person, today), today, event=True)


def scope_of(viewer: Viewer) -> str:
    """How much this viewer may take along: "" for nothing."""
    if viewer.holds("crisis"):
        return OfflineKey.HOUSE
    return OfflineKey.UNIT if viewer.over.get("head") else ""


def cards_for(viewer: Viewer, on: date) -> list[Card]:
    """In order of the call tree: by organisation, in each unit by rank."""
    scope = scope_of(viewer)
    if not scope:
        return []
    own = None if scope == OfflineKey.HOUSE else sorted(viewer.over["head"])
    found = reader.cards(viewer, on=on, ids=own, only=FIELDS)
    return [card for card in found if card.get("name")]


@dataclass(frozen=True, slots=True)
class Content:
    """What the file holds, and of whom; `check`: of which the answers in it are."""

    data: Mapping[str, Any]
    people: tuple[str, ...]
    contacts: tuple[str, ...]
    check: Check | None


def content(viewer: Viewer, now: datetime) -> Content:
    """People with what was answered in the check that runs; of several, the one watched. `v`: what
    letters that are typed are taken for, as far as any of them is in the file."""
    today = now.astimezone(TOKYO).date()
    cards = cards_for(viewer, today)
    check = watched(now)
    called = {each.person: each for each in check.called.all()} if check else {}
    where, fold = posted(today), policy.fold()
    people = [
        _line(card, at, called.get(card.id), where.get(card.id), now)
        | {"f": _sought(card, where.get(card.id), fold)}
        for at, card in enumerate(cards)
    ]
    organisation = house.organisation(today)
    seen = {code for card in cards for code in card.get("unit_codes") or ()}
    units = [
        " ".join(organisation.path(code))
        for code in sorted(seen, key=lambda each: organisation.order.get(each, _LAST))
    ]
    manned = {where[card.id].place.name for card in cards if card.id in where}
    data = {
        "people": people,
        "units": units,
        "places": [each.name for each in places() if each.name in manned],
        "check": check.title if check else "",
        "v": variants(fold, {letter for each in people for letter in each["f"]}),
    }
    with_contacts = tuple(c.id for c in cards if c.portable and "contacts" in c.filled)
    return Content(data, tuple(card.id for card in cards), with_contacts, check)


def _line(
    card: Card, at: int, called: Called | None, post_in_event: Posted | None, now: datetime
) -> dict[str, Any]:
    """One letter a key, for there are thousands of these. `o`: place in the call tree; `m`: in the
    order of coming; `e`, `t`: place in the disaster organisation, alone and in words."""
    name, kana = str(card.get("name") or ""), str(card.get("kana") or "")
    unit, post = " ".join(card.get("unit_path") or ()), str(card.get("post") or "")
    extension = str(card.get("extension") or "")
    skills = [str(each) for each in card.get("skills") or ()]
    place = post_in_event.place.name if post_in_event else ""
    # Of somebody who is protected nobody takes the telephones out of the house (`Protection`).
    ways = (card.get("contacts") or ()) if card.portable else ()
    return {
        "i": card.id,
        "n": name.replace(GAP, " "),
        "k": kana.replace(GAP, " "),
        "u": unit or "所属なし",
        "p": post,
        "x": extension,
        "s": skills,
        "c": [{"k": way.get("kind", ""), "v": str(way.get("value", ""))} for way in ways],
        "o": at,
        "m": _muster(called, away=bool(card.get("away")), now=now),
        "w": _said(called),
        "e": place,
        "t": f"災対組織：{post_in_event.words}" if post_in_event else "",
        "d": bool(called and called.status),
        "a": bool(card.get("away")),
    }


def _sought(card: Card, post_in_event: Posted | None, fold: Callable[[str], str]) -> str:
    """What search compares, folded as in the house."""
    name, units = str(card.get("name") or ""), " ".join(card.get("unit_path") or ())
    place = post_in_event.place.name if post_in_event else ""
    told = [str(card.get(field) or "") for field in ("kana", "romaji", "post", "extension")]
    skills = [str(each) for each in card.get("skills") or ()]
    folded = {fold(each): None for each in (name, units, place, *told, *skills)}
    return "\n".join(filter(None, folded | {_plain(name): None}))


def _plain(text: str) -> str:
    return "".join(text.split()).lower()


def _muster(called: Called | None, *, away: bool, now: datetime) -> int:
    """The order in which people come, in minutes from now: who said when or comes at once, who
    comes later without a time, who said nothing, who is away, who does not come."""
    if called is not None and (called.comes or called.status in UNABLE):
        if called.comes == NO or called.status in UNABLE:
            return _LAST + 3
        if called.arrives_at is not None:
            return int((called.arrives_at - now).total_seconds() // 60)
        return 0 if called.comes == NOW else _LAST
    return _LAST + 2 if away else _LAST + 1


def _said(called: Called | None) -> str:
    if called is None or not called.status:
        return ""
    told = [STATUS.get(called.status, "")]
    if called.status in UNABLE:
        return f"答え：{told[0]}"
    told.append(COMES.get(called.comes, ""))
    if called.arrives_at is not None:
        told.append(f"{called.arrives_at.astimezone(TOKYO):%H:%M}ごろ")
    return f"答え：{'・'.join(filter(None, told))}"
