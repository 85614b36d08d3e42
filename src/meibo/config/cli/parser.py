"""Words and options of the command line, in Japanese and English. Knows nothing of Django."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

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
    _intake(commands)
    _reading(commands)
    _audit(commands)
    _keeping(commands)
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
        parser.add_argument("--format", choices=FORMATS, default="table")


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


def _keeping(commands: _Commands[argparse.ArgumentParser]) -> None:
    keys = commands.add_parser("keys", help="マスター鍵を見る・替える / Master keys")
    under = keys.add_subparsers(required=True, metavar="VERB", title="verbs")
    listing = _command(under, "list", "keys", "鍵の一覧 / Which keys wrap whose")
    listing.set_defaults(function="listing")
    listing.add_argument("--format", choices=FORMATS, default="table")
    _command(under, "rotate", "keys", "新しい鍵に替える / A new master key takes over")
    _backing_up(commands)


def _backing_up(commands: _Commands[argparse.ArgumentParser]) -> None:
    backup = _command(commands, "backup", "backup", "バックアップを取る / Back everything up")
    backup.set_defaults(function="make")
    backup.add_argument("--to", type=Path, metavar="DIR", help="置き場所 / where to")
    backup.add_argument(
        "--recipient", action="append", metavar="AGE", help="age の公開鍵 / public key of age"
    )
    backup.add_argument("--plain", action="store_true", help="暗号化しない / do not encrypt")
    backup.add_argument(
        *("--keep",),
        type=_generations,
        default=(7, 5, 12),
        metavar="D,W,M",
        help="残す世代：日,週,月（既定 7,5,12）/ generations to keep",
    )
    backup.add_argument(
        *("--if-due",),
        type=float,
        metavar="HOURS",
        help="最新がこの時間より古いときだけ / only where the newest is older",
    )
    under = backup.add_subparsers(metavar="VERB", title="verbs")
    listing = _command(under, "list", "backup", "世代の一覧と照合 / Generations, are they whole")
    listing.set_defaults(function="listing")
    listing.add_argument("--to", type=Path, metavar="DIR", default=argparse.SUPPRESS)
    listing.add_argument("--format", choices=FORMATS, default="table")
    key = _command(under, "key", "backup", "暗号化の鍵をつくる / Make a pair of keys")
    key.add_argument("file", type=Path, help="秘密鍵を書くファイル / file for the secret key")
    _restoring(commands)
    _owing(commands)


def _restoring(commands: _Commands[argparse.ArgumentParser]) -> None:
    restore = _command(commands, "restore", "restore", "バックアップを戻す / Restore a backup")
    restore.add_argument("file", type=Path, help="バックアップ / the backup")
    restore.add_argument("--force", action="store_true", help="職員がいても / even over people")
    drill = _command(
        commands, "drill", "drill", "復元の訓練をする / Try to restore the newest backup"
    )
    drill.add_argument("--to", type=Path, metavar="DIR", help="置き場所 / where the backups are")
    drill.add_argument("--history", action="store_true", help="これまでの結果 / earlier results")
    for parser in (restore, drill):
        parser.add_argument(
            "--identity", type=Path, metavar="KEYFILE", help="age の秘密鍵 / secret key of age"
        )
    restore.add_argument("--format", choices=("table", "json"), default="table")
    drill.add_argument("--format", choices=FORMATS, default="table")


def _owing(commands: _Commands[argparse.ArgumentParser]) -> None:
    privacy = commands.add_parser("privacy", help="個人情報の開示など / Duties of privacy")
    under = privacy.add_subparsers(required=True, metavar="VERB", title="verbs")
    bundle = _command(under, "bundle", "privacy", "本人に渡す写し / All that is held of one person")
    bundle.add_argument("number", metavar="STAFF_NO", help="職員番号 / staff number")
    bundle.add_argument("--purpose", required=True, help="目的（監査ログに残る）/ what for")
    bundle.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help="置き場所 / where to write"
    )
    leak = _command(under, "leak", "privacy", "漏えい等の報告の案 / Draft of a report of a leak")
    leak.add_argument("account", help="サインイン名 / account")
    leak.add_argument("--since", type=_start, required=True, help="この時点から / from then")
    leak.add_argument("--until", type=_moment, required=True, help="この時点まで / until then")
    register = _command(under, "register", "privacy", "個人情報ファイル簿 / Register of files")
    register.add_argument("--format", choices=FORMATS, default="table")


def _generations(text: str) -> tuple[int, int, int]:
    parts = text.split(",")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        raise argparse.ArgumentTypeError("残す世代は 7,5,12 のように 日,週,月 で書いてください。")
    daily, weekly, monthly = map(int, parts)
    return daily, weekly, monthly


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


def _start(text: str) -> datetime:
    """ISO, in Asia/Tokyo; a day alone means from its beginning."""
    moment = _moment(text)
    is_day = len(text) <= len("2027-04-01")
    return datetime.combine(moment.date(), time(), moment.tzinfo) if is_day else moment
