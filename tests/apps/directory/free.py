"""Fields that the small ward adds: one for everybody's eyes, one for personnel's, one for scans."""

from datetime import date

from meibo.domain.disclosure import TIES
from meibo.domain.disclosure_editing import written
from meibo.domain.free_fields import Type, kind_text
from meibo.ledger import policy
from tests.apps.directory.ward import NOW, TODAY

LANGUAGE, NOTE, SCAN, PLEDGED = "free:language", "free:health", "free:licence", "free:pledged"


def add_fields(starts: date = TODAY) -> None:
    """Put a version of the table in force that has the fields."""
    text = written(policy.table(TODAY))
    head, *rows = text.splitlines()
    blank = "," if ",kind" not in head else ""
    languages = kind_text(Type.SEVERAL, ["英語", "中国語", "手話"], ["self"])
    lines = [
        f"{head},kind" if blank else head,
        *(f"{row}," if blank else row for row in rows),
        _row(
            LANGUAGE,
            "通訳できる言語",
            languages,
            dict.fromkeys(("staff", "unit", "clerk", "head", "self", "hr"), "v"),
        ),
        _row(NOTE, "配慮してほしいこと", kind_text(Type.TEXT), {"hr": "vs", "self": "v"}),
        _row(SCAN, "免許証の写し", kind_text(Type.FILE), {"hr": "v", "self": "v", "head": "v"}),
        _row(PLEDGED, "宣誓の日", kind_text(Type.DAY), {"hr": "vs", "self": "v", "head": "v"}),
    ]
    approval = policy.Approval("\n".join(lines) + "\n", starts, "test", "a", NOW, "b")
    policy.approve(approval, now=NOW, today=TODAY)


def _row(name: str, label: str, kind: str, cells: dict[str, str]) -> str:
    quoted = '"' + kind.replace('"', '""') + '"'
    return ",".join([name, label, *(cells.get(tie, "") for tie in TIES), quoted])
