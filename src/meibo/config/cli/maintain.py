"""init, demo, serve, verify, redraw."""

from __future__ import annotations

import argparse
import os
import sys
from typing import NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError

import meibo.platform.demo as ward
from meibo.apps.directory.actions.furnishing import furnish
from meibo.apps.exchange.actions import demo as exchange
from meibo.config.cli import work
from meibo.config.cli.ready import is_ready, prepare, require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import Progress, show_json, tell
from meibo.config.clock import now
from meibo.ledger import check, draw
from meibo.platform import door
from meibo.platform.accounts.models import Account


def init(_options: argparse.Namespace) -> int:
    """Prepare the data folder and the database; harmless when done already."""
    prepare()
    tell(f"用意ができました: {settings.MEIBO_DATA}")
    return 0


def demo(options: argparse.Namespace) -> int:
    """Generate the demo ward."""
    if options.if_empty and is_ready() and check.has_people():
        return 0
    prepare()
    if check.has_people():
        raise RefusedError("名簿にはもう職員がいます。見本は空の名簿にだけつくれます。")
    tell("見本の区をつくります（1分ほどかかります）")
    ward.generate(now=now(), people=options.people, progress=Progress())
    furnish("jinji", now=now(), today=door.today())
    exchange.furnish(now=now())
    _sign_ins()
    return 0


def serve(options: argparse.Namespace) -> NoReturn:
    """Serve the pages until stopped."""
    prepare()
    _require_sound_settings()
    call_command("collectstatic", verbosity=0, interactive=False)
    tell(f"画面: http://{options.host}:{options.port}/ （止めるには Ctrl+C）")
    if Account.objects.filter(is_demo=True).exists():
        _sign_ins()
    command = [
        *(sys.executable, "-m", "gunicorn", "meibo.config.wsgi:application"),
        *("--bind", f"{options.host}:{options.port}"),
        *("--worker-class", "gthread", "--threads", "4", "--workers", str(options.workers)),
        *("--limit-request-line", "8190"),  # what is longer than we take is refused in our words
        *("--no-control-socket", "--log-level", "warning"),
    ]
    work.beside()
    sys.stderr.flush()
    # The server takes this process's place, so that whoever stops it stops the server itself.
    os.execv(sys.executable, command)  # nosec B606  # our own command line, no shell


def verify(options: argparse.Namespace) -> int:
    """Fold the books afresh and compare; 1 with the first differences."""
    require_ready()
    result = check.verify(progress=Progress())
    if options.format == "json":
        show_json({"checked": result.checked, "differences": result.differences})
    else:
        for line in result.differences:
            print(line)
        tell(f"確かめた職員: {result.checked}人  違い: {len(result.differences)}件")
    return 1 if result.differences else 0


def redraw(_options: argparse.Namespace) -> int:
    """Draw everything anew from the books: after `town/names.csv` was changed, or to mend."""
    require_ready()
    draw.redraw_all(progress=Progress())
    tell("名簿と検索の索引を作り直しました。")
    return 0


def _require_sound_settings() -> None:
    """Refuse to open the house with a setting that promises what it can't keep."""
    try:
        call_command("check", verbosity=0)
    except SystemCheckError as error:
        raise RefusedError(str(error)) from error


def _sign_ins() -> None:
    tell("", "見本のサインイン（名前 / 合言葉 / 立場）")
    for sign_in in ward.SIGN_INS:
        tell(f"  {sign_in.username:<10} {sign_in.password}  {sign_in.who}")
