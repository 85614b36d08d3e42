"""The audit log: chained, only added to, and checked."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction

from meibo.platform.audit import anchors, queries
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import LABELS, Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.router import DATABASE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 1, 2, 3, 456789, tzinfo=UTC)
TABLES = ("audit_auditrecord", "audit_auditsubject")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Anchors of this test alone: the log is rolled back after it, files are not."""
    monkeypatch.setattr(settings, "MEIBO_DATA", tmp_path)
    return tmp_path


def some(count: int = 5, now: datetime = NOW) -> None:
    for number in range(count):
        read = Entry(Act.READ, {"fields": ["address"], "nr": number}, {"p1", f"p{number}"}, "照会")
        note(read, Entry(Act.EXPORT, {"count": number}), actor=Actor("jinji", "p9"), now=now)


def execute(statement: str, *parameters: Any) -> None:
    with connections[DATABASE].cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.fixture
def unlocked() -> None:
    """As somebody who owns the database file: the rules that refuse are taken away."""
    postgres = connections[DATABASE].vendor == "postgresql"
    for table in TABLES:
        if postgres:
            execute(f"DROP TRIGGER {table}_append_only ON {table}")
        else:
            for verb in ("UPDATE", "DELETE"):
                execute(f"DROP TRIGGER {table}_no_{verb}")


def test_every_act_has_words_for_the_auditor() -> None:
    assert set(LABELS) == set(Act)


def test_records_are_numbered_without_a_gap() -> None:
    some()
    assert list(AuditRecord.objects.values_list("no", flat=True)) == list(range(1, 11))


def test_a_log_that_nobody_touched_is_whole() -> None:
    assert queries.verify() == (0, 0, "")
    some()
    assert queries.verify() == (10, 0, "")


@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
@pytest.mark.parametrize(("table", "column"), [(TABLES[0], "actor"), (TABLES[1], "person")])
def test_the_database_refuses_to_change_the_log(table: str, column: str, statement: str) -> None:
    some(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(using=DATABASE),
    ):
        execute(statement.format(table, column))


COLUMNS = {
    "moment": NOW + timedelta(seconds=1),
    "act": "change",
    "actor": "somebody",
    "person": "p8",
    "address": "10.0.0.1",
    "purpose": "別の目的",
    "detail": "{}",
    "chain": "0" * 64,
}


def tamper(chance: random.Random, last: int) -> str:
    """One edit by whoever owns the file: alter, remove, add, swap, cut off, or change whom a
    record is about."""
    no = chance.randint(1, last)
    kind = chance.choice(["alter", "remove", "swap", "cut", "subject", "add", "forget"])
    if kind == "alter":
        column = chance.choice(sorted(COLUMNS))
        execute(f"UPDATE {TABLES[0]} SET {column} = %s WHERE no = %s", COLUMNS[column], no)
    elif kind == "remove":
        execute(f"DELETE FROM {TABLES[1]} WHERE record_id = %s", no)
        execute(f"DELETE FROM {TABLES[0]} WHERE no = %s", no)
    elif kind == "cut":
        execute(f"DELETE FROM {TABLES[1]} WHERE record_id >= %s", no)
        execute(f"DELETE FROM {TABLES[0]} WHERE no >= %s", no)
    elif kind == "swap":
        other = no % last + 1
        a, b = (AuditRecord.objects.get(no=n) for n in (no, other))
        for row, by in ((a, b), (b, a)):
            execute(
                f"UPDATE {TABLES[0]} SET actor = %s, detail = %s, chain = %s WHERE no = %s",
                by.actor,
                by.detail,
                by.chain,
                row.no,
            )
    elif kind == "subject":
        read = no if no % 2 else no - 1 or 1
        execute(f"UPDATE {TABLES[1]} SET person = 'p77' WHERE record_id = %s", read)
    elif kind == "forget":
        read = no if no % 2 else no - 1 or 1
        execute(f"DELETE FROM {TABLES[1]} WHERE record_id = %s", read)
    else:
        row = AuditRecord.objects.get(no=no)
        row.pk = last + 1
        row.save(force_insert=True)
    return f"{kind} {no}"


def test_a_thousand_random_edits_are_all_found(unlocked: None) -> None:
    some(10)
    chance, missed = random.Random(20261126), []
    for _ in range(1000):
        with transaction.atomic(using=DATABASE):
            done = tamper(chance, 20)
            if queries.verify().broken_at == 0:
                missed.append(done)
            transaction.set_rollback(True, using=DATABASE)
    assert missed == []
    assert queries.verify() == (20, 0, "")


def test_a_log_made_anew_from_its_beginning_does_not_meet_the_anchors(unlocked: None) -> None:
    some(3, NOW - timedelta(days=1))
    some(3)
    assert [(each.day, each.no) for each in anchors.days()] == [("2026-11-25", 6)]
    for table in reversed(TABLES):
        execute(f"DELETE FROM {table}")
    head = settings.MEIBO_DATA / "audit" / "head"
    some(3, NOW - timedelta(hours=30))
    some(3)
    head.unlink()
    assert queries.verify().why == "控え（アンカー）と違います"


def test_a_clock_that_was_set_back_leaves_the_log_whole_and_says_so() -> None:
    some(2)
    some(2, NOW - timedelta(days=3))
    some(2, NOW + timedelta(days=1))
    assert queries.verify() == (12, 0, "")
    assert [each.no for each in anchors.days()] == [8]
    moments = list(AuditRecord.objects.order_by("no").values_list("moment", flat=True))
    assert moments[4] < moments[3]


def test_who_looked_is_told_to_the_person_and_what_they_did_themselves_is_not() -> None:
    some(2)
    note(Entry(Act.READ, {}, {"p1"}), actor=Actor("self", "p1"), now=NOW)
    note(Entry(Act.BACKUP, {}, {"p1"}), actor=Actor("it", "p5"), now=NOW)
    assert [record.no for record in queries.about("p1")] == [3, 1]
