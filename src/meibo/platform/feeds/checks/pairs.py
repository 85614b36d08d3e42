"""Orders that say the same thing twice, and orders of one day that contradict each other."""

from __future__ import annotations

from meibo.domain.book.lines import Effect
from meibo.platform.feeds.checks.orders import term_of
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import House

_ONCE_A_DAY = frozenset({Effect.ENTER, Effect.MOVE, Effect.LEAVE})


def check_pairs(orders: list[Draft], house: House) -> None:
    """Refuse an order that repeats another under its own number; note two that lead apart."""
    same: dict[tuple[object, ...], Draft] = {}
    days: dict[tuple[object, ...], Draft] = {}
    for draft in orders:
        if draft.refused:
            continue
        content = tuple(v for name, v in draft.values.items() if name != "order_no")
        first = same.setdefault(content, draft)
        if first is not draft:
            words = {"first": first.number, "other": first.text("order_no") or ""}
            draft.refuse("order_no", "order-duplicate", **words)
            continue
        term = term_of(draft, house)
        if term is None or term.effect not in _ONCE_A_DAY:
            continue
        key = (draft.text("staff_no"), draft.day("effective"), term.code)
        first = days.setdefault(key, draft)
        if first is not draft and first.text("new_unit") != draft.text("new_unit"):
            words = {"first": first.number, "other": first.text("order_no") or ""}
            draft.note("new_unit", "order-conflict", **words)
