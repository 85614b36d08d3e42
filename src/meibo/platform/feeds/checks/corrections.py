"""Corrections: each names an order of the files, addressed to the same person."""

from __future__ import annotations

from datetime import date, timedelta

from meibo.domain.findings import Severity
from meibo.platform.feeds.checks.orders import check_presence, term_of
from meibo.platform.feeds.definition.model import Correction
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import House

_REJECT = Severity.REJECT
_BACK, _AHEAD = 3653, 731
"""Days: ten years back, two ahead. Beyond them a year is mistyped."""


def check_correction(draft: Draft, orders: dict[str, Draft], house: House) -> None:
    """Everything about one correction. `orders`: by their number, refused ones too."""
    verb = house.definition.corrections.get(draft.text("kind") or "")
    term = term_of(draft, house, "order_kind")
    if verb is None or term is None:
        draft.refuse("kind" if verb is None else "order_kind", "order-kind-untold")
        return
    check_presence(draft, term, term.wording or house.name_of("order_kind", term.code))
    _check_day(draft, house)
    if verb is not Correction.RETROACTIVE:
        _check_target(draft, orders)
    if verb is Correction.WRONG_PERSON:
        _check_right(draft, house)


def _check_day(draft: Draft, house: House) -> None:
    """Nothing is corrected for years ahead, nor before the person was there."""
    day, known = draft.day("effective"), draft.day("recorded")
    if day is None or known is None:
        return
    hired = house.hired.get(draft.text("staff_no") or "", date.min)
    first = max(hired, known - timedelta(days=_BACK))
    if not first <= day <= known + timedelta(days=_AHEAD):
        draft.refuse("effective", "correction-far", known=known.isoformat())


def _check_target(draft: Draft, orders: dict[str, Draft]) -> None:
    number = draft.text("order_no")
    if number is None:
        draft.refuse("order_no", "correction-missing")
        return
    target = orders.get(number)
    if target is None:
        draft.refuse("order_no", "correction-unknown")
    elif target.text("staff_no") != draft.text("staff_no"):
        person = target.text("staff_no") or ""
        draft.refuse("staff_no", "correction-person", other=number, person=person)


def _check_right(draft: Draft, house: House) -> None:
    right = draft.text("right_staff_no")
    if right is None:
        draft.refuse("right_staff_no", "correction-right")
    elif any(name == "right_staff_no" for name, flaw in draft.flaws if flaw.gravity is _REJECT):
        draft.refused = True
    elif house.has_master and right not in house.numbers:
        draft.refuse("right_staff_no", "staff-unknown")


def voided(corrections: list[Draft], house: House) -> set[str]:
    """The numbers of the orders that are cancelled once all corrections are applied in turn."""
    numbers: set[str] = set()
    for draft in corrections:
        verb = house.definition.corrections.get(draft.text("kind") or "")
        number = draft.text("order_no")
        if number is None or draft.refused:
            continue
        if verb is Correction.VOID:
            numbers.add(number)
        elif verb is Correction.UNVOID:
            numbers.discard(number)
    return numbers
