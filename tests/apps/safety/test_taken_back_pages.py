"""Crisis management sees that a telegram was taken back where it looks, and what can be done."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.models import Check, Round
from meibo.config.clock import now
from meibo.platform.telegrams.actions import follow, receive
from tests.apps.safety.test_by_telegram import crisis, home
from tests.domain.telegram.made import quick

__all__ = ["crisis"]
pytestmark = pytest.mark.django_db
_TOLD = "もとの電文が取り消されました"


def take(value: str, info: str = "発表") -> None:
    moment = now()
    at = f"{moment.astimezone():%Y-%m-%dT%H:%M}"
    receive(quick({"350": value}, at=at, info=info), source="hand", name="a.xml", now=moment)
    follow(now=moment)


def pages(client: Client) -> list[str]:
    """The first page, the board, and how it reaches."""
    board = f"/safety/checks/{Check.objects.get().pk}"
    paths = (board, f"{board}/reaching")
    return [home(client), *(client.get(path).content.decode() for path in paths)]


def test_the_first_page_and_the_board_say_that_it_was_cancelled_and_what_can_be_done(
    crisis: Client,
) -> None:
    take("6-")
    assert not any(_TOLD in page for page in pages(crisis))
    take("6-", info="取消")
    first, board, reaching = pages(crisis)
    assert _TOLD in first
    assert "終わりにするか、指示を出してください" in first
    notice = board[board.index(_TOLD) :][:1200]
    assert "/close" in notice
    assert "/bulletins" in notice
    assert "自動では送り直しません" in reaching
    Check.objects.update(closed_at=now())
    assert "終わりました" in home(crisis)


def test_who_asks_again_by_hand_is_told_first_that_it_was_cancelled(crisis: Client) -> None:
    take("6-")
    take("6-", info="取消")
    path = f"/safety/checks/{Check.objects.get().pk}/resend"
    page = crisis.post(path).content.decode()
    assert _TOLD in page
    assert "震度6弱（取消）" in page
    assert not Round.objects.exists()
    page = crisis.post(path, {"sure": "1"}, follow=True).content.decode()
    assert "送り直します" in page
    assert Round.objects.count() == 1


def test_who_asks_again_for_what_holds_is_not_held_up(crisis: Client) -> None:
    take("6-")
    Check.objects.update(started_at=now() - timedelta(minutes=1))
    crisis.post(f"/safety/checks/{Check.objects.get().pk}/resend")
    assert Round.objects.count() == 1
