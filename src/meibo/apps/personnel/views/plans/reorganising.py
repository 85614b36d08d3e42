"""組織改編 in a plan: a table of which unit becomes which."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meibo.apps.personnel.actions.plans.reorganising import reorganise
from meibo.apps.personnel.queries.plans.lookups import Desk, desk
from meibo.apps.personnel.queries.plans.reorganising import changes
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.domain.checking.cells import key
from meibo.domain.checking.reorganising import KINDS, Change, wrong
from meibo.ledger.drawer import DrawerError, PlanCard, StaleError
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.typed import code as code_typed
from meibo.platform.typed import whole

_BLANK = 4
_NAMES = ("kind", "old", "new", "name", "parent")
Rows = list[tuple[Change, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_plan
def reorganisation(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """The table; sent, it takes the place of the one before."""
    own = desk(plan, frame_for(request).today)
    if request.method != "POST":
        return _page(request, own, [(change, "") for change in changes(own)])
    sent = _sent(request)
    read = [_read(own, change) for change in sent]
    rows = [(s, wrong(r, own.tree_before)) for s, r in zip(sent, read, strict=True)]
    if any(problem for _, problem in rows):
        return _page(request, own, rows, 422)
    try:
        reorganise(
            plan.id,
            read,
            own.tree_before,
            own.day,
            whole(request.POST.get("version", "")),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except StaleError:
        return _page(request, own, rows, 409, changes(own))
    except DrawerError as error:
        messages.error(request, str(error))
        return _page(request, own, rows, 422)
    messages.success(request, "組織改編を保存しました。指摘と見通しに入っています。")
    return redirect("personnel:plan_reorganisation", plan.id)


def _page(
    request: HttpRequest,
    own: Desk,
    rows: Rows,
    status: int = 200,
    saved: list[Change] | None = None,
) -> HttpResponse:
    context = {
        "plan": own.plan,
        "tab": "units",
        "day": own.day,
        "kinds": KINDS,
        "rows": [(*row, _names(own, row[0])) for row in (*rows, *([(Change(""), "")] * _BLANK))],
        "saved": None if saved is None else [(row, _names(own, row)) for row in saved],
        "wrong": any(problem for _, problem in rows),
        "units": [(code, " ".join(path)) for code, path in own.tree_before.paths.items()],
    }
    return render(request, "personnel/plans/reorganisation.html", context, status=status)


def _names(own: Desk, change: Change) -> dict[str, str]:
    """What the units of a row are called, where they are written as codes; that of a new one which
    stands in its own row is not said again."""
    codes = {"old": change.old, "parent": change.parent}
    codes["new"] = "" if change.name and change.new not in own.tree_before.states else change.new
    return {name: " ".join(own.path(code)) for name, code in codes.items()}


def _sent(request: HttpRequest) -> list[Change]:
    """The rows that say something."""
    columns = [request.POST.getlist(name) for name in _NAMES]
    told = (tuple(text.strip() for text in row) for row in zip(*columns, strict=False))
    return [Change(*row) for row in told if any(row)]


def _read(own: Desk, change: Change) -> Change:
    """Units by code or by name; a code that is not there yet is typed as it shall be."""
    old, new, parent = (_code(own, text) for text in (change.old, change.new, change.parent))
    return replace(change, old=old, new=new, parent=parent)


def _code(own: Desk, text: str) -> str:
    """The code of a unit of the day before; what names none, or several, stays as it was typed, a
    code in half width."""
    plain = code_typed(text)
    if plain.isascii():
        return plain
    ends = [
        code
        for code, path in own.tree_before.paths.items()
        if key("".join(path)).endswith(key(text)) and key(path[-1]) in key(text)
    ]
    return ends[0] if len(ends) == 1 else text
