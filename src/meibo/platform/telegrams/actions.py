"""Taking telegrams in, following them, and handing out what is decided."""

from __future__ import annotations

import hashlib
import logging
import zlib
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from meibo.domain.telegram import Action, UnreadableError, judge, read
from meibo.domain.telegram.codec import from_json, level_to_json, to_json
from meibo.domain.telegram.events import Decision, State, due, started, step, stopped
from meibo.domain.telegram.tree import MOST_BYTES
from meibo.platform.telegrams import rules
from meibo.platform.telegrams.models import Decided, Engine, Feed, Telegram, Wanted
from meibo.platform.telegrams.receivers import Handed, receivers

FEED, DROP, HUB, HAND = "feed", "drop", "hub", "hand"
_LOG = logging.getLogger("meibo.telegrams")
_TOKYO = ZoneInfo("Asia/Tokyo")
_KEEP = timedelta(days=30)
_TRY_FOR = timedelta(hours=6)


def receive(data: bytes, *, source: str, name: str, now: datetime) -> tuple[Telegram, bool]:
    """Take a telegram in; False with the row that is there where it has come before. What can't be
    read is kept and logged with the reason, as far as it isn't too large."""
    digest = hashlib.sha256(data).hexdigest()
    known = Telegram.objects.filter(digest=digest).first()
    if known is not None:
        return known, False
    said = _judged(data)
    kept = data if len(data) <= MOST_BYTES else b""
    about = {"received_at": now, "source": source, "name": name[:500], "raw": zlib.compress(kept)}
    row, new = Telegram.objects.get_or_create(digest=digest, defaults={**about, **said})
    if new and row.refused:
        _LOG.warning("telegram refused: %s: %s", name[:500], row.reason)
    return row, new


def _judged(data: bytes) -> dict[str, Any]:
    try:
        telegram = read(data)
    except UnreadableError as error:
        return {"action": Action.IGNORE, "reason": str(error), "refused": True}
    judgement = judge(telegram, rules.current()[0].place)
    word = "" if judgement.intensity is None else judgement.intensity.word
    return {
        "kind": telegram.kind.code[:100],
        "title": telegram.title[:200],
        "status": str(telegram.status),
        "info": str(telegram.info),
        "event": " ".join(telegram.events)[:200],
        "reported_at": telegram.reported,
        "action": judgement.action,
        "intensity": word,
        "areas": list(judgement.areas),
        "reason": judgement.reason,
    }


def follow(*, now: datetime) -> int:
    """Let the engine take in what has come; how many telegrams that was. One whose receiver fails
    is tried again in the next round, and doesn't hold up the others."""
    waiting = Telegram.objects.filter(followed_at=None, refused=False)
    count = 0
    for number in list(waiting.order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                count += _follow(number, now)
        except Exception:  # noqa: BLE001  # a receiver may fail in any way; alarms go on
            _LOG.exception("telegram %s could not be followed; it is tried again", number)
            old = waiting.filter(pk=number, received_at__lt=now - _TRY_FOR)
            old.update(followed_at=now)
    return count


def _follow(number: int, now: datetime) -> int:
    engine = _engine()
    row = Telegram.objects.select_for_update().filter(pk=number, followed_at=None).first()
    if row is None:  # another worker was quicker
        return 0
    telegram, local = read(row.data), now.astimezone(_TOKYO)
    state, decisions = step(_state(engine), telegram, local, rules.current()[0])
    _write(engine, state)
    row.followed_at = now
    row.save(update_fields=["followed_at"])
    for decision in decisions:
        if decision.digest:
            _hand(decision, now, row, telegram.headline)
        else:  # it is about another event, of which this telegram says nothing
            _hand(decision, now)
    return 1


def tick(*, now: datetime) -> int:
    """Hand out the starts that were held back until now; how many."""
    engine = Engine.objects.filter(pk=1).first()
    if engine is None or not any(event.waiting for event in _state(engine).events):
        return 0  # seen without a lock: this is asked twice a second
    with transaction.atomic():
        engine = _engine()
        state = _state(engine)
        state, decisions = due(state, now.astimezone(_TOKYO), rules.current()[0])
        if decisions:
            _write(engine, state)
        for decision in decisions:
            _hand(decision, now)
    return len(decisions)


@transaction.atomic
def person_started(event: str, *, now: datetime) -> None:
    """A person has called out for an event: what is held back is not started a second time, and
    what follows is raised or an aftershock."""
    engine = _engine()
    _write(engine, started(_state(engine), event, now.astimezone(_TOKYO)))


@transaction.atomic
def person_stopped(event: str) -> None:
    """A person has decided that a start that is held back does not go."""
    engine = _engine()
    _write(engine, stopped(_state(engine), event))


def forget(*, now: datetime) -> None:
    """Remove what was nothing to us, and addresses that no feed names any more, after a month."""
    old = now - _KEEP
    Telegram.objects.filter(action=Action.IGNORE, received_at__lt=old).delete()
    Wanted.objects.filter(found_at__lt=old).delete()
    Feed.objects.filter(asked_at__lt=old).delete()


def _engine() -> Engine:
    """The engine's row, held until the transaction ends."""
    Engine.objects.get_or_create(pk=1)
    return Engine.objects.select_for_update().get(pk=1)


def _state(engine: Engine) -> State:
    return from_json(engine.state)


def _write(engine: Engine, state: State) -> None:
    engine.state = to_json(state)
    engine.save()


def _hand(
    decision: Decision, now: datetime, row: Telegram | None = None, headline: str = ""
) -> None:
    made = Decided.objects.create(
        telegram=row,
        at=now,
        do=decision.do,
        event=decision.event[:80],
        level=level_to_json(decision.level),
        reason=decision.reason,
        until=decision.until,
    )
    _LOG.warning("decided: %s %s: %s", decision.do, decision.event, decision.reason)
    number, title = (row.pk, row.title) if row else (None, "")
    handed = Handed(made.pk, decision, now, number, title, headline)
    for receiver in receivers():
        receiver(handed)
