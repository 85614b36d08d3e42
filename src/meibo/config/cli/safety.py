"""Words and options of `meibo safety`. Knows nothing of Django."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

FORMATS = ("table", "json", "csv")


def add(commands: Any) -> None:
    """Add the command to the others."""
    safety: argparse.ArgumentParser = commands.add_parser(
        "safety", help="安否確認・参集 / Safety check and muster"
    )
    verbs = safety.add_subparsers(required=True, metavar="VERB", title="verbs")
    text = "気象庁の電文を一つずつ判定する。何も変えない / Judge telegrams, each alone"
    telegram = verbs.add_parser("telegram", help=text, description=text)
    telegram.set_defaults(module="telegram", function="telegram", bare=True)
    telegram.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="電文（XML、gzip、zip、フォルダー、- は標準入力）/ telegrams; - is standard input",
    )
    for name, digits, words in (
        ("area", (3, 6), "細分区域 350 など / area of intensities"),
        ("city", (5, 6, 7), "市町村等 1310300 など / city"),
        ("tsunami", (3,), "津波予報区 312 など / tsunami area"),
    ):
        telegram.add_argument(
            f"--{name}",
            action="extend",
            default=[],
            type=_codes(digits),
            metavar="CODE",
            help=f"{words}（いくつでも / any number）",
        )
    telegram.add_argument("--format", choices=FORMATS, default="table")
    _others(verbs)


def _others(verbs: Any) -> None:
    """The commands that need the house."""
    text = "電文のハブに購読を頼む / Ask the hub to hand telegrams in"
    subscribe = verbs.add_parser("subscribe", help=text, description=text)
    subscribe.set_defaults(module="subscribe", function="subscribe")
    subscribe.add_argument(
        "--wait",
        type=int,
        default=10,
        metavar="SECONDS",
        help="ハブの確認を待つ秒数 / for so long the hub is waited for（既定 10）",
    )
    text = "持ち出し名簿をつくる / Make the rosters for when the network is gone"
    offline = verbs.add_parser("offline", help=text, description=text)
    offline.set_defaults(module="offline", function="offline")
    offline.add_argument("--to", type=Path, metavar="DIR", help="置き場所 / where to write")


def _codes(digits: tuple[int, ...]) -> Callable[[str], list[str]]:
    """Reads one code or several with commas, in digits of any width."""

    def read(text: str) -> list[str]:
        codes = unicodedata.normalize("NFKC", text).replace(" ", "").split(",")
        for code in codes:
            if not (code.isascii() and code.isdigit() and len(code) in digits):
                many = "・".join(map(str, digits))
                raise argparse.ArgumentTypeError(
                    f"「{code}」はコードとして読めません。{many}桁の数字で書いてください。"
                )
        return codes

    return read
