"""What a 辞令 says, by kind of order: the municipality's `town/forms/jirei.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

#: What may stand in braces.
PLACES = frozenset(
    {
        *("unit", "post", "grade", "job", "employment", "until", "term", "body", "reason"),
        *("old_unit", "old_post", "town", "wording", "note"),
    }
)
#: A line of a letter: what it may read; the first of which everything is known is printed.
Line = tuple[str, ...]
SEALS = ("stamp", "electronic", "omitted")
_ADDED = re.compile(r"[（(][^（()）]*[）)]$")
_PLACE = re.compile(r"\{(\w+)\}")


class WordingError(Exception):
    """The town's file cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The town's sentences. `sentences`: kind of order → lines, "" for every other kind; a line
    is what it may read, the fullest first."""

    sentences: Mapping[str, tuple[Line, ...]]
    signers: Mapping[str, str]
    names: Mapping[str, str]
    seal: str

    def knows(self, kind: str) -> bool:
        """Whether the town has sentences of its own for a kind of order."""
        return _plain(kind) in self.sentences

    def lines(self, kind: str, values: Mapping[str, str]) -> list[str]:
        """What is said: the lines of which everything they name is known. Of the town's lines for
        kinds it does not list, the first that can be said."""
        own = self.sentences.get(_plain(kind), ())
        said = [filled for line in own if (filled := _first(line, values))]
        if said:
            return said
        others = _first([each for line in self.sentences[""] for each in line], values)
        return [others] if others else []

    def signer(self, authority: str, values: Mapping[str, str]) -> tuple[str, str]:
        """Who signs for an appointing authority: office, and name where the town prints it. Only
        the town's own words are printed, never the authority as an order writes it."""
        office = self.signers.get(authority) or self.signers[""]
        name = self.names.get(authority) or self.names.get("", "")
        return _filled(office, values) or _PLACE.sub("", office), name


def wording() -> Wording:
    """The town's wording as its file has it now. Raises WordingError."""
    path = Path(settings.MEIBO_TOWN) / "forms" / "jirei.toml"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise WordingError(f"{path.name} を開けません。") from error


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Wording:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingError(f"{path.name} を読めません: {error}") from error
    tables = {name: found.get(name, {}) for name in ("wording", "signer", "signer_name", "seal")}
    sentences = {kind: tuple(map(_line, own)) for kind, own in tables["wording"].items()}
    signers = {key: str(text) for key, text in tables["signer"].items()}
    if not sentences.get("") or not signers.get(""):
        raise WordingError(f'{path.name} の [wording] と [signer] には "" の行が要ります。')
    lines = [text for own in sentences.values() for line in own for text in line]
    for text in [*signers.values(), *lines]:
        unknown = set(_PLACE.findall(text)) - PLACES
        if unknown:
            raise WordingError(f"{path.name} の「{text}」の {{{min(unknown)}}} は使えません。")
    seal = str(tables["seal"].get("kind", "stamp"))
    if seal not in SEALS:
        raise WordingError(f"{path.name} の seal は {'・'.join(SEALS)} のどれかです。")
    names = {key: str(text) for key, text in tables["signer_name"].items()}
    return Wording(sentences, signers, names, seal)


def _line(found: object) -> Line:
    """A line as the file has it: one text, or a list of texts of which one is said."""
    return tuple(map(str, found)) if isinstance(found, list) else (str(found),)


def _plain(kind: str) -> str:
    """A kind of order without what is added in brackets: 「配置換（訂正）」 is said like 配置換."""
    return _ADDED.sub("", kind)


def joined(unit: str, post: str) -> str:
    """A unit and the post in it as orders write them: 収納係 and 係長 are 収納係長."""
    shared = post.removesuffix("長")
    doubled = shared and shared != post and unit.endswith(shared)
    return unit + ("長" if doubled else post)


def _first(texts: Iterable[str], values: Mapping[str, str]) -> str:
    """The first of the texts that can be said; empty where none can."""
    return next((said for text in texts if (said := _filled(text, values))), "")


def _filled(line: str, values: Mapping[str, str]) -> str:
    """The line with everything it names; empty where one of these is not known."""
    named = _PLACE.findall(line)
    if not all(values.get(name) for name in named):
        return ""
    for unit, post in (("unit", "post"), ("old_unit", "old_post")):
        both = joined(values.get(unit, ""), values.get(post, ""))
        line = line.replace(f"{{{unit}}}{{{post}}}", both)
    return _PLACE.sub(lambda found: values[found[1]], line)
