"""Cards: what one viewer may see of one person on one day, and nothing else.

A field that is not allowed is absent, not blank. There is no second way to show a person.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from meibo.domain import free_fields, names
from meibo.domain.book import SeatKind
from meibo.domain.disclosure import CHOSEN, shared_with
from meibo.domain.renewal import HOURS
from meibo.domain.units import Organisation
from meibo.ledger.card import Card, State
from meibo.ledger.house import Codes
from meibo.ledger.sight import Sight

SEAT_LABELS = {
    SeatKind.MAIN.value: "本務",
    SeatKind.CONCURRENT.value: "兼務",
    SeatKind.CROSS.value: "併任",
    SeatKind.ACTING.value: "事務取扱",
}


class Dealer:
    """Makes the cards of one day for one viewer; opens sealed values through `unseal`."""

    def __init__(
        self,
        sight: Sight,
        house: Organisation,
        codes: Codes,
        unseal: Callable[[str, int], str | None],
    ) -> None:
        self.sight = sight
        self.house = house
        self.codes = codes
        self.unseal = unseal

    def card(self, person: str, state: State, ties: frozenset[str]) -> Card | None:
        """The card for a viewer who holds `ties` towards this person; None if unseen."""
        seen = self.sight.seen(person, ties)
        if "exists" not in seen:
            return None
        fields: dict[str, Any] = {"id": person}
        sensitive: dict[str, str] = {}
        for name, make in _MAKERS.items():
            if name in seen and (name not in CHOSEN or self._shared(state, name, ties)):
                before = len(fields)
                make(self, person, state, fields)
                if name in self.sight.table.sensitive:
                    sensitive |= dict.fromkeys(list(fields)[before:], name)
        self._free(person, state, seen, fields, sensitive)
        if "name" in seen and "record_name" in seen:
            self._record_name(state, fields, sensitive)
        fields["portable"] = "self" in ties or person not in self.sight.protections
        return Card(fields, sensitive if person != self.sight.viewer.person else None)

    def _free(
        self,
        person: str,
        state: State,
        seen: frozenset[str],
        out: dict[str, Any],
        sensitive: dict[str, str],
    ) -> None:
        """What the town added, each under its own name."""
        table = self.sight.table
        for name, field in table.free.items():
            if name in seen:
                number = state.get(name)
                filed = self.unseal(person, number) if number is not None else None
                out[name] = free_fields.value(field, filed)
                if name in table.sensitive:
                    sensitive[name] = name

    def _shared(self, state: State, name: str, ties: frozenset[str]) -> bool:
        return shared_with(str(state.get(f"share_{name}", "all")), ties)

    def _record_name(self, state: State, out: dict[str, Any], sensitive: dict[str, str]) -> None:
        """`name` is the record name where that is disclosed; the other is told besides."""
        if "record_name" in state:
            if "record_name" in self.sight.table.sensitive:
                sensitive |= {"name": "record_name", "kana": "record_name"}
            out["name_at_work"] = out["name"]
            out["name"] = state["record_name"]
            out["kana"] = state.get("record_kana", out.get("kana"))

    def none(self, table: str) -> str:
        """What the town calls 「なし」 in this table."""
        row = self.codes.table(table).get("0")
        return row.name if row else "なし"


Maker = Callable[[Dealer, str, State, dict[str, Any]], None]


def _plain(key: str, source: str | None = None) -> Maker:
    def make(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
        out[key] = state.get(source or key)

    return make


def _coded(key: str, table: str) -> Maker:
    def make(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
        out[key] = dealer.codes.name(table, state.get(key))

    return make


def _opened(*keys: str) -> Maker:
    def make(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
        for key in keys:
            number = state.get(key)
            out[key] = dealer.unseal(person, number) if number is not None else None

    return make


def _staff_no(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    """The number; of somebody who has been known by several, the others besides."""
    out["staff_no"] = state.get("staff_no")
    if state.get("other_numbers"):
        out["other_numbers"] = list(state["other_numbers"])


def _name(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    out["name"] = state.get("name")


def _kana(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    out["kana"] = state.get("kana")


def _photo(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    """Absent where there is none, as where it is not shared: nobody tells the two apart."""
    if state.get("photo"):
        out["photo"] = True
        out["photo_file"] = state["photo"]


def _former(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    if state.get("former"):
        out["former_names"] = list(state["former"])


def _romaji(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    kana = state.get("kana")
    out["romaji"] = state.get("romaji") or (names.romaji(kana) if kana else None)


def _maiden(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    if state.get("maiden_name"):
        out["maiden_name"] = state["maiden_name"]
        out["uses_maiden_name"] = state.get("uses_maiden_name") == "1"


def _unit(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    code = state.get("unit")
    out["unit_code"] = code
    out["unit_path"] = dealer.house.path(code)
    out["unit_codes"] = list(dealer.house.codes.get(code or "", ()))


def _post(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    out["post"] = dealer.codes.name("post", state.get("post"))
    out["post_code"] = state.get("post")


def _hours(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    """Minutes a week; those of further appointments beside them, where there are any."""
    further = [state[key] for key in sorted(state) if key.startswith(f"{HOURS}:")]
    out["hours"] = state.get(HOURS) or (further.pop(0) if further else None)
    if further:
        out["hours_further"] = further


def _concurrent(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    out["concurrent"] = [
        {
            "unit_code": seat["unit"],
            "unit_path": dealer.house.path(seat["unit"]),
            "unit_codes": list(dealer.house.codes.get(seat["unit"], ())),
            "post": dealer.codes.name("post", seat["post"]),
            "kind": seat["kind"],
            "kind_label": SEAT_LABELS[seat["kind"]],
        }
        for seat in state.get("further", [])
    ]


def _allotments(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    units = [state.get("unit"), *(s["unit"] for s in state.get("further", []))]
    out["allotments"] = [
        {"text": a["text"], "role": a.get("role", "主")}
        for code in units
        if code in dealer.house.states
        for a in dealer.house.states[code].get("allotments", [])
        if a.get("person") == person
    ]


def _place(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    unit = dealer.house.states.get(state.get("unit") or "", {})
    out["place"] = dealer.codes.name("building", state.get("building") or unit.get("building"))
    out["floor"] = state.get("floor") or unit.get("floor")
    if state.get("seat"):
        out["seat"] = state["seat"]


def _skills(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    """Absent where there are none, as where they are not shared: nobody tells the two apart."""
    if state.get("skills"):
        out["skills"] = state["skills"].split("\n")


def _away(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    leave = state.get("leave")
    out["away"] = bool(leave and leave["reason"])


def _leave(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    leave = state.get("leave")
    out["leave"] = dealer.codes.name("leave", leave["reason"]) if leave else dealer.none("leave")
    out["leave_from"] = leave["from"] if leave else None
    out["leave_to"] = leave["to"] if leave else None


def _dispatch(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
    sent = state.get("dispatch")
    reason = dealer.codes.name("dispatch", sent["reason"]) if sent else None
    out["dispatch"] = reason or dealer.none("dispatch")
    out["dispatch_body"] = sent["body"] if sent else None


def _parts(key: str) -> Maker:
    """A sealed value that is a list of parts, in order of use; empty where there is none."""

    def make(dealer: Dealer, person: str, state: State, out: dict[str, Any]) -> None:
        number = state.get(key)
        text = dealer.unseal(person, number) if number is not None else None
        out[key] = json.loads(text) if text else []

    return make


_MAKERS: dict[str, Maker] = {
    "staff_no": _staff_no,
    "name": _name,
    "kana": _kana,
    "romaji": _romaji,
    "former_name": _former,
    "maiden_name": _maiden,
    "sex": _opened("sex"),
    "birth_date": _opened("birth_date"),
    "unit": _unit,
    "post": _post,
    "grade": _plain("grade"),
    "step": _plain("step"),
    "hours": _hours,
    "job": _coded("job", "job"),
    "employment": _coded("employment", "employment"),
    "hired": _plain("hired"),
    "unit_since": _plain("unit_since", "since"),
    "term_end": _plain("term_end"),
    "concurrent": _concurrent,
    "away": _away,
    "leave": _leave,
    "dispatch": _dispatch,
    "extension": _plain("extension"),
    "mail": _plain("mail"),
    "place": _place,
    "photo": _photo,
    "skill": _skills,
    "allotment": _allotments,
    "address": _opened("postcode", "address"),
    "contacts": _parts("contacts"),
    "emergency": _parts("emergency"),
    "commuting": _parts("commuting"),
    "family": _parts("family"),
    "licence": _parts("licence"),
    "note": _opened("note"),
}
