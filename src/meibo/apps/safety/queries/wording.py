"""What a check that a telegram began says to those who are asked: the town's words for what
happened, and below them the 配備態勢 that holds now."""

from __future__ import annotations

from datetime import datetime

from meibo.apps.safety.queries import levels
from meibo.apps.safety.queries.templates import template
from meibo.domain.safety.levels import Level, LevelError
from meibo.domain.telegram.level import Level as Told

POST, COMES = "配備態勢：", "自動参集："
MOST = 600
_ELSE = "（別に指示があれば、それに従ってください）"
_ASK = "まだ答えていない人は、無事かどうかだけ知らせてください。"


def wording(reached: Level) -> str | None:
    """The whole of it for a level; None where the town has no such words."""
    letter = template(reached.template)
    return "\n".join([letter.message, *levels.lines(reached)])[:MOST] if letter else None


def told_anew(told: Told, now: datetime) -> str | None:
    """The whole of it for what is known now; None where the tables say nothing."""
    try:
        reached = levels.level_of(levels.happened(told), now)
    except LevelError:
        return None
    return wording(reached) if reached else None


def restated(message: str, lines: list[str]) -> str:
    """The same words with other lines of the 配備態勢; as it was where there are none."""
    kept = [line for line in message.splitlines() if not line.startswith((POST, COMES))]
    return "\n".join([*kept, *lines])[:MOST] if lines else message


def taken_back(reason: str, lines: list[str]) -> str:
    """In place of the town's words: it did not happen, or not so."""
    return "\n".join([reason, *lines, _ASK])[:MOST]


def after_fall(told: Told, now: datetime) -> list[str]:
    """The lines of the 配備態勢 after a telegram was taken back or corrected: who need not come any
    more has to read just that. None where the table can't be used."""
    try:
        reached = levels.level_of(levels.happened(told), now)
    except LevelError:
        return []
    if reached is None or not reached.comes:
        name = reached.name if reached else "なし"
        return [f"{POST}{name}", f"{COMES}ありません。集まる必要はありません{_ELSE}。"]
    lines = levels.lines(reached)
    if levels.EVERYBODY not in reached.comes:
        lines.append(f"{COMES}ほかの人は、集まる必要はありません{_ELSE}。")
    return lines
