"""What is looked up now and then: who may see what, and how the roster is used."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.directory.queries.audience import horizon, table_lines
from meibo.domain.disclosure import TIES
from meibo.ledger import policy
from meibo.platform.layout.frame import frame_for


@require_safe
@never_cache
def disclosure(request: HttpRequest) -> HttpResponse:
    """公開基準: the table in force, open to every member of staff."""
    frame = frame_for(request)
    version = policy.in_force(frame.today)
    table = version.table
    people, units = table_lines(table)
    context = {
        "version": version,
        "coming": policy.coming(frame.today),
        "drafts": frame.viewer.holds("hr") or frame.viewer.holds("audit"),
        "ties": TIES.values(),
        "people": people,
        "units": units,
        "past": horizon(table.past),
        "future": horizon(table.future),
    }
    return render(request, "directory/disclosure.html", context)


@require_safe
@never_cache
def usage(request: HttpRequest) -> HttpResponse:
    """使い方"""
    return render(request, "directory/help.html", {})
