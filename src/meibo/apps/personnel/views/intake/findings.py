"""取込の指摘: the list, settling, undoing, and the list as a file for the supplier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions.deliveries import settling
from meibo.apps.personnel.actions.deliveries.acts import IntakeError
from meibo.apps.personnel.actions.deliveries.settling import WAYS, Settlement
from meibo.apps.personnel.actions.intake.findings import AMENDING, GONE
from meibo.apps.personnel.models import Intake, OpenFinding
from meibo.apps.personnel.queries import findings as asked
from meibo.apps.personnel.queries.findings import Wish
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import Actor, Entry, actor_of, note
from meibo.platform.audit.acts import Act
from meibo.platform.door import taking_out
from meibo.platform.layout.guard import of_personnel
from meibo.platform.layout.handing import handed_out
from meibo.platform.papers.files import as_csv
from meibo.platform.typed import whole

_PAGE = 50
_MOST_AT_ONCE = 2000
_HEADS = ("ファイル", "行", "列", "職員番号", "値", "重さ", "内容", "すること", "片付け方", "メモ")


@require_safe
@never_cache
@of_personnel
def findings(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Findings of one intake, or of everything that was loaded."""
    intake = get_object_or_404(Intake, pk=number) if number else None
    wish = asked.wish_of(request.GET, number)
    rows = asked.found(wish)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    can_amend = intake is not None and intake.state in {Intake.OPEN, Intake.CHECKED}
    ways = [
        (way, words)
        for way, words in WAYS.items()
        if way != GONE and (can_amend or way not in AMENDING)
    ]
    context = {
        "intake": intake,
        "wish": wish,
        "page": page,
        "rows": [(row, asked.SEVERITIES.get(row.severity), asked.way_words(row)) for row in page],
        "groups": asked.groups(wish),
        "states": asked.STATES.items(),
        "severities": asked.SEVERITIES.items(),
        "ways": ways,
        "can_amend": can_amend,
        "address": _address(number),
        "all": page.paginator.count,
        "most": _MOST_AT_ONCE,
    }
    return render(request, "personnel/intake/findings.html", context)


def _address(number: int) -> str:
    if number:
        return reverse("personnel:intake_findings", args=(number,))
    return reverse("personnel:findings")


@require_POST
@never_cache
@of_personnel
def finding_settle(request: HttpRequest) -> HttpResponse:
    """Settle what is ticked, or everything that the filter shows."""
    told = request.POST
    settlement = Settlement(
        told.get("way", ""), told.get("note", "").strip(), told.get("value", "").strip()
    )

    def deed(actor: Actor, now: datetime) -> str:
        count = settling.settle(_seen(request), settlement, actor=actor, now=now)
        again = settlement.way in AMENDING
        more = "取り込む前に、もう一度「確かめる」を押してください。" if again else ""
        return f"{count:,}件を「{WAYS[settlement.way]}」で片付けました。{more}"

    return _done(request, deed)


@require_POST
@never_cache
@of_personnel
def finding_undo(request: HttpRequest) -> HttpResponse:
    """Let findings wait again."""

    def deed(actor: Actor, now: datetime) -> str:
        count = settling.undo(_seen(request), actor=actor, now=now)
        return f"{count:,}件を、待っているものに戻しました。"

    return _done(request, deed)


def _seen(request: HttpRequest) -> dict[int, int]:
    """What was ticked, each with the version that the page showed."""
    if request.POST.get("all") == "1":
        return _everything(request)
    seen: dict[int, int] = {}
    for text in request.POST.getlist("finding"):
        number, _, version = text.partition(":")
        seen[whole(number)] = whole(version)
    seen.pop(-1, None)
    return seen


def _everything(request: HttpRequest) -> dict[int, int]:
    """All that the filter shows, if it still shows as many as the page said."""
    wish = asked.wish_of(request.POST, whole(request.POST.get("intake", ""), 0))
    rows = dict(asked.found(wish).values_list("pk", "version"))
    if str(len(rows)) != request.POST.get("count"):
        raise IntakeError(
            "見ている間に指摘の件数が変わりました。何も変えていません。一覧を確かめて、もう一度押してください。"
        )
    if len(rows) > _MOST_AT_ONCE:
        raise IntakeError(f"一度にできるのは{_MOST_AT_ONCE:,}件までです。絞り込んでください。")
    return rows


def _done(request: HttpRequest, deed: Callable[[Actor, datetime], str]) -> HttpResponse:
    try:
        messages.success(request, deed(actor_of(request), timezone.now()))
    except IntakeError as error:
        messages.error(request, str(error))
    wish = asked.wish_of(request.POST, whole(request.POST.get("intake", ""), 0))
    return redirect(f"{_address(wish.intake)}?{wish.query}")


@require_safe
@never_cache
@taking_out
@of_personnel
@needs_recent_sign_in
def findings_csv(request: HttpRequest, number: int = 0) -> HttpResponse:
    """The list as it is filtered, to send to whoever supplies the files."""
    wish = asked.wish_of(request.GET, number)
    rows = asked.found(wish)
    detail = {"what": "intake findings", "intake": number, "rows": rows.count()}
    note(Entry(Act.EXPORT, detail), actor=actor_of(request), now=timezone.now())
    name = f"取込の指摘_{number}.csv" if number else "取込の指摘.csv"
    content = as_csv(_HEADS, (_cells(wish, row) for row in rows))
    return handed_out(content, "text/csv; charset=utf-8", name)


def _cells(_wish: Wish, row: OpenFinding) -> tuple[str, ...]:
    return (
        *(row.file, str(row.record or ""), row.column, row.staff_no, row.value),
        *(asked.SEVERITIES.get(row.severity, ""), row.message, row.action),
        *(asked.way_words(row), row.note),
    )
