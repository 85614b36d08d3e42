"""Several at the same moment, each in a process of their own: one is let through."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import surroundings

ROOT = Path(__file__).resolve().parents[3]
CROWD = 4
SETTLE = """
import django; django.setup()
from meibo.platform.accounts.models import Account
from meibo.platform.entry.actions import make_sheets, open_for
from meibo.platform.entry.models import Sheet
from tests.ledger.scenes import NOW, TODAY
from tests.platform.grants.people import COMMAND, proposed, settle
people = settle()
open_for([people.plain], actor=COMMAND, now=NOW)
sheets = make_sheets([Account.objects.get()], Sheet.Kind.FIRST, actor=COMMAND, on=TODAY, now=NOW)
print(proposed(people, duty="hr").pk, people.second, people.engineer, sheets[0].code)
"""
WAIT = """
import sys
import django; django.setup()
from tests.ledger.scenes import NOW, TODAY
number, second, engineer, code, mine = sys.argv[1:]
def at_once():
    print("ready", flush=True)
    sys.stdin.readline()
"""
APPROVE = """
from meibo.platform.audit.actions import Actor
from meibo.platform.grants.actions import GrantError, Party, approve
one = int(mine) % 2
party = Party(Actor(f"a{mine}", (second, engineer)[one]), frozenset({("hr", "it")[one]}))
at_once()
try:
    approve(int(number), by=party, on=TODAY, now=NOW)
    print("done")
except GrantError as error:
    print(error)
"""
REDEEM = """
from meibo.platform.entry.actions import EntryError, redeem
at_once()
try:
    redeem(code, f"fuyu-no-hi-no-yuugata-{mine}", address="", on=TODAY, now=NOW)
    print("done")
except EntryError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("deed", "told"), [(APPROVE, "もう決まっています"), (REDEEM, "この番号は使えません")]
)
def test_of_a_crowd_at_the_same_moment_one_is_let_through(
    tmp_path: Path, deed: str, told: str
) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEIBO_", "DJANGO_"))}
    around = {
        **kept,
        "MEIBO_DATA": str(tmp_path),
        "MEIBO_DATABASE_URL": surroundings.own_database("race"),
        "DJANGO_SETTINGS_MODULE": "meibo.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }

    def start(code: str, *words: str) -> subprocess.Popen[str]:
        program = [sys.executable, "-c", code, *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(program, env=around, stdin=pipe, stdout=pipe, text=True)

    start("from meibo.config.cli import main; main(['init'])").communicate(timeout=120)
    facts = start(SETTLE).communicate(timeout=120)[0].split()
    crowd = [start(WAIT + deed, *facts, str(number)) for number in range(CROWD)]
    for each in crowd:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in crowd:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    said = [each.communicate(timeout=120)[0].strip() for each in crowd]
    assert said.count("done") == 1
    assert all(told in each for each in said if each != "done")
