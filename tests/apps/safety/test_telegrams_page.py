"""What came in is shown to crisis management and IT, and to nobody else."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from meibo.platform.telegrams import demo
from meibo.platform.telegrams.actions import follow, receive
from meibo.platform.telegrams.models import Decided, Telegram
from tests.apps.directory.conftest import SignIn
from tests.domain.telegram.made import quick
from tests.platform.telegrams.conftest import NOW


@pytest.fixture
def crisis(signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def page(client: Client, only: str = "") -> str:
    return client.get("/telegrams/", {"only": only}).content.decode()


def test_what_concerns_us_is_shown_first_with_what_was_decided(crisis: Client) -> None:
    for number, data in enumerate(
        [quick({"350": "5+"}), quick({"220": "7"}, event="2"), b"<!DOCTYPE x><x/>"]
    ):
        receive(data, source="drop", name=f"{number}.xml", now=NOW)
    follow(now=NOW)
    shown = page(crisis)
    assert "区域350で震度5強" in shown
    assert "自動で開始" in shown
    assert "最大震度7" not in shown
    assert "DTD" not in shown
    assert "最大震度7" in page(crisis, "all")
    refused = page(crisis, "refused")
    assert "2.xml" in refused
    assert "DTD" in refused
    assert "区域350" not in refused.split("受けた電文")[1]


def test_the_rules_and_the_ways_in_are_told(crisis: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEIBO_TELEGRAM_DROP_DIR = tmp_path / "gone"
    shown = page(crisis)
    assert "60秒待って、自動で始める" in shown
    assert "1310300" in shown
    assert "フォルダーがありません" in shown
    town = tmp_path / "town"
    shutil.copytree(settings.MEIBO_TOWN, town)
    (town / "telegrams.toml").write_text('[[rule]]\nanswer = "go"', "utf-8")
    settings.MEIBO_TOWN = town
    assert "書き誤り" in page(crisis)


def test_it_looks_at_them_and_others_do_not(signed_in: SignIn) -> None:
    assert signed_in("税務係", "050", ("it",), purpose="").get("/telegrams/").status_code == 200
    assert signed_in("税務係", "060").get("/telegrams/").status_code == 403
    assert Client().get("/telegrams/").status_code == 302


def test_the_demo_ward_has_an_ordinary_week(crisis: Client) -> None:
    demo.show({}, now=NOW)
    demo.show({}, now=NOW)
    assert Telegram.objects.count() == 3
    assert not Decided.objects.filter(do__in=["start", "ask", "wait"]).exists()
    assert "震度3" in page(crisis)
