"""One row of a plan on a page of its own: for whoever works without the grid."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meibo.apps.personnel.actions.plans import rows as actions
from meibo.apps.personnel.actions.plans.rows import RowChange
from meibo.apps.personnel.queries.checking.town import called
from meibo.apps.personnel.queries.plans.grid import TITLES, row
from meibo.apps.personnel.queries.plans.lookups import Desk, desk
from meibo.apps.personnel.views.plans.forms import LineForm
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.domain.book import Effect
from meibo.domain.checking.cells import FILED, UNKNOWN
from meibo.domain.renewal import HOURS, clock, hours_field
from meibo.ledger import drawer
from meibo.ledger.drawer import DraftLine, DrawerError, PlanCard, StaleError
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.wording import SEX
from meibo.platform.once.guard import once


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_plan
@once
def line(request: HttpRequest, plan: PlanCard, line: int | None = None) -> HttpResponse:
    """A row to be written or removed; without a number a new one."""
    found = next(iter(drawer.some_lines(plan.id, [line])), None) if line else None
    if line is not None and found is None:
        raise Http404
    own = desk(plan, frame_for(request).today)
    if request.method == "POST":
        return _save(request, own, found)
    return _page(request, own, found, LineForm(initial=_texts(own, found)))


def _texts(own: Desk, found: DraftLine | None) -> dict[str, object]:
    if found is None:
        return {"effective": own.day.isoformat()}
    drawn = row(own, found)
    filed = dict(own.newcomers.get(found.line.person, {}))
    minutes = drawer.filed_of(own.plan.id, found.line.person, hours_field(found.line.appointment))
    filed |= {"sex": SEX.get(filed.get("sex", ""), ""), HOURS: clock(int(minutes or 0))}
    filed[HOURS] = filed[HOURS] if minutes else ""
    new = found.newcomer or found.line.person == UNKNOWN
    more = {n: found.unread.get(n, filed.get(n, "")).replace("\u3000", " ") for n in FILED}
    more = more if new else {HOURS: more[HOURS]}
    stated = {
        "employment": called("employment").get(found.line.employment or "", ""),
        "job": called("job").get(found.line.job or "", ""),
        "appointment": found.line.appointment,
    }
    more |= {name: found.unread.get(name, text) for name, text in stated.items()}
    return {**{cell.name: cell.text for cell in drawn.cells}, **more, "version": found.version}


def _page(
    request: HttpRequest,
    own: Desk,
    found: DraftLine | None,
    form: LineForm,
    theirs: list[tuple[str, str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "plan": own.plan,
        "line": found,
        "fixed": found is not None and row(own, found).fixed,
        "form": form,
        "words": list(own.lookup.terms),
        "theirs": theirs,
        "enters": found is not None and (found.line.effect is Effect.ENTER or form.is_bound),
    }
    return render(request, "personnel/plans/line.html", context, status=status)


def _save(request: HttpRequest, own: Desk, found: DraftLine | None) -> HttpResponse:
    form = LineForm(request.POST)
    form.is_valid()
    change = _change(own, form, found, remove="remove" in request.POST)
    try:
        actions.save(
            own.plan.id,
            [change],
            own.lookup,
            own.day,
            actor=actor_of(request),
            now=timezone.now(),
        )
    except StaleError as stale:
        return _both(request, own, form, stale)
    except DrawerError as error:
        form.add_error(None, str(error))
        return _page(request, own, found, form, status=422)
    messages.success(request, "行を消しました。" if change.remove else "保存しました。")
    return redirect("personnel:plan", own.plan.id)


def _change(own: Desk, form: LineForm, found: DraftLine | None, *, remove: bool) -> RowChange:
    """Only the cells that were typed over."""
    before = {name: str(text) for name, text in _texts(own, found).items()}
    cells = {
        name: str(text)
        for name, text in form.cleaned_data.items()
        if name != "version" and str(text or "") != before.get(name, "")
    }
    if found is None:
        cells = {name: text for name, text in cells.items() if text}
        return RowChange(cells=cells)
    return RowChange(found.id, form.cleaned_data.get("version"), cells, remove)


def _both(request: HttpRequest, own: Desk, form: LineForm, stale: StaleError) -> HttpResponse:
    """Somebody else was first: theirs beside what was typed; saving again saves over it."""
    theirs = stale.clashes[0].theirs
    if theirs is None:
        messages.error(request, f"{stale.clashes[0].by or 'ほかの人'}が、この行を消しました。")
        return redirect("personnel:plan", own.plan.id)
    drawn = row(own, theirs)
    shown = [
        (TITLES[cell.name], cell.text, str(form.cleaned_data.get(cell.name) or ""))
        for cell in drawn.cells
        if cell.text != str(form.cleaned_data.get(cell.name) or "")
    ]
    again = LineForm(initial={**form.cleaned_data, "version": theirs.version})
    return _page(request, own, theirs, again, shown, 409)
