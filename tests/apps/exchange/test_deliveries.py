"""What goes out to payroll: full, then differences from what payroll accepted last."""

import csv
import hashlib
import io
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from meibo.apps.exchange.actions import answering, delivering, handing
from meibo.apps.exchange.actions.answering import AnswerError
from meibo.apps.exchange.actions.delivering import DeliveryError
from meibo.apps.exchange.actions.keeping import Wanted
from meibo.apps.exchange.models import Accepted, Delivery, DeliveryRow
from meibo.apps.exchange.queries.feeds import Feed, feed_at
from meibo.domain.book import Effect, Line
from meibo.domain.disclosure import Viewer
from meibo.ledger import policy, reader, shredding
from meibo.ledger.policy import Approval
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.ward import NOW, TODAY, Ward

CLERK = Actor("kyuyo")
HR = Viewer(frozenset({"hr"}), TODAY)
LATER = NOW + timedelta(days=10)
Row = dict[str, str]


def deliver(
    feed: Feed, *, full: bool = False, now: datetime = NOW, on: date = TODAY, form: str = ""
) -> Delivery:
    return delivering.deliver(Wanted(feed, on, full=full, format=form), actor=CLERK, now=now)


def rows(delivery: Delivery) -> list[Row]:
    text = handing.content(delivery).decode("cp932")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def accepted(feed: Feed) -> Delivery:
    """The first delivery, taken whole."""
    return answering.accept_all(deliver(feed, full=True), actor=CLERK, now=NOW)


def file(person: str, field: str, value: str, day: date, now: datetime = LATER) -> None:
    append(Batch(filings=[NewFiling(person, field, value, day, now)]), actor="jinji", now=now)


def test_a_full_delivery_has_everyone_once_and_closes_with_its_totals(
    ward: Ward, link: Feed
) -> None:
    delivery = deliver(link, full=True)
    found = rows(delivery)
    *people, last = found
    assert len(people) == delivery.counts["rows"] == len(reader.cards(HR, on=TODAY))
    assert last["職員番号"] == "T"
    assert last["氏名漢字"] == str(len(people))
    grades = sum(int(row["級"] or 0) for row in people)
    numbers = sum(int(row["職員番号"]) for row in people)
    assert delivery.totals["級（合計）"] == grades
    assert delivery.totals["職員番号（ハッシュ）"] == numbers
    assert list(last.values())[2:4] == [str(grades), str(numbers)]
    assert hashlib.sha256(handing.content(delivery)).hexdigest() == delivery.digest


def test_what_the_table_keeps_from_payroll_is_not_in_the_file_and_that_is_told(
    ward: Ward, link: Feed
) -> None:
    person = ward.first("税務係", "060")
    file(person, "address", "見本町九〇九番", TODAY, NOW)
    table = (Path(settings.MEIBO_TOWN) / "disclosure.csv").read_text(encoding="utf-8-sig")
    closed = re.sub(r"^(address,(?:[^,]*,){8})v", r"\1", table, flags=re.M)
    assert closed != table
    policy.approve(Approval(closed, TODAY, "", "a", NOW, "b"), now=NOW, today=TODAY)
    delivery = deliver(link, full=True)
    assert not {"住所", "郵便番号"} & rows(delivery)[0].keys()
    assert "見本町" not in handing.content(delivery).decode("cp932")
    (told,) = delivery.remarks.filter(code="not-disclosed")
    assert "住所" in told.message


def test_the_job_sees_by_its_own_tie_and_no_more(ward: Ward, link: Feed) -> None:
    viewer = delivering.viewer_of(link, NOW)
    assert (viewer.ties, viewer.person) == (frozenset({"payroll"}), None)
    shown = delivering.visible(viewer)
    assert "address" in shown
    assert not shown & {"home_phone", "mobile", "emergency_phone", "note", "photo"}


def test_without_a_change_there_is_nothing_to_deliver(ward: Ward, link: Feed) -> None:
    accepted(link)
    with pytest.raises(DeliveryError, match="変わったところはありません"):
        deliver(link, now=LATER)


def test_a_difference_is_against_what_was_accepted_not_against_what_was_sent(
    ward: Ward, link: Feed
) -> None:
    accepted(link)
    person = ward.first("税務係", "060")
    file(person, "address", "見本町九〇九番", TODAY)
    first = deliver(link, now=LATER)
    assert [(r["住所"], r["異動区分"]) for r in rows(first)[:-1]] == [("見本町九〇九番", "2")]
    again = deliver(link, now=LATER)  # nobody has taken the first one yet
    assert [r["住所"] for r in rows(again)[:-1]] == ["見本町九〇九番"]
    answering.accept_all(again, actor=CLERK, now=LATER)
    with pytest.raises(DeliveryError):
        deliver(link, now=LATER)


