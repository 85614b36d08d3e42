"""The town's rules for telegrams, as `town/telegrams.toml` says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from meibo.domain.telegram.at_place import Place
from meibo.domain.telegram.level import Answer, Hours, Rule, Rules
from meibo.domain.telegram.model import Tsunami
from meibo.domain.telegram.scale import intensity
from meibo.domain.telegram.tree import UnreadableError

FILE = "telegrams.toml"
_ANSWERS = {"start": Answer.START, "ask": Answer.ASK, "inform": Answer.INFORM}
_WHEN = {"any": None, "office": True, "off": False}
_TSUNAMI = {t.word: t for t in (Tsunami.ADVISORY, Tsunami.WARNING, Tsunami.MAJOR)}
_DAYS = "月火水木金土日"
_MOST_HOURS, _MOST_WAIT = 24 * 14, 3600


@dataclass
class _Desk:
    """Collects what is wrong while the file is read."""

    wrong: list[str] = field(default_factory=list)

    def among(self, table: Mapping[str, Any], name: str, words: Mapping[str, Any]) -> Any:
        """One of these words."""
        said = table.get(name, "any" if name == "when" else "")
        if said not in words:
            self.wrong.append(f"{name} は {'・'.join(words)} のどれかです（{said!r}）。")
            return next(iter(words.values()))
        return words[said]

    def number(self, table: Mapping[str, Any], name: str, usual: int, most: int) -> int:
        """A whole number from 0."""
        said = table.get(name, usual)
        if isinstance(said, bool) or not isinstance(said, int) or not 0 <= said <= most:
            self.wrong.append(f"{name} は 0 から {most} までの数です（{said!r}）。")
            return usual
        return said

    def codes(self, table: Mapping[str, Any], name: str, digits: tuple[int, ...]) -> frozenset[str]:
        """Codes as texts: as numbers their leading zeros would be lost."""
        said = table.get(name, [])
        good = isinstance(said, list) and all(
            isinstance(c, str) and c.isascii() and c.isdigit() and len(c) in digits for c in said
        )
        if not good:
            self.wrong.append(f'{name} は ["350"] のように、引用符で囲んだ数字を並べます。')
            return frozenset()
        return frozenset(said)

    def names(self, table: Mapping[str, Any], name: str) -> tuple[str, ...]:
        """Words, each once."""
        said = table.get(name, [])
        if not isinstance(said, list) or not all(isinstance(c, str) and c.strip() for c in said):
            self.wrong.append(f'{name} は ["tanaka"] のように、引用符で囲んだ名前を並べます。')
            return ()
        return tuple(dict.fromkeys(word.strip() for word in said))


def rules_of(
    table: Mapping[str, Any], is_holiday: Callable[[date], bool]
) -> tuple[Rules, list[str]]:
    """The rules, and in Japanese what is wrong with the file. With anything wrong, what could be
    read still stands, so that a slip of the pen doesn't silence everything."""
    desk = _Desk()
    place, engine = table.get("place", {}), table.get("engine", {})
    own = Place(
        desk.codes(place, "areas", (3, 6)),
        desk.codes(place, "cities", (5, 7)),
        desk.codes(place, "tsunami", (3,)),
    )
    lines = [_rule(line, desk) for line in table.get("rule", [])]
    rules = Rules(
        place=own,
        rules=tuple(line for line in lines if line is not None),
        hours=_hours(table.get("office", {}), desk),
        aftershock=timedelta(hours=desk.number(engine, "aftershock_hours", 24, _MOST_HOURS)),
        stale=timedelta(minutes=desk.number(engine, "stale_minutes", 180, _MOST_HOURS * 60)),
        is_holiday=is_holiday,
        tell=desk.names(table.get("questions", {}), "tell"),
    )
    return rules, desk.wrong


def _rule(line: Mapping[str, Any], desk: _Desk) -> Rule | None:
    before = len(desk.wrong)
    triggers = [name for name in ("intensity", "tsunami", "special") if line.get(name)]
    if len(triggers) != 1:
        desk.wrong.append("決まりの一つには intensity・tsunami・special のどれか一つを書きます。")
        return None
    strength = None
    if triggers == ["intensity"]:
        try:
            strength = intensity(str(line["intensity"]))
        except UnreadableError as error:
            desk.wrong.append(str(error))
            return None
    made = Rule(
        answer=desk.among(line, "answer", _ANSWERS),
        intensity=strength,
        tsunami=desk.among(line, "tsunami", _TSUNAMI) if triggers == ["tsunami"] else None,
        special=triggers == ["special"],
        in_office=desk.among(line, "when", _WHEN),
        wait=timedelta(seconds=desk.number(line, "wait_seconds", 0, _MOST_WAIT)),
    )
    return made if len(desk.wrong) == before else None


def _hours(table: Mapping[str, Any], desk: _Desk) -> Hours:
    usual = Hours()
    days = str(table.get("days", "月火水木金"))
    if not set(days) <= set(_DAYS):
        desk.wrong.append(f"days は「{_DAYS}」から選びます（{days!r}）。")
        days = "月火水木金"
    closed = frozenset(_day(text, desk) for text in table.get("closed", [])) - {None}
    return Hours(
        start=_time(table, "start", usual.start, desk),
        end=_time(table, "end", usual.end, desk),
        weekdays=frozenset(_DAYS.index(day) for day in days),
        closed=frozenset(d for d in closed if d) if "closed" in table else usual.closed,
    )


def _time(table: Mapping[str, Any], name: str, usual: time, desk: _Desk) -> time:
    try:
        return time.fromisoformat(str(table.get(name, usual)))
    except ValueError:
        desk.wrong.append(f"{name} は 08:30 のように書きます（{table[name]!r}）。")
        return usual


def _day(text: object, desk: _Desk) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d\d)-(\d\d)", str(text), re.ASCII)
    if found is None:
        desk.wrong.append(f"closed は 12-29 のように書きます（{text!r}）。")
        return None
    return int(found[1]), int(found[2])
