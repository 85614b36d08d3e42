"""Which way leads to an address."""

import pytest

from meibo.domain.proxies import Proxies, Proxy

PLAIN, SECURE = Proxy("http://p:1", "p", 1), Proxy("http://s:2", "s", 2)
STRAIGHT = (".lg.example", "gate.example", "10.0.0.0/8", "192.168.1.9")


@pytest.mark.parametrize(
    ("scheme", "host", "way"),
    [
        ("https", "fcm.googleapis.com", SECURE),
        ("http", "hub.example", PLAIN),
        ("https", "sms.lg.example", None),
        ("https", "lg.example", None),
        ("https", "notlg.example", SECURE),
        ("http", "gate.example", None),
        ("http", "gate.example.", None),
        ("http", "10.20.30.40", None),
        ("http", "11.20.30.40", PLAIN),
        ("http", "192.168.1.9", None),
        ("http", "localhost", None),
        ("http", "127.0.0.1", None),
        ("http", "::1", None),
    ],
)
def test_the_way_is_straight_to_what_is_named_and_to_this_machine(
    scheme: str, host: str, way: Proxy | None
) -> None:
    assert Proxies(PLAIN, SECURE, STRAIGHT).to(scheme, host) is way


def test_without_a_proxy_and_with_a_star_all_ways_are_straight() -> None:
    assert Proxies().to("https", "a.example") is None
    assert Proxies(PLAIN, SECURE, ("*",)).to("https", "a.example") is None
    assert Proxies(http=PLAIN).to("https", "a.example") is None


def test_its_password_is_told_to_it_and_is_in_no_message() -> None:
    proxy = Proxy("http://u:zq@p:1", "p", 1, "u", "zq")
    assert proxy.headers == {"Proxy-Authorization": "Basic dTp6cQ=="}
    assert "zq" not in repr(proxy)
