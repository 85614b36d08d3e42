"""Records of the log in words, with the names that this viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from meibo.domain.disclosure import Viewer
from meibo.ledger import policy, reader
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.queries import Line, line
from meibo.platform.layout.navigation import NAVIGATION

MOST_NAMED = 5
"""So many people of one record are named; of the others the number is told."""
_WORDS = {
    "fields": "項目",
    "what": "内容",
    "columns": "列",
    "kind": "形式",
    "count": "件数",
    "page": "画面",
    "command": "コマンド",
    "viewer": "立場",
    "on": "基準日",
    "reason": "わけ",
    "version": "版",
    "base": "もとの版",
    "draft": "案",
    "cells": "ます目の数",
    "starts": "施行日",
    "event": "災害・訓練の番号",
    "event_kind": "種類",
    "hours": "時間",
    "level": "強さ",
    "until": "いつまで",
    "plan": "異動案の番号",
    "role": "できること",
}
#: What was done with 公開基準, 非公開の申出, 災害・訓練, 異動案.
_DEEDS = {
    "begin": "案を作った",
    "write": "案を書いた",
    "ask": "承認を求めた",
    "approve": "承認した",
    "refuse": "差し戻した",
    "reopen": "作成中に戻した",
    "drop": "取りやめた",
    "withdraw": "取り下げた",
    "grant": "登録した",
    "extend": "延ばした",
    "end": "終わりにした",
    "open": "開いた",
    "prolong": "延ばした",
    "close": "閉じた",
    "look": "見た",
    "disaster": "災害",
    "drill": "訓練",
    # of 異動案
    "claim": "引き取った",
    "describe": "名前や発令日を変えた",
    "discard": "捨てた",
    "named": "開ける人を加えた",
    "unnamed": "開ける人を外した",
    "rows": "行を書いた",
    "people added": "人を加えた",
    "placed": "人を移した",
    "reorganise": "組織改編を書いた",
    "undo": "元に戻した",
    "redo": "やり直した",
    "kin": "夫婦・親族",
    "kin ended": "夫婦・親族の登録を終わりにした",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the log with names: `who` did it, `whom` it is about (id and name), how many of
    them are not named, and what it says in words."""

    line: Line
    who: str
    whom: list[tuple[str, str]]
    more: int
    words: list[tuple[str, str]]


def shown(viewer: Viewer, records: Iterable[AuditRecord]) -> list[Shown]:
    """These records for the page of a viewer."""
    lines = [line(record) for record in records]
    people = {p for each in lines for p in (each.person, *each.subjects[:MOST_NAMED]) if p}
    names = {
        card.id: str(card.get("name_at_work") or card.get("name") or "")
        for card in reader.cards(viewer, on=viewer.today, ids=people)
    }
    labels = {row.field: row.label for row in policy.table(viewer.today).rows}
    return [_shown(each, names, labels) for each in lines]


def _shown(each: Line, names: Mapping[str, str], labels: Mapping[str, str]) -> Shown:
    named = each.subjects[:MOST_NAMED]
    return Shown(
        each,
        names.get(each.person, ""),
        [(person, names.get(person, "")) for person in named],
        len(each.subjects) - len(named),
        [(_WORDS.get(key, key), _text(value, labels)) for key, value in each.detail.items()],
    )


def _text(value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return "、".join(_text(item, labels) for item in value)
    text = str(value)
    return labels.get(text) or NAVIGATION.pages.get(text) or _DEEDS.get(text, text)
