"""A house with people in it, and what keeps copies of it."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyrage

from tests.config.cli.house import House, surroundings

START = "from meibo.config.cli import main; main()"
LIMITED = (
    "import resource; from meibo.config.cli import main;"
    "resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); main()"
)


class Keeper:
    """A house with people in it, its key, and the place of its backups."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house, self.folder, self.secret = house, folder / "backups", folder / "secret.txt"
        made = pyrage.x25519.Identity.generate()
        self.secret.write_text(f"# made here\n{made}\n")
        self.public = str(made.to_public())

    def say(
        self, *words: str, data: Path | None = None, program: str = START, **env: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, *words],
            env=surroundings(data or self.house.data) | env,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def noted(self, act: str) -> list[dict[str, object]]:
        """What the audit log says of an act, in order."""
        with closing(sqlite3.connect(self.house.data / "meibo-audit.sqlite3")) as log:
            rows = log.execute(
                "SELECT detail FROM audit_auditrecord WHERE act = ? ORDER BY no", (act,)
            )
            return [json.loads(detail) for (detail,) in rows]

    def backup(self, *more: str) -> Path:
        """Make one; the file that is new."""
        before = set(self.files())
        said = self.say("backup", "--to", str(self.folder), "--recipient", self.public, *more)
        assert said.returncode == 0, said.stderr
        (made,) = set(self.files()) - before
        return made

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.age"))

    def restore(self, file: Path, data: Path, *more: str) -> subprocess.CompletedProcess[str]:
        """Into another place, with the master key that was kept apart."""
        key = (self.house.data / "master_key").read_text().strip()
        words = ("restore", str(file), "--identity", str(self.secret), *more)
        return self.say(*words, data=data, MEIBO_MASTER_KEY=key)
