"""Asking for work, and doing it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from meibo.platform.audit.actions import Actor
from meibo.platform.jobs import progress
from meibo.platform.jobs.kinds import Done, JobError, runner
from meibo.platform.jobs.models import Job

_LOG = logging.getLogger("meibo.jobs")
_TRIES = 3
_BROKEN = (
    "途中で止まりました。何も変わっていません。"
    "もう一度試し、続くときは情報システム担当に連絡してください。"
)


def ask(kind: str, title: str, arguments: Mapping[str, Any], *, actor: Actor, now: datetime) -> Job:
    """Ask for work; it is done when its turn comes. Raises KeyError for a kind there is not."""
    runner(kind)
    return Job.objects.create(
        kind=kind,
        title=title,
        arguments=dict(arguments),
        asked_by=actor.name,
        person=actor.person,
        asked_at=now,
    )


def work_once(clock: Callable[[], datetime]) -> bool:
    """Do the next job that waits or that was dropped by a killed process; False without one."""
    open_jobs = Job.objects.filter(state__in=[Job.WAITING, Job.RUNNING])
    for number in list(open_jobs.values_list("pk", flat=True)):
        with progress.held(number) as mine:
            job = open_jobs.filter(pk=number).first() if mine else None
            if job is None:
                continue
            _do(job, clock)
        progress.forget(number)
        return True
    return False


def work_all(clock: Callable[[], datetime]) -> int:
    """Do everything that waits; how many jobs that was."""
    count = 0
    while work_once(clock):
        count += 1
    return count


def _do(job: Job, clock: Callable[[], datetime]) -> None:
    job.tries += 1
    job.state = Job.RUNNING
    job.save(update_fields=["state", "tries"])
    if job.tries > _TRIES:
        _end(job, Job.FAILED, Done(_BROKEN), clock())
        return
    try:
        done = runner(job.kind)(
            job.arguments,
            actor=Actor(job.asked_by, job.person),
            now=clock(),
            progress=lambda what, n, total: progress.tell(job.pk, what, n, total),
        )
    except JobError as error:
        _end(job, Job.FAILED, Done(str(error)), clock())
    except Exception:  # noqa: BLE001  # whatever broke, the one who asked is told and the next job is done
        _LOG.exception("job %s of kind %s failed", job.pk, job.kind)
        _end(job, Job.FAILED, Done(_BROKEN), clock())
    else:
        _end(job, Job.DONE, done, clock())


def _end(job: Job, state: str, done: Done, now: datetime) -> None:
    job.state, job.words, job.address, job.ended_at = state, done.words, done.address, now
    job.save(update_fields=["state", "words", "address", "ended_at"])
