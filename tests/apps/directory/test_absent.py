"""Who is not in service on the day: a way on, for whoever may look at the other day."""

from datetime import date

import pytest

from meibo.domain.book import Effect, Line
from meibo.ledger.writer import Batch, append
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.test_pages import text_of
from tests.apps.directory.ward import NOW, Ward

LAST = date(2026, 9, 30)


@pytest.fixture
def gone(ward: Ward) -> str:
    """Somebody who left on LAST."""
    person, batch = ward.first("戸籍係", "060"), Batch()
    batch.add(Line(0, LAST, NOW, Effect.LEAVE, person, "退職"))
    append(batch, actor="test", now=NOW)
    return person


def test_personnel_is_led_to_the_last_day_in_service(gone: str, signed_in: SignIn) -> None:
    client = signed_in("人事係", "050", ("hr",))
    page = text_of(client, f"/people/{gone}", status=404)
    assert "この人が最後に在籍していた日：2026年9月30日（水）" in page
    assert f'href="/people/{gone}?on=2026-09-30"' in page
    text_of(client, f"/people/{gone}?on=2026-09-30")


@pytest.mark.parametrize("duties", [(), ("it",)])
def test_who_may_not_see_orders_is_not_told_when_somebody_left(
    gone: str, signed_in: SignIn, duties: tuple[str, ...]
) -> None:
    page = text_of(signed_in(duties=duties), f"/people/{gone}", status=404)
    assert "最後に在籍" not in page
    assert "2026-09-30" not in page


def test_who_is_not_there_today_is_led_to_the_nearest_day_in_service(
    ward: Ward, signed_in: SignIn
) -> None:
    newcomer = next(p for p in reversed(ward.names) if int(p[1:]) > 150)
    client = signed_in("人事係", "050", ("hr",))
    page = text_of(client, f"/people/{newcomer}", status=404)
    assert "この人が在籍する最初の日：2027年4月1日（木）" in page
    assert f'href="/people/{newcomer}?on=2027-04-01"' in page
    teams = [code for code in ward.codes.values() if not code.endswith("0000")]
    gone = ward.seats[teams[5], "050"][0]
    page = text_of(client, f"/people/{gone}?on=2021-04-01", status=404)
    assert f'href="/people/{gone}"' in page  # in service today


def test_the_nearest_day_in_service_is_told_to_nobody_who_may_not_look_there(
    ward: Ward, signed_in: SignIn
) -> None:
    newcomer = next(p for p in reversed(ward.names) if int(p[1:]) > 150)
    page = text_of(signed_in("", duties=("it",)), f"/people/{newcomer}", status=404)
    assert "在籍する最初の日" not in page
