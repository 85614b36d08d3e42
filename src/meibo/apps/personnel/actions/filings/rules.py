"""`town/filings.csv`: who accepts which kind of filing, what has to come with it, how often a
thing is asked to be confirmed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FILE = "filings.csv"
#: Who may stand in `accepts`, in the order in which a filing passes them.
STEPS: Mapping[str, str] = {"clerk": "庶務担当", "hr": "人事課"}
LEADS: Mapping[str, str] = {"person": "本人", "roster": "名簿", "payroll": "給与システム"}


class RuleError(ValueError):
    """The town's file can't be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind: `steps` are those who look at it in turn, the last of whom accepts it; `leads` is
    where the field has its home; `confirm_days`: after so many days without a filing or a
    confirmation the person is asked whether it is still right (None: never)."""

    kind: str
    label: str
    steps: tuple[str, ...]
    attachments: str
    leads: str
    confirm_days: int | None

    @property
    def lead_words(self) -> str:
        """Where the field has its home, in words."""
        return LEADS[self.leads]


def rules() -> Mapping[str, Rule]:
    """The kinds as the town has them now; one that the file leaves out can't be filed."""
    path = Path(settings.MEIBO_TOWN) / FILE
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Mapping[str, Rule]:
    return parse(path.read_text(encoding="utf-8-sig"))


def parse(text: str) -> Mapping[str, Rule]:
    """Read the file. Raises RuleError naming the row."""
    found: dict[str, Rule] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        cells = {name: (value or "").strip() for name, value in row.items() if name}
        steps, days = tuple(cells.get("accepts", "").split()), cells.get("confirm_days", "")
        leads = cells.get("leads") or "person"
        if not steps or list(steps) != [step for step in STEPS if step in steps]:
            raise RuleError(f"{FILE} {number}行: accepts は clerk、hr、clerk hr のどれかです")
        if leads not in LEADS:
            raise RuleError(f"{FILE} {number}行: leads は {'、'.join(LEADS)} のどれかです")
        if days and not days.isdigit():
            raise RuleError(f"{FILE} {number}行: confirm_days は日数か空です")
        kind, label = cells.get("kind", ""), cells.get("label", "")
        attachments = cells.get("attachments", "")
        confirm = int(days) if days else None
        found[kind] = Rule(kind, label or kind, steps, attachments, leads, confirm)
    return found
