"""The board, the desk, the forecast and the instructions, at the browsers of those who use them."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions.alarming import alarm
from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.escalating import escalate
from meibo.apps.safety.models import Bulletin, Called, Check, Prospect, Receipt
from meibo.apps.safety.queries.links import token_of
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.config.clock import now
from meibo.domain.safety.levels import Happened
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, TODAY, Ward

DRILL = {"kind": "drill", "title": "訓練", "message": "これは訓練です。"}
EVENT = {"kind": "drill", "title": "参集訓練", "purpose": "訓練の連絡のため", "hours": "24"}
PHONE = "090-0000-7788"
ACTOR = Actor("test")
WORKING = NOW + timedelta(days=1)  # ten o'clock of a Tuesday; the day before is a holiday


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def begun(client: Client, **values: object) -> Check:
    client.post("/safety/checks/new/drill", {**DRILL, **values, "sure": "1"})
    return Check.objects.latest("pk")


def filed(person: str, **values: str) -> None:
    filings = [NewFiling(person, name, value, FIRST, NOW) for name, value in values.items()]
    append(Batch(filings=filings), actor="test", now=NOW)


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def test_three_taps_ask_and_the_last_look_says_how_many(crisis: Client, ward: Ward) -> None:
    assert "/safety/checks/new/drill" in text(crisis, "/safety/checks")
    page = text(crisis, "/safety/checks/new/drill")
    assert "区民部" in page
    assert "税務係" not in page  # whole departments, not a list of all units
    unit = ward.codes["区民部"]
    look = crisis.post("/safety/checks/new/drill", {**DRILL, "units": unit}).content.decode()
    asked = targeted(Target(units=(unit,)), TODAY)
    assert f"{len(asked)}人に送る" in look
    assert not Check.objects.exists()
    assert begun(crisis, units=unit).called.count() == len(asked)


def test_whom_a_check_asks_can_be_narrowed_by_post_skill_home_and_group(ward: Ward) -> None:
    near, far = ward.first("税務係", "060"), ward.first("文書係", "060")
    filed(near, address="東京都けやき野区けやき台一丁目９０１番", skills="手話（日常会話）")
    filed(far, address="東京都北雲市本町１")
    everybody = targeted(Target(), TODAY)
    assert len(targeted(Target(posts=("010",)), TODAY)) < len(everybody)
    assert near in targeted(Target(skills=("手話",)), TODAY)
    assert far not in targeted(Target(skills=("手話",)), TODAY)
    assert list(targeted(Target(areas=("けやき台",)), TODAY)) == [near]
    assert list(targeted(Target(groups=("near",)), TODAY)) == [near]
    heads = targeted(Target(groups=("heads",)), TODAY)
    assert heads
    assert set(heads) == set(targeted(Target(posts=("010", "030")), TODAY))
    assert list(targeted(Target(people=(far,)), TODAY)) == [far]


def test_who_is_called_next_is_called_only_when_too_few_come(crisis: Client, ward: Ward) -> None:
    check = begun(crisis, groups="heads", need="2", minutes="30", then=["*"])
    first = check.called.count()
    assert escalate(now=now()) == 0  # not yet time
    heads = list(check.called.all()[:2])
    later = now() + timedelta(minutes=31)
    answer(heads[0], Given(now(), "safe", "now"))
    answer(heads[1], Given(now(), "safe", "later"))
    assert escalate(now=later) == 0  # two come
    answer(heads[1], Given(now(), "hurt", "no"))
    asked = escalate(now=later)
    assert asked == len(targeted(Target(), TODAY)) - first
    assert escalate(now=later + timedelta(hours=2)) == 0  # each once
    assert check.called.filter(group=1).count() == asked
    assert "に送りました" in text(crisis, f"/safety/checks/{check.pk}")


def test_a_closed_check_calls_nobody_any_more(crisis: Client) -> None:
    check = begun(crisis, groups="heads", need="2", minutes="30", then=["*"])
    crisis.post(f"/safety/checks/{check.pk}/close")
    assert escalate(now=now() + timedelta(hours=1)) == 0


def test_need_without_time_or_people_is_asked_for_again(crisis: Client) -> None:
    page = crisis.post("/safety/checks/new/drill", {**DRILL, "need": "5"})
    assert page.status_code == 422
    assert "3つとも" in page.content.decode()


def test_the_board_counts_a_unit_with_all_below_it(crisis: Client, ward: Ward) -> None:
    check = begun(crisis)
    inside = Called.objects.get(check_asked=check, person=ward.first("税務係", "060"))
    outside = Called.objects.get(check_asked=check, person=ward.first("総務係", "060"))
    answer(inside, Given(now(), "rescue", "no"))
    answer(outside, Given(now(), "safe", "now"))
    whole = text(crisis, f"/safety/checks/{check.pk}")
    assert "区民部" in whole
    assert 'hx-trigger="every 20s"' in whole
    part = text(crisis, f"/safety/checks/{check.pk}?unit={ward.codes['区民部']}")
    assert "税務課" in part
    assert f"1／{len(targeted(Target(units=(ward.codes['区民部'],)), TODAY))}人" in part
    people = text(crisis, f"/safety/checks/{check.pk}/people?sort=rescue")
    assert ward.names[inside.person] in people
    assert ward.names[outside.person] not in people
    assert crisis.get(f"/safety/checks/{check.pk}/people?sort=x").status_code == 404


def test_telephones_are_on_the_list_only_while_the_event_is_open_and_each_look_is_noted(
    crisis: Client, ward: Ward
) -> None:
    person = ward.first("税務係", "060")
    filed(person, contacts=json.dumps([{"kind": "携帯", "value": PHONE}], ensure_ascii=False))
    check = begun(crisis)
    path = f"/safety/checks/{check.pk}/people?sort=none&unit={ward.codes['税務係']}"
    assert PHONE not in text(crisis, path)
    crisis.post("/safety/events/open", EVENT)
    assert 'href="tel:09000007788"' in text(crisis, path)
    looks = AuditRecord.objects.filter(act="emergency", subjects__person=person)
    assert any('"look"' in look.detail for look in looks)
    crisis.post("/safety/events/close")
    assert PHONE not in text(crisis, path)


def test_prospects_keep_a_quarter_and_a_number_and_no_address(crisis: Client, ward: Ward) -> None:
    person = ward.first("税務係", "060")
    filed(person, address="東京都けやき野区けやき台一丁目９０１番８号")
    check = begun(crisis)
    prospect = Prospect.objects.get(called__check_asked=check, called__person=person)
    assert prospect.area == "けやき台"
    assert prospect.minutes is not None
    page = text(crisis, f"/safety/checks/{check.pk}")
    assert "けやき台" in page
    assert "９０１番" not in page


def test_arrivals_are_taken_by_code_or_by_name_and_replace_the_forecast(
    crisis: Client, ward: Ward
) -> None:
    check = begun(crisis)
    one, other = check.called.order_by("pk")[:2]
    path = f"/safety/checks/{check.pk}/desk"
    link = f"http://testserver/a/{token_of(one.pk, check.until)}"
    assert (
        "到着を受け付けました" in crisis.post(path, {"scanned": link}, follow=True).content.decode()
    )
    assert "もう受け付けて" in crisis.post(path, {"scanned": link}, follow=True).content.decode()
    assert "読めません" in crisis.post(path, {"scanned": "x"}, follow=True).content.decode()
    found = text(crisis, f"{path}?q={ward.names[other.person].replace('　', '')}")
    assert f'value="{other.pk}"' in found
    crisis.post(path, {"called": str(other.pk)})
    assert check.called.exclude(arrived_at=None).count() == 2
    crisis.post(path, {"called": str(other.pk), "undo": "1"})
    assert check.called.exclude(arrived_at=None).count() == 1
    assert "<h1>参集の見込み</h1>" in text(crisis, f"/safety/checks/{check.pk}/muster")


def test_a_code_of_another_check_is_not_taken(crisis: Client) -> None:
    before = begun(crisis)
    check = begun(crisis)
    other = before.called.first()
    assert other is not None
    crisis.post(f"/safety/checks/{check.pk}/desk", {"scanned": token_of(other.pk, before.until)})
    assert not Called.objects.exclude(arrived_at=None).exists()


def test_an_instruction_is_on_everybodys_page_until_they_say_they_read_it(
    crisis: Client, ward: Ward, signed_in: SignIn
) -> None:
    check = begun(crisis)
    crisis.post(
        f"/safety/checks/{check.pk}/bulletins", {"text": "本庁舎の北口から入ること", "sure": "1"}
    )
    told = Bulletin.objects.get()
    staff = signed_in("文書係", "060")
    assert "指示が1件" in text(staff, "/")
    assert "北口" in text(staff, "/safety/mine")
    staff.post(f"/safety/bulletins/{told.pk}/read")
    staff.post(f"/safety/bulletins/{told.pk}/read")
    assert Receipt.objects.count() == 1
    assert "指示が" not in text(staff, "/")
    page = text(crisis, f"/safety/checks/{check.pk}/bulletins")
    assert f"1／{check.called.count()}人" in page
    unread = text(crisis, f"/safety/checks/{check.pk}/bulletins/{told.pk}")
    assert f"{check.called.count() - 1}人" in unread


def test_who_was_not_asked_reads_no_instruction(
    crisis: Client, ward: Ward, signed_in: SignIn
) -> None:
    check = begun(crisis, units=ward.codes["福祉部"])
    crisis.post(f"/safety/checks/{check.pk}/bulletins", {"text": "指示", "sure": "1"})
    staff = signed_in("文書係", "060")
    path = f"/safety/bulletins/{Bulletin.objects.get().pk}/read"
    assert staff.post(path).status_code == 404
    assert not Receipt.objects.exists()


def test_heads_see_their_own_people_alone(crisis: Client, ward: Ward, signed_in: SignIn) -> None:
    check = begun(crisis)
    inside, outside = ward.first("税務係", "060"), ward.first("総務係", "060")
    answer(Called.objects.get(check_asked=check, person=inside), Given(now(), "hurt"))
    head = signed_in("税務課", "030")
    assert "安否を答えていない人が" in text(head, "/")
    page = text(head, "/safety/mine/people")
    assert ward.names[inside] in page
    assert "軽傷" in page
    assert ward.names[outside] not in page
    assert "さんの代わりに答える" in page
    assert signed_in("文書係", "060").get("/safety/mine/people").status_code == 403
    assert head.get(f"/safety/checks/{check.pk}").status_code == 403


def test_any_hour_of_the_week_can_be_tried_beforehand(crisis: Client, ward: Ward) -> None:
    filed(ward.first("税務係", "060"), address="東京都けやき野区けやき台一丁目９０１番")
    night = text(crisis, "/safety/muster?weekday=6&hour=3")
    assert "日曜日の3時" in night
    assert "足りない仕事" in night
    assert "勤務時間の中" in text(crisis, "/safety/muster?weekday=1&hour=10")
    assert crisis.get("/safety/muster?weekday=9&hour=3").status_code == 422


def test_a_level_starts_the_check_of_its_template_and_says_who_comes_uncalled(ward: Ward) -> None:
    night = NOW.replace(hour=18)  # 3 in the morning in Tokyo
    assert alarm(Happened(intensity="4"), "震度4", actor=ACTOR, now=night) is None
    check = alarm(Happened(intensity="5強"), "震度5強の地震", actor=ACTOR, now=night)
    assert check is not None
    assert check.called.count() == len(targeted(Target(), TODAY))
    assert "自動参集：管理職" in check.message
    assert check.kind == "disaster"
    noon = alarm(Happened(intensity="5弱"), "震度5弱の地震", actor=ACTOR, now=WORKING)
    assert noon is not None
    assert "自動参集" not in noon.message


def test_the_table_of_levels_is_shown(crisis: Client) -> None:
    page = text(crisis, "/safety/levels")
    assert "震度5強以上" in page
    assert "管理職" in page


def test_others_have_no_business_at_the_board(
    crisis: Client, ward: Ward, signed_in: SignIn
) -> None:
    check = begun(crisis)
    other = signed_in("税務係", "050")
    for path in ("", "/people", "/desk", "/bulletins", "/muster"):
        assert other.get(f"/safety/checks/{check.pk}{path}").status_code == 403
    assert other.get("/safety/muster").status_code == 403
    assert other.get("/safety/levels").status_code == 403
