"""The settings as a whole, read by a process of its own, as an operator starts it."""

import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings as loaded
from django.utils.module_loading import import_string

from meibo.config import settings


def deploy_check(data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Django's own list of what a deployment gets wrong; every warning counts."""
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    surroundings = {"MEIBO_DATA": str(data), "PYTHONUTF8": "1", "PATH": "", **environment}
    return subprocess.run(
        [*command, "--settings", "meibo.config.settings"],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_behind_a_tls_proxy_nothing_is_left_open(tmp_path: Path) -> None:
    result = deploy_check(tmp_path, MEIBO_HTTPS="1", MEIBO_ALLOWED_HOSTS="meibo.city.example")
    assert result.returncode == 0, result.stderr


def test_without_tls_the_deployment_check_warns_of_open_cookies(tmp_path: Path) -> None:
    result = deploy_check(tmp_path)
    assert result.returncode == 1
    assert "SESSION_COOKIE_SECURE" in result.stderr


def test_debug_is_off_unless_asked_for(tmp_path: Path) -> None:
    quiet = deploy_check(tmp_path).stderr
    assert "System check identified" in quiet
    assert "security.W018" not in quiet
    assert "security.W018" in deploy_check(tmp_path, MEIBO_DEBUG="1").stderr


def test_a_house_in_use_asks_everybody_for_a_second_factor() -> None:
    assert settings.MEIBO_SECOND_FACTOR == "all"
    assert {"hr", "crisis", "it", "audit", "conduct"} == settings.MEIBO_SECOND_FACTOR_DUTIES


def test_a_house_in_use_does_not_leave_an_empty_desk_open() -> None:
    assert (settings.MEIBO_IDLE_MINUTES, settings.MEIBO_REAUTH_MINUTES) == (15, 30)
    assert (settings.MEIBO_LOCK_AFTER, settings.MEIBO_LOCK_MINUTES) == (5, 15)


def test_a_list_of_leaked_passwords_that_is_missing_stops_the_start(tmp_path: Path) -> None:
    result = deploy_check(
        tmp_path,
        MEIBO_HTTPS="1",
        MEIBO_ALLOWED_HOSTS="meibo.city.example",
        MEIBO_BREACH_LIST=str(tmp_path / "nowhere"),
    )
    assert result.returncode == 1
    assert "meibo.accounts.E001" in result.stderr


def test_every_setting_of_ours_that_is_read_is_there() -> None:
    """A name that is missing shows itself only when the page or command that reads it runs."""
    sources = Path(settings.__file__).parents[1].rglob("*.py")
    read = {
        name
        for source in sources
        for name in re.findall(r"\bsettings\.(MEIBO_[A-Z_]+)", source.read_text(encoding="utf-8"))
    }
    assert len(read) > 20
    assert sorted(name for name in read if not hasattr(loaded, name)) == []


def test_what_is_hung_on_by_name_can_be_called() -> None:
    for name in [*loaded.MEIBO_FORGETTERS, *loaded.MEIBO_DEMO_SCENES]:
        assert callable(import_string(name)), name
