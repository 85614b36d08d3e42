"""Secrets of second factors at rest."""

import base64

import pytest
from cryptography.exceptions import InvalidTag

from meibo.platform.accounts.sealing import WrongMasterKeyError, name_of, open_sealed, seal

KEY = b"k" * 32


def test_what_is_sealed_opens_again_and_never_looks_the_same() -> None:
    first, second = seal("himitsu", KEY), seal("himitsu", KEY)
    assert first != second
    assert open_sealed(first, KEY) == open_sealed(second, KEY) == "himitsu"


def test_it_names_the_key_under_which_it_lies() -> None:
    assert seal("himitsu", KEY).split(":")[1] == name_of(KEY)


def test_another_master_key_is_told_and_not_tried() -> None:
    with pytest.raises(WrongMasterKeyError):
        open_sealed(seal("himitsu", KEY), b"x" * 32)


def test_what_was_never_sealed_does_not_pass_for_it() -> None:
    with pytest.raises(WrongMasterKeyError):
        open_sealed("himitsu", KEY)


def test_an_altered_secret_does_not_open() -> None:
    form, name, body = seal("himitsu", KEY).split(":")
    raw = bytearray(base64.b64decode(body))
    raw[-1] ^= 1
    with pytest.raises(InvalidTag):
        open_sealed(f"{form}:{name}:{base64.b64encode(bytes(raw)).decode()}", KEY)


def test_the_master_key_itself_is_not_the_key() -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = base64.b64decode(seal("himitsu", KEY).split(":")[2])
    with pytest.raises(InvalidTag):
        AESGCM(KEY).decrypt(raw[:12], raw[12:], b"meibo second factor")
