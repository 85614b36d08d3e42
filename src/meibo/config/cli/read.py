"""roster, person, search, changes."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import show_json, show_rows, tell
from meibo.config.cli.viewer import viewer
from meibo.config.clock import today
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader, ties

_PEOPLE = {
    "staff_no": "職員番号",
    "name": "氏名",
    "kana": "読み",
    "unit_path": "所属",
    "post": "職",
    "extension": "内線",
    "why": "見つかったわけ",
}
_SEAT = ("unit_code", "unit_path", "post")
_CHANGES = {
    "label": "種類",
    "effective": "発令日",
    "name": "氏名",
    "old": "前",
    "new": "後",
    "id": "id",
}


def roster(options: argparse.Namespace) -> int:
    """Everyone in service on the day, once each."""
    who, on = _look(options)
    found = reader.cards(who, on=on, unit=options.unit, known=options.known)
    _show([_state(card) for card in found], _PEOPLE, options.format)
    return 0


def person(options: argparse.Namespace) -> int:
    """One person, or null when not in service that day."""
    who, on = _look(options)
    known: datetime | None = options.known
    card = None
    for key in (ties.person_numbered(options.number), options.number):
        if key is not None and card is None:
            card = reader.card(who, key, on=on, known=known)
    if options.format == "json":
        show_json(None if card is None else _state(card))
    elif card is None:
        raise RefusedError(f"{on.isoformat()}に在職する「{options.number}」は見当たりません。")
    elif options.format == "csv":
        show_rows([_state(card)], _PEOPLE, "csv")
    else:
        lines = [{"項目": k, "値": v} for k, v in _state(card).items()]
        show_rows(lines, {"項目": "項目", "値": "値"}, "table")
    return 0


def search(options: argparse.Namespace) -> int:
    """People found, best first, with why."""
    who, on = _look(options)
    page = reader.search(who, options.query, on=on, limit=options.limit)
    if page.instead:
        tell(f"「{options.query}」では見つからないため、「{page.instead}」でさがしました。")
    rows = [{**_state(hit.card), "why": hit.why} for hit in page.hits]
    _show(rows, _PEOPLE, options.format)
    return 0


def changes(options: argparse.Namespace) -> int:
    """What differs between two days."""
    require_ready()
    who = viewer(options.viewer, today())
    found = reader.changes(who, options.a, options.b)
    if options.format == "json":
        show_json([_change(c) for c in found])
    else:
        show_rows([{**_change(c), **_sides(c)} for c in found], _CHANGES, options.format)
    return 0


def _look(options: argparse.Namespace) -> tuple[Viewer, date]:
    require_ready()
    return viewer(options.viewer, today()), options.on or today()


def _state(card: reader.Card) -> dict[str, Any]:
    """A card as others script against it: of a further post its place, the kinds beside them."""
    state = dict(card)
    if "concurrent" in state:
        state["concurrent_kinds"] = [seat["kind"] for seat in card["concurrent"]]
        state["concurrent"] = [{k: seat[k] for k in _SEAT} for seat in card["concurrent"]]
    return state


def _show(rows: list[dict[str, Any]], columns: Mapping[str, str], form: str) -> None:
    if form == "json":
        show_json(rows)
    else:
        show_rows(rows, columns, form)


def _change(change: reader.Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind,
        "label": change.label,
        "before": change.before,
        "after": change.after,
        "effective": change.effective.isoformat(),
        "recorded": change.recorded.isoformat() if change.recorded else None,
    }


def _sides(change: reader.Change) -> dict[str, Any]:
    side = change.after or change.before or {}
    return {"name": side.get("name"), "old": _place(change.before), "new": _place(change.after)}


def _place(side: Mapping[str, Any] | None) -> str:
    if side is None:
        return ""
    return " ".join([*side.get("unit_path", []), side.get("post") or ""]).strip()
