"""Many write into the log at once, from several processes: no number is given twice."""

import os
import subprocess
import sys
from pathlib import Path

from tests import surroundings

ROOT = Path(__file__).resolve().parents[3]
PROCESSES, EACH = 4, 25
WRITE = f"""
import django; django.setup()
from datetime import datetime, UTC
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
for number in range({EACH}):
    note(Entry(Act.READ, {{"nr": number}}, {{"p1"}}), actor=Actor("x"), now=datetime.now(UTC))
"""
CHECK = """
import django; django.setup()
from meibo.platform.audit import queries
print(*queries.verify()[:2])
"""


def test_four_processes_write_one_chain(tmp_path: Path) -> None:
    database = surroundings.own_database("crowd")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEIBO_", "DJANGO_"))}
    around = {
        **kept,
        "MEIBO_DATA": str(tmp_path),
        "MEIBO_DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "meibo.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    init = "from meibo.config.cli import main; main(['init'])"
    subprocess.run([sys.executable, "-c", init], env=around, check=True, capture_output=True)
    crowd = [subprocess.Popen([sys.executable, "-c", WRITE], env=around) for _ in range(PROCESSES)]
    assert [process.wait(60) for process in crowd] == [0] * PROCESSES
    checked = subprocess.run(
        [sys.executable, "-c", CHECK], env=around, check=True, capture_output=True, text=True
    )
    # One more: that the house was made ready has been noted, too.
    assert checked.stdout.split() == [str(PROCESSES * EACH + 1), "0"]
