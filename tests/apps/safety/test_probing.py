"""Asking once a month after addresses of which nothing was heard, without writing to anybody."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import Settings

from meibo.apps.safety.actions.forgetting import forget
from meibo.apps.safety.actions.reaching import probing
from meibo.apps.safety.models import Called, Check, Message, Probe, ProbeRound, Trial
from meibo.apps.safety.queries.heard import last_heard
from meibo.apps.safety.queries.reached import dead_addresses, reach_of
from meibo.apps.safety.queries.routes import ADDRESS, routes_of
from meibo.apps.safety.views import reaching as reaching_pages
from meibo.domain.safety.gateways import Lookup, Probing, Provider, Reaching
from meibo.ledger.reader.people import states_on
from meibo.ledger.vault import Vault
from meibo.ledger.writer import Batch, NewFiling, append
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward
from tests.apps.safety.receivers import Gateway, Postbox, gateway_server, mail_server

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST_OF_MONTH = datetime(2026, 12, 1, 10, 30, tzinfo=TOKYO)
BODY = '{"to": "{address}"}'


@pytest.fixture(autouse=True)
def _own_outbox(settings: Settings, tmp_path: Path) -> None:
    settings.MEIBO_DATA = tmp_path


@pytest.fixture
def telephone(ward: Ward) -> str:
    """Somebody with a telephone."""
    person = ward.first("税務係", "060")
    filed = json.dumps([{"kind": "携帯", "value": "090-0000-7788"}], ensure_ascii=False)
    append(Batch(filings=[NewFiling(person, "contacts", filed, FIRST, NOW)]), actor="t", now=NOW)
    return person


def reaching(*providers: Provider, **more: Any) -> Reaching:
    return Reaching("https://m.example", "anpi@meibo.example", providers, **more)


def mail(url: str) -> Provider:
    return Provider("smtp-1", "mail", url, parallel=1)


def asked(box: Postbox, now: datetime = FIRST_OF_MONTH, **more: Any) -> int:
    with mail_server(box) as url:
        return probing.due(reaching(mail(url), **more), now)


def addresses() -> dict[str, str]:
    """Mail → whose."""
    people = list(states_on(FIRST_OF_MONTH.date()))
    ways = routes_of(people, FIRST_OF_MONTH.date())
    return {way.address: who for who, own in ways.items() for way in own if way.route == "mail"}


def test_every_address_is_asked_after_and_nothing_is_sent(ward: Ward) -> None:
    heard: list[str] = []

    def judge(address: str) -> str:
        heard.append(address)
        return "250 2.1.5 ok"

    box = Postbox(judge=judge)
    assert asked(box) == len(addresses()) > 10
    assert sorted(heard) == sorted(addresses())
    assert not box.letters
    assert box.connections == 1
    assert set(Probe.objects.values_list("state", flat=True)) == {Probe.TAKEN}
    assert not any("@" in each for each in Probe.objects.values_list("address", flat=True))


def test_only_a_final_word_about_the_address_itself_makes_it_dead(ward: Ward) -> None:
    words = ["550 5.1.1 unknown", "550 5.7.1 policy", "450 4.2.1 later", "550 no", "252 maybe"]
    known = dict(zip(sorted(addresses()), words, strict=False))
    box = Postbox(judge=lambda address: known.get(address, "250 2.1.5 ok"))
    asked(box)
    gone = sorted(addresses())[0]
    dead = dead_addresses(list(addresses().values()))
    assert {address: who for who, own in dead.items() for address in own} == {
        gone: addresses()[gone]
    }
    assert "届出を直して" in dead[addresses()[gone]][gone]
    states = list(Probe.objects.values_list("state", flat=True))
    assert (states.count(Probe.GONE), states.count(Probe.UNKNOWN)) == (1, 3)


def test_it_is_asked_once_a_month_on_its_day_and_in_office_hours(ward: Ward) -> None:
    box = Postbox()
    assert asked(box, FIRST_OF_MONTH.replace(hour=9)) == 0
    assert asked(box, FIRST_OF_MONTH, probing=Probing(day=5)) == 0
    assert asked(box, FIRST_OF_MONTH, probing=Probing(on=False)) == 0
    count = asked(box)
    assert count
    assert asked(box) == asked(box, FIRST_OF_MONTH + timedelta(days=20)) == 0
    assert asked(box, FIRST_OF_MONTH + timedelta(days=31)) == count
    assert Probe.objects.count() == count
    assert ProbeRound.objects.filter(ended_at=None).count() == 0


def test_who_was_heard_of_lately_is_left_alone(ward: Ward) -> None:
    address, person = sorted(addresses().items())[0]
    vault = Vault()
    vault.prepare([person])
    trial = Trial.objects.create(
        person=person,
        route="mail",
        address=vault.seal(person, ADDRESS, address),
        state="delivered",
        due_at=NOW,
        told_at=FIRST_OF_MONTH - timedelta(days=29),
    )
    everybody = len(addresses())
    box = Postbox()
    assert asked(box) == everybody - 1
    trial.told_at = FIRST_OF_MONTH - timedelta(days=2)
    trial.save()
    next_month = FIRST_OF_MONTH + timedelta(days=31)
    assert asked(box, next_month) == everybody


def test_a_dead_address_that_lives_again_is_taken_back(ward: Ward) -> None:
    address, person = sorted(addresses().items())[0]
    asked(Postbox(judge=lambda each: "550 5.1.1 no" if each == address else "250 ok"))
    assert address in dead_addresses([person])[person]
    asked(Postbox(), FIRST_OF_MONTH + timedelta(days=31))
    assert not dead_addresses([person])


def test_many_are_asked_after_bit_by_bit_and_a_server_that_is_gone_is_asked_again(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "MOST", 10)
    with mail_server(Postbox()) as gone:
        pass
    assert probing.due(reaching(mail(gone)), FIRST_OF_MONTH) == 0
    assert ProbeRound.objects.get().ended_at is None
    counts = []
    while count := asked(Postbox()):
        counts.append(count)
    assert sum(counts) == len(addresses())
    assert max(counts) == 10
    assert ProbeRound.objects.get().asked == len(addresses())


def test_a_server_that_hangs_up_on_who_is_refused_often_is_called_again(ward: Ward) -> None:
    box = Postbox(judge=lambda _: "550 5.1.1 unknown")
    count = asked(box)
    assert Probe.objects.filter(state=Probe.GONE).count() == count
    assert box.connections >= count // 5


def test_nobody_is_asked_after_while_a_check_is_open(ward: Ward, signed_in: SignIn) -> None:
    crisis: Client = signed_in("防災計画係", "060", ("crisis",), purpose="")
    drill = {"kind": "drill", "title": "訓練", "message": "訓練です。", "sure": "1"}
    crisis.post("/safety/checks/new/drill", drill)
    check = Check.objects.get()
    box = Postbox()
    Check.objects.update(until=FIRST_OF_MONTH + timedelta(hours=1))
    assert asked(box) == 0
    check.refresh_from_db()
    check.closed_at = FIRST_OF_MONTH
    check.save()
    assert asked(box) > 0


@pytest.fixture
def lookup() -> Callable[[str], Provider]:
    def made(url: str) -> Provider:
        found = Lookup(url, BODY, "data.status")
        headers = {"Authorization": "Bearer {token}"}
        return Provider("sms-a", "sms", "http://127.0.0.1:9/", BODY, headers, "zq", lookup=found)

    return made


@pytest.mark.parametrize(
    ("status", "answer", "state"),
    [
        (200, {"data": {"status": "active"}}, Probe.TAKEN),
        (200, {"data": {"status": "absent"}}, Probe.GONE),
        (200, {"data": {"status": "roaming"}}, Probe.UNKNOWN),
        (200, {}, Probe.UNKNOWN),
        (404, {"data": {"status": "absent"}}, Probe.UNKNOWN),
    ],
)
def test_a_gateway_that_can_be_asked_is_asked(
    telephone: str,
    lookup: Callable[[str], Provider],
    status: int,
    answer: dict[str, Any],
    state: str,
) -> None:
    gateway = Gateway(lambda _: (status, json.dumps(answer), 0))
    with gateway_server(gateway) as url:
        assert probing.due(reaching(lookup(url)), FIRST_OF_MONTH) == 1
    assert gateway.numbers == ["09000007788"]
    assert gateway.headers[0]["Authorization"] == "Bearer zq"
    assert Probe.objects.get().state == state
    reach = reach_of([telephone], FIRST_OF_MONTH.date())[telephone]
    assert bool(reach.dead) == (state == Probe.GONE)


def test_a_gateway_without_a_lookup_is_not_asked(
    telephone: str, lookup: Callable[[str], Provider]
) -> None:
    gateway = Gateway(lambda _: (200, "{}", 0))
    with gateway_server(gateway) as url:
        assert probing.due(reaching(replace(lookup(url), lookup=None)), FIRST_OF_MONTH) == 0
    assert not gateway.asked
    assert not ProbeRound.objects.exists()


def test_opening_tells_of_an_address_only_where_there_was_no_other(
    telephone: str, signed_in: SignIn
) -> None:
    crisis: Client = signed_in("防災計画係", "060", ("crisis",), purpose="")
    drill = {"kind": "drill", "title": "訓練", "message": "訓練です。", "sure": "1"}
    crisis.post("/safety/checks/new/drill", drill)
    Message.objects.update(state="sent", sent_at=FIRST_OF_MONTH)
    Called.objects.update(opened_at=FIRST_OF_MONTH)
    other = next(who for who in addresses().values() if who != telephone)
    heard = last_heard([telephone, other], Vault(), FIRST_OF_MONTH)
    assert telephone not in heard
    assert list(heard[other].values()) == [FIRST_OF_MONTH]


def test_the_page_tells_how_old_the_news_are_and_of_whom_there_are_none(
    telephone: str, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    crisis = signed_in("防災計画係", "060", ("crisis",), purpose="")
    assert "ほかに" in crisis.get("/safety/unreached").content.decode()
    monkeypatch.setattr(reaching_pages, "_FEW", 1000)
    address, person = sorted(addresses().items())[0]
    asked(Postbox(judge=lambda each: "550 5.1.1 no" if each == address else "250 ok"))
    page = crisis.get("/safety/unreached").content.decode()
    mails = len(addresses())
    row = page.split('<th scope="row">メール</th>')[1].split("</tr>")[0]
    cells = [cell.split("</td>")[0] for cell in row.split("<td>")[1:]]
    assert cells == [f"{mails}件", "0件", f"{mails - 1}件", "1件", "0件"]
    unheard = page.split("どの宛先からも便りのない職員")[1]
    assert f"/people/{telephone}" in unheard
    assert "SMS：届いたと確かめられたことがありません。" in unheard
    assert "税務係" in unheard
    assert f"/people/{person}" not in unheard
    assert f"/people/{person}" in page


def test_what_is_known_of_addresses_goes_with_the_person(ward: Ward) -> None:
    asked(Postbox())
    person = Probe.objects.all()[0].person
    forget(person, None)
    assert not Probe.objects.filter(person=person).exists()
