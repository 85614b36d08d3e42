"""The fields that a feed can deliver: canonical names, and how each is read unless told otherwise.

These names are the contract with whoever takes records from here; the headers that a supplier
gives them, and everything else about a supplier's layout, stand in the feed definition.
"""

from __future__ import annotations

from dataclasses import dataclass

from meibo.platform.feeds.definition.kinds import Role, Type


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is read, the code table it names, and whether a row needs it.

    `needed`: without this value the row says nothing, so it is not taken.
    `expected`: an empty cell is a finding, the row is taken.
    `day`: which day a unit or a building must stand: `base`, `effective`, or the day `before` it.
    """

    type: Type = Type.TEXT
    table: str = ""
    needed: bool = False
    expected: bool = False
    day: str = "base"


_TEXT = Field()
_DATE = Field(Type.DATE)
_NO = Field(Type.STAFF_NO, needed=True)
_PHONE = Field(Type.PHONE)
_POST = Field(Type.CODE, "post")

_UNITS = {
    "code": Field(needed=True),
    "name": Field(needed=True),
    "short": _TEXT,
    "parent": _TEXT,
    "level": Field(Type.INTEGER),
    "starts": _DATE,
    "ends": _DATE,
    "phone": _PHONE,
    "fax": _PHONE,
    "mail": Field(Type.MAIL),
    "building": Field(Type.CODE, "building"),
    "floor": _TEXT,
    "branch": Field(Type.FLAG),
}
_MASTER = {
    "staff_no": _NO,
    "name": Field(Type.NAME, expected=True),
    "kana": Field(Type.KANA, expected=True),
    "uses_maiden_name": Field(Type.FLAG),
    "maiden_name": Field(Type.NAME),
    "maiden_kana": Field(Type.KANA),
    "birth_date": Field(Type.DATE, expected=True),
    "sex": Field(Type.CHOICE),
    "unit": Field(Type.UNIT, expected=True),
    "post": Field(Type.CODE, "post", expected=True),
    "job": Field(Type.CODE, "job"),
    "grade": Field(Type.INTEGER),
    "step": _TEXT,
    "employment": Field(Type.CODE, "employment"),
    "weekly_hours": Field(Type.DECIMAL),
    "hired": Field(Type.DATE, expected=True),
    "unit_since": Field(Type.DATE, expected=True),
    "term_end": _DATE,
    "concurrent.unit": Field(Type.UNIT),
    "concurrent.post": _POST,
    "dispatch": Field(Type.CODE, "dispatch"),
    "dispatch_body": _TEXT,
    "leave": Field(Type.CODE, "leave"),
    "leave_from": _DATE,
    "leave_to": _DATE,
    "extension": _PHONE,
    "mail": Field(Type.MAIL),
    "postcode": Field(Type.POSTCODE),
    "address": _TEXT,
    "home_phone": _PHONE,
    "mobile": _PHONE,
    "emergency_name": Field(Type.NAME),
    "emergency_relation": _TEXT,
    "emergency_phone": _PHONE,
    "photo": _TEXT,
    "note": _TEXT,
}
_ORDERS = {
    "order_no": _TEXT,
    "staff_no": _NO,
    "name": Field(Type.NAME),
    "effective": Field(Type.DATE, needed=True),
    "recorded": _DATE,
    "kind": Field(Type.CODE, "order_kind", needed=True),
    "old_unit": Field(Type.UNIT, day="before"),
    "new_unit": Field(Type.UNIT, day="effective"),
    "old_post": _POST,
    "new_post": _POST,
    "job": Field(Type.CODE, "job"),
    "grade": Field(Type.INTEGER),
    "step": _TEXT,
    "employment": Field(Type.CODE, "employment"),
    "term_end": _DATE,
    "leave": Field(Type.CODE, "leave"),
    "leave_from": _DATE,
    "leave_to": _DATE,
    "dispatch_body": _TEXT,
    "reason": _TEXT,
}
_CORRECTIONS = {
    "no": Field(needed=True),
    "recorded": Field(Type.DATE, needed=True),
    "kind": Field(Type.CODE, "correction", needed=True),
    "order_no": _TEXT,
    "staff_no": _NO,
    "right_staff_no": Field(Type.STAFF_NO),
    "effective": Field(Type.DATE, needed=True),
    "order_kind": Field(Type.CODE, "order_kind", needed=True),
    "old_unit": Field(Type.UNIT, day="before"),
    "new_unit": Field(Type.UNIT, day="effective"),
    "old_post": _POST,
    "new_post": _POST,
    "note": _TEXT,
}

FIELDS: dict[Role, dict[str, Field]] = {
    Role.GAIJI: {
        "code": Field(needed=True),
        "char": _TEXT,
        "unicode": Field(needed=True),
        "substitute": _TEXT,
        "shape": _TEXT,
    },
    Role.CODES: {
        "code": Field(needed=True),
        "name": Field(needed=True),
        "grade": Field(Type.INTEGER),
    },
    Role.UNITS: _UNITS,
    Role.SUCCESSIONS: {
        "day": Field(Type.DATE, needed=True),
        "old": Field(Type.UNIT, day="before"),
        "old_name": _TEXT,
        "new": Field(Type.UNIT, day="effective"),
        "new_name": _TEXT,
        "kind": Field(Type.CHOICE, needed=True),
        "note": _TEXT,
    },
    Role.DUTIES: {
        "unit": Field(Type.UNIT, needed=True, day="starts"),
        "line_no": Field(Type.INTEGER),
        "text": Field(needed=True),
        "starts": _DATE,
        "ends": _DATE,
    },
    Role.MASTER: _MASTER,
    Role.HISTORY: _ORDERS,
    Role.ORDERS: _ORDERS,
    Role.CORRECTIONS: _CORRECTIONS,
    Role.TRAINING: {
        "staff_no": _NO,
        "code": _TEXT,
        "title": _TEXT,
        "category": _TEXT,
        "day": _DATE,
        "hours": Field(Type.DECIMAL),
        "method": _TEXT,
        "result": _TEXT,
    },
    Role.LICENCES: {
        "staff_no": _NO,
        "title": Field(needed=True),
        "acquired": _DATE,
        "number": _TEXT,
        "expires": _DATE,
    },
    Role.EVALUATION: {
        "staff_no": _NO,
        "year": Field(Type.INTEGER, needed=True),
        "performance": Field(Type.CHOICE),
        "ability": Field(Type.CHOICE),
        "overall": Field(Type.CHOICE),
        "decided": _DATE,
    },
    Role.DECLARATIONS: {
        "staff_no": _NO,
        "day": _DATE,
        "wish": Field(Type.CHOICE),
        "field1": _TEXT,
        "field2": _TEXT,
        "career": _TEXT,
        "consideration": _TEXT,
        "ambition": Field(Type.FLAG),
    },
    Role.MUSTER: {
        "staff_no": _NO,
        "class": Field(Type.CODE, "muster"),
        "place": _TEXT,
        "walk_minutes": Field(Type.INTEGER),
        "walk_km": Field(Type.DECIMAL),
        "residence": _TEXT,
        "lat": Field(Type.DECIMAL),
        "lon": Field(Type.DECIMAL),
    },
}

SEATS = 9
"""A master may carry that many concurrent posts side by side."""

EXTRA = "extra."
"""A column that the product does not know is kept under `extra.` and a name of one's own."""

