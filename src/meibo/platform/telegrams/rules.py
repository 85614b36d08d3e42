"""The town's rules for telegrams, read again when the file changes."""

from __future__ import annotations

import logging
import tomllib
from functools import lru_cache

import jpholiday

from meibo.domain.telegram.level import Rules
from meibo.domain.telegram.town_rules import FILE, rules_of
from meibo.platform import town

_LOG = logging.getLogger("meibo.telegrams")


def current() -> tuple[Rules, list[str]]:
    """The rules in force, and in Japanese what is wrong with the file."""
    return _read(town.text(FILE))


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[Rules, list[str]]:
    """Once for each text: what is wrong is in the log once, too."""
    try:
        table, wrong = tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        table, wrong = {}, [f"TOML として読めません（{error}）。"]
    rules, more = rules_of(table, jpholiday.is_holiday)
    for line in [*wrong, *more]:
        _LOG.error("%s: %s", FILE, line)
    return rules, [*wrong, *more]
