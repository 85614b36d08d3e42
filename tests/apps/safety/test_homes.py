"""How homes are, beside how people are: counted on the board, for heads, and in the report."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.unboxing import unbox
from meibo.apps.safety.face.box import Sealer
from meibo.apps.safety.models import Answer, Called, Check
from meibo.apps.safety.queries import learning
from meibo.apps.safety.queries.card import card
from meibo.apps.safety.queries.reports import as_tables
from meibo.config.clock import now
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_board import begun, text


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def check(crisis: Client) -> Check:
    return begun(crisis)


def says(called: Called, home: str, minutes: int = 1) -> None:
    more = {"home": home} if home else {}
    answer(
        called, Given(called.check_asked.started_at + timedelta(minutes=minutes), "safe", more=more)
    )


def home_of(called: Called) -> str:
    return Called.objects.get(pk=called.pk).home


def test_the_board_counts_them_with_the_people_behind_each_number(
    crisis: Client, check: Check, ward: Ward
) -> None:
    first = check.called.get(person=ward.first("税務係", "060"))
    second = check.called.get(person=ward.first("戸籍係", "060"))
    says(first, "lost")
    says(second, "part")
    page = text(crisis, f"/safety/checks/{check.pk}")
    assert '?sort=lost">1<' in page
    assert '?sort=part">1<' in page
    rows = page[page.index("組織ごとの答えの表") :]
    assert '<th scope="col" class="number">家の被害</th>' in rows
    assert rows.count('家に被害のある2人">2人</a>') == 1
    listed = text(crisis, f"/safety/checks/{check.pk}/people?sort=lost")
    assert ward.names[first.person] in listed
    assert ward.names[second.person] not in listed
    assert "家に住めない人" in listed


def test_heads_see_their_own_peoples_homes_and_no_others(
    check: Check, ward: Ward, signed_in: SignIn
) -> None:
    says(check.called.get(person=ward.first("税務係", "060")), "lost")
    says(check.called.get(person=ward.first("戸籍係", "060")), "lost")
    page = text(signed_in("税務課", "030", purpose=""), "/safety/mine/people")
    assert "<dt>家に住めない</dt><dd>1<small>人" in page
    assert "<dt>家が一部こわれた</dt><dd>0<small>人" in page
    assert page.count('chip-warn">家に住めない') == 1


def test_the_last_that_says_anything_of_the_home_counts(check: Check) -> None:
    called = check.called.first()
    assert called is not None
    says(called, "part", 10)
    says(called, "lost", 5)  # waited for a line
    assert home_of(called) == "part"
    says(called, "", 20)
    assert home_of(called) == "part"
    says(called, "whole", 30)
    assert home_of(called) == "whole"


def test_what_the_answer_face_has_closed_counts_when_the_house_has_read_it(check: Check) -> None:
    called = check.called.first()
    assert called is not None
    told, at = card(), now()
    sealed = Sealer(told.master, told.public).seal(called.pk, json.dumps({"home": "lost"}))
    Called.objects.filter(pk=called.pk).update(status="safe", answered_at=at, first_at=at)
    Answer.objects.create(called=called, at=at, status="safe", sealed=sealed)
    assert home_of(called) == ""
    assert unbox() == 1
    assert home_of(called) == "lost"


def test_a_box_that_holds_something_else_stops_no_other(check: Check) -> None:
    first, second = check.called.order_by("pk")[:2]
    told = card()
    sealer = Sealer(told.master, told.public)
    for called, said in ((first, "[]"), (second, '{"home": "part"}')):
        sealed = sealer.seal(called.pk, said)
        Answer.objects.create(called=called, at=now(), status="safe", sealed=sealed)
    assert unbox() == 1
    assert (home_of(first), home_of(second)) == ("", "part")


def test_the_report_tells_no_number_that_is_small_nor_one_from_which_it_follows(
    crisis: Client, check: Check
) -> None:
    called = list(check.called.order_by("pk"))
    for number, each in enumerate(called[:37]):
        says(each, "lost" if number < 2 else "part" if number < 8 else "whole")
    made = learning.report(check)
    assert made.homes["住めない"] is None
    assert made.homes["一部こわれた（住める）"] is None, "else the two follow from the whole"
    assert made.homes["被害なし"] == 29
    page = text(crisis, f"/safety/checks/{check.pk}/report")
    assert "<dt>住めない</dt><dd>少数のため非表示</dd>" in page
    assert "<dt>被害なし</dt><dd>29人</dd>" in page
    note = as_tables(made).note
    assert "住めない 少数のため非表示" in note
    file = crisis.get(f"/safety/checks/{check.pk}/report.csv").content.decode("utf-8-sig")
    rows = {(row[0], row[1]): row[2] for row in csv.reader(io.StringIO(file)) if len(row) > 2}
    assert rows["住まい", "被害なし"] == "29人"


def test_a_report_of_which_nobody_spoke_of_homes_says_nothing_of_them(
    crisis: Client, check: Check
) -> None:
    assert "住まい" not in text(crisis, f"/safety/checks/{check.pk}/report")
