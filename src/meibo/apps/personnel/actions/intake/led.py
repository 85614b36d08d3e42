"""Fields that payroll does not lead: what people here filed is not overwritten by a master.

What the roster knows only from payroll it has on loan: a new master may change it. From the day on
which somebody here keeps the value (a section clerk an extension, a person an address), payroll's
other value is a proposal to payroll, and a finding.
"""

from __future__ import annotations

from datetime import date

from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.apps.personnel.actions.intake.filings import RECORD_FIELDS
from meibo.domain.calendar import day_in_japan
from meibo.domain.findings import Severity
from meibo.platform.feeds import Record
from meibo.platform.ownership import LABELS, Leader, ownership
from meibo.platform.proposals.actions import New
from meibo.platform.proposals.models import Proposal

KEPT = "kept_by_roster"
"""The finding's code; docs/manual/給与との連携.md explains it."""


def kept_here(desk: Desk, record: Record, person: str, name: str, value: str) -> bool:
    """Whether the roster keeps a value of its own against this one; then it is told, once."""
    base = record.base or day_in_japan(desk.now)
    if not _by_hand(desk, person, name, base):
        return False
    owned = ownership(base).get(name)
    if owned is None or owned.leads is Leader.PAYROLL:
        return False
    current = desk.value(person, name, base) or ""
    if current == value:
        return False
    desk.proposals.append(
        New(
            person=person,
            field=name,
            current=value,
            proposed=current,
            toward=Proposal.PAYROLL,
            origin="intake",
            effective=base,
            feed=desk.definition.name,
        )
    )
    column = RECORD_FIELDS.get(name, (name,))[0]
    desk.find(
        record,
        column,
        Severity.CONFIRM,
        KEPT,
        f"{owned.label}は{LABELS[owned.leads]}が元の項目で、名簿には別の値があります。"
        "取り込まずに、給与側への直しの提案にしました。",
        "給与側を名簿の値に直してください。次の送出にも入ります。",
    )
    return True


def _by_hand(desk: Desk, person: str, name: str, base: date) -> bool:
    """Whether what holds on a day was filed by somebody here."""
    by_hand = desk.shelf.by_hand
    if not any(f.no in by_hand for f in desk.shelf.filings.get(person, ())):
        return False
    own = [
        f
        for f in desk.shelf.filings.get(person, [])
        if f.field == name and f.voids is None and f.effective <= base < f.until
    ]
    voided = {f.voids for f in desk.shelf.filings.get(person, []) if f.voids is not None}
    standing = [f for f in own if f.no not in voided]
    last = max(standing, key=lambda f: (f.effective, f.no), default=None)
    return last is not None and last.no in by_hand