def test_who_has_left_is_told_once_as_gone(ward: Ward, link: Feed) -> None:
    accepted(link)
    person = ward.first("税務係", "060")
    line = Line(0, TODAY, LATER, Effect.LEAVE, person, "退職")
    batch = Batch()
    batch.add(line)
    append(batch, actor="jinji", now=LATER)
    tomorrow = TODAY + timedelta(days=1)
    delivery = deliver(link, now=LATER, on=tomorrow)
    (row,) = rows(delivery)[:-1]
    assert (row["職員番号"], row["異動区分"]) == (f"{int(person[1:]):07}", "3")
    answering.accept_all(delivery, actor=CLERK, now=LATER)
    with pytest.raises(DeliveryError):
        deliver(link, now=LATER, on=tomorrow)


def test_a_change_that_counts_from_before_the_last_delivery_marks_its_first_day(
    ward: Ward, link: Feed
) -> None:
    accepted(link)
    since = TODAY - timedelta(days=50)
    one, other = ward.first("税務係", "060"), ward.first("税務係", "052")
    file(one, "step", "044", since)
    file(other, "step", "045", TODAY + timedelta(days=5))
    delivery = deliver(link, now=LATER, on=TODAY + timedelta(days=10))
    marked = {r["号給"]: r["遡及開始日"] for r in rows(delivery)[:-1]}
    assert marked["044"] == f"{since:%Y%m%d}"
    assert marked["045"] == ""
    assert delivery.rows.get(person=one).since == since
    assert delivery.counts["retroactive"] == 1


def test_a_void_order_marks_the_day_from_which_it_had_counted(ward: Ward, link: Feed) -> None:
    person, day = ward.first("税務係", "060"), TODAY - timedelta(days=80)
    moved = Line(0, day, NOW, Effect.MOVE, person, "配置換", unit=ward.codes["収納係"], post="060")
    batch = Batch()
    provisional = batch.add(moved)
    number = append(batch, actor="jinji", now=NOW)[provisional.no]
    accepted(link)
    back = Batch()
    back.add(Line(0, day, LATER, Effect.VOID, person, "取消", voids=number))
    append(back, actor="jinji", now=LATER)
    delivery = deliver(link, now=LATER)
    assert [(row.person, row.since) for row in delivery.rows.all()] == [(person, day)]


def test_the_same_delivery_is_handed_out_again_byte_for_byte(ward: Ward, link: Feed) -> None:
    person = ward.first("税務係", "060")
    for form in ("csv", "xlsx", "json", "fixed"):
        delivery = deliver(link, full=True, form=form)
        before = handing.hand_out(delivery, actor=CLERK, now=NOW)
        file(person, "address", f"見本町{form}番", TODAY)
        again = handing.hand_out(Delivery.objects.get(pk=delivery.pk), actor=CLERK, now=LATER)
        assert again == before


def test_a_delivery_with_somebody_whose_record_is_gone_is_not_made_up(
    ward: Ward, link: Feed
) -> None:
    delivery, person = deliver(link, full=True), ward.first("税務係", "060")
    batch = Batch()
    batch.add(Line(0, TODAY, NOW, Effect.LEAVE, person, "退職"))
    append(batch, actor="jinji", now=NOW)
    shredding.shred(person, actor="test", now=LATER)
    with pytest.raises(handing.HandingError, match="同じ中身"):
        handing.content(delivery)


def test_lines_that_payroll_refuses_become_findings_and_go_out_again(
    ward: Ward, link: Feed
) -> None:
    delivery = deliver(link, full=True)
    bad = delivery.rows.first()
    assert bad is not None
    lines = f"送出番号,職員番号,結果,理由\r\n{delivery.number},{bad.staff_no},9,番号なし\r\n"
    (done,) = answering.answer(lines.encode("cp932"), actor=CLERK, now=LATER)
    assert done.delivery.state == Delivery.PARTLY
    (told,) = done.delivery.remarks.filter(code="refused")
    assert (told.person, "番号なし" in told.message) == (bad.person, True)
    again = deliver(link, now=LATER)
    assert [(row.person, row.kind) for row in again.rows.all()] == [(bad.person, "new")]


