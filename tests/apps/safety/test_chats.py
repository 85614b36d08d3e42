"""The chats as the examples set them up, before a real receiver that answers as each of them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from meibo.apps.safety.actions.queueing import queue
from meibo.apps.safety.actions.reaching import running
from meibo.apps.safety.models import Called, Check, Message
from meibo.config.clock import now
from meibo.config.reaching import reaching
from meibo.ledger.writer import Batch, NewFiling, append
from tests.apps.directory.ward import FIRST, NOW, Ward
from tests.apps.safety.receivers import Gateway, gateway_server
from tests.house.source import ROOT

ROUTES = ("line", "slack", "teams", "logochat")
TOKENS = ("LINE_TOKEN", "SLACK_TOKEN", "LOGOCHAT_TOKEN")
Set = Callable[[str], None]


@pytest.fixture
def everywhere(
    ward: Ward, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Set:
    """Let everybody of the examples be behind this address, and queue a check of one person."""
    settings.MEIBO_DATA = tmp_path
    for name in TOKENS:
        monkeypatch.setenv(name, f"zq {name}")

    def made(url: str) -> None:
        path = tmp_path / "reaching.toml"
        shutil.copy(ROOT / "town" / "reaching.chats.example.toml", path)
        lines = path.read_text(encoding="utf-8").splitlines()
        said = [f'url = "{url}"' if line.startswith("url = ") else line for line in lines]
        path.write_text("\n".join(said), encoding="utf-8")
        settings.MEIBO_REACHING = reaching(path, secure=True, hosts=["meibo.example"])
        person = ward.first("税務係", "060")
        kinds = ("LINE", "Slack", "Teams", "LoGoチャット")
        contacts = [{"kind": kind, "value": f"zq-{kind}"} for kind in kinds]
        filed = json.dumps(contacts, ensure_ascii=False)
        filing = NewFiling(person, "contacts", filed, FIRST, NOW)
        append(Batch(filings=[filing]), actor="test", now=NOW)
        check = Check.objects.create(
            kind="drill",
            title="訓練",
            message="訓練です。",
            started_at=now(),
            started_by="test",
            until=now().replace(year=now().year + 1),
        )
        queue(check, [Called.objects.create(check_asked=check, person=person)], now=now())

    return made


def states() -> dict[str, str]:
    rows = Message.objects.filter(route__in=ROUTES)
    return dict(rows.values_list("route", "state"))


def service(asked: dict[str, Any]) -> str:
    """Whose form this is."""
    shapes = {"messages": "line", "channel": "slack", "attachments": "teams", "user": "logochat"}
    return next(name for key, name in shapes.items() if key in asked)


YES = {
    "line": (200, {"sentMessages": [{"id": "461230966842064897"}]}),
    "slack": (200, {"ok": True, "ts": "1503435956.000247"}),
    "teams": (202, {}),
    "logochat": (200, {"id": 77}),
}
NO = {
    "line": (400, {"message": "The property, 'to', in the request body is invalid"}),
    "slack": (200, {"ok": False, "error": "channel_not_found"}),
    "teams": (404, {"error": {"code": "WorkflowNotFound"}}),
    "logochat": (422, {}),
}


def answers(table: dict[str, tuple[int, dict[str, Any]]]) -> Gateway:
    def answer(asked: dict[str, Any]) -> tuple[int, str, float]:
        status, body = table[service(asked)]
        return status, json.dumps(body), 0.0

    return Gateway(answer)


def test_each_chat_gets_its_own_form_and_is_believed_when_it_says_yes(everywhere: Set) -> None:
    gateway = answers(YES)
    with gateway_server(gateway) as url:
        everywhere(url)
        running.once(now)
    assert states() == dict.fromkeys(ROUTES, "sent")
    asked = {service(each): each for each in gateway.asked}
    headers = {
        service(each): head for each, head in zip(gateway.asked, gateway.headers, strict=True)
    }
    assert asked["line"]["to"] == "zq-LINE"
    assert asked["line"]["messages"][0]["text"].startswith("【訓練】訓練\nhttps://meibo.example/a/")
    assert UUID(headers["line"]["X-Line-Retry-Key"]).version == 5
    assert headers["line"]["Authorization"] == "Bearer zq LINE_TOKEN"
    assert asked["slack"]["channel"] == "zq-Slack"
    card = asked["teams"]["attachments"][0]["content"]
    assert card["body"][0]["text"] == "【訓練】【安否確認】訓練"
    assert card["actions"][0]["url"].startswith("https://meibo.example/a/")
    assert asked["logochat"]["user"] == "zq-LoGoチャット"
    references = dict(Message.objects.filter(route__in=ROUTES).values_list("route", "reference"))
    assert references == {
        "line": "461230966842064897",
        "slack": "1503435956.000247",
        "teams": "",
        "logochat": "77",
    }


def test_a_no_is_a_no_in_whatever_words_it_is_said(everywhere: Set) -> None:
    with gateway_server(answers(NO)) as url:
        everywhere(url)
        running.once(now)
    assert states() == {
        "line": "refused",
        "slack": "queued",  # it says 200 to everything: only what it names has gone
        "teams": "refused",
        "logochat": "refused",
    }


def test_line_that_has_it_already_is_not_asked_a_third_time(everywhere: Set) -> None:
    with gateway_server(answers(YES | {"line": (409, {})})) as url:
        everywhere(url)
        running.once(now)
    assert states()["line"] == "sent"
