"""組織改編 in a plan: rows of a succession table → what follows what, and what units file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meibo.domain.book import Succession
from meibo.domain.units import Organisation

KINDS = ("新設", "改称", "移管", "統合", "分割", "廃止")


@dataclass(frozen=True, slots=True)
class Change:
    """One row: `old` becomes `new`. Codes; `name` and `parent` are those of the new unit, empty to
    keep them."""

    kind: str
    old: str = ""
    new: str = ""
    name: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What a plan holds of it. `filed`: unit → field → value (None: it ends)."""

    successions: tuple[Succession, ...]
    filed: Mapping[str, Mapping[str, str | None]]


def wrong(change: Change, before: Organisation) -> str:
    """What is wrong with a row; empty where nothing is."""
    if change.kind not in KINDS:
        return "種別を選んでください。"
    typed = (change.old, change.new, change.parent)
    unread = [name for name in typed if not name.isascii() and name not in before.states]
    if unread:
        hint = "新しく作るなら、コードを書きます。" if change.new in unread else ""
        return (
            f"「{unread[0]}」という組織は、ないか、いくつもあります。「税務課 管理係」のように"
            f"書くか、候補から選んでください。{hint}"
        )
    if change.kind != "新設" and change.old not in before.states:
        return "元の組織を選んでください。"
    if change.kind == "新設" and (not change.new or change.new in before.states):
        return "新設には、まだ使っていないコードが要ります。"
    if change.kind == "新設" and not change.name:
        return "新しい組織の名前を書いてください。"
    if change.kind in {"統合", "分割"} and not change.new:
        return "移る先の組織を、名前かコードで書いてください。"
    fresh = change.new not in {"", change.old} and change.new not in before.states
    if change.kind == "分割" and fresh and not change.name:
        return "分かれてできる組織の名前を書いてください。"
    return ""


def reorganisation(changes: Sequence[Change], before: Organisation) -> Reorganisation:
    """What follows from the rows. A unit whose code changes, that is merged, split or abolished is
    there no more; what was below a unit with one heir goes below the heir."""
    filed: dict[str, dict[str, str | None]] = {}
    rows: list[Succession] = []
    for change in changes:
        old = before.states.get(change.old, {})
        new = "" if change.kind == "廃止" else change.new or change.old
        if new:
            said, own = filed.get(new, {}), _filed(change, new, old, before)
            filed[new] = said | own if change.name else own | said
        if change.old and new != change.old:
            rows.append(Succession(change.old, new, change.kind))
    kept = {row.new for row in rows} | set(filed)
    gone = {row.old for row in rows} - {unit for unit in kept if unit in filed}
    for unit in sorted(gone):
        filed[unit] = {"name": None}
    _reparent(rows, gone, filed, before)
    return Reorganisation(tuple(rows), filed)


def _filed(
    change: Change, unit: str, old: Mapping[str, object], before: Organisation
) -> dict[str, str | None]:
    """What the row files of the unit that there is after it."""
    there = unit in before.states
    values: dict[str, str | None] = {}
    if change.name or not there:
        values["name"] = change.name or str(old.get("name") or unit)
    parent = change.parent or ("" if there else str(old.get("parent") or ""))
    if parent:
        values["parent"] = parent
        level = str(before.states.get(parent, {}).get("level") or "")
        if level.isdigit():
            values["level"] = str(int(level) + 1)
    elif not there:
        values["level"] = str(old.get("level") or "1")
    return values


def _reparent(
    rows: Sequence[Succession],
    gone: set[str],
    filed: dict[str, dict[str, str | None]],
    before: Organisation,
) -> None:
    for unit in gone:
        heirs = [row.new for row in rows if row.old == unit and row.new]
        if len(heirs) != 1:
            continue
        for child in before.children(unit):
            if child not in gone and "parent" not in filed.get(child, {}):
                filed.setdefault(child, {})["parent"] = heirs[0]
