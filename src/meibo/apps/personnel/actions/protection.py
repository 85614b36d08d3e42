"""非公開の申出: granted, changed, extended, ended by personnel. Every step is noted before it is
taken, without the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from meibo.domain.disclosure import Protection
from meibo.ledger import protection
from meibo.ledger.protection import Shielded, Why
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

LEVELS: Mapping[Protection, str] = {
    Protection.OUTSIDE: "庁外に出さない（写真・技能は課の中だけ）",
    Protection.SECTION: "課の外の職員にも出さない（検索にも名簿にも出ない）",
}
REASONS: Mapping[str, str] = {
    "stalking": "ストーカー・配偶者からの暴力など",
    "threat": "不当要求・脅迫",
    "exposure": "氏名や写真をさらされた",
    "other": "その他",
}
#: A protection is looked at again within this time.
LONGEST_DAYS = 3 * 366


class ProtectionError(ValueError):
    """It can't be done; the message says why."""


def grant(
    person: str,
    level: Protection,
    why: Why,
    ends: date,
    *,
    actor: Actor,
    now: datetime,
    today: date,
) -> None:
    """Protect somebody from today until the day before `ends`; what held takes its place."""
    _check(ends, today)
    if why.key not in REASONS or (why.key == "other" and not why.text):
        raise ProtectionError("わけを選んでください。その他のときは、中身を書いてください。")
    _note("grant", person, actor, now, level=level.value, until=ends)
    protection.put(Shielded(person, level, today, ends, why), actor=actor.name, now=now)


def extend(person: str, ends: date, *, actor: Actor, now: datetime, today: date) -> None:
    """Let the protection that holds end on another day; level and reason stay."""
    _check(ends, today)
    held = _holding(person, today)
    _note("extend", person, actor, now, level=held.level.value, until=ends)
    protection.put(replace(held, ends=ends), actor=actor.name, now=now)


def end(person: str, *, actor: Actor, now: datetime, today: date) -> None:
    """End the protection that holds, from today on."""
    held = _holding(person, today)
    _note("end", person, actor, now, level=held.level.value)
    protection.end(person, today, actor=actor.name, now=now)


def _holding(person: str, today: date) -> Shielded:
    found = [s for s in protection.standing(today) if s.person == person and s.starts <= today]
    if not found:
        raise ProtectionError("今、この人に非公開の申出はありません。")
    return found[0]


def _check(ends: date, today: date) -> None:
    if ends <= today:
        raise ProtectionError("終わりの日は、今日かそれより後にしてください。")
    if (ends - today).days > LONGEST_DAYS:
        raise ProtectionError("終わりの日は、3年より先にはできません。期限が来たら延ばせます。")


def _note(what: str, person: str, actor: Actor, now: datetime, **detail: object) -> None:
    entry = Entry(Act.PROTECT, {"what": what, **detail}, [person])
    note(entry, actor=actor, now=now)
