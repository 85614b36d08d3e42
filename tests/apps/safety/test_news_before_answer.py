"""Who opens the link late reads what holds now, before they have answered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions.mustering import instruct
from meibo.apps.safety.actions.starting import Wanted, close, start
from meibo.apps.safety.face import after, page
from meibo.apps.safety.face.store import Asked, Told
from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries.links import token_of
from meibo.config.clock import now
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_face import NOW

ACTOR = Actor("test")
FRESH = Asked(
    "disaster",
    "震度6弱",
    "集まってください。<b>",
    news="取り消し<b>\n集まる必要はありません",
    news_at=NOW,
)


def test_the_newest_instruction_stands_above_the_question_before_it_is_answered() -> None:
    text = after.ask(FRESH, [], family=True)
    order = ["いまの指示", "取り消し&lt;b&gt;", "上の指示のとおりに", "集まってください", "<form"]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "いまの指示" not in page.ask(replace(FRESH, news=None, news_at=None), family=True)
    assert "いまの指示" in page.ask(FRESH, family=True, wrong="えらんでください")


def test_what_the_instruction_says_is_not_said_twice() -> None:
    asked = replace(FRESH, message="取り消し<b>\n無事かどうかだけ知らせてください。")
    text = after.ask(asked, [], family=True)
    assert text.count("取り消し") == 1
    assert "無事かどうかだけ" in text
    assert "上の指示と違うところ" not in text


def test_an_ended_check_says_so_and_asks_nobody_to_come() -> None:
    for status in ("", "safe"):
        asked = replace(FRESH, status=status, ended=True)
        text = after.ask(asked, [], family=True)
        assert "この安否確認は終わりました" in text
        assert "集まってください" not in text
        assert "取り消し" not in text
        assert "<form" in text


def test_the_newest_instruction_is_the_first_even_where_it_was_read() -> None:
    told = [Told(n, NOW + timedelta(minutes=n), f"指示{n}", read=n == 9) for n in range(10)]
    text = after.told_part(told)
    assert text.index("指示9") < text.index("指示8") < text.index("指示7")


def test_the_page_stays_small_with_the_longest_words() -> None:
    told = [Told(n, NOW, "あ" * 600, read=False) for n in range(5)]
    long = replace(FRESH, message="い" * 600, news="う" * 600)
    answered = replace(long, status="safe", answered_at=NOW)
    for asked, shown in ((long, []), (answered, told)):
        assert len(after.ask(asked, shown, family=True).encode()) <= 20_000


@pytest.fixture
def check(ward: Ward) -> Check:
    wanted = Wanted(Kind.DISASTER, "地震", "職場に集まってください。")
    return start(wanted, actor=ACTOR, now=now())


def link(check: Check) -> str:
    return f"/a/{token_of(check.called.earliest('pk').pk, check.until)}"


@pytest.mark.django_db
def test_the_house_shows_it_and_that_the_check_was_ended(check: Check, client: Client) -> None:
    instruct(check, "いまは集まらないでください。", actor=ACTOR, now=now())
    text = client.get(link(check)).content.decode()
    assert text.index("いまは集まらないでください。") < text.index("職場に集まって")
    close(check, actor=ACTOR, now=now())
    text = client.get(link(check)).content.decode()
    assert "この安否確認は終わりました" in text
    assert "集まって" not in text
    Called.objects.update(status="safe", answered_at=now())
    assert "この安否確認は終わりました" in client.get(link(check)).content.decode()
