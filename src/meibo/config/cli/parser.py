"""Words and options of the command line, in Japanese and English. Knows nothing of Django."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from meibo.config.cli import answering, keep, safety
from meibo.config.cli import feeding as feed

TOKYO = ZoneInfo("Asia/Tokyo")
FORMATS = ("table", "json", "csv")


def parse(arguments: list[str]) -> argparse.Namespace:
    """Options with `module` and `function` of the command; leaves with 2 on a wrong call."""
    parser = argparse.ArgumentParser(
        prog="meibo",
        description="電子職員名簿 / The staff roster of a municipality.",
        epilog="データは MEIBO_DATA（既定 ./var）、DBは MEIBO_DATABASE_URL。 / "
        "Data live in MEIBO_DATA (default ./var), the database at MEIBO_DATABASE_URL.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    _maintenance(commands)
    answering.add(commands)
    _intake(commands)
    feed.add(commands, _date)
    _reading(commands)
    _audit(commands)
    _accounts(commands)
    keep.add(commands, _moment)
    safety.add(commands)
    return parser.parse_args(arguments)


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _command(
    commands: _Commands[argparse.ArgumentParser], name: str, module: str, text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(module=module, function=name)
    return parser


def _maintenance(commands: _Commands[argparse.ArgumentParser]) -> None:
    _command(commands, "init", "maintain", "データの場所を用意する / Prepare the data folder")
    demo = _command(commands, "demo", "maintain", "見本の区をつくる / Generate the demo ward")
    demo.add_argument("--people", type=int, default=3400, help="職員数 / how many people")
    demo.add_argument(
        "--if-empty", action="store_true", help="名簿が空のときだけ / only where there is no roster"
    )
    serve = _command(commands, "serve", "maintain", "画面を開く / Serve the web pages")
    serve.add_argument("--host", default="127.0.0.1", help="待ち受ける番地 / address to listen on")
    serve.add_argument("--port", type=int, default=8000, help="ポート / port")
    serve.add_argument("--workers", type=int, default=2, help="プロセス数 / processes")
    work = _command(
        commands, "work", "work", "時間のかかる仕事をする / Do what pages have asked for"
    )
    work.add_argument(
        "--once", action="store_true", help="待っている仕事だけして終わる / until nothing waits"
    )
    verify = _command(
        commands,
        "verify",
        "maintain",
        "発令簿から名簿を作り直して比べる / Fold the books afresh and compare",
    )
    verify.add_argument("--format", choices=("table", "json"), default="table")
    _command(
        commands,
        "redraw",
        "maintain",
        "発令簿から名簿と索引を作り直す / Draw roster and index anew from the books",
    )


def _intake(commands: _Commands[argparse.ArgumentParser]) -> None:
    intake = commands.add_parser("intake", help="ファイルを取り込む / Take a supplier's files in")
    verbs = intake.add_subparsers(required=True, metavar="VERB", title="verbs")
    for verb, text in (
        (
            "check",
            "起きることをすべて示す。何も書かない / Show all that would happen; write nothing",
        ),
        ("load", "正しいものを取り込む / Take what is right into the books"),
    ):
        parser = _command(verbs, verb, "intake", text)
        parser.add_argument("definition", type=Path, help="取込定義 / feed definition (TOML)")
        parser.add_argument("folder", type=Path, help="ファイルのある場所 / folder of the files")
        parser.add_argument(
            "--mask", action="store_true", help="指摘の値を伏せる / hide the values in findings"
        )
        parser.add_argument("--format", choices=FORMATS, default="table")

    watch = _command(
        verbs,
        "watch",
        "intake",
        "受け渡しフォルダーを見て受け取る / Take what lies in the drop folder",
    )
    watch.add_argument("--once", action="store_true", help="今あるものだけを見て終わる / look once")


def _reading(commands: _Commands[argparse.ArgumentParser]) -> None:
    roster = _command(commands, "roster", "read", "ある日の名簿 / The roster of a day")
    roster.add_argument("--unit", help="所属コード（下の組織を含む）/ unit code, with sub-units")
    person = _command(commands, "person", "read", "ある日のひとり / One person on a day")
    person.add_argument("number", metavar="NUMBER", help="職員番号または id / staff number or id")
    for parser in (roster, person):
        _day(parser)
        parser.add_argument(
            "--known", type=_moment, help="この時点で知っていたこと / as known then"
        )
    search = _command(commands, "search", "read", "名前・所属・担当・内線などで探す / Find people")
    search.add_argument("query", help="探す言葉 / what to look for")
    search.add_argument("--limit", type=int, default=20, help="件数 / how many")
    _day(search)
    changes = _command(commands, "changes", "read", "二つの日を比べる / Compare two days")
    changes.add_argument("--from", dest="a", type=_date, required=True, metavar="DATE")
    changes.add_argument("--to", dest="b", type=_date, required=True, metavar="DATE")
    for parser in (roster, person, search, changes):
        parser.add_argument(
            "--as",
            dest="viewer",
            default="tie:staff",
            help="見る立場 tie:staff, tie:hr … または職員番号 / who is looking",
        )
        parser.add_argument(
            "--purpose", default="", help="何のために見るか（記録に残る）/ what for; it is noted"
        )
        parser.add_argument("--format", choices=FORMATS, default="table")


def _audit(commands: _Commands[argparse.ArgumentParser]) -> None:
    audit = commands.add_parser("audit", help="監査ログ / The audit log")
    verbs = audit.add_subparsers(required=True, metavar="VERB", title="verbs")
    for verb, text in (
        ("verify", "抜け・書き換え・並べ替えがないか確かめる / Find any tampering"),
        ("anchor", "いまの控えを示す。別の場所に残す / The anchor to keep elsewhere"),
    ):
        parser = verbs.add_parser(verb, help=text, description=text)
        parser.set_defaults(module="audit", function=verb)
        parser.add_argument("--format", choices=("table", "json"), default="table")


def _accounts(commands: _Commands[argparse.ArgumentParser]) -> None:
    accounts = commands.add_parser("accounts", help="アカウントと権限 / Accounts and duties")
    verbs = accounts.add_subparsers(required=True, metavar="VERB", title="verbs")

    def verb(name: str, text: str, function: str = "") -> argparse.ArgumentParser:
        parser = verbs.add_parser(name, help=text, description=text)
        parser.set_defaults(module="accounts", function=function or name)
        return parser

    opening = verb(
        "open", "在籍する人のアカウントをつくる / Open an account for everyone", "open_all"
    )
    opening.add_argument("--unit", help="所属コード（下の組織を含む）/ unit code, with sub-units")
    _day(opening)
    sheet = verb("sheet", "はじめてのサインインの番号を出す / A code for the first sign-in")
    grant = verb("grant", "職務を付与する（最初の人に）/ Grant a duty, for the first ones")
    revoke = verb("revoke", "職務を解除する / Take a duty away")
    for parser in (sheet, grant, revoke):
        parser.add_argument("number", metavar="STAFF_NO", help="職員番号 / staff number")
    for parser in (grant, revoke):
        parser.add_argument("duty", help="hr payroll crisis audit it")
        parser.add_argument("--purpose", required=True, help="理由 / what for")
    grant.add_argument("--unit", help="どの職に（既定は本務の組織）/ unit of the post")
    grant.add_argument("--until", type=_date, metavar="DATE", help="最後の日 / the last day")


def _day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=_date, metavar="DATE", help="基準日（既定は今日）/ the day")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"「{text}」は日付として読めません。2027-04-01 のように書いてください。"
        ) from None


def _moment(text: str) -> datetime:
    """ISO, in Asia/Tokyo; a day alone means until its end."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"「{text}」は時点として読めません。2027-04-01 か 2027-04-01T09:00 と書いてください。"
        ) from None
    if len(text) <= len("2027-04-01"):
        moment = datetime.combine(moment.date(), time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=TOKYO)
