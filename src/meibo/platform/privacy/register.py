"""個人情報ファイル簿, from the configuration in force (個人情報保護法75条1項, 施行令21条)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from meibo.domain.disclosure import TIES, Table
from meibo.ledger import policy

FILE = "file_register.toml"
MISSING = "（町が記入：town/file_register.toml）"
#: Ties to whom data go outside the body that keeps them.
_OUTSIDE = ("public", "peer")


@dataclass(frozen=True, slots=True)
class Item:
    """One of the twelve. `source`: where it comes from; `is_missing`: the town has yet to write."""

    number: int
    label: str
    value: str
    source: str
    is_missing: bool = False


def items(*, on: date) -> list[Item]:
    """The twelve items, in order, as the disclosure table of a day has them."""
    town, table = _town(), policy.table(on)
    written = "町の記入"
    drawn = "公開基準"
    listed: list[tuple[str, str, str]] = [
        ("個人情報ファイルの名称", town.get("name", ""), written),
        ("行政機関等の名称", town.get("body", ""), written),
        ("利用に供される事務をつかさどる組織の名称", town.get("unit", ""), written),
        ("利用目的", town.get("purpose", ""), written),
        ("記録項目", "、".join(fields(table)), drawn),
        ("記録範囲", town.get("scope", ""), written),
        ("記録情報の収集方法", town.get("collection", ""), written),
        ("要配慮個人情報の有無", town.get("special_care", ""), written),
        ("記録情報の経常的提供先", recipients(table), drawn),
        ("開示請求等を受理する組織の名称と所在地", _desk(town), written),
        (
            "訂正・利用停止に関する他の法令の規定による特別の手続",
            town.get("other_law", ""),
            written,
        ),
        ("個人情報ファイルの種別", _kind(town), written),
    ]
    return [
        Item(number, label, value or MISSING, source, not value)
        for number, (label, value, source) in enumerate(listed, 1)
    ]


def fields(table: Table) -> Iterable[str]:
    """記録項目: every field of a person that the table knows; 在職 itself is none."""
    return [
        row.label
        for row in table.rows
        if row.field != "exists" and not row.field.startswith("unit.")
    ]


def recipients(table: Table) -> str:
    """経常的提供先: outside ties that may see some field of a person, and which."""
    told = []
    for tie in _OUTSIDE:
        seen = table.seen(frozenset({tie}))
        labels = [
            r.label for r in table.rows if r.field in seen and not r.field.startswith("unit.")
        ]
        if labels:
            told.append(f"{TIES[tie]}（{'、'.join(labels)}）")
    return "、".join(told) or "なし"


def _desk(town: Mapping[str, str]) -> str:
    name, address = town.get("desk_name", ""), town.get("desk_address", "")
    return f"{name}（{address}）" if name and address else ""


def _kind(town: Mapping[str, str]) -> str:
    return "　".join(part for part in (town.get("kind", ""), town.get("note", "")) if part)


def _town() -> Mapping[str, str]:
    path = Path(settings.MEIBO_TOWN) / FILE
    raw: Mapping[str, Any] = {}
    if path.is_file():
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: str(value).strip() for key, value in raw.items()}
