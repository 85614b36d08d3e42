"""`town/filings.csv`: who accepts which kind of filing, what has to come with it, how often a
thing is asked to be confirmed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from meibo.apps.personnel.actions.filings.kinds import KINDS
from meibo.platform import town

FILE = "filings.csv"
#: Who may stand in `accepts`, in the order in which a filing passes them.
STEPS: Mapping[str, str] = {"clerk": "庶務担当", "hr": "人事課"}
LEADS: Mapping[str, str] = {"person": "本人", "roster": "名簿", "payroll": "給与システム"}


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
    return _parsed(town.text(FILE))[0]


def problems() -> tuple[str, ...]:
    """What is wrong with the town's file, row by row."""
    return _parsed(town.text(FILE))[1]


@lru_cache(maxsize=4)
def _parsed(text: str) -> tuple[Mapping[str, Rule], tuple[str, ...]]:
    return parse(text)


def parse(text: str) -> tuple[Mapping[str, Rule], tuple[str, ...]]:
    """Read the file. A row that can't be used is left out and told of."""
    found: dict[str, Rule] = {}
    wrong: list[str] = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        cells = {name: (value or "").strip() for name, value in row.items() if name}
        trouble = _trouble(cells)
        if trouble:
            wrong.append(f"{FILE} {number}行：{trouble}")
            continue
        kind, days = cells["kind"], cells.get("confirm_days", "")
        found[kind] = Rule(
            kind,
            cells.get("label") or kind,
            tuple(cells["accepts"].split()),
            cells.get("attachments", ""),
            cells.get("leads") or "person",
            int(days) if days else None,
        )
    return found, tuple(wrong)


def _trouble(cells: Mapping[str, str]) -> str:
    """What is wrong with a row; empty where it can be used."""
    steps = cells.get("accepts", "").split()
    if cells.get("kind", "") not in KINDS:
        return f"kind は {'、'.join(KINDS)} のどれかです"
    if not steps or steps != [step for step in STEPS if step in steps]:
        return "accepts は clerk、hr、clerk hr のどれかです"
    if (cells.get("leads") or "person") not in LEADS:
        return f"leads は {'、'.join(LEADS)} のどれかです"
    if cells.get("confirm_days") and not cells["confirm_days"].isdigit():
        return "confirm_days は日数か空です"
    return ""
