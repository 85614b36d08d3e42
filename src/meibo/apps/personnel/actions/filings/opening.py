"""A filing on its way with its seal opened, and who may see to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from meibo.apps.personnel.actions.filings.kinds import Kind
from meibo.apps.personnel.actions.filings.licences import scan_of
from meibo.apps.personnel.models import OpenFiling
from meibo.domain.disclosure import Viewer
from meibo.ledger import filed, joins
from meibo.ledger.vault import Vault

REASON = "waiting:reason"


def sealed_as(kind: str) -> str:
    """Under which name the answers of a kind are sealed while they wait."""
    return f"waiting:{kind}"


def values_of(filing: OpenFiling) -> dict[str, str]:
    """The answers, opened; none of somebody who was shredded."""
    text = Vault().open(filing.person, sealed_as(filing.kind), filing.values)
    return {str(k): str(v) for k, v in json.loads(text).items()} if text else {}


def reason_of(filing: OpenFiling) -> str:
    """Why it was returned or taken back."""
    return (Vault().open(filing.person, REASON, filing.reason) or "") if filing.reason else ""


def record_of(person: str, kind: Kind, on: date) -> dict[str, str]:
    """What is on record of a kind on a day: field → value."""
    return {name: one.value for name, one in filed.on_record(person, kind.fields, on).items()}


def changes_nothing(person: str, kind: Kind, values: Mapping[str, str], on: date) -> bool:
    """Whether the record of that day says already what these answers would make of it."""
    record = record_of(person, kind, on)
    after: dict[str, str | None] = {**record, **kind.made(values, record)}
    # The same words of another scan are a change all the same.
    alike = not scan_of(values) or after == record
    return alike and kind.told(after) == kind.told(record)


def may_handle(viewer: Viewer, filing: OpenFiling) -> bool:
    """Whether a viewer may see to a filing: it is not their own, and they are personnel, or the
    庶務担当 of its person and in its turn or past it."""
    lead = joins.lead(filing.person)
    if filing.state == OpenFiling.DRAFT or lead == viewer.person:
        return False
    if viewer.holds("hr"):
        return True
    return "clerk" in filing.route.split() and lead in viewer.over.get("clerk", ())


def may_decide(viewer: Viewer, filing: OpenFiling) -> bool:
    """Whether it is a viewer's turn: personnel's always, the 庶務担当's while it is at theirs."""
    if filing.state != OpenFiling.SENT or not may_handle(viewer, filing):
        return False
    return viewer.holds("hr") or filing.step == "clerk"


def own_turn(viewer: Viewer, filing: OpenFiling) -> bool:
    """Whether a filing waits for just this viewer, not for another step before or after theirs."""
    if not may_decide(viewer, filing):
        return False
    if filing.step == "clerk":
        return joins.lead(filing.person) in viewer.over.get("clerk", ())
    return viewer.holds("hr")


def changed(filing: OpenFiling, now: datetime) -> OpenFiling:
    """Keep a change: whoever has looked at it before has looked at an older version."""
    filing.version += 1
    filing.changed_at = now
    filing.save()
    return filing
