"""What the buttons of an intake do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from meibo.apps.personnel.actions.deliveries import acts, work
from meibo.apps.personnel.actions.deliveries.acts import IntakeError
from meibo.apps.personnel.actions.deliveries.drop import sweep
from meibo.apps.personnel.actions.deliveries.files import Offered, UnfitError
from meibo.apps.personnel.actions.deliveries.samples import SAMPLE, is_demo
from meibo.apps.personnel.models import Intake
from meibo.apps.personnel.views.intake.pages import start
from meibo.platform.audit.actions import Actor, actor_of
from meibo.platform.jobs import actions as jobs
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once


def offered_in(request: HttpRequest) -> list[Offered]:
    """The files that were sent."""
    return [
        Offered(str(each.name), each.file or each, int(each.size or 0))
        for each in request.FILES.getlist("files")
    ]


def version_of(request: HttpRequest) -> int:
    """The version that the page showed; -1, which none is, where it says nothing readable."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@require_POST
@never_cache
@of_personnel
@once
def intake_upload(request: HttpRequest) -> HttpResponse:
    """Take files in."""
    try:
        made = acts.begin(
            offered_in(request), "upload", actor=actor_of(request), now=timezone.now()
        )
    except UnfitError as error:
        return start(request, str(error), status=422)
    return redirect("personnel:intake_one", made.pk)


@require_POST
@never_cache
@of_personnel
def intake_add(request: HttpRequest, number: int) -> HttpResponse:
    """Add files to an intake."""

    def deed(actor: Actor, now: datetime) -> None:
        acts.add(number, offered_in(request), version_of(request), actor=actor, now=now)

    return done(request, number, deed, "ファイルを加えました。")


@require_POST
@never_cache
@of_personnel
def intake_remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take one file out."""
    name = request.POST.get("name", "")

    def deed(actor: Actor, now: datetime) -> None:
        acts.take_away(number, name, version_of(request), actor=actor, now=now)

    return done(request, number, deed, f"「{name[:100]}」を外しました。")


@require_POST
@never_cache
@of_personnel
def intake_choose(request: HttpRequest, number: int) -> HttpResponse:
    """Read it with another definition."""

    def deed(actor: Actor, now: datetime) -> None:
        key = request.POST.get("definition", "")
        acts.choose(number, key, version_of(request), actor=actor, now=now)

    return done(request, number, deed, "読み方を変えました。もう一度確かめてください。")


@require_POST
@never_cache
@of_personnel
def intake_discard(request: HttpRequest, number: int) -> HttpResponse:
    """Drop it."""

    def deed(actor: Actor, now: datetime) -> None:
        acts.discard(number, version_of(request), actor=actor, now=now)

    said = "取込を取りやめ、預かったファイルを消しました。名簿は変わっていません。"
    return done(request, number, deed, said)


@require_POST
@never_cache
@of_personnel
@once
def intake_check(request: HttpRequest, number: int) -> HttpResponse:
    """Look at it: a job."""
    return _ask(request, number, work.CHECK)


@require_POST
@never_cache
@of_personnel
@once
def intake_load(request: HttpRequest, number: int) -> HttpResponse:
    """Load it: a job."""
    if request.POST.get("sure") != "1":
        messages.error(request, "「この内容で取り込みます」に印を付けてから押してください。")
        return redirect("personnel:intake_one", number)
    return _ask(request, number, work.LOAD)


def _ask(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    get_object_or_404(Intake, pk=number)
    try:
        job = work.ask(
            kind, number, version_of(request), actor=actor_of(request), now=timezone.now()
        )
    except IntakeError as error:
        messages.error(request, str(error))
        return redirect("personnel:intake_one", number)
    return redirect("jobs:job", job.pk)


def done(
    request: HttpRequest, number: int, deed: Callable[[Actor, datetime], None], said: str
) -> HttpResponse:
    """Do something with an intake and say how it went."""
    get_object_or_404(Intake, pk=number)
    try:
        deed(actor_of(request), timezone.now())
    except (IntakeError, UnfitError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("personnel:intake_one", number)


@require_POST
@never_cache
@of_personnel
@once
def intake_sample(request: HttpRequest) -> HttpResponse:
    """Make a sample delivery, in the demo ward: a job."""
    if not is_demo():
        raise Http404
    job = jobs.ask(
        SAMPLE, "見本のファイルをつくる", {}, actor=actor_of(request), now=timezone.now()
    )
    return redirect("jobs:job", job.pk)


@require_POST
@never_cache
@of_personnel
def intake_sweep(request: HttpRequest) -> HttpResponse:
    """Look into the watched folder now."""
    taken = sweep(now=timezone.now())
    if taken:
        messages.success(request, f"受け渡しフォルダーから{len(taken)}件を受け取りました。")
    else:
        messages.info(
            request,
            "受け取れるものはありません。送っている途中のものは、しばらく変わらなくなってから"
            "（または「完了.txt」を置くと）受け取ります。",
        )
    return redirect("personnel:intake")