def test_a_refused_delivery_moves_nothing(ward: Ward, link: Feed) -> None:
    delivery = deliver(link, full=True)
    lines = f"送出番号,職員番号,結果,理由\r\n{delivery.number},,9,件数不一致\r\n"
    (done,) = answering.answer(lines.encode("cp932"), actor=CLERK, now=LATER)
    assert done.delivery.state == Delivery.REFUSED
    assert not Accepted.objects.exists()


def test_a_refused_full_delivery_takes_nobody_off_what_was_accepted(ward: Ward, link: Feed) -> None:
    accepted(link)
    before = Accepted.objects.count()
    batch = Batch()
    batch.add(Line(0, TODAY, LATER, Effect.LEAVE, ward.first("税務係", "060"), "退職"))
    append(batch, actor="jinji", now=LATER)
    delivery = deliver(link, full=True, now=LATER, on=TODAY + timedelta(days=1))
    assert delivery.rows.count() == before - 1
    lines = f"送出番号,職員番号,結果,理由\r\n{delivery.number},,9,\r\n"
    answering.answer(lines.encode("cp932"), actor=CLERK, now=LATER)
    assert Accepted.objects.count() == before


def test_an_answer_to_no_delivery_is_refused_with_its_number(ward: Ward, link: Feed) -> None:
    with pytest.raises(AnswerError, match="99"):
        answering.answer(
            "送出番号,職員番号,結果\r\n99,,0\r\n".encode("cp932"), actor=CLERK, now=NOW
        )
    with pytest.raises(AnswerError, match="列がありません"):
        answering.answer(b"a,b\r\n1,2\r\n", actor=CLERK, now=NOW)


def test_values_of_people_lie_sealed(ward: Ward, link: Feed) -> None:
    accepted(link)
    name = next(iter(ward.names.values()))
    for model in (DeliveryRow, Accepted):
        assert not [row for row in model.objects.values_list("cells", flat=True) if name in row]


def test_who_went_out_stands_in_the_audit_log_of_each_person(ward: Ward, link: Feed) -> None:
    delivery = deliver(link, full=True)
    handing.hand_out(delivery, actor=CLERK, now=NOW)
    kinds = [
        json.loads(r.detail)["what"] for r in AuditRecord.objects.filter(act="feed").order_by("no")
    ]
    assert kinds[-2:] == ["deliver", "hand"]


def test_a_letter_that_cannot_be_written_holds_its_record_back_alone(
    ward: Ward, link: Feed
) -> None:
    person = ward.first("税務係", "060")
    file(person, "name", "𠮷野　一", TODAY, NOW)
    delivery = deliver(link, full=True)
    (told,) = delivery.remarks.filter(code="unwritable")
    assert (told.person, "𠮷" in told.message) == (person, True)
    assert not delivery.rows.filter(person=person).exists()
    assert delivery.rows.count() == delivery.counts["rows"] > 100


def test_the_file_is_put_where_the_other_side_fetches_it(
    ward: Ward, link: Feed, tmp_path: Path
) -> None:
    delivery = deliver(link, full=True)
    path = handing.write_out(delivery, tmp_path, actor=CLERK, now=NOW)
    assert path.read_bytes() == handing.content(delivery)
    assert [each.name for each in tmp_path.iterdir()] == [delivery.layout["name"]]
    with pytest.raises(handing.HandingError, match="MEIBO_OUT_DIR"):
        handing.write_out(delivery, None, actor=CLERK, now=NOW)


def test_whatever_is_filed_of_a_person_can_be_a_column(
    ward: Ward, link: Feed, tmp_path: Path
) -> None:
    """By the way through the card, and only where the table shows it to payroll."""
    source = Path(settings.MEIBO_TOWN) / "feeds" / "payroll-link.toml"
    text = source.read_text(encoding="utf-8")
    more = """
"職" = "extra.post"
"兼務1" = "extra.concurrent.0.unit_path"
"電話" = "extra.contacts.0.value"
"""
    path = tmp_path / "more.toml"
    path.write_text(f"{text}{more}", encoding="utf-8")
    feed = feed_at(path)
    assert feed is not None
    delivery = deliver(feed, full=True)
    *people, _ = rows(delivery)
    cards = {str(card["staff_no"]): card for card in reader.cards(HR, on=TODAY)}
    assert {r["職員番号"]: r["職"] for r in people} == {n: c["post"] for n, c in cards.items()}
    held = {n: c["concurrent"] for n, c in cards.items() if c["concurrent"]}
    assert held
    for row in people:
        seats = held.get(row["職員番号"])
        assert row["兼務1"] == ("、".join(seats[0]["unit_path"]) if seats else "")
    assert "電話" not in people[0]  # contacts are none of payroll's by the shipped table
