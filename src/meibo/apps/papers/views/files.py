"""The forms as files: looked at in the browser, taken along, or made beside the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.papers.actions import keeping, making
from meibo.apps.papers.actions.making import AT_ONCE, File
from meibo.apps.papers.models import Kept
from meibo.apps.papers.queries.asked import PaperError, counted
from meibo.apps.papers.queries.catalogue import Form
from meibo.apps.papers.queries.kept import may_have
from meibo.apps.papers.views.asking import Read, form_of, handed, read, waits
from meibo.apps.papers.views.pages import show
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import actor_of
from meibo.platform.door import taking_out
from meibo.platform.jobs import actions as jobs
from meibo.platform.layout.frame import frame_for
from meibo.platform.once.guard import once
from meibo.platform.purpose.kept import purpose_of

_UNREADABLE = 422
_YEAR = timedelta(days=366)
_MANY = (
    "人数が多いか期間が長いため、この画面では待てません。"
    "「まとめて作る」を選ぶと、出来上がったときに受け取れます。"
)


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The form as PDF, shown in the browser; `?save=1` takes it along."""
    return _file(request, form_of(request, key), "pdf")


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
def xlsx(request: HttpRequest, key: str) -> HttpResponse:
    """The form as a workbook, where it is a list."""
    found = form_of(request, key)
    if not found.lists:
        raise Http404
    return _file(request, found, "xlsx")


def _file(request: HttpRequest, form: Form, ending: str) -> HttpResponse:
    asking = waits(request, form)
    if asking is not None:
        return asking
    wish = read(request, form, request.GET)
    if wish.errors:
        return show(request, wish, status=_UNREADABLE)
    if form.bulk and (_is_long(wish) if form.period else ending == "pdf" and _is_many(wish)):
        return show(request, wish, _MANY, status=_UNREADABLE)
    now = datetime.now(UTC)
    making.noted(
        form.key,
        wish.asked,
        ending,
        actor=actor_of(request),
        purpose=purpose_of(request),
        now=now,
    )
    try:
        made = form.make(wish.asked)
        if form.bulk and made.count > AT_ONCE and ending == "pdf" and form.personnel:
            return show(request, wish, _MANY, status=_UNREADABLE)
        file = making.as_file(made, ending, now=now)
    except PaperError as error:
        return show(request, wish, str(error), status=_UNREADABLE)
    inline = ending == "pdf" and request.GET.get("save") != "1"
    return handed(file, inline=inline)


def _is_long(wish: Read) -> bool:
    first, last = wish.asked.period()
    return not wish.asked.people and last - first > _YEAR


def _is_many(wish: Read) -> bool:
    """Whether so many records would be printed that nobody waits for them: known before any of
    them is read."""
    if wish.asked.people or not wish.form.personnel:
        return False
    return counted(wish.asked) > AT_ONCE


@require_POST
@never_cache
@taking_out
@needs_recent_sign_in
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for the form as a job, however long it takes."""
    form = form_of(request, key)
    if not form.bulk:
        raise Http404
    return waits(request, form) or _job(request, form)


@once
def _job(request: HttpRequest, form: Form) -> HttpResponse:
    wish = read(request, form, request.POST)
    if wish.errors:
        return show(request, wish, status=_UNREADABLE)
    ending = "xlsx" if request.POST.get("as") == "xlsx" and form.lists else "pdf"
    job = jobs.ask(
        making.KIND,
        f"{form.label}を作る",
        _arguments(request, wish, ending),
        actor=actor_of(request),
        now=datetime.now(UTC),
    )
    return redirect("jobs:job", job.pk)


def _arguments(request: HttpRequest, wish: Read, ending: str) -> dict[str, object]:
    return making.arguments(wish.form, wish.asked, ending, purpose_of(request))


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
def kept(request: HttpRequest, number: int) -> HttpResponse:
    """What a job made, for the one who asked: a page that tells of it, and with `?file=1` or
    `?look=1` the file."""
    found = Kept.objects.filter(
        pk=number, owner=actor_of(request).name, until__gt=datetime.now(UTC)
    ).first()
    if found is None or not may_have(found, frame_for(request).viewer):
        raise Http404
    if not request.GET.get("file") and not request.GET.get("look"):
        return render(request, "papers/kept.html", {"kept": found})
    try:
        content = keeping.fetch(found)
    except OSError as error:
        raise Http404 from error
    file = File(found.name, found.kind, content)
    return handed(file, inline=bool(request.GET.get("look")))
