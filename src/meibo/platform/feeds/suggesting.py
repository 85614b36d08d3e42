"""A first feed definition for sample files: read from their names, headers and values.

A suggestion is text to be looked at by a person: it says what was taken for what, and leaves
comments where somebody has to decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from meibo.platform.feeds.definition.fields import FIELDS, field_of
from meibo.platform.feeds.definition.kinds import Role, Type
from meibo.platform.feeds.definition.model import Definition
from meibo.platform.feeds.reading.headers import SEARCHED, header_names
from meibo.platform.feeds.sampling import Sampled, folded, sampled
from meibo.platform.feeds.synonyms import EFFECTS, SYNONYMS

Aliases = Mapping[Role, Mapping[str, str]]
_ROLES = (
    *(Role.MASTER, Role.ORDERS, Role.UNITS, Role.DUTIES, Role.CODES, Role.TRAINING),
    *(Role.LICENCES, Role.EVALUATION, Role.DECLARATIONS, Role.MUSTER),
)
_STYLES = (
    ("ymd8", re.compile(r"(?:19|20|99)\d{6}|00000000")),
    ("era7", re.compile(r"[1-5]\d{6}")),
    ("iso", re.compile(r"\d{4}-\d{1,2}-\d{1,2}")),
    ("slash", re.compile(r"\d{4}/\d{1,2}/\d{1,2}")),
    ("wareki", re.compile(r"(?:[MTSHR]|明治|大正|昭和|平成|令和).*")),
)
_MOST_CODES = 80


@dataclass(slots=True)
class _File:
    """One sample file, understood as far as it goes."""

    sample: Sampled
    role: Role
    header: tuple[str, ...]
    rows: list[list[str]]
    taken: dict[str, str] = field(default_factory=dict)  # header → field

    def values(self, header: str) -> list[str]:
        """What stands under a header, without the empty cells."""
        index = self.header.index(header)
        return [row[index].strip() for row in self.rows if index < len(row) and row[index].strip()]


def aliases_of(definitions: Iterable[Definition]) -> Aliases:
    """What headers mean, from definitions that are in use, and from common names."""
    found: dict[Role, dict[str, str]] = {
        role: {folded(header): name for header, name in SYNONYMS.get(role, {}).items()}
        for role in Role
    }
    for definition in definitions:
        for spec in definition.files:
            for column in spec.columns:
                found[spec.role].setdefault(folded(column.header), column.name)
    return found


def suggest(folder: Path, name: str, aliases: Aliases, *, today: date) -> str:
    """The text of a definition for the files of a folder."""
    files = [_understood(s, aliases) for s in sampled(folder)]
    known = [file for file in files if file is not None]
    parts = [
        _top(name, known),
        *(_file(file, today) for file in known),
        _tables(known),
        _terms(known),
    ]
    return "\n".join(part for part in parts if part).rstrip() + "\n"


def _understood(sample: Sampled, aliases: Aliases) -> _File | None:
    """The header row and the role that most headers speak for."""
    best: tuple[int, int, Role, dict[str, str]] | None = None
    for first, row in enumerate(sample.rows[:SEARCHED]):
        names = header_names([row])
        for role in _ROLES:
            taken = _matched(names, role, aliases[role])
            if best is None or len(taken) > best[0]:
                best = len(taken), first, role, taken
    if best is None or not sample.rows:
        return None
    _, first, role, taken = best
    header = header_names(sample.rows[first : first + 1])
    return _File(sample, role, header, sample.rows[first + 1 :], taken)


def _matched(names: Iterable[str], role: Role, aliases: Mapping[str, str]) -> dict[str, str]:
    """Headers that mean a field of the role; of two for one field the first."""
    taken: dict[str, str] = {}
    for name in names:
        meant = aliases.get(folded(name))
        if name and meant and meant not in taken.values() and field_of(role, meant):
            taken[name] = meant
    return taken


def _top(name: str, files: list[_File]) -> str:
    lines = [f"name = {_quoted(name)}", "", "[staff_number]"]
    numbers = [
        len(value)
        for file in files
        for header, meant in file.taken.items()
        if meant == "staff_no"
        for value in file.values(header)
        if value.isdecimal()
    ]
    if numbers:
        lines.append(f"digits = {Counter(numbers).most_common(1)[0][0]}")
    lines.append('check = "none" # 検査数字があれば modulus11 か modulus10 と weights を書く')
    return "\n".join(lines) + "\n"


def _file(file: _File, today: date) -> str:
    sample = file.sample
    pattern, has_base = _pattern(sample.name, file.role)
    lines = ["[[files]]", f'role = "{file.role.value}"', f"name = {_quoted(pattern)}"]
    lines.append(f'format = "{sample.format}"')
    if sample.format != "xlsx":
        lines.append(f'encoding = "{sample.encoding}"')
    if file.role is Role.CODES:
        lines.append('table = "post" # 何のコード表か：post job employment order_kind …')
    if file.role is Role.MASTER and not has_base:
        lines.append(
            f"base = {today.isoformat()} # いつ現在のファイルか。ファイル名にあれば {{base}}"
        )
    ignored = [header for header in file.header if header and header not in file.taken]
    if ignored:
        lines.append(f"ignore = [{', '.join(map(_quoted, ignored))}] # 意味が分からなかった列")
    lines += ["[files.columns]"]
    lines += [f"{_quoted(header)} = {_column(file, header)}" for header in file.taken]
    missing = [n for n, f in FIELDS[file.role].items() if f.needed and n not in file.taken.values()]
    lines += [f'# なくてはならない項目がまだありません： "見出し" = "{name}"' for name in missing]
    return "\n".join(lines) + "\n"


def _column(file: _File, header: str) -> str:
    name = file.taken[header]
    known = field_of(file.role, name)
    values = file.values(header)
    if known is not None and known.type is Type.DATE:
        style = _style(values)
        return f'{{ field = "{name}", dates = "{style}" }}' if style else f'"{name}"'
    if name == "sex":
        meant = {"男": "M", "女": "F", "1": "M", "2": "F", "M": "M", "F": "F"}
        pairs = [f'{_quoted(v)} = "{meant[v]}"' for v in sorted(set(values)) if v in meant]
        return f'{{ field = "sex", values = {{ {", ".join(pairs)} }} }}' if pairs else f'"{name}"'
    return f'"{name}"'


def _style(values: list[str]) -> str:
    """The style in which most of these dates are written."""
    counts = Counter(
        next((style for style, form in _STYLES if form.fullmatch(value)), "auto")
        for value in values
    )
    return counts.most_common(1)[0][0] if counts else ""


def _pattern(name: str, role: Role) -> tuple[str, bool]:
    """The name with its date left open: `{base}` where it says of when a master is."""
    found = re.search(r"(?<!\d)(?:19|20)\d{6}(?!\d)", name)
    if found is None:
        return name, False
    sign = "{base}" if role is Role.MASTER else "????????"
    return name[: found.start()] + sign + name[found.end() :], role is Role.MASTER


def _tables(files: list[_File]) -> str:
    """Code tables that no sample file brings: the codes that occur, to be given their names."""
    found: dict[str, set[str]] = {}
    for file in files:
        for header, name in file.taken.items():
            known = field_of(file.role, name)
            if known is not None and known.type is Type.CODE:
                found.setdefault(known.table, set()).update(file.values(header))
    parts = []
    for table, codes in sorted(found.items()):
        lines = [f"[tables.{table}] # コード = 名称。コード表のファイルがあれば、[[files]] に書く"]
        lines += [f"{_quoted(code)} = {_quoted(code)}" for code in sorted(codes)[:_MOST_CODES]]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _terms(files: list[_File]) -> str:
    """What kinds of orders do, guessed by what they are called."""
    kinds = {
        value
        for file in files
        if file.role is Role.ORDERS
        for header, name in file.taken.items()
        if name == "kind"
        for value in file.values(header)
    }
    parts = []
    for kind in sorted(kinds)[:_MOST_CODES]:
        effect = next((effect for word, effect in EFFECTS if word in kind), "move")
        slot = '\nslot = "leave"' if effect in {"pause", "resume"} else ""
        parts.append(
            f'[terms.{_quoted(kind)}]\neffect = "{effect}" # 意味を確かめてください{slot}\n'
        )
    return "\n".join(parts)


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = "".join(
        f"\\u{ord(c):04x}" if ord(c) < 32 or c == "\x7f" else f"\\{c}" if c in '\\"' else c
        for c in text
    )
    return f'"{escaped}"'
