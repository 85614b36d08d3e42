"""Devices that are woken by push: from the page of their owner to a push service on a socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from meibo.apps.safety.actions import devices as acts
from meibo.apps.safety.actions.forgetting import forget
from meibo.apps.safety.actions.reaching import running, webpush
from meibo.apps.safety.models import Called, Message, Trial
from meibo.apps.safety.models import Device as Kept
from meibo.apps.safety.queries.devices import label_of
from meibo.apps.safety.queries.routes import routes_of
from meibo.config import reaching as config
from meibo.config.clock import now
from meibo.domain.safety.gateways import Provider, Reaching
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.safety.push_receivers import Device, PushService, push_service
from tests.apps.safety.test_checks import begun, crisis

__all__ = ["crisis"]
ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"


@pytest.fixture
def service(settings: Settings, tmp_path: Path) -> Iterator[PushService]:
    """A push service that this town named."""
    with push_service() as found:
        hosts = (f"http://127.0.0.1:{found.port}",)
        provider = Provider("push", "push", "", hosts=hosts, parallel=2, timeout=5)
        settings.MEIBO_REACHING = Reaching("https://meibo.example", "a@b.example", (provider,))
        settings.MEIBO_DATA = tmp_path
        yield found


@pytest.fixture
def own(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("税務係", "060", purpose="")


def given(device: Device, service: PushService, path: str = "/d1") -> dict[str, str]:
    to = device.subscription(f"http://127.0.0.1:{service.port}{path}", "")
    return {"endpoint": to.endpoint, "p256dh": to.p256dh, "auth": to.auth}


def registered(own: Client, service: PushService, path: str = "/d1") -> Device:
    device = Device()
    own.post("/safety/devices", given(device, service, path), headers={"User-Agent": ANDROID})
    return device


def called_of(ward: Ward) -> Called:
    return Called.objects.get(person=ward.first("税務係", "060"))


def test_a_device_is_registered_by_its_owner_and_asked_like_every_other_way(
    ward: Ward, crisis: Client, own: Client, service: PushService
) -> None:
    device = registered(own, service)
    kept = Kept.objects.get()
    assert kept.label == "AndroidのChrome"
    assert str(service.port) not in kept.sealed
    assert "AndroidのChrome" in own.get("/safety/devices").content.decode()
    assert "AndroidのChrome" in own.get("/safety/ways").content.decode()
    begun(crisis)
    assert running.once(now) >= 1
    ((path, headers, body),) = service.taken
    told = json.loads(device.opened(body))
    assert told["title"] == "【訓練】【安否確認】訓練"
    assert told["link"].startswith("https://meibo.example/a/")
    assert (path, headers["Content-Encoding"], headers["Urgency"]) == ("/d1", "aes128gcm", "high")
    assert int(headers["TTL"]) > 0
    assert len(headers["Topic"]) <= 32
    assert headers["Authorization"].endswith(f"k={webpush.public_key()}")
    message = Message.objects.get(route="push")
    assert (message.state, message.called) == (Message.SENT, called_of(ward))
    assert "127.0.0.1" not in message.address
    shown = {"key": told["key"]}
    assert own.post("/safety/devices/shown", {"key": "m1-0000000000000000"}).status_code == 404
    assert Client(enforce_csrf_checks=True).post("/safety/devices/shown", shown).status_code == 204
    message.refresh_from_db()
    assert message.state == Message.DELIVERED
    assert Client().post("/safety/devices/shown", {"key": ""}).status_code == 404
    records = AuditRecord.objects.filter(detail__contains="device-add")
    assert records.count() == 1


def test_a_device_that_is_gone_is_not_woken_again_and_its_owner_learns_what_to_do(
    ward: Ward, crisis: Client, own: Client, service: PushService
) -> None:
    registered(own, service)
    service.statuses["/d1"] = 410
    check = begun(crisis)
    running.once(now)
    message = Message.objects.get(route="push")
    assert message.state == Message.REFUSED
    assert "もう一度押してください" in message.trouble
    assert "端末から通知の登録が消えました" in own.get("/safety/devices").content.decode()
    crisis.post(f"/safety/checks/{check.pk}/resend")
    assert Message.objects.filter(route="push").count() == 1
    # Registered anew it is another address, and good.
    registered(own, service, "/d2")
    own.post("/safety/ways/try")
    running.once(now)
    assert [path for path, _, _ in service.taken] == ["/d1", "/d2"]


@pytest.mark.parametrize(
    ("status", "state", "asked"),
    [
        (201, Message.SENT, 1),
        (429, Message.QUEUED, 1),
        (403, Message.QUEUED, 1),
        (500, Message.QUEUED, 1),
    ],
)
def test_what_a_push_service_says_is_told_apart(
    crisis: Client, own: Client, service: PushService, status: int, state: str, asked: int
) -> None:
    registered(own, service)
    service.statuses["/d1"] = status
    begun(crisis)
    running.once(now)
    assert Message.objects.get(route="push").state == state
    assert len(service.taken) == asked


def test_a_new_key_of_the_house_sends_nothing_to_devices_of_the_old_one(
    crisis: Client, own: Client, service: PushService, settings: Settings
) -> None:
    registered(own, service)
    begun(crisis)
    settings.SECRET_KEY = "another-" * 8
    running.once(now)
    message = Message.objects.get(route="push")
    assert (message.state, service.taken) == (Message.REFUSED, [])
    assert "鍵が替わりました" in message.trouble


def test_addresses_that_the_town_did_not_name_and_odd_keys_are_refused(
    own: Client, service: PushService
) -> None:
    good = given(Device(), service)
    for odd in (
        {"endpoint": "https://evil.example/x"},
        {"endpoint": "http://127.0.0.1:1/x"},
        {"p256dh": "AAAA"},
        {"auth": ""},
    ):
        own.post("/safety/devices", {**good, **odd})
    assert not Kept.objects.exists()


def test_a_browser_belongs_to_whoever_registered_it_last_and_ten_are_enough(
    ward: Ward, own: Client, service: PushService, signed_in: SignIn
) -> None:
    device = Device()
    own.post("/safety/devices", given(device, service))
    other = signed_in("戸籍係", "060", purpose="")
    other.post("/safety/devices", given(device, service))
    assert Kept.objects.get().person == ward.first("戸籍係", "060")
    for number in range(acts.MOST + 1):
        own.post("/safety/devices", given(Device(), service, f"/n{number}"))
    assert Kept.objects.filter(person=ward.first("税務係", "060")).count() == acts.MOST


def test_only_its_owner_removes_a_device_and_it_goes_with_the_person(
    ward: Ward, own: Client, service: PushService, signed_in: SignIn
) -> None:
    registered(own, service)
    number = Kept.objects.get().pk
    other = signed_in("戸籍係", "060", purpose="")
    assert other.post(f"/safety/devices/{number}/remove").status_code == 404
    assert own.post(f"/safety/devices/{number}/remove").status_code == 302
    assert not Kept.objects.exists()
    registered(own, service)
    forget(ward.first("税務係", "060"), None)
    assert not Kept.objects.exists()


def test_a_closed_network_has_no_push_at_all(
    ward: Ward, own: Client, service: PushService, settings: Settings
) -> None:
    registered(own, service)
    settings.MEIBO_REACHING = Reaching()
    person = ward.first("税務係", "060")
    assert [way.route for way in routes_of([person], TODAY)[person]] == ["mail"]
    page = own.get("/safety/devices").content.decode()
    assert "使っていません" in page
    assert "push-form" not in page
    assert own.post("/safety/devices", given(Device(), service)).status_code == 404


def test_the_worker_stays_at_its_address_and_needs_nobody_signed_in(client: Client) -> None:
    answer = client.get("/safety/devices/worker.js")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "showNotification" in answer.content.decode()


def test_the_services_are_set_by_name_and_not_by_a_pattern(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def set_to(value: str) -> Reaching:
        monkeypatch.setenv("MEIBO_PUSH", value)
        return config.reaching(tmp_path / "none.toml", secure=True, hosts=["a.example"])

    assert set_to("").carriers("push") == ()
    (one,) = set_to("fcm.googleapis.com, .notify.windows.com").carriers("push")
    assert one.hosts == ("fcm.googleapis.com", ".notify.windows.com")
    for odd in ("*", "*.example", "push.example/x", "push.example:443"):
        with pytest.raises(ImproperlyConfigured):
            set_to(odd)


def test_a_device_is_called_by_its_system_and_its_browser() -> None:
    assert label_of(ANDROID) == "AndroidのChrome"
    assert label_of("Mozilla/5.0 (Windows NT 10.0) Chrome/1 Safari/537 Edg/131") == "WindowsのEdge"
    assert (
        label_of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1")
        == "iPhoneのSafari"
    )
    assert label_of("") == "端末のブラウザ"


def test_a_trial_goes_to_a_device_as_well(own: Client, service: PushService) -> None:
    device = registered(own, service)
    own.post("/safety/ways/try")
    running.once(now)
    bodies = [device.opened(body).decode() for _, _, body in service.taken]
    assert ["試し" in body for body in bodies] == [True]
    assert Trial.objects.filter(route="push", state=Trial.SENT).count() == 1
