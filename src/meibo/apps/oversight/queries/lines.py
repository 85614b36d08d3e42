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
    "intake": "取込の番号",
    "findings": "指摘の数",
    "codes": "指摘の種類",
    "way": "片付け方",
    "definition": "取込定義",
    "source": "受け取り",
    "rows": "行",
    "form": "帳票・形",
    "unit": "組織",
    "from": "はじめの日",
    "to": "おわりの日",
    "again": "控えからの印刷",
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
    "send": "送った",
    "check": "確かめて回した",
    "accept": "受け付けた",
    "return": "本人に差し戻した",
    "correct": "直し始めた",
    "undo": "元に戻した",
    "confirm": "今も正しいと確かめた",
    "join.propose": "同じ人にする提案",
    "join.approve": "同じ人にする承認",
    "join.refuse": "同じ人にしない",
    "part.propose": "二人に分ける提案",
    "part.approve": "二人に分ける承認",
    "part.refuse": "二人に分けない",
    "undo.propose": "名寄せの取消の提案",
    "undo.approve": "名寄せの取消の承認",
    "undo.refuse": "名寄せを取り消さない",
    "distinct": "別人と記録した",
    "distinct.end": "別人の印を外した",
    "disaster": "災害",
    "drill": "訓練",
    "intake begin": "取込を始めた",
    "intake files": "取込のファイルを加えた・外した",
    "intake definition": "取込の読み方を選んだ",
    "intake discard": "取込を取りやめた",
    "intake expire": "期限が来た取込を消した",
    "intake check": "取込の内容を確かめた",
    "intake load": "取り込んだ",
    "intake look": "取込で変わることを見た",
    "intake settle": "取込の指摘を片付けた",
    "intake unsettle": "取込の指摘を待っているものに戻した",
    "intake findings": "取込の指摘",
    "intake report": "取込の報告",
    "definition begin": "取込定義の下書きをつくった",
    "definition try": "取込定義を見本で試した",
    "definition save": "取込定義を保存した",
    "definition drop": "取込定義の下書きを捨てた",
    "finding accept": "確認済み",
    "finding leave_out": "行を除く",
    "finding correct": "値を直す",
    "finding asked": "人事給与側に確かめている",
    "upload": "画面から",
    "sample": "見本",
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
