"""PostgreSQL put back to a moment by pgBackRest, as the manual tells it, with Debian's programs."""

import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.config.cli.house import ROOT
from tests.config.cli.package import many
from tests.platform.backup.test_postgresql import say

pytestmark = pytest.mark.soak
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


class Cluster:
    """A server of its own under the account that Debian made for it."""

    def __init__(self, home: Path) -> None:
        self.home, self.data, self.repo = home, home / "main", home / "repo"
        self.programs = SERVERS[-1].parent
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.config = home / "pgbackrest.conf"

    @property
    def url(self) -> str:
        return f"postgres://postgres@:{self.port}/meibo?host={self.home}"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["runuser", "-u", "postgres", "--", *words],
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done

    def backrest(self, *words: str) -> None:
        self.run("pgbackrest", f"--config={self.config}", "--stanza=meibo", *words)

    def control(self, verb: str) -> None:
        log = self.home / "server.log"
        self.run(str(self.programs / "pg_ctl"), "-D", str(self.data), "-w", "-l", str(log), verb)

    def make(self) -> None:
        self.run(str(self.programs / "initdb"), "-D", str(self.data), "-A", "trust")
        page = (ROOT / "docs" / "manual" / "バックアップ.md").read_text(encoding="utf-8")
        told = re.search(r"(wal_level = .*?archive_command = '[^']+')", page, re.S)
        assert told is not None
        archive = re.sub(r"^ +", "", told[1], flags=re.M).replace(
            "pgbackrest ", f"pgbackrest --config={self.config} "
        )
        own = (
            f"port = {self.port}\nunix_socket_directories = '{self.home}'\nlisten_addresses = ''\n"
        )
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(f"\n{own}{archive}\n")
        self.config.write_text(
            f"[global]\nrepo1-path={self.repo}\nrepo1-cipher-type=aes-256-cbc\n"
            f"repo1-cipher-pass={secrets.token_urlsafe(48)}\nrepo1-retention-full=2\nstart-fast=y\n"
            f"log-path={self.home}\nlock-path={self.home}\n"
            f"[meibo]\npg1-path={self.data}\npg1-port={self.port}\npg1-socket-path={self.home}\n"
        )


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    if not SERVERS or shutil.which("pgbackrest") is None or os.geteuid() != 0:
        pytest.skip("*** NOT TRIED: needs root and Debian's postgresql and pgbackrest ***")
    home = Path(tempfile.mkdtemp(prefix="meibo-pgbackrest-"))
    account = pwd.getpwnam("postgres")
    os.chown(home, account.pw_uid, account.pw_gid)
    made = Cluster(home)
    made.make()
    os.chown(made.config, account.pw_uid, account.pw_gid)
    made.control("start")
    yield made
    if (made.data / "postmaster.pid").exists():
        made.control("stop")
    shutil.rmtree(home)


def moment(cluster: Cluster) -> str:
    with psycopg.connect(cluster.url.replace("postgres:", "postgresql:"), autocommit=True) as link:
        found = str(link.execute("SELECT now()").fetchone()[0])  # type: ignore[index]  # one row
        time.sleep(1.5)
        link.execute("SELECT pg_switch_wal()")
    return found


def people(cluster: Cluster) -> int:
    with psycopg.connect(cluster.url.replace("postgres:", "postgresql:")) as link:
        return int(link.execute("SELECT count(*) FROM ledger_person").fetchone()[0])  # type: ignore[index]  # one row


def test_the_roster_comes_back_as_it_was_at_a_moment(cluster: Cluster, tmp_path: Path) -> None:
    admin = f"postgresql://postgres@:{cluster.port}/postgres?host={cluster.home}"
    with psycopg.connect(admin, autocommit=True) as link:
        link.execute("CREATE DATABASE meibo")
    cluster.backrest("stanza-create")
    cluster.backrest("check")
    data = tmp_path / "data"
    assert say(data, cluster.url, "init").returncode == 0
    cluster.backrest("--type=full", "backup")

    (tmp_path / "one").mkdir()
    package = many(tmp_path / "one", 20).without_readings().write()
    assert say(data, cluster.url, "intake", "load", *package).returncode in {0, 2}
    assert people(cluster) == 20
    good = moment(cluster)

    with psycopg.connect(cluster.url.replace("postgres:", "postgresql:")) as link:
        link.execute("DROP TABLE ledger_stretch CASCADE")  # somebody's slip
    cluster.control("stop")
    cluster.backrest(
        "--delta", "--type=time", f"--target={good}", "--target-action=promote", "restore"
    )
    cluster.control("start")
    for _ in range(60):
        with psycopg.connect(admin) as link:
            if not link.execute("SELECT pg_is_in_recovery()").fetchone()[0]:  # type: ignore[index]  # one row
                break
        time.sleep(0.5)
    assert people(cluster) == 20
    said = say(data, cluster.url, "verify")
    assert said.returncode == 0, said.stdout + said.stderr
