"""Forms of many people are made beside the pages, and fetched by the one who asked."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from meibo.apps.papers.actions import keeping, making
from meibo.apps.papers.models import Kept
from meibo.platform import door
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.jobs import actions as jobs
from meibo.platform.jobs.models import Job
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TURN, Ward
from tests.house.canary import pdf


def clock() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are fetched at the moment at which they are made."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Clock":
            return cls.fromtimestamp(NOW.timestamp(), tz or UTC)

    monkeypatch.setattr("meibo.apps.papers.views.files.datetime", Clock)


def asked(signed_in: SignIn, **more: str) -> tuple[Any, Job]:
    client = signed_in(duties=("hr",))
    answer = client.post("/papers/forms/jirei/ask", {"from": TURN.isoformat(), **more})
    assert answer.status_code == 302
    job = Job.objects.latest("pk")
    assert answer["Location"] == f"/jobs/{job.pk}"
    return client, job


def test_letters_of_a_whole_day_are_made_in_a_job_and_fetched(
    ward: Ward, signed_in: SignIn
) -> None:
    client, job = asked(signed_in)
    assert jobs.work_all(clock) == 1
    job.refresh_from_db()
    assert job.state == Job.DONE, job.words
    page = client.get(job.address)
    assert "保存する" in page.content.decode()
    file = client.get(f"{job.address}?file=1")
    assert file["Content-Disposition"].startswith("attachment")
    moved = [line for line in ward.batch.lines if line.effective == TURN and line.person]
    assert "令和9年4月1日" in pdf.text(file.content).replace("\n", "")
    assert Kept.objects.get().count == len({line.person for line in moved})


def test_what_was_read_for_it_is_noted_with_what_for(ward: Ward, signed_in: SignIn) -> None:
    asked(signed_in)
    jobs.work_all(clock)
    made = AuditRecord.objects.filter(act=Act.FORM).latest("no")
    assert made.purpose
    read = AuditRecord.objects.filter(act=Act.READ, detail__contains="papers:jirei").latest("no")
    assert "orders" in read.detail
    assert read.purpose == made.purpose


def test_nobody_else_fetches_it(ward: Ward, signed_in: SignIn) -> None:
    _, job = asked(signed_in)
    jobs.work_all(clock)
    job.refresh_from_db()
    other = signed_in("防災計画係", duties=("hr",))
    assert other.get(job.address).status_code == 404
    assert other.get(f"{job.address}?file=1").status_code == 404


def test_on_the_disk_it_is_sealed_and_its_owners_alone(ward: Ward, signed_in: SignIn) -> None:
    asked(signed_in)
    jobs.work_all(clock)
    path = Path(settings.MEIBO_DATA) / "papers" / Kept.objects.get().file
    assert b"%PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_after_a_day_it_is_gone(ward: Ward, signed_in: SignIn) -> None:
    client, job = asked(signed_in)
    jobs.work_all(clock)
    job.refresh_from_db()
    path = Path(settings.MEIBO_DATA) / "papers" / Kept.objects.get().file
    keeping.sweep(NOW + timedelta(hours=keeping.HOURS))
    assert not path.exists()
    assert client.get(job.address).status_code == 404


def test_who_lost_the_duty_meanwhile_gets_nothing(
    ward: Ward, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, job = asked(signed_in)
    monkeypatch.setattr(door, "duties_of", lambda account: frozenset())
    jobs.work_all(clock)
    job.refresh_from_db()
    assert job.state == Job.FAILED
    assert not Kept.objects.exists()


def test_a_day_without_orders_is_told(ward: Ward, signed_in: SignIn) -> None:
    _, job = asked(signed_in, **{"from": "2020-01-01"})
    jobs.work_all(clock)
    job.refresh_from_db()
    assert "当てはまる発令はありません" in job.words


def test_a_page_does_not_wait_for_very_many(
    ward: Ward, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meibo.apps.papers.views.files.AT_ONCE", 3)
    answer = signed_in(duties=("hr",)).get("/papers/forms/workers/pdf")
    assert answer.status_code == 422
    assert "まとめて作る" in answer.content.decode()
    assert making.AT_ONCE == 400


def test_a_page_does_not_wait_for_the_orders_of_many_years(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in(duties=("hr",))
    answer = client.get("/papers/forms/orders/pdf?from=2020-01-01&to=2027-04-01")
    assert answer.status_code == 422
    assert "まとめて作る" in answer.content.decode()
    who = f"&people={int(ward.first('税務係', '050')[1:]):07}"
    long = f"/papers/forms/orders/pdf?from=2020-01-01&to=2027-04-01{who}"
    assert client.get(long).status_code == 200


@pytest.mark.parametrize("query", ["", "?unit={unit}"])
def test_that_there_are_too_many_records_is_said_before_any_is_read(
    ward: Ward, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    def reads(asked: object) -> None:
        raise AssertionError("read a record")

    client = signed_in(duties=("hr",))
    path = "/papers/forms/record/pdf" + query.format(unit=ward.codes["総務部"])
    assert client.get(path).status_code == 200
    monkeypatch.setattr("meibo.apps.papers.views.files.AT_ONCE", 3)
    monkeypatch.setattr("meibo.apps.papers.queries.records._people", reads)
    before = AuditRecord.objects.filter(act="form").count()
    answer = client.get(path)
    assert answer.status_code == 422
    assert "まとめて作る" in answer.content.decode()
    assert AuditRecord.objects.filter(act="form").count() == before
    number = f"{int(ward.first('税務係', '050')[1:]):07}"
    with pytest.raises(AssertionError, match="read a record"):  # of one it is made at once
        client.get(f"/papers/forms/record/pdf?people={number}")


def test_who_has_lost_the_duty_cannot_fetch_what_was_made_before(
    ward: Ward, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, job = asked(signed_in)
    jobs.work_all(clock)
    job.refresh_from_db()
    assert client.get(f"{job.address}?file=1").status_code == 200
    monkeypatch.setattr(door, "duties_of", lambda account: frozenset())
    assert client.get(job.address).status_code == 404
    assert client.get(f"{job.address}?file=1").status_code == 404
    Kept.objects.update(form="roster")  # which is for all staff
    assert client.get(f"{job.address}?file=1").status_code == 200
