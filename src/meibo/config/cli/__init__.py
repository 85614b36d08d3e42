"""`meibo`: the command line. Data goes to standard output, everything else to standard error."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys

import django

from meibo.config.cli.parser import parse
from meibo.config.cli.refusal import FULL, RefusedError, disk_is_full


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if getattr(options, "bare", False):  # reads its arguments and nothing of ours
        sys.exit(_bare(options))
    os.umask(0o077)  # database, pictures, keys: nobody else on this machine reads what we write
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meibo.config.settings")
    django.setup()
    # What runs needs Django to be set up, so it can't be imported before.
    commands = importlib.import_module(f"meibo.config.cli.{options.module}")
    noting = importlib.import_module("meibo.config.cli.noting")
    try:
        code = noting.run(getattr(commands, options.function), options)
    except RefusedError as refused:
        code = _refuse(options, str(refused))
    except BrokenPipeError:  # the reader has seen enough (`| head`)
        sys.stderr.close()
        code = 0
    except Exception as error:
        if not disk_is_full(error):
            raise
        code = _refuse(options, FULL)
    sys.exit(code)


def _bare(options: argparse.Namespace) -> int:
    """A command that needs no data, no settings and no log of who called it."""
    commands = importlib.import_module(f"meibo.config.cli.{options.module}")
    try:
        code: int = getattr(commands, options.function)(options)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return code


def _refuse(options: argparse.Namespace, text: str) -> int:
    if getattr(options, "format", "") == "json":
        print(json.dumps({"error": text}, ensure_ascii=False))
    print(f"meibo: {text}", file=sys.stderr)
    return 1
