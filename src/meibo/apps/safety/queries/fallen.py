"""Whether the telegram of a check was taken back, or corrected below what alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meibo.apps.safety.models import Check

FELL = "fell"


@dataclass(frozen=True, slots=True)
class Fell:
    """In which way (取消, 訂正), when, and how grave it is now, in words; "" where nothing is left
    of it."""

    word: str
    at: datetime
    now: str

    @property
    def text(self) -> str:
        """In a few words."""
        done = "取り消されました" if self.word == "取消" else "訂正されました"
        return f"もとの電文が{done}（いまは{self.now}）" if self.now else f"もとの電文が{done}"


def fell(check: Check) -> Fell | None:
    """None for a check that no telegram began, or whose telegrams hold."""
    kept = check.level.get(FELL)
    return Fell(kept["word"], datetime.fromisoformat(kept["at"]), kept["now"]) if kept else None
