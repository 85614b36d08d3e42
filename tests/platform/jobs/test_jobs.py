"""Work asked for by a page is done once, by somebody who may be killed, and told to who asked."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from meibo.platform.audit.actions import Actor
from meibo.platform.jobs import actions, progress
from meibo.platform.jobs.kinds import KINDS, Done, JobError
from meibo.platform.jobs.models import Job

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
CLERK = Actor("jinji", "p1")


def clock() -> datetime:
    return NOW


@pytest.fixture
def seen() -> Iterator[list[Mapping[str, Any]]]:
    seen: list[Mapping[str, Any]] = []

    def run(arguments: Any, *, actor: Actor, now: datetime, progress: Any) -> Done:
        progress("数える", 1, 2)
        if arguments.get("bad"):
            raise JobError("この案には指摘が残っています。")
        if arguments.get("broken"):
            raise ZeroDivisionError
        seen.append({**arguments, "actor": actor.name})
        return Done("3件を数えました。", "/list")

    KINDS["test.count"] = run
    yield seen
    del KINDS["test.count"]


def ask(**arguments: Any) -> Job:
    return actions.ask("test.count", "数える", arguments, actor=CLERK, now=NOW)


def test_a_job_is_done_once_and_says_what_came_of_it(seen: list[Any]) -> None:
    job = ask(n=3)
    assert actions.work_all(clock) == 1
    assert actions.work_all(clock) == 0
    job.refresh_from_db()
    assert (job.state, job.words, job.address) == ("done", "3件を数えました。", "/list")
    assert seen == [{"n": 3, "actor": "jinji"}]


def test_what_can_not_be_done_is_told_and_the_next_job_is_done(seen: list[Any]) -> None:
    bad, broken, good = ask(bad=True), ask(broken=True), ask()
    assert actions.work_all(clock) == 3
    for job in (bad, broken, good):
        job.refresh_from_db()
    assert (bad.state, bad.words) == ("failed", "この案には指摘が残っています。")
    assert broken.state == "failed"
    assert "途中で止まりました" in broken.words
    assert good.state == "done"


def test_a_job_of_a_killed_process_is_done_by_the_next_one(seen: list[Any]) -> None:
    job = ask()
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:  # holds the job and never ends by itself
        with progress.held(job.pk):
            os.write(told, b"x")
            signal.pause()
    os.read(ready, 1)
    Job.objects.filter(pk=job.pk).update(state=Job.RUNNING, tries=1)
    assert not actions.work_once(clock)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert actions.work_once(clock)
    job.refresh_from_db()
    assert job.state == "done"


def test_a_job_that_kills_whoever_does_it_is_given_up(seen: list[Any]) -> None:
    job = ask()
    Job.objects.filter(pk=job.pk).update(state=Job.RUNNING, tries=3)
    assert actions.work_once(clock)
    job.refresh_from_db()
    assert job.state == "failed"
    assert seen == []
