"""Everybody who calls out of the house goes through the proxy that the surroundings name: gateways,
push services, feeds of telegrams and their hub."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from meibo.apps.safety.actions.reaching import webpush
from meibo.apps.safety.actions.reaching.gateway import GatewayCarrier
from meibo.apps.safety.actions.reaching.letters import Envelope, Letter, TrialWords, Verdict
from meibo.apps.safety.actions.reaching.pushing import PushCarrier
from meibo.config import environment
from meibo.config.clock import now
from meibo.domain.proxies import Proxies
from meibo.domain.safety.gateways import Provider, Reaching
from meibo.platform.telegrams import fetching
from meibo.platform.telegrams.fetching import UnansweredError
from tests.apps.safety.push_receivers import Device
from tests.apps.safety.receivers import Gateway, gateway_server, good
from tests.platform.telegrams.server import open_office
from tests.proxied import Relay, proxy_server

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
BODY = '{"to": "{address}", "text": "{text}"}'
PUSH = "push.example"


@pytest.fixture
def relay(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """A network from which everything but this proxy is out of reach."""
    made = Relay()
    with proxy_server(made) as url:
        named(settings, monkeypatch, url)
        yield made


def named(settings: Settings, monkeypatch: pytest.MonkeyPatch, url: str, no: str = "") -> None:
    for name, value in (("HTTP_PROXY", url), ("HTTPS_PROXY", url), ("NO_PROXY", no)):
        monkeypatch.setenv(name, value)
    settings.MEIBO_PROXIES = environment.proxies()


def letter(address: str) -> Letter:
    envelope = Envelope(1, "t1-0123456789abcdef", "p", address, 1, 0)
    return Letter(envelope, TrialWords(Reaching("https://meibo.example")))


def handed(carrier: Any, address: str) -> Any:
    try:
        return carrier.carry(letter(address), lambda: None)
    finally:
        carrier.close()


def port_of(url: str) -> int:
    return int(url.split(":")[2].split("/", maxsplit=1)[0])


def sms(url: str) -> GatewayCarrier:
    return GatewayCarrier(Provider("sms", "sms", url, BODY, timeout=5))


def test_a_gateway_is_asked_through_the_proxy(relay: Relay) -> None:
    gateway = Gateway(good)
    with gateway_server(gateway) as url:
        relay.places["sms.example"] = port_of(url)
        said = handed(sms("http://sms.example/send"), "09000000001")
    assert said.verdict is Verdict.SENT
    assert gateway.numbers == ["09000000001"]
    assert relay.asked == ["POST http://sms.example/send"]
    assert "Proxy-Authorization" not in gateway.headers[0]


def test_what_is_named_as_near_is_asked_straight(
    relay: Relay, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(settings, monkeypatch, relay.url, no="sms.invalid")
    said = handed(sms("http://sms.invalid/send"), "09000000001")
    assert said.verdict is Verdict.DOWN
    assert relay.asked == []
    gateway = Gateway(good)
    with gateway_server(gateway) as url:  # on this machine
        assert handed(sms(url), "09000000001").verdict is Verdict.SENT
    assert relay.asked == []


def test_a_proxy_that_is_away_or_asks_for_a_password_is_down_and_nothing_was_sent(
    relay: Relay, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay.wants = "Basic dTp6cQ=="
    tunnelled = handed(sms("https://sms.example/send"), "09000000001")
    assert (tunnelled.verdict, "ProxyError" in tunnelled.trouble) == (Verdict.DOWN, True)
    assert handed(sms("http://sms.example/send"), "09000000001").verdict is Verdict.DOWN
    named(settings, monkeypatch, relay.url.replace("//", "//u:zq@"))
    gateway = Gateway(good)
    with gateway_server(gateway) as url:
        relay.places["sms.example"] = port_of(url)
        said = handed(sms("http://sms.example/send"), "09000000001")
    assert said.verdict is Verdict.SENT
    named(settings, monkeypatch, "http://127.0.0.1:1")
    away = handed(sms("http://sms.example/send"), "09000000001")
    assert (away.verdict, "ProxyError" in away.trouble) == (Verdict.DOWN, True)


def test_a_device_is_woken_through_a_tunnel_in_which_the_proxy_reads_nothing(
    relay: Relay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, taken = Device(), list[bytes]()
    with push_over_tls(tmp_path, taken) as port:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "push.pem"))
        relay.places[PUSH] = port
        to = device.subscription(f"https://{PUSH}/d1", webpush.public_key())
        carrier = PushCarrier(Provider("push", "push", "", hosts=(PUSH,), timeout=5), "mailto:a@b")
        carrier.now = NOW
        said = handed(carrier, to.written())
    assert said.verdict is Verdict.SENT, said
    assert relay.asked == [f"CONNECT {PUSH}:443"]
    assert json.loads(device.opened(taken[0]))["title"] == "【試し】安否確認の連絡"


def test_whoever_answers_in_the_name_of_a_push_service_has_to_prove_it(
    relay: Relay, tmp_path: Path
) -> None:
    taken: list[bytes] = []
    with push_over_tls(tmp_path, taken) as port:  # and its certificate is trusted by nobody
        relay.places[PUSH] = port
        to = Device().subscription(f"https://{PUSH}/d1", webpush.public_key())
        carrier = PushCarrier(Provider("push", "push", "", hosts=(PUSH,), timeout=5), "mailto:a@b")
        carrier.now = NOW
        said = handed(carrier, to.written())
    assert said.verdict is Verdict.DOWN
    assert taken == []


def test_feeds_are_polled_and_a_hub_is_asked_through_the_proxy(relay: Relay) -> None:
    with open_office() as office:
        office.pages["/a.xml"] = b"<a/>"
        relay.places["jma.example"] = port_of(office.base + "/")
        assert fetching.ask("http://jma.example/a.xml").data == b"<a/>"
        with pytest.raises(UnansweredError):
            fetching.send("http://jma.example/hub", b"a=b")
    assert relay.asked == ["GET http://jma.example/a.xml", "POST http://jma.example/hub"]


def test_feeds_under_https_go_through_a_tunnel(relay: Relay) -> None:
    with pytest.raises(UnansweredError):
        fetching.ask("https://jma.example/a.xml")
    assert relay.asked == ["CONNECT jma.example:443"]


def test_small_letters_go_before_capitals_and_a_name_without_scheme_will_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "proxy.lg.example:8080")
    monkeypatch.setenv("HTTPS_PROXY", "http://other:1")
    monkeypatch.setenv("no_proxy", ".lg.example, 10.0.0.0/8")
    found = environment.proxies()
    assert found.https is not None
    assert (found.https.host, found.https.port) == ("proxy.lg.example", 8080)
    assert found.straight == (".lg.example", "10.0.0.0/8")
    assert found.http is None


@pytest.mark.parametrize("written", ["socks5://p:1", "https://p:1", "http://", "http://p:x"])
def test_a_proxy_that_could_not_be_used_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", written)
    with pytest.raises(ImproperlyConfigured, match="HTTPS_PROXY"):
        environment.proxies()


def test_without_the_variables_there_is_no_proxy(settings: Settings) -> None:
    assert Proxies() == settings.MEIBO_PROXIES


@contextmanager
def push_over_tls(folder: Path, taken: list[bytes]) -> Iterator[int]:
    """A push service with a certificate of its own."""
    file = folder / "push.pem"
    _certify(file)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Nor are they noisy when a caller hangs up."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with Server(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def _certify(file: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, PUSH)])
    today = now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(PUSH)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
