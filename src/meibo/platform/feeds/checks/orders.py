"""One order by itself: what its kind needs, what it says about the grade, what its text tells."""

from __future__ import annotations

from meibo.domain.book.lines import Effect, SeatKind
from meibo.platform.feeds.definition.model import Presence, Term
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import House

_OLD = ("old_unit", "old_post")
_NEW = ("new_unit", "new_post")


def term_of(draft: Draft, house: House, name: str = "kind") -> Term | None:
    """What the kind of order in the field `name` does."""
    return house.definition.terms.get(draft.text(name) or "")


def check_order(draft: Draft, house: House) -> None:
    """Everything about one order that needs no other row."""
    term = term_of(draft, house)
    if term is None:
        draft.refuse("kind", "order-kind-untold")
        return
    kind = term.wording or house.name_of("order_kind", term.code)
    check_presence(draft, term, kind)
    _check_grade(draft, term, kind, house)
    _read_reason(draft, term)
    if term.effect is Effect.ADD:
        draft.values["seat"] = _seat(draft, term)


def check_presence(draft: Draft, term: Term, kind: str) -> None:
    """Old and new unit and post: there where the kind needs them, and only there."""
    for fields, wanted in ((_OLD, term.old), (_NEW, term.new)):
        for name in fields:
            if name not in draft.source.places:
                continue
            value = draft.values.get(name)
            if wanted is Presence.BLANK and value is not None:
                draft.note(name, "order-blank", kind=kind)
            elif wanted is Presence.FILLED and value is None:
                _absent(draft, name, term, kind)


def _absent(draft: Draft, name: str, term: Term, kind: str) -> None:
    needed = name in _NEW or (name == "old_unit" and term.effect is Effect.RELIEVE)
    written = bool(draft.raw(name).strip())
    if needed and written:
        draft.forsake(name)
    elif needed:
        draft.refuse(name, "order-filled", kind=kind)
    elif not written:
        draft.note(name, "order-old-filled", kind=kind)


def _check_grade(draft: Draft, term: Term, kind: str, house: House) -> None:
    old, new = (house.grade_of(draft.text(name)) for name in ("old_post", "new_post"))
    if term.grade not in {"up", "down"} or old is None or new is None:
        return
    if (new <= old) if term.grade == "up" else (new >= old):
        words = {"kind": kind, "direction": "上" if term.grade == "up" else "下"}
        draft.note("new_post", "order-grade", old=old, new=new, **words)


def check_kind(draft: Draft, house: House, corrected: set[str]) -> None:
    """Whether the kind of order is that of what it does. `corrected`: orders that a correction
    speaks of; what is wrong with them is known, and mended."""
    term = term_of(draft, house)
    if draft.refused or term is None or draft.text("order_no") in corrected:
        return
    if any(name in {"old_post", "new_post"} for name, _ in draft.flaws):
        return
    kind = term.wording or house.name_of("order_kind", term.code)
    old, new = (house.grade_of(draft.text(name)) for name in ("old_post", "new_post"))
    if term.grade == "same" and None not in (old, new) and old != new:
        draft.note("new_post", "order-grade-moves", kind=kind, old=old, new=new)
    cross, post = house.definition.cross_posts, draft.text("new_post")
    if cross and post and term.seat and (term.seat is SeatKind.CROSS) != (post in cross):
        name = house.name_of("post", post)
        draft.note("new_post", "order-seat", kind=kind, post=name)


def _read_reason(draft: Draft, term: Term) -> None:
    """Named groups of the patterns become fields (dispatch_body, old_name, new_name …)."""
    reason = draft.text("reason") or ""
    found = [match for pattern in term.reads if (match := pattern.search(reason))]
    for match in found:
        draft.values |= {name: text for name, text in match.groupdict().items() if text}
    if term.reads and not found:
        draft.note("reason", "order-reason")


def _seat(draft: Draft, term: Term) -> str | None:
    reason = draft.text("reason") or ""
    seat = next((s for word, s in term.seat_by_reason if word in reason), term.seat)
    return seat.value if seat else None
