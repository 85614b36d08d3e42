"""Orders of a package become lines of the book."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from meibo.apps.personnel.actions.intake.desk import Desk, midnight
from meibo.domain.book import Effect, Line, SeatKind
from meibo.domain.findings import Severity
from meibo.platform.feeds import Record, Term

_OPTIONAL = ("job", "employment", "step", "term_end")


def take_orders(desk: Desk) -> None:
    """Every order of the package, in the order of the file.

    Where the file does not state when an order was recorded, it was now, or when the first
    correction that names it was recorded, whichever came first.
    """
    corrected: dict[str, datetime] = {}
    for record in desk.package.records.get("corrections", []):
        target, day = record.values["order_no"], record.values["recorded"]
        if target and day:
            corrected[target] = min(midnight(day), corrected.get(target, midnight(day)))
    for role in ("history", "orders"):
        for record in desk.package.records.get(role, []):
            stated = record.values.get("recorded")
            number = str(record.values["order_no"])
            moment = midnight(stated) if stated else min(desk.now, corrected.get(number, desk.now))
            take_order(desk, record, moment, desk.source(role, number))


def take_order(desk: Desk, record: Record, recorded: datetime, source: str) -> Line | None:
    """One order; None where it can't be one of the book (unknown person or kind)."""
    v = record.values
    term = desk.definition.terms.get(v["kind"] or "")
    enters = term is not None and term.effect is Effect.ENTER
    person = desk.welcome(v["staff_no"]) if enters else desk.person(v["staff_no"])
    if term is None or person is None or v["effective"] is None:
        if term is not None and person is None:
            desk.find(
                record,
                "staff_no",
                Severity.REJECT,
                "order_for_nobody",
                "名簿にない職員番号への発令です。取り込みませんでした。",
                "職員番号を確かめてください。",
            )
        return None
    line = line_of(desk, record, term, person, recorded)
    taken = desk.order(line, source, record)
    if term.effect is None:
        file_new_name(desk, record, person, recorded)
    elif enters:
        file_identity(desk, record, person, recorded)
    return taken


def line_of(desk: Desk, record: Record, term: Term, person: str, recorded: datetime) -> Line:
    """The line of the book that an order's record amounts to."""
    v = record.values
    effect = term.effect or Effect.MOVE
    wording = term.wording or desk.called("order_kind", term.code)
    stated: dict[str, Any] = {n: v[n] for n in _OPTIONAL if v.get(n) is not None}
    if effect is Effect.RELIEVE:
        stated |= {"unit": v["old_unit"], "post": v["old_post"]}
    elif term.effect not in (None, Effect.LEAVE):
        stated |= {"unit": v["new_unit"], "post": v["new_post"]}
    if effect is Effect.ADD:
        stated["kind"] = _seat_kind(term, v.get("reason") or "")
    if effect in (Effect.ENTER, Effect.MOVE) and v["new_post"] != v["old_post"]:
        stated.setdefault("grade", v.get("grade") or _grade(desk, v["new_post"]))
    if term.slot:
        stated |= _absence(desk, record, term)
    note = v.get("reason") or v.get("note") or None
    return Line(
        0,
        v["effective"],
        recorded,
        effect,
        person,
        wording,
        str(v["order_no"] or ""),
        note=note,
        **stated,
    )


def _seat_kind(term: Term, reason: str) -> SeatKind:
    for word, kind in term.seat_by_reason:
        if word in reason:
            return kind
    return term.seat or SeatKind.CONCURRENT


def _grade(desk: Desk, post: str | None) -> int | None:
    row = desk.package.tables.get("post", {}).get(post or "")
    return row.grade if row else None


def _absence(desk: Desk, record: Record, term: Term) -> dict[str, Any]:
    """What an order says of an absence. A master that names the same leave knows its kind and
    end better: then both stay open here, to be completed from it."""
    v = record.values
    stated: dict[str, Any] = {"slot": term.slot}
    if term.effect is not Effect.PAUSE:
        return stated
    if term.slot == "dispatch":
        return stated | {"reason": term.absence, "body": v.get("dispatch_body")}
    better = any(
        m.values["leave_from"] == v["effective"] and m.values["leave"] in desk.definition.leave
        for m in desk.masters_of(str(v["staff_no"]))
        if m.base and m.base >= v["effective"]
    )
    leave = desk.definition.leave.get(term.absence or "")
    stated["basis"] = leave.basis if leave else None
    return stated | ({} if better else {"reason": term.absence})


def file_new_name(desk: Desk, record: Record, person: str, recorded: datetime) -> None:
    """氏名変更: the order carries the new name; its reading comes with the next master."""
    v = record.values
    name = v.get("new_name") or v["name"]
    if name and name != desk.value(person, "name", v["effective"]):
        desk.file(person, "name", name, v["effective"], recorded)


def file_identity(desk: Desk, record: Record, person: str, recorded: datetime) -> None:
    """採用: who is new has a number and a name from this day on."""
    v = record.values
    for name in ("staff_no", "name"):
        if v[name] and not desk.filed(person, name):
            desk.file(person, name, v[name], v["effective"], recorded)
