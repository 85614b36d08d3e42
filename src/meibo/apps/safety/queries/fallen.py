"""Whether the telegram of a check was taken back, or corrected below what alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meibo.apps.safety.models import Check

FELL, BEGUN = "fell", "begun"


@dataclass(frozen=True, slots=True)
class Fell:
    """In which way (取消, 訂正), when, and how grave it is now, in words; "" where nothing is left
    of it; whether it `began` the check, or was joined to one that a person began."""

    word: str
    at: datetime
    now: str
    began: bool

    @property
    def text(self) -> str:
        """In a few words."""
        done = "取り消されました" if self.word == "取消" else "訂正されました"
        which = "もとの電文" if self.began else "加えた電文"
        return f"{which}が{done}（いまは{self.now}）" if self.now else f"{which}が{done}"


def fell(check: Check) -> Fell | None:
    """None for a check that is about no telegram, or whose telegrams hold."""
    kept = check.level.get(FELL)
    if not kept:
        return None
    at, began = datetime.fromisoformat(kept["at"]), bool(check.level.get(BEGUN))
    return Fell(kept["word"], at, kept["now"], began)


def stopped(check: Check) -> bool:
    """Whether the house asks nobody more by itself: what a person began goes on until a person ends
    it."""
    found = fell(check)
    return found is not None and found.began
