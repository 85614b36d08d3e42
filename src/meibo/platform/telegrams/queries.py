"""What came in, what was decided, and whether the ways in work."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from meibo.domain.telegram import Action
from meibo.domain.telegram.codec import from_json
from meibo.domain.telegram.events import Do
from meibo.domain.telegram.level import Answer, Level, Rule
from meibo.platform.telegrams import rules
from meibo.platform.telegrams.models import Decided, Engine, Feed, Subscription, Telegram

TOKYO = ZoneInfo("Asia/Tokyo")
WORDS = {
    Do.START: "自動で開始",
    Do.ASK: "人にたずねる",
    Do.INFORM: "知らせる",
    Do.WAIT: "待ってから開始",
    Do.RAISE: "重くなった",
    Do.CORRECT: "訂正",
    Do.EASE: "軽くなった・解除",
    Do.JOIN: "一つにまとめた",
    Do.CANCEL: "取消",
}
_LOUD = (Do.START, Do.ASK, Do.WAIT)
_WHEN = {None: "いつでも", True: "開庁時間", False: "夜間・休日"}
_ANSWERS = {
    Answer.START: "自動で始める",
    Answer.ASK: "人にたずねる",
    Answer.INFORM: "知らせるだけ",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way in: whether it is open, and what was wrong with it last."""

    name: str
    open: bool
    detail: str = ""
    answered: datetime | None = None
    error: str = ""


def received(only: str) -> QuerySet[Telegram]:
    """Telegrams, the newest first: all of them, those that `concern` this place, or the `refused`
    ones."""
    rows = Telegram.objects.defer("raw")
    if only == "refused":
        return rows.filter(refused=True)
    return rows if only == "all" else rows.exclude(action=Action.IGNORE)


def decided() -> list[tuple[Decided, str]]:
    """The last decisions, with their words."""
    rows = Decided.objects.select_related("telegram").defer("telegram__raw")[:20]
    return [(row, WORDS[Do(row.do)]) for row in rows]


def informed(since: datetime) -> list[Decided]:
    """What crisis management was to be told of and no more, the newest word on each event. An event
    that asks somebody, or has started, is told of elsewhere."""
    told: dict[str, Decided] = {}
    quiet, loud = set[str](), set[str]()
    for row in Decided.objects.filter(at__gte=since):
        key = row.event or f"#{row.pk}"
        told.setdefault(key, row)
        if row.do == Do.INFORM:
            quiet.add(key)
        elif row.do in _LOUD:
            loud.add(key)
    return [row for key, row in told.items() if key in quiet - loud]


def levels_now(events: Collection[str]) -> list[Level]:
    """How grave these events are by now, as far as the engine still knows them by name."""
    engine = Engine.objects.filter(pk=1).first()
    known = from_json(engine.state).events if engine else ()
    return [event.level for event in known if event.key[:80] in events]


def ways(now: datetime) -> list[Way]:
    """Every way in."""
    known = {feed.address: feed for feed in Feed.objects.all()}
    found = []
    for address in settings.MEIBO_TELEGRAM_FEEDS:
        feed = known.get(address)
        answered, error = (feed.answered_at, feed.error) if feed else (None, "")
        found.append(Way("フィード", True, address, answered, error))
    if not found:
        found.append(Way("フィード", False))
    folder = settings.MEIBO_TELEGRAM_DROP_DIR
    missing = "" if folder is None or folder.is_dir() else "フォルダーがありません。"
    found.append(Way("フォルダー", folder is not None, str(folder or ""), None, missing))
    found.append(Way("ハブ（WebSub）", bool(settings.MEIBO_TELEGRAM_SECRET)))
    return [*found, *subscriptions(now)]


def subscriptions(now: datetime) -> list[Way]:
    """Every topic that a hub was asked for."""
    return [_subscribed(row, now) for row in Subscription.objects.all()]


def _subscribed(row: Subscription, now: datetime) -> Way:
    """A topic that is subscribed to: until when, or why not."""
    holds = row.ends_at is not None and row.ends_at > now
    wrong = row.error or (f"ハブが断りました：{row.denied}" if row.denied else "")
    if not wrong and not holds and row.confirmed_at is not None:
        wrong = "購読の期限が切れました。"
    told = row.topic
    if holds and row.ends_at is not None:
        told += f"（{row.ends_at.astimezone(TOKYO):%Y-%m-%d %H:%M} まで）"
    elif not wrong:
        told += "（確認を待っています）"
    if row.hub.startswith("http://"):
        told += " 合言葉が暗号化されずに流れています（http）。"
    return Way("ハブの購読", holds, told, row.confirmed_at, wrong)


def laid_down() -> tuple[list[tuple[str, str, str]], list[str], list[tuple[str, str]]]:
    """The town's rules in words (when, from what on, what), what is wrong with its file, and the
    codes of its place."""
    own, wrong = rules.current()
    lines = [(_WHEN[r.in_office], _from(r), _answer(r)) for r in own.rules]
    place = (
        ("細分区域", own.place.areas),
        ("市町村等", own.place.cities),
        ("津波予報区", own.place.tsunami),
    )
    return lines, wrong, [(name, "、".join(sorted(codes)) or "なし") for name, codes in place]


def _from(rule: Rule) -> str:
    if rule.intensity is not None:
        return f"震度{rule.intensity.word}以上"
    return "特別警報" if rule.tsunami is None else f"{rule.tsunami.word}以上"


def _answer(rule: Rule) -> str:
    seconds = int(rule.wait.total_seconds())
    return f"{seconds}秒待って、{_ANSWERS[rule.answer]}" if seconds else _ANSWERS[rule.answer]
