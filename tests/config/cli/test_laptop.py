"""The network is gone: the last backup is brought up on a laptop, with nothing but that laptop."""

import json
import time
from pathlib import Path

from tests.config.cli.house import PEOPLE
from tests.config.cli.keeper import Keeper

#: Any connection that leaves the machine, and any look-up of a name, ends the program.
ALONE = """
import socket, sys
import django
real = socket.socket.connect
def connect(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1"):
        sys.exit(f"asked for {address}")
    return real(self, address)
def look_up(*_, **__):
    sys.exit("asked for a name")
socket.socket.connect = connect
socket.getaddrinfo = socket.gethostbyname = look_up
"""
ASK = (
    ALONE
    + """
django.setup()
from datetime import timedelta
from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.starting import Wanted, start
from meibo.config.clock import now
from meibo.platform.accounts.actions import open_account
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
wanted = Wanted(Kind.DISASTER, "地震の安否確認", "答えてください。")
check = start(wanted, actor=Actor("test"), now=now())
answer(check.called.first(), Given(now() + timedelta(minutes=1), "hurt", "now"))
open_account("kiki", "fuyu-no-hi-no-yuugata", None, ["crisis"], actor="test", now=now())
print(check.pk, check.called.count())
"""
)
BOARD = (
    ALONE
    + """
django.setup()
import json
from django.test import Client
from meibo.platform.accounts.models import Account
from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries.links import token_of
from meibo.config.clock import now
from datetime import timedelta
from django.conf import settings
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)  # as `serve` does
settings.MEIBO_SECOND_FACTOR_DUTIES = frozenset()  # force_login brings no code of a second factor
client = Client(SERVER_NAME="localhost")
client.force_login(Account.objects.get(username="kiki"))
check = Check.objects.get()
called = check.called.filter(status="").first()
link = f"/a/{token_of(called.pk, now() + timedelta(hours=1))}"
answered = client.post(link, {"sheet": "1", "status": "safe"}).status_code
pages = [f"/safety/checks/{check.pk}{more}" for more in ("", "/report", "/report.pdf", "/log")]
told = {page: client.get(page).status_code for page in pages}
print(json.dumps({
    "pages": told,
    "asked": check.called.count(),
    "answered": check.called.exclude(status="").count(),
    "link": answered,
    "hurt": "軽傷" in client.get(pages[0]).content.decode(),
}))
"""
)
SETTINGS = {"DJANGO_SETTINGS_MODULE": "meibo.config.settings", "MEIBO_SECOND_FACTOR": "duties"}


def test_the_board_is_up_on_a_laptop_from_the_last_backup_without_a_network(
    keeper: Keeper, tmp_path: Path
) -> None:
    started = keeper.say(program=ASK, **SETTINGS)
    assert started.returncode == 0, started.stderr
    asked = int(started.stdout.split()[1])
    assert 0 < asked <= PEOPLE
    file = keeper.backup()
    laptop, began = tmp_path / "laptop", time.monotonic()
    assert keeper.restore(file, laptop).returncode == 0
    keys = {
        name: (keeper.house.data / file_name).read_text().strip()
        for name, file_name in (
            ("MEIBO_MASTER_KEY", "master_key"),
            ("MEIBO_SECRET_KEY", "secret_key"),
        )
    }
    shown = keeper.say(program=BOARD, data=laptop, **SETTINGS, **keys)
    took = time.monotonic() - began
    assert shown.returncode == 0, shown.stderr
    told = json.loads(shown.stdout.splitlines()[-1])
    assert set(told["pages"].values()) == {200}
    assert (told["asked"], told["answered"], told["link"], told["hurt"]) == (asked, 2, 200, True)
    assert took < 300
