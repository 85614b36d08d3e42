"""Words and options of `meibo feed`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any


def add(commands: Any, day: Callable[[str], date]) -> None:
    """Add the command to the others."""
    feed: argparse.ArgumentParser = commands.add_parser(
        "feed", help="給与へ送り出す / Deliver to payroll"
    )
    verbs = feed.add_subparsers(required=True, metavar="VERB", title="verbs")
    text = "送出をつくって置き場所に書く / Make a delivery and write its file"
    out = verbs.add_parser("out", help=text, description=text)
    out.set_defaults(module="feed", function="out")
    out.add_argument("definition", type=Path, help="取込定義（[out] つき）/ definition (TOML)")
    out.add_argument("--full", action="store_true", help="差分でなく全件 / all, not a difference")
    out.add_argument(
        "--format",
        dest="form",
        choices=("csv", "tsv", "xlsx", "fixed", "json"),
        default="",
        help="ファイルの形式（既定は定義のとおり）/ format of the file",
    )
    out.add_argument("--on", type=day, metavar="DATE", help="基準日（既定は今日）/ the day")
    out.add_argument("--to", type=Path, help="置き場所（既定は MEIBO_OUT_DIR）/ folder")
    text = "受領ファイルを読む / Read an acknowledgement file"
    ack = verbs.add_parser("ack", help=text, description=text)
    ack.set_defaults(module="feed", function="ack")
    ack.add_argument("file", type=Path, help="受領ファイル / acknowledgement file")
    ack.add_argument(
        "--rest",
        type=int,
        metavar="N",
        help="ファイルにない N 行も受け取られたと確かめた / N rows not named are accepted too",
    )
    for parser in (out, ack):
        parser.add_argument("--json", action="store_true", help="結果を JSON で / report in JSON")
