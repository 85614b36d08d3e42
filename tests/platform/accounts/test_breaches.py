"""A password known from a breach is refused by a file on this machine."""

import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from meibo.platform.accounts.breaches import BreachListValidator, breach_list_is_there, is_listed
from tests.platform.accounts.people import opened

LEAKED = [f"leaked-password-{number}" for number in range(500)]


def listed(path: Path, passwords: list[str], end: str = "\r\n") -> Path:
    """A list as the downloader writes it: sorted, upper case, with counts of any length."""
    lines = sorted(
        f"{hashlib.sha1(each.encode()).hexdigest().upper()}:{7 ** (place % 9)}"
        for place, each in enumerate(passwords)
    )
    path.write_bytes("".join(line + end for line in lines).encode())
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_line_of_the_list_is_found_and_nothing_else(tmp_path: Path, end: str) -> None:
    path = listed(tmp_path / "list", LEAKED, end)
    assert all(is_listed(each, path) for each in LEAKED)
    assert not any(is_listed(f"fresh-{number}", path) for number in range(500))


@given(st.sets(st.text(max_size=8), max_size=12), st.text(max_size=8))
def test_a_list_of_any_length_answers_like_a_set(
    tmp_path_factory: pytest.TempPathFactory, inside: set[str], asked: str
) -> None:
    path = listed(tmp_path_factory.mktemp("list") / "list", sorted(inside))
    assert is_listed(asked, path) == (asked in inside)


def test_a_last_line_without_an_end_is_found_as_well(tmp_path: Path) -> None:
    path = listed(tmp_path / "list", LEAKED)
    path.write_bytes(path.read_bytes().rstrip())
    assert all(is_listed(each, path) for each in LEAKED)


def test_a_large_list_is_not_read_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from meibo.platform.accounts import breaches

    path = listed(tmp_path / "list", LEAKED)
    looks: list[int] = []
    real = breaches._line_from

    def counted(file: object, place: int) -> tuple[bytes, int]:
        looks.append(place)
        return real(file, place)  # type: ignore[arg-type]  # the open file

    monkeypatch.setattr(breaches, "_line_from", counted)
    is_listed("leaked-password-7", path)
    assert len(looks) <= 16  # the binary logarithm of its 22,000 bytes, and one


def test_the_validator_tells_in_japanese(tmp_path: Path, settings: Settings) -> None:
    settings.MEIBO_BREACH_LIST = listed(tmp_path / "list", LEAKED)
    with pytest.raises(ValidationError, match="漏れたパスワード"):
        BreachListValidator().validate(LEAKED[3])
    BreachListValidator().validate("fuyu-no-hi-no-yuugata")


@pytest.mark.django_db
def test_no_account_is_opened_with_a_leaked_password(tmp_path: Path, settings: Settings) -> None:
    from tests.platform.accounts.people import PASSWORD

    settings.MEIBO_BREACH_LIST = listed(tmp_path / "list", [PASSWORD])
    with pytest.raises(ValidationError, match="漏れたパスワード"):
        opened()


def test_without_a_list_nothing_is_asked(settings: Settings) -> None:
    settings.MEIBO_BREACH_LIST = None
    BreachListValidator().validate(LEAKED[0])
    assert breach_list_is_there() == []


def test_a_list_that_was_asked_for_and_is_missing_stops_the_start(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MEIBO_BREACH_LIST = tmp_path / "nowhere"
    assert [error.id for error in breach_list_is_there()] == ["meibo.accounts.E001"]


@pytest.mark.parametrize("content", [b"", b"password1\n", b"ABC:1\n"])
def test_a_file_of_another_kind_stops_the_start(
    tmp_path: Path, settings: Settings, content: bytes
) -> None:
    settings.MEIBO_BREACH_LIST = tmp_path / "list"
    settings.MEIBO_BREACH_LIST.write_bytes(content)
    assert len(breach_list_is_there()) == 1


def test_a_right_list_passes_the_check(tmp_path: Path, settings: Settings) -> None:
    settings.MEIBO_BREACH_LIST = listed(tmp_path / "list", LEAKED)
    assert breach_list_is_there() == []
