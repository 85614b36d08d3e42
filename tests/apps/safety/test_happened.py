"""The record of what happened: each deed once, by number, and nothing of another check."""

import json
from datetime import timedelta

from django.test import Client

from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.mustering import arrive, release, staff
from meibo.apps.safety.models import Bulletin, Check, Message, Staffing
from meibo.apps.safety.queries.happened import TOKYO, happened
from meibo.config.clock import now
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_board import ACTOR, EVENT, PHONE, begun, crisis, filed, text

__all__ = ["crisis"]
FIRST, SECOND = "職員の安否の確認", "避難所の開設"


def lines(check: Check) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in happened(check, now() + timedelta(minutes=1))]


def test_who_was_put_to_what_is_told_by_number_and_stays_told_when_they_are_let_go(
    crisis: Client, ward: Ward
) -> None:
    check = begun(crisis)
    people = list(check.called.order_by("pk")[:3])
    for each in people:
        arrive(each, actor=ACTOR, now=now())
    wanted = dict(zip((each.pk for each in people), (FIRST, SECOND, SECOND), strict=True))
    assert staff(check, wanted, actor=ACTOR, now=now()) == 3
    seen = Staffing.objects.get(task=FIRST)
    assert release(check, people[0].pk, seen.pk, actor=ACTOR, now=now())
    told = lines(check)
    assert ("操作", f"仕事に付けた：{FIRST} 1人、{SECOND} 2人") in told
    assert ("操作", f"仕事から外した：{FIRST} 1人") in told
    page = text(crisis, f"/safety/checks/{check.pk}/log")
    assert all(ward.names[each.person] not in page for each in people)


def test_the_opening_of_contacts_and_each_look_at_them_are_told_by_number(
    crisis: Client, ward: Ward
) -> None:
    person = ward.first("税務係", "060")
    filed(person, contacts=json.dumps([{"kind": "携帯", "value": PHONE}], ensure_ascii=False))
    check = begun(crisis)  # contacts are opened only when it is running already
    crisis.post("/safety/events/open", EVENT)
    path = f"/safety/checks/{check.pk}/people?sort=none&unit={ward.codes['税務係']}"
    for _ in range(2):
        assert PHONE in text(crisis, path)
    answer(check.called.get(person=person), Given(now(), "hurt", more={"place": "自宅"}))
    text(crisis, f"/safety/checks/{check.pk}/people?sort=hurt")
    crisis.post("/safety/events/close")
    told = lines(check)
    assert ("連絡先", "「参集訓練」を開いた（訓練の連絡のため）") in told
    assert ("連絡先", "「参集訓練」を閉じた") in told
    looks = [text for kind, text in told if kind == "閲覧"]
    assert "連絡先を見た：1人分" in looks
    assert "答えの中身を見た：1人分" in looks
    assert len(looks) <= 4  # minute by minute, and not one by one


def test_each_start_is_told_once_and_another_check_not_at_all(crisis: Client, ward: Ward) -> None:
    first = begun(crisis, title="前の訓練")
    second = begun(crisis, title="次の訓練")
    arrived = second.called.order_by("pk")[0]
    arrive(arrived, actor=ACTOR, now=now())
    staff(second, {arrived.pk: FIRST}, actor=ACTOR, now=now())
    crisis.post("/safety/events/open", {**EVENT, "title": "次のため", "check": str(second.pk)})
    crisis.post(f"/safety/checks/{second.pk}/close")
    second.refresh_from_db()
    assert lines(first) == [("開始", f"{first.called.count()}人に聞いた")]
    kinds = [kind for kind, _ in lines(second)]
    assert (kinds.count("開始"), kinds.count("終了")) == (1, 1)
    assert ("連絡先", "「次のため」を開いた（訓練の連絡のため）") in lines(second)


def test_what_is_counted_by_the_minute_stands_after_what_caused_it(crisis: Client) -> None:
    check = begun(crisis)
    whole = (check.started_at + timedelta(minutes=5)).replace(second=0, microsecond=0)
    told = Bulletin.objects.create(
        check_asked=check, at=whole + timedelta(seconds=48), by="desk", text="本庁舎へ"
    )
    first, second = check.called.order_by("pk")[:2]
    for called, seconds in ((first, 53), (second, 55)):
        sent = whole + timedelta(seconds=seconds)
        Message.objects.create(
            called=called,
            bulletin=told,
            route="mail",
            address="",
            state=Message.SENT,
            due_at=sent,
            sent_at=sent,
        )
        answer(called, Given(sent + timedelta(seconds=1), "safe"))
    found = [each for each in happened(check, now() + timedelta(hours=1)) if each.at >= whole]
    assert [(each.kind, each.text) for each in found] == [
        ("指示", "本庁舎へ"),
        ("指示の送信", "メール：送った 2通"),
        ("答え", "無事 2人"),
    ]
    minute = f"{whole.astimezone(TOKYO):%H:%M}"
    assert [each.clock for each in found] == [f"{minute}:48", f"{minute}台", f"{minute}台"]
    for form in ("log", "log.csv"):
        shown = text(crisis, f"/safety/checks/{check.pk}/{form}")
        assert shown.index("本庁舎へ") < shown.index("メール：送った 2通")
        assert f"{minute}台" in shown


def test_a_look_at_contacts_never_stands_before_their_opening(crisis: Client, ward: Ward) -> None:
    person = ward.first("税務係", "060")
    filed(person, contacts=json.dumps([{"kind": "携帯", "value": PHONE}], ensure_ascii=False))
    check = begun(crisis)
    crisis.post("/safety/events/open", {**EVENT, "check": str(check.pk)})
    text(crisis, f"/safety/checks/{check.pk}/people?sort=none&unit={ward.codes['税務係']}")
    kinds = [kind for kind, _ in lines(check)]
    assert kinds.index("連絡先") < kinds.index("閲覧")
