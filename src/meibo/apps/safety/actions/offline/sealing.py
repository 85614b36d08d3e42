"""The one file that opens without a network: who can open it, and how a change of it shows.

It is a page by itself. What it holds is encrypted with AES-256-GCM under a key that PBKDF2 makes of
the holder's password (WebCrypto knows no scrypt); the header, the rules of the page and the public
key are bound in as associated data. Over all of that stands a signature of the house (ECDSA P-256,
which every WebCrypto has), tested before anybody is asked for a password. Script and style are
named in the page's own policy by their hashes and the policy is signed, so a changed byte of them
is refused by the browser.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import html
import json
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.crypto import salted_hmac

DATA = Path(__file__).resolve().parents[2] / "data"
#: OWASP Password Storage Cheat Sheet for PBKDF2-HMAC-SHA-256.
ROUNDS = 600_000
SALT = 16
_NONCE = 12
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_TICKS = re.compile(r"MEIBO1\.([0-9a-f]{32})\.([\w-]{16})\.([\w-]+)")


def key_of(password: str, salt: bytes, rounds: int = ROUNDS) -> bytes:
    """The key that a password makes; the browser makes the same one."""
    typed = unicodedata.normalize("NFKC", password).encode()
    return hashlib.pbkdf2_hmac("sha256", typed, salt, rounds, 32)


def _house_key() -> ec.EllipticCurvePrivateKey:
    """The key of this house for such files: made of its secret, so that there is no further one to
    keep; a new secret is a new key."""
    made = salted_hmac(
        "meibo.safety.offline", "1", secret=settings.SECRET_KEY, algorithm="sha512"
    ).digest()
    return ec.derive_private_key(int.from_bytes(made) % (_ORDER - 1) + 1, ec.SECP256R1())


def _public() -> bytes:
    return _house_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def fingerprint() -> str:
    """The public key in few letters, to be compared by eye."""
    digest = hashlib.sha256(_public()).hexdigest()[:16]
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def _sign(text: str) -> str:
    signature = _house_key().sign(text.encode(), ec.ECDSA(hashes.SHA256()))
    return "".join(f"{part:064x}" for part in utils.decode_dss_signature(signature))


def _letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(letters: str) -> bytes:
    return base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))


def page(key: bytes, header: Mapping[str, Any], content: Mapping[str, Any]) -> bytes:
    """The file. `header` is readable by anybody who holds it: nothing personal belongs there."""
    script, style = ((DATA / name).read_text("utf-8") for name in ("offline.js", "offline.css"))
    rules = _rules(script, style)
    head = _letters(_written(header))
    public = _public().hex()
    bound = f"{rules}\n{head}\n{public}"
    nonce = os.urandom(_NONCE)
    body = nonce + AESGCM(key).encrypt(nonce, _written(content), bound.encode())
    sealed = _letters(body)
    signature = _sign(f"{bound}\n{sealed}")
    parts = {
        "RULES": html.escape(rules, quote=False),
        "STYLE": style,
        "SEALED": f"{public}.{signature}.{head}.{sealed}",
        "SCRIPT": script,
    }
    frame = (DATA / "offline.html").read_text("utf-8").rstrip("\n")
    return re.sub(r"@@(\w+)@@", lambda found: parts[found[1]], frame).encode()


def _written(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _rules(script: str, style: str) -> str:
    named = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (script, style)
    ]
    return (
        f"default-src 'none'; script-src 'sha256-{named[0]}'; style-src 'sha256-{named[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


class BroughtError(ValueError):
    """What was brought is not what a file of this house gives out; the message says so."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What was ticked off, still closed: in which file."""

    ident: str
    nonce: bytes
    sealed: bytes

    def opened(self, key: bytes) -> Any:
        """What was ticked off, as it was written. Raises BroughtError for a changed byte."""
        bound = f"meibo-ticks\n{self.ident}".encode()
        try:
            return json.loads(AESGCM(key).decrypt(self.nonce, self.sealed, bound))
        except (InvalidTag, ValueError) as error:
            raise BroughtError(
                "中身を開けません。書き換わっているか、途中で切れています。"
                "持ち出し名簿からもう一度書き出してください。"
            ) from error


def brought(text: str) -> Brought:
    """Read what a file gave out. Raises BroughtError for anything else."""
    found = _TICKS.fullmatch("".join(text.split()))
    if found is None:
        raise BroughtError(
            "持ち出し名簿が書き出したものではありません。"
            "「MEIBO1.」で始まるファイルか文字を入れてください。"
        )
    try:
        return Brought(found[1], _bytes(found[2]), _bytes(found[3]))
    except (binascii.Error, ValueError) as error:
        raise BroughtError("途中で切れています。もう一度書き出してください。") from error
