"""What a plan would file, of people who enter and of units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from meibo.ledger import writer
from meibo.ledger.drawer.locking import locked, touched
from meibo.ledger.models import Plan, PlanFiling
from meibo.ledger.vault import Vault


def file(
    number: int,
    subject: str,
    values: Mapping[str, str | None],
    effective: date,
    *,
    account: str,
    now: datetime,
    until: date | None = None,
) -> None:
    """What the plan would file of a newcomer or a unit; replaces what it filed of the same fields.
    A subject that is no `unit:CODE` must be an id that `welcome` gave or one of the book."""
    with transaction.atomic():
        plan = locked(number, account)
        write_filings(plan, subject, values, effective, until)
        touched(plan, account, now)


def write_filings(
    plan: Plan,
    subject: str,
    values: Mapping[str, str | None],
    effective: date,
    until: date | None = None,
    source: str = "",
) -> None:
    """Write filings into a plan, in the place of those of the same fields."""
    PlanFiling.objects.filter(plan=plan, subject=subject, field__in=values).delete()
    personal = not subject.startswith(writer.UNIT)
    vault = Vault()
    if personal:
        vault.prepare([subject])
    PlanFiling.objects.bulk_create(
        [
            PlanFiling(
                plan=plan,
                subject=subject,
                field=field,
                value=vault.seal(subject, field, value) if personal and value else value,
                sealed=personal,
                effective=effective,
                until=until or date.max,
                source=source,
            )
            for field, value in values.items()
        ]
    )


def unfile(
    number: int, subject: str, field: str | None = None, *, account: str, now: datetime
) -> None:
    """Take back what the plan would file of a subject: of one field, or everything."""
    with transaction.atomic():
        plan = locked(number, account)
        rows = PlanFiling.objects.filter(plan=plan, subject=subject)
        (rows if field is None else rows.filter(field=field)).delete()
        touched(plan, account, now)
