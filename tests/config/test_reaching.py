"""Who carries messages is read at the start; what is wrong stops it."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from meibo.config.reaching import reaching
from meibo.domain.safety.gateways import Lookup, Probing, Reaching
from tests.house.source import ROOT

GATEWAY = '[[gateway]]\nname = "a"\nroute = "sms"\nurl = "https://a.example"\nbody = "{}"\n'


def read(folder: Path, text: str) -> Reaching:
    path = folder / "reaching.toml"
    path.write_text(text, encoding="utf-8")
    return reaching(path, secure=True, hosts=["meibo.example"])


def test_the_example_tells_what_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SMS_A_TOKEN", "SMS_A_REPORT_TOKEN", "CHAT_TOKEN"):
        monkeypatch.setenv(name, f"secret of {name}")
    monkeypatch.setenv("MEIBO_SMTP_URL", "smtp://one:25, smtps://two")
    path = ROOT / "town" / "reaching.example.toml"
    found = reaching(path, secure=True, hosts=["meibo.example"])
    assert found.routes() == ("mail", "sms", "chat")
    assert [each.name for each in found.carriers("mail")] == ["smtp-1", "smtp-2"]
    first, second = found.carriers("sms")
    assert (first.token, first.reports.token) == (
        "secret of SMS_A_TOKEN",
        "secret of SMS_A_REPORT_TOKEN",
    )
    assert second.reports.token == ""
    assert first.lookup == Lookup("https://sms.example/v1/lookups", '{"number": "{address}"}')
    assert second.lookup is None
    assert found.probing == Probing(on=True, days=30, day=1)
    assert found.route_of("LoGoチャット") == "chat"
    assert (found.public_url, found.mail_from) == ("https://meibo.example", "meibo@meibo.example")
    assert (found.rates, found.waits, found.resend) == ({"sms": 20.0}, {"sms": 3}, (10, 30, 60))


def test_without_a_file_nothing_leaves_the_house(tmp_path: Path) -> None:
    found = reaching(tmp_path / "none.toml", secure=False, hosts=["*", "a"])
    assert (found.routes(), found.public_url) == ((), "http://a")


@pytest.mark.parametrize(
    "wrong",
    [
        "zq = 1",
        "[resend]\nminutes = [30, 10]",
        "not toml",
        GATEWAY + GATEWAY,
        GATEWAY.replace('body = "{}"\n', ""),
        GATEWAY.replace('"{}"', '"{"'),
        GATEWAY.replace("https", "file"),
        GATEWAY + 'token_env = "ZQ_NOT_SET"',
        GATEWAY + "zq = 1",
        GATEWAY + "[gateway.reports]\nzq = 1",
        GATEWAY + '[gateway.lookup]\nurl = "https://a.example"',
        GATEWAY + '[gateway.lookup]\nurl = "file:///a"\nbody = "{}"',
        GATEWAY + '[gateway.lookup]\nurl = "https://a.example"\nbody = "{"',
        GATEWAY + '[gateway.lookup]\nurl = "https://a.example"\nbody = "{}"\nzq = 1',
        "[probe]\nday = 29",
        "[probe]\ndays = 0",
        "[probe]\nzq = 1",
    ],
)
def test_what_is_wrong_stops_the_start(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        read(tmp_path, wrong)


def test_a_mail_server_by_another_way_stops_the_start_and_its_password_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEIBO_SMTP_URL", "http://user:zq-secret@mail")
    with pytest.raises(ImproperlyConfigured) as told:
        read(tmp_path, "")
    assert "zq-secret" not in str(told.value)
