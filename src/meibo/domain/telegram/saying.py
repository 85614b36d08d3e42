"""From a telegram to the statements it makes of a place, for the engine that follows events."""

from __future__ import annotations

import re
from collections.abc import Iterable

from meibo.domain.telegram.at_place import Place
from meibo.domain.telegram.history import Event, Statement
from meibo.domain.telegram.judging import look
from meibo.domain.telegram.kinds import Family
from meibo.domain.telegram.model import Grade, InfoType, Telegram, Warned
from meibo.domain.telegram.scale import Intensity

_GRADES = re.compile(r"レベル[0-9０-９]|特別警報|危険警報|警報|注意報|の?解除")
_WHOLE = frozenset({"VPWW50", "VPWW53", "VPWW54"})
"""Telegrams that list all warnings of a city: what they don't list is not in force."""
_PARTS = {
    "VPWW55": ("大雨",),
    "VPWW56": ("土砂災害",),
    "VPWW57": ("高潮",),
    "VPWW58": ("暴風", "暴風雪"),
    "VPWW59": ("波浪",),
    "VPWW60": ("大雪",),
}
"""Telegrams of 2026 on, each of which lists all warnings of one danger."""


def of_quake(telegram: Telegram, place: Place) -> Statement:
    """What a telegram of a quake or a tsunami says. One that says nothing of us is a statement as
    well: it may be newer than one that did."""
    found = look(telegram, place)
    cancelled = telegram.info is InfoType.CANCEL
    tsunami = found.tsunami if found.graded or telegram.kind.code == "VTSE41" else None
    return Statement(
        about=telegram.kind.code,
        reported=telegram.reported,
        issued=telegram.issued,
        serial=telegram.serial,
        intensity=Intensity.ZERO if cancelled or found.intensity is None else found.intensity,
        exact=found.city_known and not cancelled,
        tsunami=None if cancelled or telegram.kind.family is not Family.TSUNAMI else tsunami,
        cancelled=cancelled,
        corrected=telegram.info is InfoType.CORRECTION,
    )


def of_warnings(telegram: Telegram, place: Place, event: Event | None) -> list[Statement]:
    """What a telegram of warnings says of each danger in our city. A telegram that cancels takes
    back what the same kind of telegram has said before."""
    known = event.statements if event else ()
    code = telegram.kind.code
    if telegram.info is InfoType.CANCEL:
        mine = [s for s in known if s.source == code]
        return [_hazard(telegram, s.hazard, in_force=False) for s in mine]
    own = [w for w in telegram.warned if w.is_city and place.has_city(w.code)]
    if not own:
        return []
    special = _hazards(w for w in own if w.grade is Grade.SPECIAL)
    listed = _hazards(w for w in own if w.grade > Grade.NONE) | set(_PARTS.get(code, ()))
    if code in _WHOLE:
        listed |= {s.hazard for s in known}
    return [_hazard(telegram, h, in_force=h in special) for h in sorted(listed)]


def _hazard(telegram: Telegram, hazard: str, *, in_force: bool) -> Statement:
    return Statement(
        about=f"warning/{hazard}",
        source=telegram.kind.code,
        reported=telegram.reported,
        issued=telegram.issued,
        serial=telegram.serial,
        hazard=hazard,
        in_force=in_force,
        corrected=telegram.info is InfoType.CORRECTION,
    )


def _hazards(rows: Iterable[Warned]) -> set[str]:
    """The dangers, without their grade: 大雨 of レベル５大雨特別警報."""
    plain = (_GRADES.sub("", w.kind).strip() for w in rows)
    return {"噴火" if name.startswith("噴火") else name for name in plain if name}
