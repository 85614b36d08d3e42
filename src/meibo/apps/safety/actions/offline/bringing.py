"""Bringing back what was ticked off without a network: shown first, then written."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.offline import sealing
from meibo.apps.safety.actions.offline.holders import opened
from meibo.apps.safety.actions.offline.sealing import BroughtError
from meibo.apps.safety.models import Called, Check, OfflineFile
from meibo.apps.safety.queries.own import watched
from meibo.domain.safety import ticks as rules
from meibo.domain.safety import words
from meibo.domain.safety.ticks import Effect, Known, Tick
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.emergency.models import Kind


class StaleError(ValueError):
    """Somebody answered between the look and the deed."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """What a file brings into a check. `mark`: of just this, so that what is written is what was
    shown."""

    file: OfflineFile
    check: Check
    effects: tuple[Effect, ...]
    known: dict[str, Known]
    mark: str

    @property
    def written(self) -> list[Tick]:
        """What is news."""
        return [each.tick for each in self.effects if each.outcome == rules.WRITTEN]

    @property
    def softened(self) -> list[Tick]:
        """What would make a graver answer a 無事: of these somebody says which are written."""
        return [each.tick for each in self.effects if each.outcome == rules.SOFTENED]


def file_of(text: str) -> tuple[OfflineFile, sealing.Brought]:
    """From which file something comes. Raises BroughtError where it is none of ours."""
    found = sealing.brought(text)
    made = (
        OfflineFile.objects.select_related("key", "check_inside").filter(ident=found.ident).first()
    )
    if made is None:
        raise BroughtError("この名簿がつくった持ち出し名簿ではありません。")
    return made, found


def meant(text: str, now: datetime) -> Check:
    """Into which check something is meant to be brought where nobody says: the one whose answers
    are in the file, as long as its record may be changed; but no drill while there is a disaster.
    Raises BroughtError where there is none."""
    running, own = watched(now), file_of(text)[0].check_inside
    disaster = running is not None and running.kind == Kind.DISASTER
    if own is None or own.until <= now or (disaster and own.kind != Kind.DISASTER):
        own = running
    if own is None:
        raise BroughtError("開いている安否確認がありません。どの安否確認に戻すかを選んでください。")
    return own


def look(text: str, check: Check, allowed: Collection[str] | None, *, now: datetime) -> Bringing:
    """What it would do, without doing it. `allowed`: for whom this visitor may answer; None for
    everybody. Raises BroughtError for what can't be read."""
    made, found = file_of(text)
    secret = opened(made.key)
    if secret is None:
        raise BroughtError("この持ち出し名簿の鍵は、もう保存されていません。")
    try:
        ticks = rules.read(found.opened(secret), made.made_at, now)
    except rules.TicksError as error:
        raise BroughtError(str(error)) from error
    rows = Called.objects.filter(check_asked=check, person__in={tick.person for tick in ticks})
    known = {
        row.person: Known(row.status, row.answered_at, row.arrived_at)
        for row in rows
        if allowed is None or row.person in allowed
    }
    effects = tuple(rules.weigh(ticks, known))
    return Bringing(made, check, effects, known, _mark(check, effects, known))


def _mark(check: Check, effects: tuple[Effect, ...], known: Mapping[str, Known]) -> str:
    """Without the moments of ticks: those of a clock that is fast are moved to each new now."""
    lines = [str(check.pk)]
    for each in effects:
        person = each.tick.person
        lines.append(f"{person} {each.tick.kind} {each.outcome} {known.get(person)}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


@transaction.atomic
def bring(
    text: str,
    check: Check,
    allowed: Collection[str] | None,
    mark: str,
    chosen: Collection[str] = (),
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Write what was shown; returns how many ticks that were. `chosen`: whose graver answers become
    a 無事 as well. Raises StaleError where it would be
    something else by now."""
    list(Called.objects.select_for_update().filter(check_asked=check).values_list("pk"))
    bringing = look(text, check, allowed, now=now)
    if bringing.mark != mark:
        raise StaleError
    ticks = [*bringing.written, *(t for t in bringing.softened if t.person in chosen)]
    people = sorted({tick.person for tick in ticks})
    detail = {"what": "offline-back", "check": check.pk, "people": len(people)}
    note(Entry(Act.EMERGENCY, detail, people, check.title), actor=actor, now=now)
    for tick in ticks:
        called = Called.objects.get(check_asked=check, person=tick.person)
        if tick.kind == rules.ARRIVED:
            called.arrived_at = tick.at
            called.save(update_fields=["arrived_at"])
        else:
            given = Given(tick.at, words.SAFE, called.comes, called.arrives_at)
            answer(called, given, by=actor.name)
    OfflineFile.objects.filter(pk=bringing.file.pk).update(brought_at=now)
    return len(ticks)
