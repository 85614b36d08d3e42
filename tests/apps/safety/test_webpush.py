"""Web push: the example of the standard, word for word, and what a push service sees."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from meibo.apps.safety.actions.reaching import webpush
from meibo.apps.safety.actions.reaching.webpush import Subscription, SubscriptionError
from tests.apps.safety.push_receivers import Device

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
#: RFC 8291, section 5 and appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
CLOSED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6"
    "TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulc"
    "y4a-fN"
)
HOSTS = ("fcm.googleapis.com", ".notify.windows.com", "http://127.0.0.1:8123")


def test_the_example_of_the_standard_comes_out_as_it_is_printed() -> None:
    secret = int.from_bytes(webpush.bytes_of(OURS))
    example = Subscription("", THEIRS, "BTBZMqHH6r4Tts7J_aSIgg", "")
    sender = ec.derive_private_key(secret, ec.SECP256R1())
    salt = webpush.bytes_of("DGv6ra1nlYgDCS1FRnbzlw")
    made = webpush.encrypted(TEXT, example, salt=salt, sender=sender)
    assert webpush.letters_of(made) == CLOSED


def test_a_browser_opens_what_was_closed_for_it_and_no_two_are_alike() -> None:
    device = Device()
    to = device.subscription("https://fcm.googleapis.com/x", "k")
    first, second = (webpush.encrypted("余震に注意".encode(), to) for _ in range(2))
    assert first != second
    assert device.opened(first).decode() == "余震に注意"
    assert Subscription.read(to.written()) == to


def test_who_sends_is_signed_for_one_push_service_and_for_hours() -> None:
    header = webpush.signed("https://push.example:444/a/b?c", "mailto:a@city.example", NOW)
    token, _, key = header.removeprefix("vapid t=").partition(", k=")
    head, claims, signature = token.split(".")
    told = json.loads(webpush.bytes_of(claims))
    assert told["aud"] == "https://push.example:444"
    assert 0 < told["exp"] - NOW.timestamp() <= 24 * 3600
    assert told["sub"] == "mailto:a@city.example"
    raw = webpush.bytes_of(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), webpush.bytes_of(key))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))


@pytest.mark.parametrize(
    ("endpoint", "good"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://db5p.notify.windows.com/w/?token=x", True),
        ("http://127.0.0.1:8123/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com@10.0.0.1/x", False),
        ("https://10.0.0.1/fcm.googleapis.com", False),
        ("https://evilnotify.windows.com.example/x", False),
        ("https://xfcm.googleapis.com/x", False),
        ("http://127.0.0.1:8124/x", False),
        ("https://[::1/x", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_push_services_that_the_town_named_are_ever_called(endpoint: str, good: bool) -> None:
    assert webpush.allowed(endpoint, HOSTS) == good


def test_keys_with_which_nothing_can_be_closed_are_refused() -> None:
    off_curve = base64.urlsafe_b64encode(b"\4" + b"\1" * 64).decode()
    for point, secret in (
        (off_curve, "BTBZMqHH6r4Tts7J_aSIgg"),
        (THEIRS, "short"),
        ("あ", "BTBZMqHH6r4Tts7J_aSIgg"),
        ("", ""),
    ):
        with pytest.raises(SubscriptionError):
            Subscription("https://x", point, secret, "").check()
    for text in ("", "[]", "{}", '{"endpoint": 1}'):
        with pytest.raises(SubscriptionError):
            Subscription.read(text)
