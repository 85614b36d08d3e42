"""Duties that stood on the accounts of people become grants on the post held today.

Whoever holds no post today gets none: they could do nothing with it before either.
"""

from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations

NAME = "meibo migrate"


def turn(apps: Any, editor: Any) -> None:
    Account = apps.get_model("accounts", "Account")
    Seat = apps.get_model("ledger", "Seat")
    Grant = apps.get_model("grants", "Grant")
    Step = apps.get_model("grants", "Step")
    now = datetime.now(timezone.utc)
    today = now.astimezone(ZoneInfo("Asia/Tokyo")).date()
    done = set()
    for account in Account.objects.exclude(person=None).order_by("id"):
        if not account.duties:
            continue
        seats = Seat.objects.filter(person=account.person, starts__lte=today, ends__gt=today)
        seat = seats.filter(kind="main").first() or seats.first()
        for duty in account.duties if seat and account.is_active else ():
            if (account.person, duty) in done:
                continue
            done.add((account.person, duty))
            grant = Grant.objects.create(
                person=account.person,
                duty=duty,
                unit=seat.unit,
                starts=today,
                ends=date.max,
                purpose="アカウントに付いていた職務",
                proposed_by=NAME,
                proposed_at=now,
            )
            Step.objects.create(
                grant=grant, stage="decided", deed="approve", taken_by=NAME, taken_at=now
            )
        account.duties = []
        account.save(update_fields=["duties"])


class Migration(migrations.Migration):

    dependencies = [
        ("grants", "0001_initial"),
        ("accounts", "0001_initial"),
        ("ledger", "0002_search"),
    ]

    operations = [migrations.RunPython(turn, migrations.RunPython.noop)]
