"""What the surroundings say: environment variables, the data directory, keys, the database URL.

Settings are read from here and from nowhere else, so that this file is the list of everything
that an operator can set.
"""

import base64
import binascii
import os
import secrets
import shlex
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from meibo.domain.proxies import Proxies, Proxy
from meibo.ledger import masters

MASTER_KEY_BYTES = 32
SOURCE_ROOT = Path(__file__).resolve().parents[3]

# WAL lets readers go on while the one writer writes; FULL makes a committed order survive a power
# cut. https://www.sqlite.org/pragma.html
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -65536;"  # KiB when negative
)
SQLITE_BUSY_SECONDS = 20
_PROXY_PORT = 80


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding blanks; empty counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, on; false for 0, false, no, off. Anything else is refused."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number from `least`. Anything else is refused."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least}, not {value!r}")
    return int(value)


def one_of(name: str, known: tuple[str, ...]) -> str:
    """One of these words, the first where it is not set. Anything else is refused."""
    value = text(name, known[0])
    if value not in known:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(known)}, not {value!r}")
    return value


def days(name: str, default: int, *, least: int = 0, most: int) -> int:
    """A number of days from `least` through `most`. Anything else is refused."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must be {least} to {most} days, not {value!r}")
    return int(value)


def names(name: str, default: str) -> list[str]:
    """A list written with commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def proxies() -> Proxies:
    """HTTP_PROXY, HTTPS_PROXY and NO_PROXY, as every other program reads them; the small letters go
    before the capitals, as there."""
    return Proxies(
        _proxy("http_proxy"),
        _proxy("https_proxy"),
        tuple(names("no_proxy", "") or names("NO_PROXY", "")),
    )


def _proxy(name: str) -> Proxy | None:
    written = text(name) or text(name.upper())
    if not written:
        return None
    url = written if "://" in written else f"http://{written}"
    parts = urlsplit(url)
    try:
        good = parts.scheme == "http" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise ImproperlyConfigured(f"{name.upper()} must be http://host:port of an HTTP proxy")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Proxy(url.rstrip("/"), parts.hostname or "", parts.port or _PROXY_PORT, user, password)


def file(name: str) -> Path | None:
    """A file's place, or None where nothing is set. Whether it is there is for who reads it."""
    value = text(name)
    return Path(value).expanduser().resolve() if value else None


def data_directory() -> Path:
    """MEIBO_DATA, made if missing. Only its owner may look in: it holds keys and a database."""
    path = Path(text("MEIBO_DATA", "var")).expanduser().resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def town_directory() -> Path:
    """What the municipality changes without code: MEIBO_TOWN, else the one in the source tree,
    else the one that was installed with the package."""
    given = text("MEIBO_TOWN")
    if given:
        return Path(given).expanduser().resolve()
    in_source = SOURCE_ROOT / "town"
    if in_source.is_dir():
        return in_source
    return Path(sysconfig.get_path("data")) / "share" / "meibo" / "town"


def backup_directory(data: Path) -> Path:
    """MEIBO_BACKUP_DIR, else `backups` in the data directory; made when something is written."""
    given = text("MEIBO_BACKUP_DIR")
    return Path(given).expanduser().resolve() if given else data / "backups"


def _kept(path: Path, made: str) -> str:
    """The text kept in `path`; the first caller writes `made` there, readable by the owner alone.

    Two processes may start at once: the file appears complete under its name or not at all.
    """
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(made + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def secret_key(data: Path) -> str:
    """Signs sessions: MEIBO_SECRET_KEY, else made once and kept in the data directory."""
    return text("MEIBO_SECRET_KEY") or _kept(data / "secret_key", secrets.token_urlsafe(48))


def master_key(data: Path) -> bytes:
    """Wraps the data keys of persons: MEIBO_MASTER_KEY (32 bytes in base64), else what
    MEIBO_KEY_COMMAND prints for `current`, else made once and kept in the data directory. Who loses
    it loses every personal value: back it up apart."""
    made = base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES)).decode("ascii")
    given, command = text("MEIBO_MASTER_KEY"), key_command()
    if command and not given:
        asked = masters.ask(command, "current")
        if asked is None:
            raise ImproperlyConfigured("MEIBO_KEY_COMMAND gave no key for current")
        return asked
    return _key("MEIBO_MASTER_KEY", given or _kept(data / "master_key", made))


def master_key_file(data: Path) -> Path | None:
    """Where the current master key is kept, when it comes from nowhere else."""
    return None if text("MEIBO_MASTER_KEY") or key_command() else data / "master_key"


def old_master_keys() -> tuple[bytes, ...]:
    """MEIBO_OLD_MASTER_KEYS: those that wrapped before, in base64, with commas."""
    return tuple(_key("MEIBO_OLD_MASTER_KEYS", key) for key in names("MEIBO_OLD_MASTER_KEYS", ""))


def key_command() -> tuple[str, ...]:
    """MEIBO_KEY_COMMAND: a program and its arguments, called without a shell with an id added."""
    return tuple(shlex.split(text("MEIBO_KEY_COMMAND")))


def _key(name: str, written: str) -> bytes:
    try:
        key = base64.b64decode(written, validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured(f"{name} is not base64") from error
    if len(key) != MASTER_KEY_BYTES:
        raise ImproperlyConfigured(f"{name} must be {MASTER_KEY_BYTES} bytes, not {len(key)}")
    return key


def databases(data: Path) -> dict[str, dict[str, Any]]:
    """The book's database and the audit log's: on SQLite a file beside it, so that writing down
    who looked never waits for who writes; on PostgreSQL the same, by another connection."""
    book = database(data)
    if not book["ENGINE"].endswith("sqlite3"):
        return {"default": book, "audit": dict(book)}
    name = Path(book["NAME"])
    return {"default": book, "audit": _sqlite(name.with_name(f"{name.stem}-audit{name.suffix}"))}


def database(data: Path) -> dict[str, Any]:
    """Django's settings for MEIBO_DATABASE_URL.

    sqlite:///relative/or//absolute/path, postgres://user:password@host:port/name?sslmode=require;
    without it, meibo.sqlite3 in the data directory.
    """
    url = text("MEIBO_DATABASE_URL")
    if not url:
        return _sqlite(data / "meibo.sqlite3")
    parts = urlsplit(url)
    if parts.scheme in {"sqlite", "sqlite3"}:
        return _sqlite(Path(unquote(parts.path).removeprefix("/")))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(parts)
    raise ImproperlyConfigured(
        f"MEIBO_DATABASE_URL must begin with sqlite: or postgres:, not {parts.scheme}:"
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": SQLITE_BUSY_SECONDS,
            # A transaction that reads first and writes later would otherwise fail at once when
            # another has written between, whatever the timeout.
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    options: Mapping[str, str] = dict(parse_qsl(parts.query))
    socket_directory = options.get("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path).removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or socket_directory,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: value for key, value in options.items() if key != "host"},
    }
