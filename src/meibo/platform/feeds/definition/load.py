"""TOML → Definition."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from meibo.platform.feeds.definition.columns import defaults_of
from meibo.platform.feeds.definition.files import FORMATS, load_file
from meibo.platform.feeds.definition.kinds import Role, Type
from meibo.platform.feeds.definition.model import Definition, FileSpec
from meibo.platform.feeds.definition.outbound import load_outbound
from meibo.platform.feeds.definition.terms import (
    load_corrections,
    load_dispatch,
    load_leave,
    load_staff_number,
    load_successions,
    load_terms,
)
from meibo.platform.feeds.definition.toml import DefinitionError, Section

_DEFAULT_KEYS = ("format", "encoding", "line_end", "dates", "open", "unset", "blanks")


def load_definition(path: Path) -> Definition:
    """The feed definition in the TOML file at `path`.

    Raises DefinitionError, which names the key and what is allowed there, if it cannot be used,
    and OSError if the file cannot be read.
    """
    return _understood(path, path.read_bytes())


@lru_cache(maxsize=8)
def _understood(path: Path, written: bytes) -> Definition:
    """The definition in these bytes: an intake asks for it several times over."""
    try:
        content = tomllib.loads(written.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(path, "", f"TOML として読めません: {error}") from error
    top = Section(path, "", content)
    definition = _definition(top)
    top.finish("out")
    _check_tables(top, definition)
    return _with_way_out(top, definition)


def _definition(top: Section) -> Definition:
    above = top.section("defaults")
    defaults = defaults_of(above)
    files = tuple(load_file(table, above, defaults) for table in top.sections("files"))
    above.finish(*_DEFAULT_KEYS)
    if not files:
        raise top.error("files", "[[files]] を一つ以上書いてください。")
    tables = top.section("tables")
    options = top.raw("options") or {}
    return Definition(
        name=top.text("name"),
        files=files,
        announced=top.flag("announced", default=False),
        staff_number=load_staff_number(top.section("staff_number")),
        terms=load_terms(top.section("terms")),
        corrections=load_corrections(top.section("corrections")),
        leave=load_leave(top.section("leave")),
        dispatch=load_dispatch(top.section("dispatch")),
        successions=load_successions(top.section("successions")),
        cross_posts=frozenset(top.texts("cross_posts")),
        tables={name: tables.mapping(name) for name in tables},
        gaiji=top.mapping("gaiji"),
        unit_scheme=top.numbers("unit_scheme"),
        ages=_ages(top),
        area=_area(top),
        options=options if isinstance(options, dict) else {},
    )


def _with_way_out(top: Section, definition: Definition) -> Definition:
    """The definition with its `[out]`, if it has one; the marks of a difference are columns that
    are known and not taken when such a file comes in."""
    if not top.has("out"):
        return definition
    out = load_outbound(top.section("out"), FORMATS)
    named = [s for s in definition.files if s.name == out.file and s.role is Role.MASTER]
    if not named:
        masters = "、".join(s.name for s in definition.files if s.role is Role.MASTER)
        raise top.error("out.file", f"職員マスタのファイルの name を書いてください: {masters}")
    fields = {column.name for column in named[0].columns}
    for key, names in (("sums", out.sums), ("hashes", out.hashes)):
        for name in names:
            if name not in fields:
                raise top.error(f"out.{key}", f"「{name}」を持つ列が columns にありません。")
    marks = frozenset(out.difference.headers)
    files = tuple(
        replace(s, ignore=s.ignore | marks) if s in named else s for s in definition.files
    )
    return replace(definition, files=files, out=out)


def _ages(top: Section) -> tuple[int, int]:
    ages = top.numbers("ages") or (15, 80)
    if len(ages) != 2:
        raise top.error("ages", "年齢の下限と上限を [15, 80] の形で書いてください。")
    return ages[0], ages[1]


def _area(top: Section) -> tuple[float, float, float, float]:
    """Latitudes and longitudes between which a residence lies; without it, Japan."""
    table = top.section("area")
    lat_from, lat_to = table.number("lat_from"), table.number("lat_to")
    lon_from, lon_to = table.number("lon_from"), table.number("lon_to")
    table.finish()
    default = Definition("", ()).area
    given = (lat_from, lat_to, lon_from, lon_to)
    values = [d if g is None else g for g, d in zip(given, default, strict=True)]
    return values[0], values[1], values[2], values[3]


def _check_tables(top: Section, definition: Definition) -> None:
    """Every code table that a column names must come from a file or stand in the definition."""
    known = set(definition.tables) | {
        spec.table for spec in definition.files if spec.role is Role.CODES
    }
    for spec in definition.files:
        _check_codes(top, spec, known)
    kinds = {spec.role for spec in definition.files}
    if kinds & {Role.ORDERS, Role.HISTORY} and not definition.terms:
        raise top.error("terms", "発令のファイルがあるので、発令種別の意味を書いてください。")
    if Role.CORRECTIONS in kinds and not definition.corrections:
        raise top.error("corrections", "訂正のファイルがあるので、訂正区分の意味を書いてください。")


def _check_codes(top: Section, spec: FileSpec, known: set[str]) -> None:
    for column in spec.columns:
        coded = column.field.type is Type.CODE
        if coded and column.values is None and column.table not in known:
            raise top.error(
                f"files[{spec.name}].columns.{column.header}.table",
                f"コード表「{column.table}」がありません。あるもの: {'、'.join(sorted(known))}",
            )
