"""The watched folder (SFTP drop): one subfolder a delivery, taken when it is complete.

Complete is what holds the mark `完了.txt` (or `.complete`), or in which nothing has changed for
`MEIBO_DROP_QUIET` seconds. What was taken is moved to `done/`, what can't be to `refused/` with a
file that says why.
"""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from django.conf import settings

from meibo.apps.personnel.actions.deliveries.acts import begin
from meibo.apps.personnel.actions.deliveries.files import Offered, UnfitError
from meibo.apps.personnel.actions.intake.findings import digests
from meibo.apps.personnel.models import Intake
from meibo.platform.alone import alone
from meibo.platform.audit.actions import Actor

MARKS = ("完了.txt", ".complete")
DONE, REFUSED = "done", "refused"
_ACTOR = Actor("meibo intake watch")
_LOG = logging.getLogger("meibo.intake")


def sweep(*, now: datetime, actor: Actor = _ACTOR) -> list[int]:
    """Take every complete delivery; the numbers of the intakes that came of it."""
    place: Path | None = settings.MEIBO_DROP_DIR
    if place is None or not place.is_dir():
        return []
    taken: list[int] = []
    with alone("intake") as mine:
        if not mine:
            return []
        for folder in sorted(p for p in place.iterdir() if _is_delivery(p)):
            try:
                if is_complete(folder, now):
                    taken += _take(folder, now, actor)
            except OSError:
                _LOG.exception("a delivery could not be taken")
    return taken


def is_complete(folder: Path, now: datetime) -> bool:
    """Whether nothing more is coming."""
    inside = _files(folder)
    if not inside:
        return False
    if any((folder / mark).is_file() for mark in MARKS):
        return True
    newest = max(p.stat().st_mtime for p in [folder, *inside])
    return now.timestamp() - newest >= settings.MEIBO_DROP_QUIET


def _is_delivery(path: Path) -> bool:
    own = path.name not in {DONE, REFUSED} and not path.name.startswith(".")
    return own and path.is_dir() and not path.is_symlink()


def _files(folder: Path) -> list[Path]:
    """The files of a delivery; what leads elsewhere is none."""
    found = [Path(e.path) for e in os.scandir(folder) if e.is_file(follow_symlinks=False)]
    return sorted(p for p in found if p.name not in MARKS and not p.name.startswith("."))


def _take(folder: Path, now: datetime, actor: Actor) -> list[int]:
    """Take one delivery in. Killed before it is moved, the same content is not taken twice."""
    content = digests(folder)
    mine = {name: d for name, d in content.items() if name not in MARKS and name[0] != "."}
    known = Intake.objects.filter(source="drop", state__in=[Intake.OPEN, Intake.CHECKED])
    numbers: list[int] = []
    if not any(row.digests == mine for row in known):
        try:
            with ExitStack() as stack:
                offered = [
                    Offered(p.name, stack.enter_context(p.open("rb")), p.stat().st_size)
                    for p in _files(folder)
                ]
                numbers.append(begin(offered, "drop", actor=actor, now=now).pk)
        except UnfitError as error:
            (folder / "理由.txt").write_text(f"{error}\n", encoding="utf-8")
            _move(folder, REFUSED, now)
            return []
    _move(folder, DONE, now)
    return numbers


def _move(folder: Path, where: str, now: datetime) -> None:
    target = folder.parent / where
    target.mkdir(exist_ok=True)
    name = f"{folder.name}-{now:%Y%m%d%H%M%S}"
    count = sum(1 for p in target.iterdir() if p.name.startswith(name))
    folder.rename(target / (f"{name}-{count}" if count else name))
