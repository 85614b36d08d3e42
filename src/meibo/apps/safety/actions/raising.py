"""How grave it is, what a check is about: by the gravest that telegrams said, and never less."""

from __future__ import annotations

from meibo.apps.safety.models import Check
from meibo.domain.telegram.codec import level_from_json, level_to_json
from meibo.domain.telegram.level import Level


def level_of(check: Check) -> Level:
    """The gravest that was said of it so far."""
    return level_from_json(check.level) if check.level else Level()


def graver(check: Check, told: Level) -> None:
    """Keep it where it is graver than what was said before. A title that a telegram gave follows;
    one that a person gave is theirs."""
    before = level_of(check)
    level = before.and_also(told)
    if level == before:
        return
    if check.title == before.words:
        check.title = level.words[:80]
    check.level = level_to_json(level)
    check.save(update_fields=["level", "title"])
