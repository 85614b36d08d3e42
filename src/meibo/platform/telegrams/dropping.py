"""The drop folder: where another program on a closed network lays telegrams down.

A file is complete when it has not changed for `MEIBO_TELEGRAM_DROP_QUIET` seconds; names that
begin with a dot or end in .tmp or .part are still being written. What was taken is moved to
`done/`, what can't be read to `refused/`, with a file that says why.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from meibo.platform.telegrams.actions import DROP, receive
from meibo.platform.telegrams.files import laid

DONE, REFUSED = "done", "refused"
_UNFINISHED = (".tmp", ".part")
_MOST = 500  # files a round, so that a flood doesn't keep the feeds waiting
_LOG = logging.getLogger("meibo.telegrams")


def sweep(*, now: datetime) -> int:
    """Take every complete file; how many."""
    place: Path | None = settings.MEIBO_TELEGRAM_DROP_DIR
    if place is None or not place.is_dir():
        return 0
    count = 0
    for path in sorted(Path(e.path) for e in os.scandir(place) if _is_laid(e))[:_MOST]:
        try:
            if now.timestamp() - path.stat().st_mtime >= settings.MEIBO_TELEGRAM_DROP_QUIET:
                _take(path, now)
                count += 1
        except OSError:
            _LOG.exception("a telegram could not be taken from the drop folder")
    return count


def _is_laid(entry: os.DirEntry[str]) -> bool:
    ready = not entry.name.startswith(".") and not entry.name.lower().endswith(_UNFINISHED)
    return ready and entry.is_file(follow_symlinks=False)


def _take(path: Path, now: datetime) -> None:
    """Take what is in a file. Killed before it is moved, it is the same telegram the next time."""
    wrong: list[str] = []
    for one in laid(path):
        if one.wrong:
            wrong.append(one.wrong)
            _LOG.warning("telegram refused: %s: %s", one.name, one.wrong)
            continue
        name = one.name.removeprefix(f"{path.parent}{os.sep}")
        row, _ = receive(one.data, source=DROP, name=name, now=now)
        if row.refused:
            wrong.append(row.reason)
    target = path.parent / (REFUSED if wrong else DONE)
    target.mkdir(exist_ok=True)
    moved = path.rename(target / f"{now:%Y%m%d%H%M%S%f}-{path.name}")
    if wrong:
        moved.with_name(f"{moved.name}.理由.txt").write_text("\n".join(wrong) + "\n", "utf-8")
