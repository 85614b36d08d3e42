"""One job, for the one who asked for it: how far it is, and what came of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.platform.audit.actions import actor_of
from meibo.platform.jobs import progress
from meibo.platform.jobs.models import Job


@require_safe
@never_cache
def job(request: HttpRequest, number: int) -> HttpResponse:
    """The page asks again by itself until the job has ended."""
    found = Job.objects.filter(pk=number, asked_by=actor_of(request).name).first()
    if found is None:
        raise Http404
    what, done, total = progress.told(number)
    context = {
        "job": found,
        "what": what,
        "percent": done * 100 // total if total else 0,
        "open": found.state in {Job.WAITING, Job.RUNNING},
        "waiting": found.state == Job.WAITING,
        "failed": found.state == Job.FAILED,
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "jobs/state.html" if part else "jobs/job.html", context)
