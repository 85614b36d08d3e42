"""Somebody is hired by hand: all that the year needs to know of them is written in the plan."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from meibo.domain.book import Effect
from meibo.ledger import contracts, drawer, writer
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
DAY, LATER = date(2026, 12, 1), date(2027, 1, 1)
PART, FULL = "会計年度パートタイム", "会計年度フルタイム"


@pytest.fixture
def clerk(ward: Ward, signed_in: SignIn) -> Client:
    batch = writer.Batch()
    for code, name in (("5", FULL), ("6", PART)):
        batch.codes.append(writer.NewCode("employment", code, name, int(code)))
    writer.append(batch, actor="test", now=NOW)
    return signed_in("人事係", "060", ("hr",))


@pytest.fixture
def plan(clerk: Client) -> int:
    answer = clerk.post("/personnel/plans/new", {"title": "十二月", "day": DAY.isoformat()})
    return int(answer["Location"].rstrip("/").rsplit("/", 1)[1])


def written(clerk: Client, plan: int, **more: str) -> int:
    cells = {
        "person": "9900001",
        "name": "新　花子",
        "kana": "アタラシ　ハナコ",
        "birth_date": "H10.4.2",
        "wording": "会計年度任用",
        "effective": DAY.isoformat(),
        "unit": "戸籍係",
        "post": "070",
        "until": "2027-03-31",
    } | more
    answer = clerk.post(f"/personnel/plans/{plan}/lines/new", cells)
    assert answer.status_code == 302, answer.content.decode()
    return drawer.lines(plan)[-1].id


def announced(plan: int) -> None:
    drawer.pass_on(plan, drawer.APPROVED, expected=[drawer.DRAFT], now=NOW)
    drawer.announce(plan, actor="jinji", now=NOW)


def test_who_is_hired_for_a_year_by_hand_is_in_the_yearly_round_with_the_hours(
    clerk: Client, plan: int, ward: Ward
) -> None:
    line = written(clerk, plan, hours="29時間", sex="女")
    page = clerk.get(f"/personnel/plans/{plan}/lines/{line}").content.decode()
    assert 'value="会計年度パートタイム"' in page
    assert 'value="29時間"' in page
    assert 'value="女"' in page
    announced(plan)
    [contract] = contracts.contracts({PART, FULL}, DAY)
    assert (contract.minutes, contract.term_end) == (1740, date(2027, 3, 31))
    assert contract.unit == ward.codes["戸籍係"]


def test_a_second_contract_of_somebody_who_is_there_is_written_beside_the_first(
    clerk: Client, plan: int, ward: Ward
) -> None:
    first = written(clerk, plan, hours="25:00")
    announced(plan)
    person = next(c.person for c in contracts.contracts({PART}, DAY))
    answer = clerk.post("/personnel/plans/new", {"title": "もう一つ", "day": LATER.isoformat()})
    other = int(answer["Location"].rstrip("/").rsplit("/", 1)[1])
    more = {"unit": "収納係", "effective": LATER.isoformat()}
    more |= dict.fromkeys(("name", "kana", "birth_date"), "")
    line = written(clerk, other, **more, hours="15時間")
    assert first != line
    page = clerk.get(f"/personnel/plans/{other}/findings").content.decode()
    assert "すでに在職しています" in page
    assert "任用の番号" in page
    [draft] = drawer.lines(other)
    assert draft.line.person == person
    form = {"version": str(draft.version), "person": "9900001", "wording": "会計年度任用"}
    form |= {"effective": LATER.isoformat(), "unit": "収納係", "until": "2027-03-31"}
    post = clerk.get(f"/personnel/plans/{other}/lines/{line}").context["form"].initial["post"]
    form |= {"post": post, "employment": PART, "hours": "15時間", "appointment": "2"}
    assert clerk.post(f"/personnel/plans/{other}/lines/{line}", form).status_code == 302
    page = clerk.get(f"/personnel/plans/{other}/findings").content.decode()
    assert "すでに在職しています" not in page
    assert "2つの任用を合わせて週40時間" in page
    page = clerk.get(f"/personnel/plans/{other}/outlook").content.decode()
    assert "、別の任用：収納係" in page
    page = clerk.get(f"/personnel/plans/{other}/units?view=whole").content.decode()
    assert page.count(f'value="{person}"') == 1  # the second contract is not moved as the first
    announced(other)
    held = {c.appointment: c for c in contracts.contracts({PART}, LATER)}
    assert {k: (c.unit, c.minutes) for k, c in held.items()} == {
        "": (ward.codes["戸籍係"], 1500),
        "2": (ward.codes["収納係"], 900),
    }


def test_what_cannot_be_read_of_a_newcomer_is_kept_and_found(clerk: Client, plan: int) -> None:
    line = written(clerk, plan, hours="週三日", employment="臨時")
    page = clerk.get(f"/personnel/plans/{plan}/lines/{line}").content.decode()
    assert 'value="週三日"' in page
    assert 'value="臨時"' in page
    page = clerk.get(f"/personnel/plans/{plan}/findings").content.decode()
    assert "週の勤務時間「週三日」を読み取れません" in page
    assert "任用形態「臨時」を読み取れません" in page
    [draft] = drawer.lines(plan)
    assert draft.line.effect is Effect.ENTER
    assert draft.line.effective > TODAY
