"""Every deed that the house writes down has words for whoever reads the log."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import meibo
from meibo.apps.oversight.queries import fields, words
from meibo.apps.oversight.queries.lines import shown
from meibo.domain.book.lines import Effect
from meibo.domain.disclosure import Viewer
from meibo.ledger import policy
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.feeds.definition.fields import FIELDS
from meibo.platform.feeds.definition.kinds import Role
from meibo.platform.privacy.models import RESULTS
from tests.apps.directory.ward import NOW, TODAY

SOURCE = Path(meibo.__file__).parent


def stored() -> Iterator[tuple[str, str]]:
    """What stands under "what" in a detail, wherever it is written out: file and word."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == "what":
                        yield from ((path.name, word) for word in constants(value))


def constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*constants(node.body), *constants(node.orelse)]
    return [str(node.value)] if isinstance(node, ast.Constant) else []


@pytest.mark.django_db
def test_each_field_that_can_be_filed_or_delivered_is_told_in_japanese() -> None:
    table = {row.field for row in policy.table(TODAY).rows}
    delivered = {name for role in (Role.UNITS, Role.MASTER) for name in FIELDS[role]}
    units = {"duty:1", "allotment:001", "clerks", "establishment", "authority", "protected"}
    noted = {*delivered, *units, *(effect.value for effect in Effect)}
    assert {name for name in noted - table if not fields.called("fields", name)} == set()


def test_each_stored_deed_is_told_in_japanese() -> None:
    found = list(stored())
    assert ("handing.py", "hand") in found
    known = {*words.DEEDS, *(text.split(":", 1)[1] for text in words.OF_ACTS)}
    assert [each for each in found if each[1].isascii() and each[1] not in known] == []
    assert not {text for text in RESULTS if not words.deed("privacy", f"decide {text}")}


@pytest.mark.django_db
def test_the_log_tells_what_payroll_was_handed_in_words() -> None:
    detail = {"what": "hand", "feed": "kyuyo", "number": 3}
    note(Entry(Act.FEED, detail), actor=Actor("kyuyo"), now=NOW)
    note(Entry(Act.BACKUP, {"what": "drop"}), actor=Actor("joho"), now=NOW)
    note(Entry(Act.POLICY, {"what": "drop"}), actor=Actor("joho"), now=NOW)
    viewer = Viewer(frozenset({"audit"}), TODAY)
    told = [dict(each.words) for each in shown(viewer, AuditRecord.objects.order_by("no"))]
    assert told[0] == {"内容": "ファイルを受け取った・置いた", "連携の定義": "kyuyo", "番号": "3"}
    assert [each["内容"] for each in told[1:]] == ["古いバックアップを消した", "取りやめた"]


@pytest.mark.django_db
def test_the_log_tells_by_what_somebody_came_in_and_which_fields_were_changed() -> None:
    note(Entry(Act.SIGN_IN, {"means": ["password", "totp"]}), actor=Actor("k"), now=NOW)
    detail = {"fields": ["branch", "clerks", "maiden_kana"]}
    note(Entry(Act.CHANGE, detail, ["x"]), actor=Actor("k"), now=NOW)
    viewer = Viewer(frozenset({"audit"}), TODAY)
    told = [dict(each.words) for each in shown(viewer, AuditRecord.objects.order_by("no"))]
    assert told == [
        {"手段": "パスワード、認証アプリ"},
        {"項目": "出先の組織、庶務担当、旧姓の読み"},
    ]
