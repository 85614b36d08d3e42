"""照合: the runs and their indicators, and what one run found."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.exchange.actions import explaining, uploads
from meibo.apps.exchange.models import Run
from meibo.apps.exchange.queries.causes import CAUSES
from meibo.apps.exchange.queries.feeds import key_of
from meibo.apps.exchange.queries.runs import HEADS, KINDS, Wish, chosen, noted, rate, told
from meibo.apps.exchange.views.forms import ReconcileForm
from meibo.apps.exchange.views.guard import of_exchange
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import actor_of
from meibo.platform.door import taking_out
from meibo.platform.jobs import actions as jobs
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.handing import handed_out
from meibo.platform.once.guard import once
from meibo.platform.papers.files import as_csv, as_xlsx
from meibo.platform.typed import whole, wholes
from meibo.platform.watching import exported

PAGE, RUNS = 50, 24
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_exchange
@once
def reconciliations(request: HttpRequest) -> HttpResponse:
    """The runs, newest first, with their linkage rate; and the form that starts one."""
    last = Run.objects.values_list("feed", flat=True).first()
    initial = {"on": frame_for(request).today, "feed": key_of(last)}
    form = ReconcileForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values, now = form.cleaned_data, timezone.now()
        arguments = {
            "feed": values["feed"],
            "on": values["on"].isoformat(),
            "name": values["file"].name,
            "upload": uploads.keep(values["file"].read(), now=now),
        }
        title = "給与との照合"
        job = jobs.ask("exchange.reconcile", title, arguments, actor=actor_of(request), now=now)
        return redirect("jobs:job", job.pk)
    page = Paginator(Run.objects.all(), RUNS).get_page(request.GET.get("page"))
    lines = [(run, rate(run), run.compared - run.equal) for run in page]
    status = 422 if request.method == "POST" else 200
    context = {"page": page, "lines": lines, "form": form}
    return render(request, "exchange/reconciliations.html", context, status=status)


@require_safe
@never_cache
@of_exchange
def reconciliation(request: HttpRequest, number: int) -> HttpResponse:
    """What one run found, narrowed as wished."""
    run, wish = _run(number), _wish(request)
    rows = chosen(run, wish).select_related("run")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    fields = run.differences.exclude(field="").order_by("header")
    context = {
        "run": run,
        "rate": rate(run),
        "page": page,
        "lines": told(frame_for(request).viewer, page),
        "wish": wish,
        "kinds": KINDS.items(),
        "causes": CAUSES.items(),
        "fields": sorted(set(fields.values_list("field", "header"))),
        "total": run.differences.count(),
        "explained": run.differences.exclude(explained_at=None).count(),
    }
    return render(request, "exchange/reconciliation.html", context)


@require_safe
@never_cache
@of_exchange
@taking_out
@needs_recent_sign_in
def reconciliation_csv(request: HttpRequest, number: int) -> HttpResponse:
    """What is listed, as CSV."""
    lines = _all(request, number)
    exported(request, "csv", HEADS, len(lines))
    content = as_csv(HEADS, lines)
    return _file(content, "text/csv; charset=utf-8", number, "csv")


@require_safe
@never_cache
@of_exchange
@taking_out
@needs_recent_sign_in
def reconciliation_xlsx(request: HttpRequest, number: int) -> HttpResponse:
    """What is listed, as a workbook."""
    lines = _all(request, number)
    exported(request, "xlsx", HEADS, len(lines))
    content = as_xlsx(f"照合 {number}", HEADS, lines)
    return _file(content, XLSX, number, "xlsx")


@require_POST
@never_cache
@of_exchange
def explain(request: HttpRequest, number: int) -> HttpResponse:
    """Mark differences as explained, or take the mark away."""
    run = _run(number)
    picked = wholes(request.POST.getlist("pick"))
    versions = {each: whole(request.POST.get(f"version-{each}", "")) for each in picked}
    text = request.POST.get("note", "").strip()[:300]
    undo = request.POST.get("deed") == "undo"
    if not versions:
        messages.error(request, "説明する違いに印を付けてください。")
    elif not text and not undo:
        messages.error(request, "説明を書いてください。あとで見る人のためです。")
    else:
        try:
            count = explaining.explain(
                run,
                versions,
                "" if undo else text,
                actor=actor_of(request),
                now=timezone.now(),
            )
        except explaining.StaleDifferenceError as error:
            messages.error(request, str(error))
        else:
            said = "説明を取り消しました" if undo else "説明ずみにしました"
            messages.success(request, f"{count}件を{said}。")
    response = redirect("exchange:reconciliation", number)
    query = request.META.get("QUERY_STRING", "")
    if query:
        response.headers["Location"] += f"?{query}"
    return response


def _run(number: int) -> Run:
    run = Run.objects.filter(pk=number).first()
    if run is None:
        raise Http404
    return run


def _wish(request: HttpRequest) -> Wish:
    asked = {name: request.GET.get(name, "").strip()[:60] for name in Wish.__slots__}
    return Wish(**asked)


def _all(request: HttpRequest, number: int) -> list[tuple[str, ...]]:
    run = _run(number)
    rows = chosen(run, _wish(request)).select_related("run")
    return [*noted(run), *(each.cells() for each in told(frame_for(request).viewer, rows))]


def _file(content: bytes, kind: str, number: int, ending: str) -> HttpResponse:
    return handed_out(content, kind, f"照合_{number}.{ending}")
