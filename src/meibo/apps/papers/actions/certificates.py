"""在職証明書: issuing one gives it a number and a line in the register."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from meibo.apps.papers.models import Certificate
from meibo.domain import calendar
from meibo.ledger import writer
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


@transaction.atomic
def issue(
    person: str, purpose: str, recipient: str, *, on: date, actor: Actor, now: datetime
) -> Certificate:
    """Give the next number of the fiscal year. It is noted first; of two clerks at once the second
    waits, and gets the next one."""
    writer.lock()
    note(Entry(Act.FORM, {"form": "papers:certificate"}, [person], purpose), actor=actor, now=now)
    year = calendar.fiscal_year(on)
    last = Certificate.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    return Certificate.objects.create(
        year=year,
        number=last + 1,
        person=person,
        purpose=purpose,
        recipient=recipient,
        on=on,
        issued_by=actor.name,
        issued_at=now,
    )


def forget(person: str, _staff_no: str | None) -> None:
    """Of somebody whose record is no longer kept the number stays, and nothing that tells who."""
    Certificate.objects.filter(person=person).update(person="", purpose="", recipient="")
