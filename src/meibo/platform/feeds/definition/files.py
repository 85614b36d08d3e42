"""Files of a definition: where each is found, how it is laid out, and its rules between fields."""

from __future__ import annotations

from meibo.domain.findings import Severity
from meibo.platform.feeds.definition.columns import Defaults, defaults_of, load_columns
from meibo.platform.feeds.definition.fields import field_of
from meibo.platform.feeds.definition.kinds import Role
from meibo.platform.feeds.definition.model import Column, FileSpec, Presence, Rule
from meibo.platform.feeds.definition.toml import Section

FORMATS = ("csv", "tsv", "xlsx", "fixed", "json")
ENCODINGS = ("cp932", "utf-8", "utf-8-sig", "utf-16", "euc-jp")


def load_file(table: Section, above: Section, defaults: Defaults) -> FileSpec:
    """One `[[files]]`. What it does not say, `[defaults]` says."""
    role = Role(table.choice("role", [r.value for r in Role]))
    name = table.text("name")
    table.rename(f"files[{name}]")
    form = table.choice("format", FORMATS, above.choice("format", FORMATS, "csv"))
    columns = load_columns(
        table.section("columns"), role, defaults_of(table, defaults_of(above, defaults))
    )
    spec = FileSpec(
        role=role,
        name=name,
        columns=columns,
        format=form,
        encoding=table.choice("encoding", ENCODINGS, above.choice("encoding", ENCODINGS, "utf-8")),
        line_end=table.choice(
            "line_end", ("", "crlf", "lf"), above.choice("line_end", ("", "crlf", "lf"), "")
        ),
        delimiter=table.text("delimiter", "\t" if form == "tsv" else ","),
        sheet=table.text("sheet", ""),
        skip_rows=table.whole("skip_rows"),
        header_rows=table.whole("header_rows") or 1,
        optional=table.flag("optional", default=False),
        table=table.text("table", ""),
        base=table.day("base"),
        base_from=table.choice("base_from", ("", "name", "title"), ""),
        ignore=frozenset(table.texts("ignore")),
        unique=table.texts("unique"),
        newest=table.text("newest", ""),
        indent=table.text("indent", ""),
        indent_by=table.text("indent_by", "　"),
        rules=tuple(_rule(rule, columns) for rule in table.sections("rules")),
        trailer=table.text("trailer", ""),
    )
    _check(table, spec)
    table.finish()
    return spec


def _check(table: Section, spec: FileSpec) -> None:
    """What must agree within one file."""
    fields = {column.name for column in spec.columns}
    if spec.format == "fixed" and not all(column.bytes for column in spec.columns):
        raise table.error("columns", "固定長のファイルでは、すべての列に bytes が必要です。")
    if spec.role is Role.CODES and not spec.table:
        raise table.error("table", "コード表の名前（post、job、employment など）が必要です。")
    for key, names in (("unique", spec.unique), ("newest", (spec.newest,) if spec.newest else ())):
        for name in names:
            if name not in fields:
                raise table.error(key, f"「{name}」を持つ列が columns にありません。")
    if spec.role is Role.MASTER and "{base}" in spec.name and spec.base_from not in {"", "name"}:
        raise table.error("base_from", "ファイル名に {base} があるときは書けません。")
    missing = [
        name
        for name, field in _needed(spec.role)
        if field and name not in fields and not (spec.indent and name in {"code", "name"})
    ]
    if missing and not (spec.role is Role.DUTIES and "unit.1" in fields):
        raise table.error("columns", f"必要な項目の列がありません: {'、'.join(missing)}")


def _needed(role: Role) -> list[tuple[str, bool]]:
    names = ("staff_no", "code", "name", "unit", "effective", "kind", "day", "no")
    found = [(name, field_of(role, name)) for name in names]
    return [(name, field.needed) for name, field in found if field]


def _rule(table: Section, columns: tuple[Column, ...]) -> Rule:
    severities = [s.value for s in Severity if s is not Severity.NORMALISED]
    rule = Rule(
        when=_conditions(table.section("when"), columns),
        must=_conditions(table.section("must"), columns),
        severity=Severity(table.choice("severity", severities, Severity.CONFIRM.value)),
        message=table.text("message"),
        action=table.text("action", "人事給与側の登録を確かめてください。"),
    )
    table.finish()
    return rule


def _conditions(
    table: Section, columns: tuple[Column, ...]
) -> tuple[tuple[str, tuple[str, ...] | Presence], ...]:
    fields = {column.name for column in columns}
    result: list[tuple[str, tuple[str, ...] | Presence]] = []
    for name in table:
        if name not in fields:
            raise table.error(
                name, f"この項目の列がありません。あるもの: {'、'.join(sorted(fields))}"
            )
        patterns = table.texts(name)
        if len(patterns) == 1 and patterns[0] in {p.value for p in Presence}:
            result.append((name, Presence(patterns[0])))
        else:
            result.append((name, patterns))
    return tuple(result)
