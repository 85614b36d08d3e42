"""What the ward corrected in its file, corrected by hand through the guide: the same book."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from meibo.apps.personnel.actions import deciding, intake
from meibo.apps.personnel.models import Submission
from meibo.domain.correcting import FIELDS
from meibo.ledger import check, drawer, ties
from meibo.ledger.books import lines_of
from meibo.ledger.models import Stretch
from meibo.platform import door
from meibo.platform.accounts.actions import open_account
from meibo.platform.audit.actions import Actor
from meibo.platform.jobs import actions as jobs

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 23, 9, tzinfo=TOKYO)
DEFINITION = Path(settings.MEIBO_TOWN) / "feeds" / "package-a.toml"
FILE = "異動発令_訂正.csv"
Book = dict[str, tuple[list[Any], list[Any]]]


def rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / FILE).read_text("cp932"))))


def people(found: list[dict[str, str]]) -> list[str]:
    return sorted({row[k] for row in found for k in ("職員番号", "正職員番号") if row[k]})


def book(numbers: list[str]) -> Book:
    """What the book says of these people: their orders, and their lives as they are drawn."""
    told: Book = {}
    for number in numbers:
        person = ties.person_numbered(number)
        assert person
        orders = sorted(
            (
                *(x.effective, x.effect.value, x.wording, x.unit or "", x.post or ""),
                *(x.grade or 0, x.job or "", x.note or "", x.order_no),
            )
            for x in lines_of(person)
            if x.completes is None
        )
        lives = [
            (s.starts, s.ends, *(_known(s.state).get(name) for name in (*FIELDS, "since")))
            for s in Stretch.objects.filter(person=person).order_by("starts")
        ]
        told[number] = (orders, lives)
    return told


def _known(state: str) -> dict[str, Any]:

    found: dict[str, Any] = json.loads(state)
    return found


@pytest.fixture(scope="module")
def expected(shared: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Book:
    """The book of the whole package, loaded and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        intake.load(DEFINITION, shared / "feeds", actor="test", now=NOW)
        found = book(people(rows(shared / "feeds")))
        transaction.set_rollback(True)
    return found


@pytest.fixture
def client(
    expected: Book, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Client]:
    """Personnel, in a ward that was loaded without the file of corrections."""
    shutil.copytree(shared / "feeds", tmp_path / "feeds")
    (tmp_path / "feeds" / FILE).unlink()
    intake.load(DEFINITION, tmp_path / "feeds", actor="test", now=NOW)
    monkeypatch.setattr(door, "today", lambda: date(2027, 4, 2))
    account = open_account("jinji", None, None, ["hr"], actor="test", now=NOW)
    client = Client()
    client.force_login(account)
    client.post("/purpose/", {"purpose": "transfer"})
    return client


class Hand:
    """Somebody who mends orders through the pages."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def mend(self, row: dict[str, str]) -> None:
        kind = {"1": "late", "2": "cancel", "3": "restore", "6": "person"}.get(
            row["訂正区分"], "content"
        )
        person = ties.person_numbered(row["職員番号"])
        assert person
        number = row["対象発令番号"]
        found = [x for x in lines_of(person) if number and x.order_no == number]
        address = f"/personnel/corrections/{person}/" + (
            "late" if kind == "late" else str(found[-1].no)
        )
        answers = {"kind": kind, "why": row["備考"]}
        if kind in {"late", "content", "person"}:
            day = datetime.strptime(row["発令年月日"], "%Y%m%d").replace(tzinfo=TOKYO).date()
            wording = found[-1].wording if found else "配置換"
            answers |= {"day": day.isoformat(), "unit": row["新所属CD"], "post": row["新職名CD"]}
            answers |= {"wording": wording, "right": row["正職員番号"]}
        seen = self.client.post(address, answers | {"deed": "see"})
        assert seen.status_code == 200, seen.content.decode()
        page = seen.content.decode()
        mark = re.search(r'name="seen" value="(\w+)"', page)
        assert mark, page
        made = self.client.post(address, answers | {"deed": "plan", "seen": mark[1]})
        self._announce(int(made["Location"].split("/")[3]))

    def _announce(self, plan: int) -> None:
        clerk, boss = Actor("jinji"), Actor("boss")
        deciding.submit(
            plan,
            [deciding.Approver("boss", "", "課長")],
            version=drawer.plan_for_house(plan).version,
            actor=clerk,
            now=NOW,
            today=NOW.date(),
        )
        asked = Submission.objects.get(plan=plan).pk
        deciding.approve(asked, actor=boss, now=NOW, today=NOW.date())
        version = drawer.plan_for_house(plan).version
        job = deciding.ask_to_announce(plan, version=version, actor=clerk, now=NOW)
        jobs.work_all(lambda: NOW)
        job.refresh_from_db()
        assert job.state == "done", job.words


@pytest.mark.soak  # on an ordinary day one is corrected in the browser
def test_a_correction_by_hand_says_the_same_as_one_by_file(
    client: Client, expected: Book, shared: Path
) -> None:
    hand, found = Hand(client), rows(shared / "feeds")
    assert book(people(found)) != expected
    for row in found:
        hand.mend(row)
    mended = book(people(found))
    for number in expected:
        for said, wanted in zip(mended[number], expected[number], strict=True):
            assert _unnumbered(said, found) == _unnumbered(wanted, found), number
    assert check.verify().differences == []


def _unnumbered(told: list[Any], found: list[dict[str, str]]) -> list[Any]:
    """A late order has the number that its correction has in the file, and the next of the book
    here: of that alone the two books differ."""
    late = {row["訂正番号"] for row in found if not row["対象発令番号"]}
    return [
        each[:-1]
        if isinstance(each[-1], str) and (each[-1] in late or each[-1].startswith("2600"))
        else each
        for each in told
    ]
