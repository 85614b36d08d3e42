"""Feed definitions made in the browser: begun from a sample or a copy, tried, saved."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from meibo.apps.personnel.actions.deliveries import files
from meibo.apps.personnel.actions.deliveries.files import Offered
from meibo.apps.personnel.models import FeedDraft
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.feeds import library
from meibo.platform.feeds.suggesting import aliases_of, suggest
from meibo.platform.feeds.trying import Mistake, Trial, check, try_out

_TOKYO = ZoneInfo("Asia/Tokyo")
_DAYS_KEPT = timedelta(days=14)
MOST_TEXT = 200_000


class DraftError(ValueError):
    """It can't be done; the message says why and what to do."""


def sample_of(number: int) -> Path:
    """Where the sample of a draft lies, for its owner alone."""
    path = Path(settings.MEIBO_DATA) / "feed-drafts" / str(number)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    return path


def begin(
    key: str, name: str, offered: Iterable[Offered], *, actor: Actor, now: datetime
) -> FeedDraft:
    """Begin with sample files: a definition is suggested. Raises UnfitError, DraftError."""
    _check_key(key)
    _note("definition begin", key, actor, now)
    draft = _made(key, "", actor, now)
    try:
        draft.files = files.put(sample_of(draft.pk), offered)
        known = [k.definition for k in library.known() if k.definition is not None]
        today = now.astimezone(_TOKYO).date()
        title = name.strip() or "わが区の人事給与"
        draft.text = suggest(sample_of(draft.pk), title, aliases_of(known), today=today)
        draft.save()
    except Exception:
        _forget(draft.pk)
        draft.delete()
        raise
    return draft


def copy(source: str, key: str, *, actor: Actor, now: datetime) -> FeedDraft:
    """Begin with a copy of a definition; under its own key, the next version of it."""
    known = library.find(source)
    if known is None:
        raise DraftError("写すもとの取込定義がありません。")
    _check_key(key)
    _note("definition begin", key, actor, now)
    return _made(key, known.path.read_text(encoding="utf-8-sig"), actor, now)


def write(number: int, text: str, version: int, *, actor: Actor, now: datetime) -> FeedDraft:
    """Keep the text as it is now. Raises DraftError where somebody was faster."""
    if len(text) > MOST_TEXT:
        raise DraftError("取込定義が長すぎます。")
    with transaction.atomic():
        draft = _held(number, version)
        draft.text = text.replace("\r\n", "\n")
        _touch(draft, actor, now)
    return draft


def add_sample(
    number: int, offered: Iterable[Offered], version: int, *, actor: Actor, now: datetime
) -> FeedDraft:
    """Put other files in the sample's place."""
    with transaction.atomic():
        draft = _held(number, version)
        _forget(number)
        draft.files = files.put(sample_of(number), offered)
        _touch(draft, actor, now)
    return draft


def trial(draft: FeedDraft, *, actor: Actor, now: datetime) -> Trial:
    """Try a draft on its sample. Raises DraftError without one."""
    if not draft.files or not any(sample_of(draft.pk).iterdir()):
        raise DraftError("見本のファイルがありません。加えてから試してください。")
    _note("definition try", draft.key, actor, now)
    return try_out(draft.text, library.own_folder(), sample_of(draft.pk))


def mistake_in(text: str) -> Mistake | None:
    """What is wrong with a text; None for a good one."""
    found = check(text, library.own_folder())
    return found if isinstance(found, Mistake) else None


def publish(number: int, version: int, *, actor: Actor, now: datetime) -> str:
    """Save a draft as a new version of its definition; the draft and its sample go.

    Raises DraftError for a text that is no definition yet.
    """
    with transaction.atomic():
        draft = _held(number, version)
        wrong = mistake_in(draft.text)
        if wrong is not None:
            where = f"{wrong.line}行目：" if wrong.line else ""
            raise DraftError(f"誤りがあるので保存できません。{where}{wrong.message}")
        _note("definition save", draft.key, actor, now)
        try:
            library.save(draft.key, draft.text, now=now)
        except library.UnsavableError as error:
            raise DraftError(str(error)) from error
        key = draft.key
        draft.delete()
    _forget(number)
    return key


def drop(number: int, version: int, *, actor: Actor, now: datetime) -> None:
    """Drop a draft and its sample."""
    with transaction.atomic():
        draft = _held(number, version)
        _note("definition drop", draft.key, actor, now)
        draft.delete()
    _forget(number)


def expire(*, now: datetime) -> int:
    """Remove the samples of drafts that nobody has touched for a fortnight; the texts stay."""
    left = FeedDraft.objects.filter(touched__lt=now - _DAYS_KEPT).exclude(files=[])
    for draft in left:
        _forget(draft.pk)
        FeedDraft.objects.filter(pk=draft.pk).update(files=[])
    return len(left)


def _check_key(key: str) -> None:
    if not library.KEY.fullmatch(key):
        raise DraftError("短い名前は、半角の小文字・数字・「-」で書いてください（例：waga-ku）。")
    if (library.town_folder() / f"{key}.toml").exists():
        raise DraftError(f"「{key}」は区の取込定義で使われています。別の短い名前にしてください。")


def _made(key: str, text: str, actor: Actor, now: datetime) -> FeedDraft:
    return FeedDraft.objects.create(key=key, text=text, touched=now, touched_by=actor.name)


def _held(number: int, version: int) -> FeedDraft:
    draft = FeedDraft.objects.select_for_update().filter(pk=number).first()
    if draft is None:
        raise DraftError("この下書きはもうありません。")
    if draft.version != version:
        raise DraftError(
            f"あなたが書いている間に、{draft.touched_by} さんがこの下書きを変えました。"
            "下に、いま保存されているものと、あなたが書いたものの両方を示します。"
        )
    return draft


def _touch(draft: FeedDraft, actor: Actor, now: datetime) -> None:
    draft.version += 1
    draft.touched, draft.touched_by = now, actor.name
    draft.save()


def _forget(number: int) -> None:
    place = Path(settings.MEIBO_DATA) / "feed-drafts" / str(number)
    shutil.rmtree(place, ignore_errors=True)


def _note(what: str, key: str, actor: Actor, now: datetime) -> None:
    note(Entry(Act.FEED, {"what": what, "definition": key}), actor=actor, now=now)
