"""送出: what went out, what shall go out, and payroll's answers."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.exchange.actions import answering, handing, uploads
from meibo.apps.exchange.models import Delivery
from meibo.apps.exchange.queries.carrying import left_behind
from meibo.apps.exchange.queries.feeds import key_of
from meibo.apps.exchange.queries.people import names_of
from meibo.apps.exchange.views.forms import AnswerForm, DeliverForm
from meibo.apps.exchange.views.guard import of_exchange
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import actor_of
from meibo.platform.door import taking_out
from meibo.platform.feeds.outbound import FORMAT_LABELS
from meibo.platform.jobs import actions as jobs
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.handing import handed_out
from meibo.platform.once.guard import once
from meibo.platform.typed import whole
from meibo.platform.watching import exported

PAGE = 30
SHOWN = 200
HIDDEN = (
    "公開基準であなたに見せない項目が入っているので、渡せません。"
    "公開基準を直す案を出すか、送り先の置き場所に書いてください。"
)
STATES = {
    Delivery.MADE: "まだ返事がない",
    Delivery.ACCEPTED: "受け取られた",
    Delivery.PARTLY: "一部だけ受け取られた",
    Delivery.REFUSED: "受け取られなかった",
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_exchange
@once
def deliveries(request: HttpRequest) -> HttpResponse:
    """All deliveries, the newest first; and the form by which one is made."""
    form = DeliverForm(request.POST or None, initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        arguments = {
            "feed": values["feed"],
            "on": values["on"].isoformat(),
            "full": values["mode"] == "full",
            "format": values["form"],
        }
        actor, now = actor_of(request), timezone.now()
        job = jobs.ask("exchange.deliver", "給与への送出", arguments, actor=actor, now=now)
        return redirect("jobs:job", job.pk)
    page = Paginator(Delivery.objects.all(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(each, STATES[each.state]) for each in page],
        "form": form,
        "answer": AnswerForm(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "exchange/deliveries.html", context, status=status)


@require_safe
@never_cache
@of_exchange
def delivery(request: HttpRequest, number: int) -> HttpResponse:
    """One delivery: what it holds, what was odd, who must be reckoned anew."""
    found = _found(number)
    viewer = frame_for(request).viewer
    late = list(found.rows.exclude(since=None)[:SHOWN])
    remarks = list(found.remarks.all()[:SHOWN])
    people = {row.person for row in late} | {row.person for row in remarks if row.person}
    names = names_of(viewer, people)
    context = {
        "delivery": found,
        "state": STATES[found.state],
        "format": FORMAT_LABELS.get(found.layout["format"], ""),
        "late": [(row, names.get(row.person, row.staff_no)) for row in late],
        "remarks": [(row, names.get(row.person, row.staff_no)) for row in remarks],
        "left_behind": left_behind(found.feed, viewer.today),
        "folder": settings.MEIBO_OUT_DIR is not None,
        "open": found.state in {Delivery.MADE, Delivery.PARTLY, Delivery.REFUSED},
    }
    return render(request, "exchange/delivery.html", context)


@require_safe
@never_cache
@of_exchange
@taking_out
@needs_recent_sign_in
def delivery_file(request: HttpRequest, number: int) -> HttpResponse:
    """The file, byte for byte as it was made, as often as it is asked for, to whom the table shows
    all that is in it."""
    found = _found(number)
    if hidden := handing.unseen(frame_for(request).viewer, found):
        messages.error(request, f"{HIDDEN}（{'、'.join(hidden)}）")
        return redirect("exchange:delivery", number)
    try:
        made = handing.hand_out(found, actor=actor_of(request), now=timezone.now())
    except handing.HandingError as error:
        messages.error(request, str(error))
        return redirect("exchange:delivery", number)
    exported(request, found.layout["format"], found.layout["headers"], found.counts["rows"])
    return handed_out(made, "application/octet-stream", found.layout["name"])


@require_POST
@never_cache
@of_exchange
@taking_out
@needs_recent_sign_in
def delivery_write(request: HttpRequest, number: int) -> HttpResponse:
    """Put the file where payroll fetches it."""
    found = _found(number)
    try:
        path = handing.write_out(
            found, settings.MEIBO_OUT_DIR, actor=actor_of(request), now=timezone.now()
        )
    except handing.HandingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"置き場所に「{path.name}」を書きました。")
    return redirect("exchange:delivery", number)


@require_POST
@never_cache
@of_exchange
def delivery_accept(request: HttpRequest, number: int) -> HttpResponse:
    """Payroll said, without a file, that it took everything."""
    found = _found(number)
    answering.accept_all(found, actor=actor_of(request), now=timezone.now())
    messages.success(request, "受け取られたことにしました。次の差分は、ここからの違いになります。")
    return redirect("exchange:delivery", number)


@require_POST
@never_cache
@of_exchange
def answer(request: HttpRequest) -> HttpResponse:
    """Read an acknowledgement file; one that is silent about some rows is asked about first."""
    token, actor, now = request.POST.get("kept", ""), actor_of(request), timezone.now()
    form = AnswerForm(request.POST, request.FILES)
    try:
        if token:
            data, agreed = uploads.read(token), whole(request.POST.get("rest", ""))
        elif form.is_valid():
            data, agreed = form.cleaned_data["file"].read(), None
        else:
            messages.error(request, "受領ファイルを選んでください。")
            return redirect("exchange:deliveries")
        done = answering.answer(data, actor=actor, now=now, agreed=agreed)
    except FileNotFoundError:
        messages.error(request, "受領ファイルが残っていません。もう一度選んでください。")
        return redirect("exchange:deliveries")
    except answering.IncompleteAnswerError as error:
        context = {"error": error, "kept": token or uploads.keep(data, now=now)}
        return render(request, "exchange/answer.html", context, status=422)
    except answering.AnswerError as error:
        messages.error(request, str(error))
        return redirect("exchange:deliveries")
    if token:
        uploads.drop(token)
    _tell(request, done)
    return redirect("exchange:delivery", done[0].delivery.number)


def _tell(request: HttpRequest, done: list[answering.Answered]) -> None:
    """What the answer came to, delivery by delivery."""
    for each in done:
        said = f"第{each.delivery.number}号：{STATES[each.delivery.state]}。{each.words}"
        if each.before is not None:
            when = timezone.localtime(each.before)
            said += (
                f"この送出には、{when.year}年{when.month}月{when.day}日にも返事が記録されています。"
                "書かれた行を、今度の返事に書きかえました。"
            )
        tell = messages.warning if each.refused or each.rest else messages.success
        tell(request, said)


def _usual(request: HttpRequest) -> dict[str, object]:
    """Today, and the feed that was used last."""
    last = Delivery.objects.order_by("-number").values_list("feed", flat=True).first()
    return {"on": frame_for(request).today, "feed": key_of(last)}


def _found(number: int) -> Delivery:
    found = Delivery.objects.filter(number=number).first()
    if found is None:
        raise Http404
    return found
