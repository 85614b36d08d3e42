"""Which generations stay, and that the head of a book is the same wherever it lies."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from meibo.ledger.heads import heads
from meibo.platform.backup import generations
from meibo.platform.backup.generations import Keep, kept
from tests.ledger.scenes import append, hire, house

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)  # in Tokyo


def days(count: int) -> list[datetime]:
    return [NOON - timedelta(days=n) for n in range(count)]


def test_the_last_of_each_day_week_and_month_stay_and_no_more() -> None:
    stay = sorted(kept(days(400), Keep(7, 5, 12)), reverse=True)
    assert stay[:7] == days(7)
    weeks = {moment.isocalendar()[:2] for moment in stay}
    months = {(moment.year, moment.month) for moment in stay}
    assert len(months) == 12
    assert len(weeks) >= 5
    assert len(stay) <= 7 + 5 + 12


def test_of_one_day_the_latest_stays() -> None:
    moments = [NOON, NOON - timedelta(hours=1), NOON - timedelta(hours=30)]
    assert kept(moments, Keep(2, 0, 0)) == {moments[0], moments[2]}


def test_a_day_begins_at_midnight_in_tokyo() -> None:
    before, after = (
        datetime(2026, 11, 25, 14, 59, tzinfo=UTC),
        datetime(2026, 11, 25, 15, tzinfo=UTC),
    )
    assert kept([before, after], Keep(2, 0, 0)) == {before, after}


def test_the_newest_stays_whatever_is_asked_for() -> None:
    assert kept(days(5), Keep(0, 0, 0)) == {NOON}


def test_files_that_are_no_backups_are_left_alone(tmp_path: Path) -> None:
    for name in ("meibo-notes.tar", "other.tar.age", "meibo-20261126T030000Z.tar"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "meibo-20200101T030000Z.tar.age").write_bytes(b"")
    (found, _) = generations.all_in(tmp_path)
    assert found.path.name == "meibo-20261126T030000Z.tar"
    generations.prune(tmp_path, Keep(0, 0, 0))
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["meibo-20261126T030000Z.tar", "meibo-notes.tar", "other.tar.age"]


@pytest.mark.django_db
def test_the_head_of_a_book_tells_any_line_apart() -> None:
    def head() -> tuple[int, str]:
        with connection.cursor() as cursor:
            found = heads(cursor)
        return found.lines, found.book

    empty = head()
    batch = house()
    hire(batch, "1", "山田　一", "ヤマダ", "01010010", "070")
    append(batch)
    one = head()
    assert (empty[0], one[0], empty[1] != one[1]) == (0, 1, True)
    assert head() == one
