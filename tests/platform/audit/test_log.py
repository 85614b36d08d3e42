"""The audit log: chained, only added to."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connections, transaction

from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import LABELS, Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.router import DATABASE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 1, 2, 3, 456789, tzinfo=UTC)


def _some(count: int = 5) -> None:
    for number in range(count):
        entry = Entry(Act.READ, {"fields": ["住所"], "nr": number}, {"p1", f"p{number}"}, "照会")
        note(entry, Entry(Act.EXPORT, {"count": number}), actor=Actor("jinji", "p9"), now=NOW)


def test_every_act_has_words_for_the_auditor() -> None:
    assert set(LABELS) == set(Act)


def test_records_are_numbered_without_a_gap() -> None:
    _some()
    assert list(AuditRecord.objects.values_list("no", flat=True)) == list(range(1, 11))


@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
@pytest.mark.parametrize(
    ("table", "column"), [("audit_auditrecord", "actor"), ("audit_auditsubject", "person")]
)
def test_the_database_refuses_to_change_the_log(table: str, column: str, statement: str) -> None:
    _some(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(using=DATABASE),
        connections[DATABASE].cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column))
