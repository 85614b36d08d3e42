"""定数: the sections and what they may have, and setting it for one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meibo.apps.papers.actions import establishment as actions
from meibo.apps.papers.queries.figures import GRADES
from meibo.ledger import establishment, reader
from meibo.ledger.establishment import Quota
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import fiscal_year_start, frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.typed import whole

_MOST = 9_999


class QuotaForm(forms.Form):
    """How many of each grade, from when."""

    effective = forms.DateField(
        label="いつから",
        help_text="この日から効きます。前の日までの定数はそのまま残ります。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for grade in GRADES:
            label = f"{grade}級" if grade else "級なし"
            self.fields[f"grade_{grade}"] = forms.IntegerField(
                label=label, min_value=0, max_value=_MOST, required=False
            )

    def quota(self) -> Mapping[int, int]:
        return {grade: self.cleaned_data[f"grade_{grade}"] or 0 for grade in GRADES}


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with what it may have: each grade, and all."""

    unit: reader.UnitCard
    cells: list[str]
    total: str


@require_safe
@never_cache
@of_personnel
def overview(request: HttpRequest) -> HttpResponse:
    """Every unit with its own establishment on the day shown."""
    frame = frame_for(request)
    allowed = establishment.establishment(frame.day)
    lines = [
        _line(unit, allowed.get(unit.code, {})) for unit in reader.units(frame.viewer, on=frame.day)
    ]
    total = sum(sum(quota.values()) for quota in allowed.values())
    context = {"lines": lines, "grades": GRADES, "total": total}
    return render(request, "papers/establishment.html", context)


def _line(unit: reader.UnitCard, quota: Quota) -> Line:
    cells = [str(quota.get(grade) or "") for grade in GRADES]
    return Line(unit, cells, str(sum(quota.values())) if quota else "―")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit's establishment, to be set from a day on."""
    frame = frame_for(request)
    found = reader.unit(frame.viewer, code, on=frame.day)
    if found is None:
        raise Http404
    quota = establishment.establishment(frame.day).get(code, {})
    initial: dict[str, Any] = {f"grade_{grade}": quota.get(grade) for grade in GRADES}
    coming = fiscal_year_start(frame.today)
    initial["effective"] = coming.replace(year=coming.year + 1)
    form = QuotaForm(request.POST or None, initial=initial)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            _file(request, code, form)
        except actions.StaleError:
            form.add_error(None, "別の人が先に変えています。下の「今の定数」を確かめてください。")
            status = 409
        else:
            messages.success(request, f"{found['name']}の定数を決めました。")
            return redirect("papers:establishment")
    context = {
        "unit": found,
        "form": form,
        "line": _line(found, quota),
        "grades": GRADES,
        "version": establishment.version(code),
    }
    return render(request, "papers/establishment_unit.html", context, status=status)


def _file(request: HttpRequest, code: str, form: QuotaForm) -> None:
    actions.file(
        code,
        form.quota(),
        form.cleaned_data["effective"],
        whole(request.POST.get("version", "")),
        actor=actor_of(request),
        now=datetime.now(UTC),
    )
