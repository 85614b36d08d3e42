"""Rows of attached files: checked now, kept sealed with their person for who will own them."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import Any

from meibo.apps.personnel.actions.intake.desk import TOKYO, Desk

ROLES = ("training", "licences", "evaluation", "declarations", "muster")


def keep_rows(desk: Desk) -> None:
    """One filing a person and file, holding the accepted rows; the same rows are not kept twice."""
    today = desk.now.astimezone(TOKYO).date()
    for role in ROLES:
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for record in desk.package.records.get(role, []):
            person = desk.person(record.values["staff_no"])
            if person is not None:
                rows[person].append(_plain(record.values))
        for person, own in rows.items():
            value = json.dumps(own, ensure_ascii=False, sort_keys=True)
            periods = desk.filed(person, f"kept:{role}")
            if not periods or periods[-1].value != value:
                desk.file(person, f"kept:{role}", value, today, desk.now)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    own = {k: v for k, v in values.items() if k != "staff_no" and v is not None}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in own.items()}
