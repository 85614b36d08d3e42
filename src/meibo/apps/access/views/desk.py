"""The desk: accounts of a section's people, sheets for the first sign-in, recoveries."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.access.forms import OpenForm, RecoveryForm
from meibo.apps.access.queries import desk as queries
from meibo.ledger import reader, roll
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import actor_of
from meibo.platform.entry import actions, recovery, rights
from meibo.platform.entry.actions import EntryError, Printed
from meibo.platform.entry.models import Recovery, Sheet
from meibo.platform.layout.frame import Frame, frame_for


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Whose accounts are kept here, how they stand, and which recoveries wait."""
    frame = _frame(request)
    units = queries.kept_units(frame.viewer)
    chosen = _chosen(request, frame, units)
    context = {
        "units": units,
        "unit": chosen,
        "seats": queries.seats(frame.viewer, chosen) if chosen else [],
        "recoveries": queries.waiting_recoveries(
            frame.viewer, request.user.get_username(), datetime.now(UTC)
        ),
        "hr": "hr" in frame.viewer.held,
        "opening": OpenForm(initial={"day": frame.today}),
    }
    return render(request, "access/desk.html", context)


def _frame(request: HttpRequest) -> Frame:
    frame = frame_for(request)
    if not rights.is_desk(frame.viewer):
        raise PermissionDenied
    return frame


def _chosen(request: HttpRequest, frame: Frame, units: list[reader.UnitCard]) -> str:
    """The unit asked for, else one's own section, else the first; only one that is kept here."""
    codes = [unit.code for unit in units]
    own: list[str] = list((frame.me or {}).get("unit_codes") or [])
    for code in [request.GET.get("unit", ""), *own[:2][::-1], *codes[:1]]:
        if code in codes:
            return code
    return ""


@require_POST
@never_cache
def open_all(request: HttpRequest) -> HttpResponse:
    """An account for everyone in service on a day who has none; 人事 alone."""
    frame = _frame(request)
    if "hr" not in frame.viewer.held:
        raise PermissionDenied
    form = OpenForm(request.POST)
    if form.is_valid():
        people = roll.serving(form.cleaned_data["day"])
        opened = actions.open_for(people, actor=actor_of(request), now=datetime.now(UTC))
        messages.success(request, f"{opened.count:,}人のアカウントをつくりました。")
        if opened.taken:
            said = (
                f"サインイン名がもう使われていて、つくれなかった人が{len(opened.taken)}人います。"
            )
            messages.warning(request, f"{said}情報システム担当に知らせてください。")
    else:
        messages.error(request, "日を選び直してください。何も変わっていません。")
    return redirect("access:desk")


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet as it is printed."""

    card: reader.Card
    code: str
    last: date
    drawing: SafeString


@require_POST
@never_cache
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of those who were chosen, to be printed now: the codes are shown this once."""
    frame = _frame(request)
    wanted = set(request.POST.getlist("person")[:1000])
    allowed = {p for p in wanted if rights.keeps(frame.viewer, p)}
    cards = reader.cards(frame.viewer, on=frame.today, ids=allowed)
    seats = [seat for seat in queries.seats_of(frame.viewer, cards) if seat.printable]
    if not seats:
        messages.error(request, "紙をつくれる人が選ばれていません。")
        return redirect("access:desk")
    now, actor = datetime.now(UTC), actor_of(request)
    people = {seat.card.id: seat.card for seat in seats}
    actions.open_for(people, actor=actor, now=now)
    accounts = Account.objects.filter(person__in=people, is_active=True).order_by("id")
    unused = {a.person: a for a in accounts if not a.has_usable_password()}
    chosen = [unused[p] for p in people if p in unused]
    made = actions.make_sheets(chosen, Sheet.Kind.FIRST, actor=actor, on=frame.today, now=now)
    return _paper(request, made, {p: people[p] for p in people}, first=True)


def _paper(
    request: HttpRequest, made: list[Printed], cards: dict[str, reader.Card], *, first: bool
) -> HttpResponse:
    papers = [
        Paper(cards[each.account.person or ""], each.code, each.last, _drawn(request, each.code))
        for each in made
    ]
    address = request.build_absolute_uri(reverse("account_start"))
    context = {"papers": papers, "address": address, "first": first}
    return render(request, "access/sheets.html", context)


def _drawn(request: HttpRequest, code: str) -> SafeString:
    """The one-time address as a QR code (JIS X 0510), drawn into the page itself: nobody can fetch
    it a second time."""
    address = request.build_absolute_uri(reverse("account_start_code", args=(code,)))
    out = io.BytesIO()
    made = segno.make(address, error="m", micro=False)
    made.save(out, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False)
    return mark_safe(out.getvalue().decode())  # nosec B308  # a drawing of our own address


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def recover(request: HttpRequest, person: str) -> HttpResponse:
    """Start a recovery for somebody who stands at the desk."""
    frame = _frame(request)
    if not rights.keeps(frame.viewer, person):
        raise Http404
    card = reader.card(frame.viewer, person, on=frame.today)
    rows = Account.objects.filter(person=person, is_active=True).order_by("id")
    account = next((a for a in rows if a.has_usable_password()), None) or rows.first()
    if card is None or account is None:
        raise Http404
    form = RecoveryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason, now = form.cleaned_data["reason"], datetime.now(UTC)
        try:
            recovery.start(account, reason, by=frame.viewer, actor=actor_of(request), now=now)
        except EntryError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "復旧を始めました。もう一人の確認を待っています。")
        return redirect("access:desk")
    status = 422 if request.method == "POST" else 200
    return render(request, "access/recover.html", {"card": card, "form": form}, status=status)


@require_POST
@never_cache
def proceed(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Confirm a recovery, drop it, or print its sheet."""
    frame = _frame(request)
    rows = Recovery.objects.select_related("account").filter(pk=number)
    found = rows.first()
    name, now = request.user.get_username(), datetime.now(UTC)
    if found is None or not _concerned(frame, found, name):
        raise Http404
    actor = actor_of(request)
    try:
        if deed == "sheet":
            card = reader.card(frame.viewer, found.account.person or "", on=frame.today)
            if card is None:
                raise Http404
            made = recovery.print_sheet(found, actor=actor, on=frame.today, now=now)
            return _paper(request, [made], {card.id: card}, first=False)
        if deed == "confirm":
            recovery.confirm(found, by=frame.viewer, actor=actor, now=now)
            messages.success(request, "確認しました。パスワードを消しました。紙を印刷できます。")
        else:
            recovery.drop(found, by=frame.viewer, actor=actor, now=now)
            messages.success(request, "復旧を取りやめました。")
    except EntryError as error:
        messages.error(request, str(error))
    return redirect("access:desk")


def _concerned(frame: Frame, found: Recovery, name: str) -> bool:
    return name == found.started_by or rights.confirms(frame.viewer, found.account.person or "")
