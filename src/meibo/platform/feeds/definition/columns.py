"""Columns of a definition: `"header" = "field"`, or a table with how the column is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from meibo.platform.feeds.definition.fields import field_of, known_fields
from meibo.platform.feeds.definition.kinds import Role, Type
from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.definition.toml import Section

STYLES = ("ymd8", "iso", "slash", "era7", "wareki", "excel", "auto")
"""Date styles, as meibo.domain.calendar names them."""

_SWITCH = {Type.FLAG: (("1",), ("0",))}
_PART = re.compile(r"\.\d+$")
"""One of several columns that make up the path of a unit: any of them may be empty."""
_READINGS = {"kana": "name", "maiden_kana": "maiden_name"}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for every column unless it says otherwise."""

    dates: tuple[str, ...]
    open: frozenset[str]
    unset: frozenset[str]
    blanks: frozenset[str]


def defaults_of(section: Section, above: Defaults | None = None) -> Defaults:
    """The defaults that a table states, on top of those `above` it."""
    base = above or Defaults(("auto",), frozenset(), frozenset(), frozenset())
    return Defaults(
        _styles(section) or base.dates,
        _set(section, "open", base.open),
        _set(section, "unset", base.unset),
        _set(section, "blanks", base.blanks),
    )


def _set(section: Section, key: str, default: frozenset[str]) -> frozenset[str]:
    return frozenset(section.texts(key)) if section.has(key) else default


def _styles(section: Section) -> tuple[str, ...]:
    styles = section.texts("dates")
    for style in styles:
        if style not in STYLES:
            allowed = "、".join(STYLES)
            raise section.error("dates", f"「{style}」は使えません。使えるもの: {allowed}")
    return styles


def load_columns(section: Section, role: Role, defaults: Defaults) -> tuple[Column, ...]:
    """The columns in the order written. Two columns may not fill one field."""
    columns = tuple(_column(section, header, role, defaults) for header in section)
    seen: dict[str, str] = {}
    for column in columns:
        if column.name in seen:
            other = seen[column.name]
            raise section.error(
                column.header, f"項目「{column.name}」は「{other}」の列にも書いてあります。"
            )
        seen[column.name] = column.header
    return columns


def _column(section: Section, header: str, role: Role, defaults: Defaults) -> Column:
    written = section.raw(header)
    content = {"field": written} if isinstance(written, str) else written
    if not isinstance(content, dict):
        raise section.error(header, '"field" か、{ field = "…" } を書いてください。')
    table = Section(section.path, f"{section.key}.{header}", content)
    name = table.text("field")
    field = field_of(role, name)
    if field is None:
        allowed = "、".join(known_fields(role))
        raise table.error("field", f"「{name}」という項目はありません。使えるもの: {allowed}")
    type_ = Type(table.choice("type", [t.value for t in Type], field.type.value))
    field = replace(field, type=type_, day=table.choice("day", _DAYS, field.day))
    column = Column(
        header=header,
        name=name,
        field=field,
        needed=table.flag("needed", default=field.needed),
        expected=table.flag("required", default=field.expected and not _PART.search(name)),
        blanks=_set(table, "blanks", defaults.blanks),
        fill_down=table.flag("fill_down", default=False),
        formula=table.flag("formula", default=True),
        my_number=table.flag("my_number", default=True),
    )
    column = _dates(table, _words(table, column), defaults)
    table.finish()
    return column


_DAYS = ("base", "effective", "before", "starts", "any")


def _words(table: Section, column: Column) -> Column:
    """What bounds the text of a cell: code table, list, length, pattern, range, width."""
    yes, no = _SWITCH.get(column.field.type, ((), ()))
    return replace(
        column,
        table=table.text("table", column.field.table),
        values=_values(table),
        upper=table.flag("upper", default=False),
        digits=table.whole("digits"),
        pattern=pattern_of(table, "pattern"),
        longest=table.whole("longest"),
        bytes=table.whole("bytes"),
        least=table.number("least"),
        most=table.number("most"),
        yes=_set(table, "yes", frozenset(yes)),
        no=_set(table, "no", frozenset(no)),
        width=table.choice("width", ("", "half", "full"), ""),
        of=table.text("of", _READINGS.get(column.name, "")),
        by=table.choice("by", ("code", "name"), "code"),
    )


def _dates(table: Section, column: Column, defaults: Defaults) -> Column:
    own = defaults_of(table, defaults)
    signs = defaults.open | defaults.unset
    none = frozenset() if own.open | own.unset else signs
    return replace(column, dates=own.dates, open=own.open, unset=own.unset, not_open=none)


def _values(table: Section) -> dict[str, str] | None:
    """`values`: a list of what may be written, or a table written → meant."""
    if not table.has("values"):
        return None
    written = table.raw("values")
    if isinstance(written, dict):
        return table.mapping("values")
    return {value: value for value in table.texts("values")}


def pattern_of(table: Section, key: str) -> re.Pattern[str] | None:
    """A regular expression that the whole value must match."""
    text = table.text(key, "")
    if not text:
        return None
    try:
        return re.compile(text)
    except re.error as error:
        raise table.error(key, f"正規表現として読めません: {error}") from error
