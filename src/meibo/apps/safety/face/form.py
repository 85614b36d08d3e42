"""What comes back from the page, read without trusting any of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from meibo.domain.safety.words import COMES, FAMILY, HOME, HOURS, NO, PLACE, STATUS, WAYS, WORDS

MOST_BYTES = 8_000
SHEET = ("sheet", "1")
"""The page's own field. Who posts without having read the page has not answered."""
_MOST_WAITED = timedelta(days=7)
_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered, and when. `more`: family, home, way, place, words; only what was
    said."""

    at: datetime
    status: str
    comes: str = ""
    arrives_at: datetime | None = None
    more: Mapping[str, str] = field(default_factory=dict)


_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Wrong:
    """What keeps it from being an answer; the values go back into the page."""

    text: str
    values: Mapping[str, str]


def typed(body: bytes) -> dict[str, str]:
    """Field by field what was sent; nothing where it can't be read."""
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        return {}


def read(values: Mapping[str, str], *, family: bool = True, now: datetime) -> Given | Wrong:
    """The answer in these fields. `family`: whether the town asks for it."""
    if values.get(SHEET[0]) != SHEET[1]:
        return Wrong("もう一度、この画面から送ってください。", values)
    status, comes = values.get("status", ""), values.get("comes", "")
    if status not in STATUS:
        return Wrong("無事かどうかを選んで、もう一度送ってください。", values)
    if comes and comes not in COMES:
        return Wrong("来られるかどうかを選んで、もう一度送ってください。", values)
    at = now - _waited(values.get("waited", ""))
    hours = HOURS.get(values.get("hours", "")) if comes and comes != NO else None
    more = {
        "family": _known(values.get("family", ""), FAMILY) if family else "",
        "home": _known(values.get("home", ""), HOME),
        "way": _known(values.get("way", ""), WAYS) if comes and comes != NO else "",
        "place": _line(values.get("place", ""), PLACE),
        "words": _line(values.get("words", ""), WORDS),
    }
    arrives = at + timedelta(hours=hours) if hours else None
    return Given(at, status, comes, arrives, {key: value for key, value in more.items() if value})


def _waited(text: str) -> timedelta:
    """For how long the answer waited in the browser for a line."""
    if not (text.isascii() and text.isdigit() and len(text) < len("1000000")):
        return timedelta()
    return min(timedelta(seconds=int(text)), _MOST_WAITED)


def _known(word: str, words: Mapping[str, str]) -> str:
    return word if word in words else ""


def _line(text: str, most: int) -> str:
    """Cut rather than refused: who is hurt is not asked to shorten it. What joins the parts of one
    drawn sign is kept, or a family would fall into its people."""
    plain = "".join(c if c.isprintable() or c == _JOINER else " " for c in text)
    return plain.strip()[:most].rstrip(_JOINER)
