"""The call tree on paper."""

import pytest
from django.test import Client

from meibo.apps.papers.models import Kept
from meibo.apps.safety.queries.offline.paper import give_sheet, may_have_sheet
from meibo.apps.safety.queries.offline.roster import viewer_in_event
from meibo.config.clock import now
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from meibo.platform.jobs.actions import work_all
from meibo.platform.jobs.kinds import JobError
from meibo.platform.jobs.models import Job
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY, Ward


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def head(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("税務課", "030", purpose="")


def test_the_paper_follows_the_call_tree(ward: Ward, head: Client) -> None:
    answer = head.post("/safety/offline/paper")
    assert answer.content.startswith(b"%PDF")
    assert AuditRecord.objects.filter(act="form", detail__contains="offline-paper").exists()


def test_the_paper_of_the_whole_house_is_set_beside_the_pages(ward: Ward, crisis: Client) -> None:
    asked = crisis.post("/safety/offline/paper")
    assert asked["Location"].startswith("/jobs/")
    assert work_all(now) == 1
    page = crisis.get(asked["Location"], follow=True).content.decode()
    assert "紙の連絡網" in page
    assert "失敗" not in page
    record = AuditRecord.objects.filter(act="form", detail__contains="offline-paper").latest("no")
    assert record.subjects.count() > 60
    assert Job.objects.get().state == Job.DONE


def test_what_was_set_beside_the_pages_can_be_fetched_by_who_may_take_it_along(
    ward: Ward, signed_in: SignIn
) -> None:
    crisis = signed_in("防災計画係", "060", ("crisis",))
    asked = crisis.post("/safety/offline/paper")
    work_all(now)
    kept = Kept.objects.get()
    assert f"/papers/kept/{kept.pk}" in crisis.get(asked["Location"], follow=True).content.decode()
    assert crisis.get(f"/papers/kept/{kept.pk}").status_code == 200
    answer = crisis.get(f"/papers/kept/{kept.pk}?file=1")
    assert b"".join(answer).startswith(b"%PDF")  # type: ignore[arg-type]  # a response is its parts
    head = viewer_in_event(ward.first("税務課", "030"), TODAY)  # who holds the duty no more
    assert not may_have_sheet(kept.subject, viewer=head, account=kept.owner)


def test_a_head_who_leads_others_by_now_gets_no_sheet_of_those_before(ward: Ward) -> None:
    old, new = (viewer_in_event(ward.first(unit, "030"), TODAY) for unit in ("税務課", "防災課"))
    actor = Actor("t.head", str(old.person))
    made = give_sheet({}, actor=actor, now=NOW, progress=lambda *_: None)
    assert may_have_sheet(made.subject, viewer=old, account=actor.name)
    assert not may_have_sheet(made.subject, viewer=new, account=actor.name)


def test_a_job_for_who_may_take_nothing_along_gives_nothing(ward: Ward) -> None:
    who = Actor("t.x", ward.first("税務係", "060"))
    with pytest.raises(JobError):
        give_sheet({}, actor=who, now=NOW, progress=lambda *_: None)


def test_in_each_unit_the_head_comes_first_and_then_who_stands_in(ward: Ward) -> None:
    actor = Actor("t.head", ward.first("税務課", "030"))
    sheet = give_sheet({}, actor=actor, now=NOW, progress=lambda *_: None).sheet
    sections = sheet.data["sections"]
    (own,) = [each for each in sections if each["heading"].endswith("税務課")]
    assert [row[1] for row in own["rows"]][:2] == ["長", "代"]
    assert own["rows"][0][2] == "課長"
    first, second = own["note"].split(" → ")
    assert own["rows"][0][3] == first
    assert own["rows"][1][3] == second
