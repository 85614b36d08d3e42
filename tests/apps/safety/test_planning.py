"""A drill is planned for whomever a real check could be for."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import drilling
from meibo.apps.safety.actions.starting import Wanted, close, start
from meibo.apps.safety.models import PlannedDrill
from meibo.apps.safety.queries import learning
from meibo.config.clock import TOKYO, now
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward

SKILL = "点字（初級）"


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def soon() -> dict[str, str]:
    at = now().astimezone(TOKYO) + timedelta(days=400)
    given = {"title": "朝の訓練", "message": "訓練", "day": f"{at:%Y-%m-%d}", "time": "09:00"}
    return {**given, "sure": "1"}


def unsure() -> dict[str, str]:
    """The same before the last look."""
    return {name: value for name, value in soon().items() if name != "sure"}


def started(drill: PlannedDrill) -> set[str]:
    """Who is asked when its moment has come (which is moved to where the ward stands)."""
    PlannedDrill.objects.filter(pk=drill.pk).update(at=NOW)
    (check,) = drilling.start_due(now=NOW)
    return set(check.called.values_list("person", flat=True))


def test_a_drill_is_for_those_with_a_post_or_a_skill(crisis: Client, ward: Ward) -> None:
    look = crisis.post("/safety/drills", {**unsure(), "posts": ["030"]}).content.decode()
    assert not PlannedDrill.objects.exists()
    heads = {p for (unit, post), people in ward.seats.items() if post == "030" for p in people}
    assert f"{len(heads) + 1}人の訓練を予定します" in look  # one more acts as a head besides
    assert "<dd>課長</dd>" in look
    assert "届かない職員" in look
    answer = crisis.post("/safety/drills", {**soon(), "posts": ["030"]}, follow=True)
    assert "課長<br>" in answer.content.decode()
    asked = started(PlannedDrill.objects.get())
    assert (heads - asked, len(asked)) == (set(), len(heads) + 1)
    person = ward.first("税務係", "060")
    filing = NewFiling(person, "skills", SKILL, FIRST, NOW)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    crisis.post("/safety/drills", {**soon(), "skills": "点字"})
    assert started(PlannedDrill.objects.latest("pk")) == {person}


def test_a_drill_is_for_a_group_of_the_town(crisis: Client) -> None:
    page = crisis.post(
        "/safety/drills", {**soon(), "groups": ["heads"]}, follow=True
    ).content.decode()
    drill = PlannedDrill.objects.get()
    assert drill.target == {"groups": ["heads"]}
    assert "管理職" in page


def test_who_is_not_meant_is_not_told_beforehand(
    crisis: Client, ward: Ward, signed_in: SignIn
) -> None:
    crisis.post("/safety/drills", {**soon(), "posts": ["050"], "announced": "on"})
    PlannedDrill.objects.update(at=now() + timedelta(days=3))
    meant, other = signed_in("税務係", "050", purpose=""), signed_in("税務係", "060", purpose="")
    assert "朝の訓練" in meant.get("/").content.decode()
    assert "朝の訓練" not in other.get("/").content.decode()


def test_a_drill_that_would_ask_nobody_is_planned_with_a_warning(crisis: Client) -> None:
    values = {**soon(), "skills": "宇宙飛行"}
    values.pop("sure")
    page = crisis.post("/safety/drills", values).content.decode()
    assert "この対象に職員がいません" in page
    crisis.post("/safety/drills", {**values, "sure": "1"})
    assert PlannedDrill.objects.exists()


def test_units_are_boxes_below_their_tops_and_names_stand_closed(
    crisis: Client, ward: Ward
) -> None:
    page = crisis.get("/safety/drills").content.decode()
    assert '<select name="units"' not in page
    assert page.count('name="units"') > 20
    assert re.search(r'value="[^"]+"[^>]*> <span>区民部</span>', page)
    assert "<span>税務課 税務係</span>" in page
    chosen = [ward.codes["税務係"], ward.codes["戸籍係"]]
    crisis.post("/safety/drills", {**soon(), "units": chosen, "sure": "1"})
    assert PlannedDrill.objects.get().target["units"] == chosen


@pytest.mark.parametrize(("field", "days"), [("day", 800), ("until", 4000)])
def test_a_day_far_off_is_refused_as_a_slip(crisis: Client, field: str, days: int) -> None:
    far = now().astimezone(TOKYO).date() + timedelta(days=days)
    values = {**soon(), "repeat": "year", "by": "day", field: f"{far:%Y-%m-%d}"}
    page = crisis.post("/safety/drills", values)
    assert page.status_code == 422
    assert "年より先の日です" in page.content.decode()
    assert not PlannedDrill.objects.exists()


def test_who_never_answers_is_counted_and_named_only_when_opened(crisis: Client) -> None:
    for _ in range(learning.SILENT_IN):
        check = start(Wanted(Kind.DRILL, "訓練", "訓練です。"), actor=Actor("t"), now=now())
        close(check, actor=Actor("t"), now=now())
    page = crisis.get("/safety/drills").content.decode()
    head = page.index("続けて答えていない職員</h2>")
    assert (
        page.index("<details", head)
        < page.index("人の名前を見る", head)
        < page.index("<table", head)
    )
