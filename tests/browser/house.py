"""A whole house for browsers to visit: its own process, its own database, the made-up ward in it.

Started by a fixture in conftest.py; says its address when it is open, and closes when its standard
input does. It is a process of its own because the books refuse to be emptied after a test, as they
should.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from meibo.config.cli.ready import prepare
from meibo.config.clock import now
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform import door
from meibo.platform.accounts.actions import open_account
from meibo.platform.jobs.actions import work_all
from tests.apps.directory.ward import FIRST, NOW, RECORDED, TODAY, Ward, build

#: Sign-in name → where the person sits, and duties besides.
ACCOUNTS: dict[str, tuple[tuple[str, str] | None, list[str]]] = {
    "staff": (("課税第一係", "060"), []),
    "clerk": (("税務係", "060"), []),
    "head": (("税務課", "030"), []),
    "personnel": (("人事係", "050"), ["hr"]),
    "second": (("人事係", "060"), ["hr"]),
    "crisis": (("防災計画係", "060"), ["crisis"]),
    "machines": (None, ["it"]),
    "auditor": (None, ["audit"]),
    "watch": (None, ["audit"]),
    "decider": (("人事課", "030"), []),
}
#: Who must set up a second factor in this house: only those in whom tests look at it.
FACTOR_DUTIES = frozenset({"audit"})


class Server(ThreadingMixIn, WSGIServer):
    """Answers several requests at once, as browsers send them."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *arguments: Any) -> None:
        pass


def furnish() -> Ward:
    """Tables, static files under the names of production, the ward, people who may sign in."""
    prepare()
    call_command("collectstatic", interactive=False, verbosity=0)
    ward = build()
    for name, (seat, duties) in ACCOUNTS.items():
        person = ward.first(*seat) if seat else None
        open_account(name, os.environ["PASSWORD"], person, duties, actor="test", now=NOW)
    # What a telephone is asked to confirm: filed long ago and never looked at since.
    phones = json.dumps([{"kind": "携帯", "value": "090-0000-4321"}], ensure_ascii=False)
    filing = NewFiling(ward.first("課税第一係", "060"), "contacts", phones, FIRST, RECORDED)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    return ward


def visitors(ward: Ward) -> dict[str, Any]:
    """What tests need to know of the ward to name places in it."""
    return {
        "codes": ward.codes,
        "chief": ward.first("税務係", "050"),
        "clerk": ward.first("税務係", "060"),
        "long": ward.first("文書係", "052"),
        "names": ward.names,
    }


def work() -> None:
    """What pages have asked for, done beside them as the worker does it."""
    while True:
        close_old_connections()
        work_all(now)
        time.sleep(0.3)


def main(say: Callable[[str], object] = print, furnish: Callable[[], Ward] = furnish) -> None:
    """Open the house and stay open until standard input ends."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]  # passkeys know no bare address
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # many sign in
    settings.MEIBO_SECOND_FACTOR = "duties"
    settings.MEIBO_SECOND_FACTOR_DUTIES = FACTOR_DUTIES
    ward = furnish()
    door.today = lambda: TODAY
    server = make_server(
        "127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Silent
    )
    Thread(target=server.serve_forever, daemon=True).start()
    Thread(target=work, daemon=True).start()
    assert get_user_model().objects.exists()
    say(json.dumps({"url": f"http://127.0.0.1:{server.server_port}", **visitors(ward)}))
    sys.stdout.flush()
    sys.stdin.read()
