"""見本のファイルで試す: a delivery of the demo ward, with changes, orders and mistakes in it."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from meibo.apps.personnel.models import Intake, OpenFinding
from meibo.ledger import check, house
from meibo.platform import demo
from meibo.platform.accounts.models import Account
from meibo.platform.jobs.actions import work_all
from meibo.platform.jobs.models import Job
from tests.apps.directory.conftest import SignIn

NOW = datetime(2026, 11, 26, 10, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.django_db
def test_the_sample_of_the_demo_ward_loads_with_just_its_own_mistakes(
    settings: Any, tmp_path: Path, client: Client
) -> None:
    settings.MEIBO_DATA = tmp_path
    settings.MEIBO_SECOND_FACTOR = "duties"
    settings.MEIBO_SECOND_FACTOR_DUTIES = frozenset()
    demo.generate(now=NOW, people=1200)
    before = {row.code: (row.name, row.rank, dict(row.extra)) for row in _posts()}
    client.force_login(Account.objects.get(username="jinji"))
    client.post(reverse("purpose:choose"), {"purpose": _purpose(client), "next": "/"})
    assert client.post("/personnel/intake/sample").status_code == 302
    work_all(lambda: NOW)
    found = Intake.objects.get()
    assert (found.definition, found.source) == ("keyakino", "sample")
    client.post(f"/personnel/intake/{found.pk}/check", {"version": found.version})
    work_all(lambda: NOW)
    assert Job.objects.latest("pk").state == Job.DONE, Job.objects.latest("pk").words
    found.refresh_from_db()
    codes = Counter(OpenFinding.objects.values_list("code", flat=True))
    assert codes["my-number"] == 1
    assert codes["check-digit"] == 1
    assert codes["missing_from_master"] == 2  # one is gone, one has a number that is wrong
    assert codes["staff-unknown"] == 1
    assert codes["unit-unknown"] == 2
    assert sum(codes.values()) < 30, codes
    kinds = {kind: each["changes"] for kind, each in found.report["kinds"].items()}
    assert kinds["contact"] == 10
    assert {"entered", "moved", "further", "left"} <= set(kinds)
    assert not {"completed", "units", "house", "voided"} & set(kinds)
    client.post(f"/personnel/intake/{found.pk}/load", {"version": found.version, "sure": "1"})
    work_all(lambda: NOW)
    found.refresh_from_db()
    assert found.state == Intake.LOADED
    assert {row.code: (row.name, row.rank, dict(row.extra)) for row in _posts()} == before
    assert check.verify().differences == []


def _posts() -> Any:
    return house.codes().table("post").values()


def _purpose(client: Client) -> str:
    page = client.get(reverse("purpose:choose")).content.decode()
    return page.split('name="purpose" value="')[1].split('"')[0]


def test_a_real_house_is_given_no_invented_files(signed_in: SignIn) -> None:
    clerk = signed_in("人事係", "060", ("hr",))
    assert clerk.post("/personnel/intake/sample").status_code == 404
    assert "見本のファイルで試す" not in clerk.get("/personnel/intake").content.decode()
