"""取込: where it starts, one intake, and what it would change."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.personnel.actions.deliveries import files
from meibo.apps.personnel.actions.deliveries.kept import MOST
from meibo.apps.personnel.actions.deliveries.samples import is_demo
from meibo.apps.personnel.models import Intake
from meibo.apps.personnel.queries import deliveries
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel

_PAGE = 50
_MB = 20


@require_safe
@never_cache
@of_personnel
def intake(request: HttpRequest) -> HttpResponse:
    """Where it starts, what is on its way, and what was loaded."""
    return start(request)


def start(request: HttpRequest, trouble: str = "", status: int = 200) -> HttpResponse:
    """The first page, with what went wrong just now."""
    viewer = frame_for(request).viewer
    page = Paginator(deliveries.past(), _PAGE).get_page(request.GET.get("page"))
    context = {
        "trouble": trouble,
        "open": deliveries.on_the_way(),
        "page": page,
        "past": [(row, deliveries.totals(row.report)) for row in page],
        "findings": deliveries.waiting_findings(viewer),
        "has_drop": deliveries.has_drop(),
        "is_demo": is_demo(),
        "most": files.MOST_BYTES >> _MB,
        "together": files.MOST_TOGETHER >> _MB,
        "count": files.MOST_FILES,
    }
    return render(request, "personnel/intake/start.html", context, status=status)


@require_safe
@never_cache
@of_personnel
def intake_one(request: HttpRequest, number: int) -> HttpResponse:
    """One intake: its files, what would happen, what was found, what there is to do now."""
    found = get_object_or_404(Intake, pk=number)
    context = {
        "intake": found,
        "at": deliveries.standing(found),
        "files": deliveries.file_lines(found),
        "missing": deliveries.missing(found),
        "choices": deliveries.choices(found),
        "totals": deliveries.totals(found.report),
        "kinds": deliveries.kinds(found.report),
        "severities": deliveries.severities(found.report),
        "ways": deliveries.ways(found),
        "until": deliveries.kept_until(found),
    }
    return render(request, "personnel/intake/one.html", context)


@require_safe
@never_cache
@of_personnel
def intake_changes(request: HttpRequest, number: int) -> HttpResponse:
    """What would become different, of one kind after the other."""
    found = _previewed(number)
    viewer = frame_for(request).viewer
    kinds = deliveries.kinds(found.report)
    known = [key for key, *_ in kinds]
    kind = request.GET.get("kind", "")
    kind = kind if kind in known else next(iter(known), "")
    rows = list(deliveries.entries(found, viewer, kind=kind)) if kind else []
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    _looked(request, found, [entry["person"] for entry in page])
    total = sum(changes for key, _, changes, _ in kinds if key == kind)
    context = {"intake": found, "kinds": kinds, "kind": kind, "page": page}
    context |= {"cut": MOST if len(rows) < total else 0}
    return render(request, "personnel/intake/changes.html", context)


@require_safe
@never_cache
@of_personnel
def intake_change(request: HttpRequest, number: int, subject: str) -> HttpResponse:
    """One person (or unit): everything that would become different, before → after."""
    found = _previewed(number)
    viewer = frame_for(request).viewer
    rows = list(deliveries.entries(found, viewer, person=subject))
    if not rows:
        raise Http404
    _looked(request, found, [subject])
    rows.sort(key=lambda entry: str(entry["day"]))
    context = {"intake": found, "entries": rows, "first": rows[0]}
    context["is_unit"] = subject.startswith("unit:")
    return render(request, "personnel/intake/change.html", context)


def _previewed(number: int) -> Intake:
    return get_object_or_404(Intake, pk=number, state=Intake.CHECKED)


def _looked(request: HttpRequest, found: Intake, subjects: list[str]) -> None:
    """Note whose values somebody looks at; they are shown after this, not before."""
    people = [subject for subject in subjects if subject and not subject.startswith("unit:")]
    if people:
        entry = Entry(Act.FEED, {"what": "intake look", "intake": found.pk}, people)
        note(entry, actor=actor_of(request), now=timezone.now())
