"""Everything held of one person, for that person: as JSON and as a PDF to hand over.

Typst sets what comes in as data and never reads it as its own language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst

from meibo.domain.calendar import day_in_japan
from meibo.domain.documents import KINDS
from meibo.domain.redaction import Redactor
from meibo.ledger import documents, holdings, policy
from meibo.ledger.holdings import Row
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.privacy import queries

TEMPLATE = Path(__file__).parent / "data" / "bundle.typ"
_LABELS: Mapping[str, str] = {
    "starts": "この日から",
    "ends": "この日の前日まで",
    "unit_name": "所属の名称",
    "post_name": "職の名称",
    "unit": "所属コード",
    "post": "職コード",
    "seat": "席",
    "effective": "発効日",
    "until": "期限",
    "recorded": "記録",
    "entered": "入力",
    "wording": "発令種別",
    "order_no": "発令番号",
    "effect": "効果",
    "voids": "取り消す行",
    "source": "もと",
    "actor": "入力した者",
    "no": "行",
    "field": "項目",
    "value": "値",
    "moment": "日時",
    "act": "操作",
    "purpose": "目的",
    "record_kana": "戸籍の氏名の読み",
    "maiden_kana": "旧姓の読み",
    "uses_maiden_name": "旧姓使用",
    "postcode": "郵便番号",
    "skills": "技能・資格",
    "share_photo": "写真の公開範囲",
    "share_skill": "技能の公開範囲",
    "protected": "非公開の申出",
    "relation": "続柄",
    "phone": "電話",
    "mobile": "携帯電話",
    "kept:training": "研修の記録",
    "kept:licences": "免許・資格の記録",
    "kept:evaluation": "人事評価の記録",
    "kept:declarations": "自己申告の記録",
    "kept:muster": "参集に関する記録",
    "reason": "事由",
    "commuting": "通勤",
    "family": "家族（扶養など）",
    "licence": "資格・免許（届出）",
    "note": "備考",
    "kana": "読み",
    "kind": "種類",
    "authority": "任命権者",
    "since": "現所属の発令日",
    "basis": "根拠",
    "appointment": "任用",
    "slot": "区分",
    "body": "相手先",
}
Plain = str | int | float | bool | None | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is handed over. `redacted`: how many times something of others was left out.
    `documents`: scans, by the endings of the files that they are handed over as."""

    data: dict[str, Any]
    redacted: int
    documents: Mapping[str, bytes] = field(default_factory=dict)

    def as_json(self) -> str:
        return json.dumps(self.data, ensure_ascii=False, indent=1)

    def as_pdf(self) -> bytes:
        """Set in Noto Sans CJK JP, which comes along; nothing of this machine is looked at."""
        fonts = [noto_cjk_sans_jp_regular.FONT_PATH, noto_cjk_sans_jp_bold.FONT_PATH]
        folders = [str(Path(font).parent if Path(font).is_file() else font) for font in fonts]
        made = typst.compile(
            str(TEMPLATE),
            format="pdf",
            font_paths=folders,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_pages(self.data), ensure_ascii=False)},
        )
        if not isinstance(made, bytes):
            raise TypeError("typst returned no document")
        return made


def bundle(person: str, *, purpose: str, actor: Actor, now: datetime) -> Bundle:
    """Gather everything held of a person. Raises ValueError for somebody whom the book does not
    know, and without a purpose."""
    if not purpose.strip():
        raise ValueError("目的を書いてください。")
    found = holdings.held(person)
    note(Entry(Act.PRIVACY, {"what": "bundle"}, [person], purpose), actor=actor, now=now)
    redactor = Redactor(found.names, holdings.others(person))
    data: dict[str, Any] = {
        "made": now.isoformat(timespec="seconds"),
        "purpose": purpose.strip(),
        "staff_no": found.staff_no,
        "states": [_redacted(row, redactor) for row in found.states],
        "orders": [_redacted(row, redactor) for row in found.orders],
        "filings": [_filing(row, redactor) for row in found.filings],
        "looks": list(queries.looks(person)),
    }
    data["redacted"] = redactor.count
    return Bundle(data, redactor.count, _documents(person))


def _documents(person: str) -> dict[str, bytes]:
    """Every scan that can still be read. What stands in a picture nobody but a person can look
    over for what is others'."""
    return {
        f"_書類{number}.{KINDS.get(each.kind, 'bin')}": content
        for number, each in enumerate(documents.hung_on(person), 1)
        if (content := documents.content_of(person, each)) is not None
    }


def _redacted(row: Row, redactor: Redactor) -> dict[str, Plain]:
    return {key: redactor.field(key, _plain(value)) for key, value in row.items()}


def _filing(row: Row, redactor: Redactor) -> dict[str, Plain]:
    told = {key: _plain(value) for key, value in row.items()}
    told["value"] = redactor.field(str(row["field"]), told["value"])
    return told


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _made(data: Mapping[str, Any]) -> date:
    return day_in_japan(datetime.fromisoformat(data["made"]))


def _pages(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same as headings and rows of two texts, which is all that the sheet lays out."""
    labels = {row.field: row.label for row in policy.table(_made(data)).rows} | dict(_LABELS)
    heads = {
        "states": ("名簿の状態", "starts"),
        "orders": ("発令", "effective"),
        "filings": ("届出", "field"),
        "looks": ("だれが見たか（監査ログ）", "moment"),
    }
    return {
        "made": data["made"],
        "purpose": data["purpose"],
        "staff_no": data["staff_no"] or "",
        "redacted": data["redacted"],
        "parts": [
            {
                "title": title,
                "entries": [_entry(row, key, labels) for row in data[name]],
            }
            for name, (title, key) in heads.items()
        ],
    }


def _entry(row: Mapping[str, Any], key: str, labels: Mapping[str, str]) -> dict[str, Any]:
    head = str(row[key] or "")
    shown = [(k, v) for k, v in row.items() if k != key and v not in (None, "", [], {})]
    return {
        "head": labels.get(head, head),
        "rows": [[labels.get(k, k), _text(v, labels)] for k, v in shown],
    }


def _text(value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        parts = [f"{labels.get(k, k)}：{_text(v, labels)}" for k, v in value.items() if v]
        return "　".join(parts)
    if isinstance(value, list):
        return "／".join(_text(each, labels) for each in value)
    return str(value)
