"""The code on a sheet: made, read as people type it, and kept as a hash alone."""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.crypto import salted_hmac

#: Without letters and digits that are taken for one another (I L O U; 0 and 1 stay).
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Sixteen of 32 signs: 80 bits.
LENGTH = 16
_GROUP = 4
_LOOKS_LIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """A code as it is printed: `7Q2M-…`, four groups of four."""
    signs = "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))
    return "-".join(signs[i : i + _GROUP] for i in range(0, LENGTH, _GROUP))


def read(text: str) -> str:
    """The sixteen signs of what somebody typed, in any width, case and grouping; empty where it
    can't be a code."""
    wide = unicodedata.normalize("NFKC", text).upper().translate(_LOOKS_LIKE)
    signs = "".join(sign for sign in wide if sign in _LETTERS)
    return signs if len(signs) == LENGTH else ""


def hashed(text: str) -> str:
    """What is kept of a code: worth nothing to who reads the database without the house's key."""
    return salted_hmac("meibo.entry.sheet", read(text), algorithm="sha256").hexdigest()
