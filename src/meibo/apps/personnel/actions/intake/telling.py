"""What was told of lines that are spared is told again."""

from __future__ import annotations

from dataclasses import replace

from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.domain.findings import Finding


def told_again(desk: Desk) -> list[Finding]:
    """What comparing the spared lines told, as of this file."""
    seen, before = desk.package.seen, desk.before
    if seen is None or before is None:
        return []
    return [
        replace(finding, file=seen.file, record=seen.spared[number])
        for number, found in before.compared.items()
        if number in seen.spared
        for finding in found
    ]
