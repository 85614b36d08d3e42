"""The feeds of this town that have a way out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from meibo.ledger import house as ledger_house
from meibo.ledger.reader.standing import unit_spans
from meibo.platform.feeds import CodeRow, Definition, DefinitionError, Role, load_definition
from meibo.platform.feeds.house import House, Standing, Units
from meibo.platform.feeds.outbound import outgoing
from meibo.platform.feeds.values.gaiji import Gaiji, host_character, unicode_text

GAIJI = "gaiji"
"""The code table in which an intake keeps the town's 外字."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One definition with a way out. `key`: the name of its file, by which pages speak of it."""

    key: str
    definition: Definition

    @property
    def name(self) -> str:
        """What the town calls it."""
        return self.definition.name


def feeds() -> list[Feed]:
    """Every definition of the town that has `[out]`; one that can't be read is left to `meibo`."""
    folder = Path(settings.MEIBO_TOWN) / "feeds"
    found = [feed_at(path) for path in sorted(folder.glob("*.toml"))]
    return [feed for feed in found if feed is not None]


def feed_at(path: Path) -> Feed | None:
    """The feed of a file; None where it has no way out, or is none."""
    try:
        definition = _loaded(path, path.stat().st_mtime_ns)
    except (DefinitionError, OSError):
        return None
    return Feed(path.stem, definition) if definition.out is not None else None


def feed(key: str) -> Feed | None:
    """The feed of this key."""
    return next((each for each in feeds() if each.key == key), None)


def key_of(name: str | None) -> str | None:
    """The key of the feed that has this name."""
    return next((each.key for each in feeds() if each.name == name), None)


def headers_of(name: str) -> dict[str, str]:
    """Header → field of what the feed of this name writes now; the field is empty where a column
    tells of the delivery and not of a person. Nothing for a feed that is there no more."""
    definition = next((each.definition for each in feeds() if each.name == name), None)
    if definition is None:
        return {}
    out, spec = outgoing(definition)
    told = {column.header: column.name for column in spec.columns}
    return told | dict.fromkeys(out.difference.headers, "")


@lru_cache(maxsize=16)
def _loaded(path: Path, _changed: int) -> Definition:
    return load_definition(path)


def masters_only(definition: Definition) -> Definition:
    """The definition with its outgoing file alone: what is compared is one file.

    Whether a value is likely, or a reading one of its name, is for an intake to ask: here it is
    held against the roster's as it is.
    """
    out = definition.out
    files = tuple(
        replace(
            spec,
            optional=True,
            rules=(),
            columns=tuple(replace(column, of="") for column in spec.columns),
        )
        for spec in definition.files
        if spec.role is Role.MASTER and (out is None or spec.name == out.file)
    )
    return replace(definition, files=files)


def house_of(definition: Definition) -> House:
    """Units, code tables and 外字 as the roster has them, for reading and for writing."""
    codes = ledger_house.codes()
    tables = {
        name: {row.code: CodeRow(row.code, row.name) for row in codes.table(name).values()}
        for name in _tables(definition)
    }
    for name, own in definition.tables.items():
        own_rows = {code: CodeRow(code, text) for code, text in own.items()}
        tables[name] = {**tables.get(name, {}), **own_rows}
    units = Units(Standing(*span) for span in unit_spans())
    return House(definition, Gaiji(_gaiji(definition)), tables, units)


def substitutes() -> dict[str, str]:
    """Text → 代替文字, of the town's 外字."""
    rows = ledger_house.codes().table(GAIJI).values()
    found = {unicode_text(row.name): str(row.extra.get("substitute") or "") for row in rows}
    return {text: letter for text, letter in found.items() if text and letter}


def _gaiji(definition: Definition) -> dict[str, str]:
    """Letter of the host → text; the definition's own come on top of the town's."""
    rows = {row.code: row.name for row in ledger_house.codes().table(GAIJI).values()}
    mapping: dict[str, str] = {}
    for code, written in {**rows, **definition.gaiji}.items():
        character, text = host_character(code), unicode_text(written)
        if character and text:
            mapping[character] = text
    return mapping


def _tables(definition: Definition) -> set[str]:
    return {c.table for spec in definition.files for c in spec.columns if c.table}
