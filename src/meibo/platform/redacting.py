"""What has no place in a log is taken out of it, whoever wrote the line.

Our own code logs no values of people. Libraries log addresses with their queries, headers, forms;
so every line passes here on its way out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

GONE = "…"
_SECRET = re.compile(
    r"pass(word|code)?|secret|token|cookie|authorization|csrf|session|otp|credential|key$", re.I
)
#: name=value in an address, a form or a header, where the name is one of those above …
_NAMED = re.compile(
    r"(?i)\b([\w-]*(?:pass(?:word|code)?|secret|token|cookie|authorization|csrf|session|otp"
    r"|credential)[\w-]*[\"']?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;&]+(?: [^\s,;&=]+)?)"
)
#: … and anything that was asked: what somebody looks for may be a name or an address.
_ASKED = re.compile(r"([?&][\w.-]+=)[^&\s\"']+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: Telephones, staff numbers, 個人番号: seven digits or more, with or without signs between them;
#: dates are none.
_NUMBER = re.compile(r"(?<![\w.:-])(?!\d{4}-\d\d-\d\d\b)(?:\+?\d[ -]?){6,}\d(?![\w:-])")


def redacted(text: str) -> str:
    """The text without secrets, queries, mail addresses and long numbers."""
    text = _ASKED.sub(rf"\1{GONE}", text)
    text = _NAMED.sub(rf"\1{GONE}", text)
    return _NUMBER.sub(GONE, _MAIL.sub(GONE, text))


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A processor of structlog: the same for a whole event, at any depth."""
    return {name: _of(name, value) for name, value in event.items()}


def _of(name: str, value: object) -> object:
    if name.startswith("_") or name in {"timestamp", "level", "logger"}:
        return value  # structlog's own
    if _SECRET.search(name):
        return GONE
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, Mapping):
        return {str(key): _of(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_of("item", inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | float) else redacted(str(value))
