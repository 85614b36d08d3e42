"""What was handed over since the database last knew: a slot a message, in a file of the route.

The database learns of a batch at once, for a commit a message would take longer than the message.
The slots outlive a killed process (not a power cut), so that only what was out of hand and not yet
answered for in that very moment is in doubt. They lie in mapped memory: a mark is one byte stored,
and between the mark and the handing over nothing waits, neither for the disk nor for another
thread. The file's lock is the route's: one sender on a machine.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SLOTS = 4_000
"""Letters of one round, and trials."""
_SLOT = 512  # bytes: doubts, whether it is done, how long what follows is, then that
_HEAD = struct.Struct("<BBH")
_DONE = 1  # the place of that byte


class Busy(Exception):  # noqa: N818  # not an error: somebody else does the work
    """Another process sends by this route."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known of a message: how often it was out of hand without an answer; whether it was
    handed over, by whom, and under which reference."""

    key: str
    doubts: int
    done: bool
    provider: str = ""
    reference: str = ""


class Journal:
    """The slots of one route. Raises Busy while another process has them."""

    def __init__(self, folder: Path, route: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(
            folder / f"{route}.journal", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
        )
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise Busy(route) from None
        os.ftruncate(self._file, SLOTS * _SLOT)
        self._map = mmap.mmap(self._file, SLOTS * _SLOT)
        self._starts: dict[str, int] = {}

    def lay(self, keys: Iterable[str]) -> None:
        """These messages are about to go out, none of them yet."""
        self.clear()
        for place, key in enumerate(keys):
            start = self._starts[key] = place * _SLOT
            self._put(start, 0, key)

    def begin(self, key: str) -> None:
        """From here on it may have gone out."""
        self._map[self._starts[key]] += 1

    def doubts(self, key: str) -> int:
        """How often that was said of it without an answer."""
        return self._map[self._starts[key]]

    def back(self, key: str, doubts: int) -> None:
        """It certainly did not go out this time: as doubtful as it was before."""
        self._map[self._starts[key]] = doubts

    def done(self, key: str, provider: str, reference: str) -> None:
        """This message was handed over."""
        start = self._starts[key]
        clean = reference.replace("\t", " ")
        self._put(start, self._map[start], f"{key}\t{provider}\t{clean}")
        self._map[start + _DONE] = 1  # last: a slot is done or it is not

    def _put(self, start: int, doubts: int, text: str) -> None:
        data = text.encode()[: _SLOT - _HEAD.size]
        head = _HEAD.pack(doubts, 0, len(data))
        self._map[start : start + _HEAD.size + len(data)] = head + data

    def notes(self) -> Iterator[Noted]:
        """What the slots say, of this process or of the one before."""
        for start in range(0, SLOTS * _SLOT, _SLOT):
            doubts, done, length = _HEAD.unpack_from(self._map, start)
            if not length:
                return
            text = self._map[start + _HEAD.size : start + _HEAD.size + length]
            key, *more = text.decode(errors="replace").split("\t")
            provider, reference = more if done else ("", "")
            yield Noted(key, doubts, bool(done), provider, reference)

    def clear(self) -> None:
        """The database knows."""
        used = len(self._starts) or SLOTS
        self._map[: used * _SLOT] = bytes(used * _SLOT)
        self._starts = {}

    def close(self) -> None:
        """Let the route go."""
        self._map.close()
        os.close(self._file)
