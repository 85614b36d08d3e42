"""The command line, run in this process: its words, its answers, its exit code."""

import contextlib
import io
from dataclasses import dataclass

import pytest

from meibo.config import cli
from meibo.config.cli import read
from tests.house.canary.world import TODAY

#: Key of a person in JSON → field of the disclosure table. Another key fails a test.
KEYS = {
    **{key: key for key in ("name", "kana", "romaji", "maiden_name", "staff_no", "post")},
    **{key: key for key in ("concurrent", "extension", "mail", "place", "photo", "away", "leave")},
    **{key: key for key in ("dispatch", "job", "employment", "unit_since", "term_end", "hired")},
    **{key: key for key in ("grade", "step", "sex", "birth_date", "address", "contacts")},
    **{key: key for key in ("emergency", "note", "hours", "commuting", "family", "licence")},
    **{key: key for key in ("free:open", "free:closed")},
    "hours_further": "hours",
    "other_numbers": "staff_no",
    "id": "exists",
    "why": "exists",
    "name_at_work": "record_name",
    "former_names": "former_name",
    "uses_maiden_name": "maiden_name",
    "unit_code": "unit",
    "unit_path": "unit",
    "unit_codes": "unit",
    "post_code": "post",
    "concurrent_kinds": "concurrent",
    "floor": "place",
    "seat": "place",
    "skills": "skill",
    "allotments": "allotment",
    "leave_from": "leave",
    "leave_to": "leave",
    "dispatch_body": "dispatch",
    "postcode": "address",
}


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return f"{self.out}\n{self.err}"


def at_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is TODAY, and what a process does once has been done."""
    monkeypatch.setattr(cli.django, "setup", lambda: None)
    monkeypatch.setattr(read, "require_ready", lambda: None)
    monkeypatch.setattr(read, "today", lambda: TODAY)


def meibo(*words: str) -> Said:
    """Run one command."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main(list(words))
        except SystemExit as left:
            return Said(int(left.code or 0), out.getvalue(), err.getvalue())
    raise AssertionError("a command leaves with its exit code")
