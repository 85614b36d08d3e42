"""How an outgoing file is laid out, in a form that can be kept: the same rows give the same bytes
however the definition has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from meibo.platform.feeds.definition.kinds import Role
from meibo.platform.feeds.definition.model import Definition, FileSpec
from meibo.platform.feeds.definition.outbound import Outbound

ENDINGS = {"csv": "csv", "tsv": "tsv", "xlsx": "xlsx", "fixed": "txt", "json": "json"}
FORMAT_LABELS = {
    "csv": "CSV",
    "tsv": "タブ区切り",
    "xlsx": "Excel",
    "fixed": "固定長",
    "json": "JSON",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """One file that goes out. `widths`: bytes a column, for a file of fixed length."""

    name: str
    format: str
    headers: tuple[str, ...]
    encoding: str = "utf-8"
    line_end: str = "\r\n"
    delimiter: str = ","
    quote: bool = True
    sheet: str = ""
    header_rows: int = 1
    title: str = ""
    trailer: str = ""
    widths: tuple[int, ...] = ()

    def kept(self) -> dict[str, Any]:
        """The layout as JSON knows it."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Layout:
        """The layout that was kept."""
        tuples = {"headers": tuple(kept["headers"]), "widths": tuple(kept["widths"])}
        return cls(**{**kept, **tuples})


def outgoing(definition: Definition) -> tuple[Outbound, FileSpec]:
    """The way out and the file it writes. Raises ValueError for a definition without one."""
    if definition.out is None:
        raise ValueError(f"取込定義「{definition.name}」に [out]（送り出し）がありません。")
    out = definition.out
    spec = next(s for s in definition.files if s.name == out.file and s.role is Role.MASTER)
    return out, spec


def reshaped(definition: Definition, form: str) -> Definition:
    """The definition with its outgoing file in another format, for either direction."""
    out, spec = outgoing(definition)
    if form in ("", spec.format):
        return definition
    if form == "fixed" and not all(column.bytes for column in spec.columns):
        raise ValueError("固定長で出すには、取込定義のすべての列に bytes（幅）が必要です。")
    stem = spec.name.rpartition(".")[0]
    stem = stem if "{base}" in stem or spec.base_from != "title" else f"{stem}_{{base}}"
    other = replace(
        spec,
        format=form,
        name=f"{stem}.{ENDINGS[form]}",
        delimiter="\t" if form == "tsv" else ",",
        header_rows=1,
        base_from="",
    )
    files = tuple(other if each is spec else each for each in definition.files)
    return replace(definition, files=files, out=replace(out, file=other.name))


def file_name(spec: FileSpec, base: date) -> str:
    """The name under which the file goes out."""
    return spec.name.replace("{base}", f"{base:%Y%m%d}").replace("*", f"{base:%Y%m%d}")


def numbered(name: str, number: int) -> str:
    """The name of a difference: never that of a full file, for which it could be taken."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}_差分{number:04d}.{ending}"
