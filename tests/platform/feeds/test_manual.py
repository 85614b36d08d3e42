"""The manual page on definitions names everything a definition may hold and a finding may say."""

from meibo.platform.feeds.definition.fields import FIELDS
from meibo.platform.feeds.definition.kinds import TABLE_LABELS, Type
from meibo.platform.feeds.wording import WORDING
from tests.platform.feeds.ward import ROOT

MANUAL = (ROOT / "docs" / "manual" / "取込定義.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "meibo" / "platform" / "feeds"


def named(word: str) -> bool:
    return f"`{word}`" in MANUAL


def test_every_role_and_field_is_named() -> None:
    missing = [
        f"{role}.{name}"
        for role, fields in FIELDS.items()
        for name in fields
        if not named(role) or not named(name.replace("concurrent.", "concurrent.1."))
    ]
    assert not missing


def test_every_type_and_code_table_is_named() -> None:
    assert not [type_ for type_ in Type if not named(type_)]
    assert not [table for table in TABLE_LABELS if not named(table)]


def test_every_finding_is_named_with_its_severity() -> None:
    missing = [
        code
        for code, wording in WORDING.items()
        if f"| `{code}` | {wording.severity.value} |" not in MANUAL
    ]
    assert not missing


def test_every_wording_is_told_somewhere() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in SOURCE.rglob("*.py")
        if path.parent.name != "wording"
    )
    assert not [slug for slug in WORDING if f'"{slug}"' not in code]


def test_every_key_that_a_definition_may_hold_is_named() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (SOURCE / "definition").glob("*.py"))
    readers = ("text", "choice", "flag", "whole", "number", "numbers", "texts", "day", "mapping")
    calls = (*readers, "section", "sections", "optional_choice", "has", "raw")
    keys = {part.split('"')[0] for call in calls for part in code.split(f'.{call}("')[1:]}
    assert {"encoding", "unique", "seat_by_reason", "weights"} <= keys
    unnamed = {"files", "columns", "rules", "when", "must", "message", "severity", "action"}
    missing = [key for key in keys - unnamed if f"`{key}`" not in MANUAL and key not in MANUAL]
    assert not missing
