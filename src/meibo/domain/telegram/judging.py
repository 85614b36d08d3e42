"""What one telegram, taken alone, means for one municipality.

alarm   震度5弱 or more in its city – or in its area where the telegram knows no city of that
        area –, 津波警報 or 大津波警報 in its tsunami area, 特別警報 in its city. Only ever from a
        telegram in normal service (通常) that cancels nothing.
cancel  A telegram in normal service that takes an earlier one back (情報の形態 取消). It names no
        places, so it is the same for everybody; whether there is anything to call off is known to
        who remembers what came before (`events`).
inform  It says something of this place that is no ground for an alarm: a lesser intensity, an
        intensity that is only expected (緊急地震速報), 津波注意報・津波予報, 警報・注意報, the end
        of any of these (解除), 特別警報 somewhere in the prefecture where the telegram knows no
        cities, or what is said to the whole country (南海トラフ地震臨時情報 …).
ignore  It says nothing of this place, it is of a kind that never does, it is a drill or a test, or
        it could not be read.

A correction (訂正) and a delayed telegram (遅延) are judged by what they say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meibo.domain.telegram import at_place
from meibo.domain.telegram.at_place import Found, Place
from meibo.domain.telegram.kinds import Family
from meibo.domain.telegram.model import InfoType, Status, Telegram
from meibo.domain.telegram.scale import Intensity


class Action(StrEnum):
    """What one telegram means for one place."""

    ALARM = "alarm"
    INFORM = "inform"
    CANCEL = "cancel"
    IGNORE = "ignore"

    @property
    def word(self) -> str:
        """As people read it."""
        return {"alarm": "発報", "inform": "知らせる", "cancel": "取消", "ignore": "なし"}[self]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`intensity` is the strongest of the place; `areas` are the place's own codes of which the
    telegram says something; `reason` is a sentence for people."""

    action: Action
    intensity: Intensity | None
    areas: tuple[str, ...]
    reason: str


def judge(telegram: Telegram, place: Place) -> Judgement:
    """What a telegram means for a place, as the head of this module says."""
    if telegram.status is not Status.NORMAL or telegram.kind.family is Family.TRIAL:
        return _exercise(telegram, place)
    if telegram.info is InfoType.CANCEL:
        what = telegram.title
        return Judgement(Action.CANCEL, None, (), f"「{what}」を取り消す電文です。")
    found = look(telegram, place)
    action = Action.ALARM if found.grave else Action.INFORM if found.stated else Action.IGNORE
    words = {InfoType.CORRECTION: "訂正の電文。", InfoType.DELAYED: "遅れて届いた電文。"}
    reason = words.get(telegram.info, "") + found.reason
    return Judgement(action, found.intensity, found.codes, reason)


def look(telegram: Telegram, place: Place) -> Found:
    """What a telegram says of a place, whatever its status."""
    match telegram.kind.family:
        case Family.INTENSITY:
            return at_place.shaking(telegram, place)
        case Family.FORECAST:
            return at_place.expected(telegram, place)
        case Family.TSUNAMI:
            return at_place.tsunami(telegram, place)
        case Family.WARNING:
            return at_place.warnings(telegram, place)
        case Family.NATION:
            said = telegram.head_title or telegram.title
            return Found(stated=True, reason=f"全国に向けた情報です（{said}）。")
        case Family.SOURCE:
            return Found(reason="震源だけの電文で、各地の震度はありません。")
        case _:
            return Found(reason=f"判定しない種類の電文です（{telegram.title}）。")


def _exercise(telegram: Telegram, place: Place) -> Judgement:
    found = look(telegram, place)
    normal = telegram.status is Status.NORMAL
    what = "配信試験の電文" if normal else f"{telegram.status}の電文"
    would = f"（通常なら発報：{found.reason.rstrip('。')}）" if found.grave else ""
    return Judgement(
        Action.IGNORE, found.intensity, found.codes, f"{what}なので発報しません{would}。"
    )
