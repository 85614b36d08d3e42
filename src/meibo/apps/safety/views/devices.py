"""この端末に通知を受け取る: register the browser at hand, see one's devices, remove them."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.safety.actions import devices as acts
from meibo.apps.safety.actions.devices import DeviceError
from meibo.apps.safety.actions.reaching import reports, webpush
from meibo.apps.safety.actions.reaching.webpush import Subscription
from meibo.apps.safety.queries.devices import devices, label_of
from meibo.domain.safety.gateways import PUSH
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for

_WORKER = Path(__file__).resolve().parents[1] / "data" / "push_worker.js"


class DeviceForm(forms.Form):
    """What the script of the page has from the browser."""

    endpoint = forms.CharField(max_length=2_000)
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """One's devices; a POST registers the one at hand."""
    person, on = _person(request), bool(settings.MEIBO_REACHING.carriers(PUSH))
    if request.method == "POST":
        if not on:
            raise Http404
        _register(request, person)
        return redirect("safety:devices")
    context = {
        "devices": devices(person),
        "on": on,
        "key": webpush.public_key() if on else "",
        "form": DeviceForm(),
    }
    return render(request, "safety/devices.html", context)


def _register(request: HttpRequest, person: str) -> None:
    form = DeviceForm(request.POST)
    if not form.is_valid():
        messages.error(request, "ブラウザから登録が届きませんでした。もう一度押してください。")
        return
    values = form.cleaned_data
    to = Subscription(values["endpoint"], values["p256dh"], values["auth"], webpush.public_key())
    label = label_of(request.headers.get("User-Agent", ""))
    try:
        acts.register(person, to, label, actor=actor_of(request), now=timezone.now())
    except DeviceError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"{label}に通知を送ります。「連絡の試し」で、届くか試してください。"
        )


@require_POST
@never_cache
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Wake a device no more."""
    if not acts.remove(_person(request), number, actor=actor_of(request), now=timezone.now()):
        raise Http404
    messages.success(request, "その端末には、もう送りません。")
    return redirect("safety:devices")


@login_not_required  # the browser looks for a newer one by itself, signed in or not
@require_safe
def worker(_: HttpRequest) -> HttpResponse:
    """What shows the notice. At an address that stays, for a browser keeps to it across releases;
    it reaches no further than the folder that it lies in."""
    text = _WORKER.read_text(encoding="utf-8")
    headers = {"Cache-Control": "no-cache", "Content-Type": "text/javascript; charset=utf-8"}
    return HttpResponse(text, headers=headers)


@csrf_exempt  # a worker without a session; the name of the message is the proof
@login_not_required
@never_cache
@require_POST
def shown(request: HttpRequest) -> HttpResponse:
    """A device tells that a message was shown on it: it has arrived."""
    key = request.POST.get("key", "")[:80]
    carriers = settings.MEIBO_REACHING.carriers(PUSH)
    report = {"id": key, "status": "delivered"}
    known = any(reports.told(each, report, now=timezone.now()) for each in carriers)
    return HttpResponse(status=204 if known else 404)


def _person(request: HttpRequest) -> str:
    person = frame_for(request).viewer.person
    if person is None:
        raise PermissionDenied
    return person
