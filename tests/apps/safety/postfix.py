"""A real mail server: Debian's Postfix, with configuration, queue and port of its own, so that
neither the system's nor another run's is touched."""

from __future__ import annotations

import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

#: `late.example` takes everything and finds out afterwards; `strict.example` knows its people.
MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {home}/log
maillog_file_prefixes = {home}
myhostname = mx.late.example
mydestination = late.example
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
default_transport = error:5.7.1 nothing leaves this house
virtual_mailbox_domains = strict.example, meibo.example
virtual_mailbox_base = {home}/boxes
virtual_mailbox_maps = inline:{{
    {{ anpi@meibo.example = house/ }}, {{ here@strict.example = here/ }} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_peername_lookup = no
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """Where it listens, and the box of the house in which come reports of what did not arrive."""

    url: str
    reports: Path
    log: Path


@contextmanager
def postfix() -> Iterator[Postfix]:
    """It, running; skips where there is none or nobody may start it."""
    program = shutil.which("postfix")
    try:
        owner = pwd.getpwnam("postfix")
    except KeyError:
        program = None
    if program is None:
        pytest.skip("*** no Postfix on this machine: mail that comes back was NOT tested ***")
    home = Path(tempfile.mkdtemp(prefix="meibo-postfix-"))
    home.chmod(0o755)  # its processes are another user
    port = _free()
    (home / "main.cf").write_text(MAIN.format(home=home, uid=owner.pw_uid, gid=owner.pw_gid))
    (home / "master.cf").write_text(MASTER.format(port=port))
    for name in ("queue", "data", "boxes"):
        (home / name).mkdir()
        (home / name).chmod(0o755)  # whatever mask a test before this one has set
    for name in ("data", "boxes"):
        shutil.chown(home / name, "postfix", "postfix")
    started = subprocess.run(
        [program, "-c", str(home), "start"], capture_output=True, text=True, check=False
    )
    try:
        if started.returncode or not _listens(port):
            pytest.skip(f"*** Postfix does not start here: NOT tested *** {started.stderr[-300:]}")
        box = home / "boxes" / "house" / "new"
        yield Postfix(f"smtp://127.0.0.1:{port}", box, home / "log")
    finally:
        subprocess.run([program, "-c", str(home), "stop"], capture_output=True, check=False)
        shutil.rmtree(home, ignore_errors=True)


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _listens(port: int) -> bool:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False
