"""Against a real mail server: what it refuses, what it takes and sends back, what arrives."""

import base64
import email
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from meibo.apps.safety.actions.reaching import bounces
from meibo.apps.safety.actions.reaching.asking import MailAsker
from meibo.apps.safety.models import Check, Message, Probe
from meibo.apps.safety.queries.reached import dead_addresses
from meibo.apps.safety.queries.routes import ADDRESS
from meibo.config.clock import now
from meibo.domain.safety.gateways import Provider
from meibo.ledger.vault import Vault
from tests.apps.safety.postfix import Postfix, postfix
from tests.apps.safety.test_sending import check, send

__all__ = ["check"]


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    with postfix() as found:
        yield found


@pytest.fixture(autouse=True)
def _own_outbox(settings: Settings, tmp_path: Path, server: Postfix) -> None:
    settings.MEIBO_DATA = tmp_path
    settings.MEIBO_BOUNCE_DIR = server.reports


def addressed(message: Message, address: str) -> str:
    """Give a message another address; whose it is."""
    person = message.called.person
    vault = Vault()
    vault.prepare([person])
    message.address = vault.seal(person, ADDRESS, address)
    message.save()
    return person


def reports(server: Postfix, count: int) -> int:
    """Read what came back, until it is so many."""
    found = 0
    for _ in range(150):
        found += bounces.sweep(now=now())
        if found >= count:
            break
        time.sleep(0.1)
    return found


def test_what_a_real_server_refuses_sends_back_and_delivers_is_told_apart(
    check: Check, settings: Settings, server: Postfix
) -> None:
    mails = list(Message.objects.filter(route="mail").order_by("pk"))
    refused, returned, arrived = mails[:3]
    for each in mails[3:]:
        each.delete()
    addressed(refused, "nobody@strict.example")
    person = addressed(returned, "ghost@late.example")
    addressed(arrived, "here@strict.example")
    send(settings, Provider("smtp-1", "mail", server.url, parallel=4))
    state = dict(Message.objects.filter(route="mail").values_list("pk", "state"))
    assert state == {refused.pk: "refused", returned.pk: "sent", arrived.pk: "sent"}
    assert "この宛先はありません" in Message.objects.get(pk=refused.pk).trouble

    assert reports(server, 1) == 1
    returned.refresh_from_db()
    assert returned.state == "bounced"
    assert "この宛先はありません" in returned.trouble
    assert list(dead_addresses([person])[person]) == ["ghost@late.example"]
    assert not (server.reports / "unread").exists()

    box = server.reports.parents[1] / "here" / "new"
    letters = [email.message_from_bytes(each.read_bytes()) for each in box.iterdir()]
    assert len(letters) == 1
    text = base64.b64decode(letters[0].get_payload()).decode()
    assert "これは訓練です。" in text
    assert "https://meibo.example/a/" in text


def test_a_real_server_tells_whether_it_would_take_a_letter_and_gets_none(server: Postfix) -> None:
    asker = MailAsker(Provider("smtp-1", "mail", server.url), "anpi@meibo.example")
    logged = server.log.read_text().count("qmgr")
    for _ in range(12):  # more than it bears of one caller
        assert asker.ask("nobody@strict.example")[0] == Probe.GONE
    assert asker.ask("here@strict.example") == (Probe.TAKEN, "")
    assert asker.ask("somebody@elsewhere.example")[0] != Probe.GONE
    asker.close()
    assert server.log.read_text().count("qmgr") == logged


def test_hundreds_go_over_several_connections_and_none_is_lost_or_doubled(
    check: Check, settings: Settings, server: Postfix
) -> None:
    first = Message.objects.filter(route="mail")[0]
    Message.objects.exclude(pk=first.pk).delete()
    addressed(first, "here@strict.example")
    box = server.reports.parents[1] / "here" / "new"
    before = len(list(box.iterdir())) if box.exists() else 0
    people = list(check.called.all())
    vault = Vault()
    vault.prepare([each.person for each in people])
    Message.objects.bulk_create(
        Message(
            called=called,
            route="mail",
            address=vault.seal(called.person, ADDRESS, "here@strict.example"),
            due_at=first.due_at,
        )
        for called in (people * 300)[:299]
    )
    send(settings, Provider("smtp-1", "mail", server.url, parallel=4))
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    for _ in range(200):
        if len(list(box.iterdir())) - before >= 300:
            break
        time.sleep(0.1)
    letters = [each.read_bytes() for each in box.iterdir()]
    assert len(letters) - before == 300
    names = {email.message_from_bytes(each)["Message-ID"] for each in letters}
    assert len(names) == len(letters)
    assert server.log.read_text().count(": connect from") >= 4
