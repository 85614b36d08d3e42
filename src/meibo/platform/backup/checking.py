"""After a restore: is it what was backed up, and does everything in it hold together?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from meibo.ledger import check
from meibo.platform.audit import queries
from meibo.platform.backup import snapshot
from meibo.platform.backup.manifest import Contents

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """`unlike`: what of the contents differs from the manifest; `differences`: what verify found;
    `broken_at`: number of the record at which the audit log breaks, 0 where it holds."""

    contents: Contents
    unlike: tuple[str, ...]
    checked: int
    differences: tuple[str, ...]
    broken_at: int

    @property
    def is_good(self) -> bool:
        return not self.unlike and not self.differences and not self.broken_at

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"good": self.is_good}


def report(stated: Contents, *, progress: Progress | None = None) -> Report:
    """Compare what is here with what a manifest states, fold the books afresh, follow the log."""
    here = snapshot.held_now()
    told, found = asdict(stated), asdict(here)
    unlike = tuple(name for name in told if told[name] != found[name])
    verdict = check.verify(progress=progress)
    differences = tuple(verdict.differences)
    return Report(here, unlike, verdict.checked, differences, queries.verify().broken_at)