FREE = "free."
"""自由項目: a column of a master that fills a field which the town added (`free:` in 公開基準)."""


def field_of(role: Role, name: str) -> Field | None:
    """The field called `name`, or None. `concurrent.2.unit`: unit of the second concurrent post."""
    if name.startswith(EXTRA) or (name.startswith(FREE) and role is Role.MASTER):
        return _TEXT
    head, _, tail = name.partition(".")
    number, _, part = tail.partition(".")
    if head == "concurrent" and number in {str(n) for n in range(1, SEATS + 1)}:
        return FIELDS[role].get(f"concurrent.{part}")
    if head.endswith("unit") and tail.isdigit():  # a unit named by several columns: 部, 課, 係
        return FIELDS[role].get(head)
    return None if head == "concurrent" else FIELDS[role].get(name)


def empty_record(role: Role) -> dict[str, object]:
    """Every field of a role with nothing in it, so that takers need not ask which are there."""
    return _EMPTY[role].copy()


_DERIVED = {
    Role.MASTER: ("concurrent",),
    Role.ORDERS: ("seat", "old_name", "new_name"),
    Role.HISTORY: ("seat", "old_name", "new_name"),
}
"""Fields that no column holds: put together from several, or read out of a text."""

_EMPTY: dict[Role, dict[str, object]] = {
    role: dict.fromkeys(
        [*(n for n in fields if not n.startswith("concurrent.")), *_DERIVED.get(role, ())]
    )
    for role, fields in FIELDS.items()
}


def known_fields(role: Role) -> list[str]:
    """The names a definition may use for this role, as an error message lists them."""
    names = sorted(n.replace("concurrent.", "concurrent.1.") for n in FIELDS[role])
    return [*names, *([f"{FREE}…"] if role is Role.MASTER else []), f"{EXTRA}…"]
