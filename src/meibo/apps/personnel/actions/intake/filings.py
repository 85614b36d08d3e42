"""What a master file says of a person that is filed, not ordered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from meibo.apps.personnel.actions.intake.fields import Fields
from meibo.domain.renewal import HOURS

# Fields that belong to the person from the first day in service on; the rest came with the
# present place. Field of the filing → field(s) of the record.
FROM_THE_FIRST_DAY = (
    *("staff_no", "name", "kana", "uses_maiden_name", "maiden_name", "maiden_kana"),
    *("birth_date", "sex"),
)
WITH_THE_PLACE = (
    *("step", "extension", "mail", "postcode", "address", "contacts", "emergency"),
    *("photo", "note", HOURS),
)
_written = json.JSONEncoder(ensure_ascii=False).encode
NEVER_CHANGE = frozenset({"birth_date", "sex", "staff_no"})
# Which fields of the record make up a filing that is made of several.
RECORD_FIELDS = {
    "contacts": ("mobile", "home_phone"),
    "emergency": ("emergency_name", "emergency_relation", "emergency_phone"),
    HOURS: ("weekly_hours",),
}
FILED_AS = {part: name for name, parts in RECORD_FIELDS.items() for part in parts}


def filed_values(values: Mapping[str, Any]) -> dict[str, str]:
    """The filings that a master record amounts to: field → value; what is not stated is absent."""
    if not isinstance(values, Fields):
        return _filed(values)
    try:
        return values.filed
    except AttributeError:
        values.filed = _filed(values)
        return values.filed


def _filed(values: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in (*FROM_THE_FIRST_DAY, *WITH_THE_PLACE):
        value = _MADE[name](values) if name in _MADE else values.get(name)
        if value is None or value == "":
            continue
        found[name] = value.isoformat() if isinstance(value, date) else str(value)
    return found


def _uses_maiden(values: Mapping[str, Any]) -> str | None:
    return "1" if values.get("uses_maiden_name") and values.get("maiden_name") else None


def _contacts(values: Mapping[str, Any]) -> str | None:
    """Own telephones in order of use: the one carried along first."""
    kinds = (("mobile", "携帯"), ("home_phone", "自宅"))
    found = [{"kind": label, "value": values[k]} for k, label in kinds if values.get(k)]
    return _written(found) if found else None


def _emergency(values: Mapping[str, Any]) -> str | None:
    keys = ("name", "relation", "phone")
    found = {k: values[f"emergency_{k}"] for k in keys if values.get(f"emergency_{k}")}
    return _written([found]) if found else None


def _minutes(values: Mapping[str, Any]) -> str | None:
    """Weekly hours as the book has them, of the leading appointment."""
    hours = values.get("weekly_hours")
    return str(round(hours * 60)) if hours else None


_MADE = {
    "uses_maiden_name": _uses_maiden,
    "contacts": _contacts,
    "emergency": _emergency,
    HOURS: _minutes,
}
