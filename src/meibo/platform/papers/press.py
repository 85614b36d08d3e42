"""Sets one large form in a process of its own, so that the memory it takes goes with it.

`python -m meibo.platform.papers.press`: reads what to set as JSON, writes the PDF.
"""

from __future__ import annotations

import json
import subprocess  # nosec B404  # this same interpreter and module, no shell
import sys
from collections.abc import Mapping
from typing import Any

import typst

from meibo.platform.papers import glyphs

_SECONDS = 900


class PressError(RuntimeError):
    """The form could not be set; what the press said is the message."""


def apart(order: Mapping[str, Any]) -> bytes:
    """Set a form in another process. `order`: arguments of `typst.compile` without the fonts."""
    done = subprocess.run(  # nosec B603  # this same interpreter and module, no shell
        [sys.executable, "-m", __name__],
        input=json.dumps(order, ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
        timeout=_SECONDS,
    )
    if done.returncode:
        raise PressError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def main() -> None:
    """Set what comes in."""
    order = json.loads(sys.stdin.buffer.read())
    made = typst.compile(**order, font_paths=glyphs.fonts(), ignore_system_fonts=True)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
