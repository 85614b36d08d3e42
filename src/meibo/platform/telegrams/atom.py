"""Atom feeds of the agency: which telegrams they name. Read as carefully as telegrams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from meibo.domain.telegram.tree import Node, parse

_ATOM = "http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class Named:
    """A telegram that a feed names."""

    address: str
    updated: datetime | None


def is_feed(root: Node) -> bool:
    """Whether a document is an Atom feed."""
    return root.name == f"{_ATOM}feed"


def named(data: bytes, base: str) -> list[Named]:
    """The telegrams of a feed that lie on the host of `base`: a feed can't send us elsewhere.
    Raises UnreadableError."""
    root = parse(data)
    if not is_feed(root):
        return []
    found = [_entry(entry, base) for entry in root.all(f"{_ATOM}entry")]
    home = urlsplit(base)
    return [one for one in found if one and _is_home(one.address, home.scheme, home.netloc)]


def _entry(entry: Node, base: str) -> Named | None:
    links = [link.attributes for link in entry.all(f"{_ATOM}link")]
    link = next((a["href"] for a in links if a.get("href")), entry.said(f"{_ATOM}id"))
    if not link:
        return None
    try:
        updated = datetime.fromisoformat(entry.said(f"{_ATOM}updated"))
    except ValueError:
        updated = None
    zoned = updated if updated and updated.tzinfo else None
    return Named(urljoin(base, link), zoned)


def _is_home(address: str, scheme: str, host: str) -> bool:
    parts = urlsplit(address)
    return parts.netloc == host and parts.scheme in {"https", scheme} and len(address) <= 500
