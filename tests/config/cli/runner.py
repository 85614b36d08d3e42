"""Runs `meibo` commands in processes of their own without starting Python anew for each.

A line of JSON on standard input names a command, and the id of its process is answered; an empty
line waits for its end, and its exit code is answered (negative: the signal that ended it). Until
then the id is its own, so that nobody else's process is killed. Run with `python -m`.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meibo.config.settings")
django.setup()

from meibo.config import cli  # noqa: E402  # Django has to be set up before
from meibo.config.cli import intake, maintain, read  # noqa: E402, F401  # loaded once for all
from meibo.ledger import vault  # noqa: E402  # Django has to be set up before

vault._BATCH = 5  # so that a kill of a rotation falls between two of its transactions


def run(words: list[str]) -> None:
    """In the child: the command itself, its words thrown away."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    code = 1
    try:
        cli.main(words)
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        os._exit(code)


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(json.loads(line))
        say(child)
        sys.stdin.readline()
        _, status = os.waitpid(child, 0)
        say(os.waitstatus_to_exitcode(status))


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
