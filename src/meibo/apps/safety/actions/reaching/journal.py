"""What was handed over since the database last knew: a line a message, in a file of the route.

The database learns of a batch at once, for a commit a message would take longer than the message.
Who is killed in between would send the whole batch again; the lines outlive a killed process (not
a power cut), so that only what was being handed over in that very moment may go out twice. The
file's lock is the route's: one sender on a machine.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Busy(Exception):  # noqa: N818  # not an error: somebody else does the work
    """Another process sends by this route."""


class Journal:
    """The lines of one route. Raises Busy while another process has them."""

    def __init__(self, folder: Path, route: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{route}.sent"
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise Busy(route) from None

    def write(self, key: str, provider: str, reference: str) -> None:
        """This message was handed over. One write, so that a line is there or is not."""
        clean = reference.replace("\t", " ").replace("\n", " ")
        os.write(self._file, f"{key}\t{provider}\t{clean}\n".encode())

    def lines(self) -> dict[str, tuple[str, str]]:
        """Key → by whom, and under which reference."""
        size = os.fstat(self._file).st_size
        rows = os.pread(self._file, size, 0).decode(errors="replace").splitlines()
        found = (row.split("\t") for row in rows)
        return {row[0]: (row[1], row[2]) for row in found if len(row) == 3}  # the parts of a line

    def clear(self) -> None:
        """The database knows."""
        os.ftruncate(self._file, 0)

    def close(self) -> None:
        """Let the route go."""
        os.close(self._file)
