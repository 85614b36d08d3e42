"""The files of a folder, each with what the definition says about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from meibo.domain.findings import MASK, Finding
from meibo.domain.names import find_my_numbers
from meibo.platform.feeds.definition.model import Definition, FileSpec
from meibo.platform.feeds.flaws import Flaw, Place, told

_DATA = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm"})
"""Files of these kinds that no pattern matches are told; a README beside them is not."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that a `[[files]]` of the definition matches, and the date in its name."""

    path: Path
    name: str
    spec: FileSpec
    base: date | None


def find_files(definition: Definition, folder: Path) -> tuple[list[Found], list[Finding]]:
    """The files in the order of the definition, then by name; what is missing or unknown.

    Raises NotADirectoryError if `folder` is none.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    names = {unicodedata.normalize("NFC", p.name): p for p in folder.iterdir() if p.is_file()}
    found: list[Found] = []
    findings: list[Finding] = []
    for spec in definition.files:
        pattern = _pattern(spec.name)
        matches = [(name, m) for name in sorted(names) if (m := pattern.fullmatch(name))]
        found += [Found(names[name], name, spec, _base(m, spec)) for name, m in matches]
        if not matches:
            words = {"pattern": spec.name, "instead": _instead(spec, names)}
            flaw = Flaw("file-absent" if spec.optional else "file-missing", words)
            findings.append(told(flaw, Place(spec.name)))
    taken = {f.name for f in found}
    findings += [
        told(Flaw("file-unknown"), Place(MASK if find_my_numbers(name) else name))
        for name, path in sorted(names.items())
        if name not in taken and path.suffix.lower() in _DATA and not name.startswith(("~$", "."))
    ]
    return found, findings


def _instead(spec: FileSpec, names: Iterable[str]) -> str:
    """A sentence about files that have the name but not the ending (X.xlsx for X.csv)."""
    stem, _, ending = spec.name.rpartition(".")
    pattern = _pattern(f"{stem}.*")
    others = [n for n in sorted(names) if pattern.fullmatch(n) and Path(n).suffix.lower() in _DATA]
    if not stem or not others:
        return ""
    return f"「{'」「'.join(others)}」がありますが、{ending.upper()} ではないので読みませんでした。"


def _pattern(name: str) -> re.Pattern[str]:
    text = re.escape(unicodedata.normalize("NFC", name))
    text = text.replace(r"\{base\}", r"(?P<base>\d{8})").replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(text)


def _base(match: re.Match[str], spec: FileSpec) -> date | None:
    text = match.groupdict().get("base")
    if not text:
        return spec.base
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
