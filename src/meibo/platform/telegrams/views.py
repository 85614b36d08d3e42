"""What came in, for crisis management and IT; and where a hub hands telegrams in (WebSub,
https://www.w3.org/TR/websub/), open to who knows the secret: without MEIBO_TELEGRAM_SECRET that
address does not exist.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from meibo.domain.telegram import UnreadableError
from meibo.domain.telegram.tree import MOST_BYTES, parse
from meibo.platform.layout.frame import frame_for
from meibo.platform.telegrams import queries, subscribing
from meibo.platform.telegrams.actions import HUB, receive
from meibo.platform.telegrams.atom import is_feed
from meibo.platform.telegrams.files import unpacked
from meibo.platform.telegrams.models import Subscription
from meibo.platform.telegrams.polling import want

_METHODS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
_PAGE = 50
_CHOICES = {"concern": "この場所に関わるもの", "refused": "読めなかったもの", "all": "すべて"}


@require_safe
@never_cache
def received(request: HttpRequest) -> HttpResponse:
    """What came in, what was decided, the rules and the ways in. No word of it is about a person,
    so nobody is asked what for."""
    viewer = frame_for(request).viewer
    if not (viewer.holds("crisis") or viewer.holds("it")):
        raise PermissionDenied
    only = request.GET.get("only", "")
    only = only if only in _CHOICES else "concern"
    rules, wrong, place = queries.laid_down()
    context = {
        "decided": queries.decided(),
        "page": Paginator(queries.received(only), _PAGE).get_page(request.GET.get("page")),
        "only": only,
        "choices": _CHOICES.items(),
        "rules": rules,
        "wrong": wrong,
        "place": place,
        "ways": queries.ways(timezone.now()),
    }
    return render(request, "telegrams/received.html", context)


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def hub(request: HttpRequest) -> HttpResponse:
    """A hub asks whether we want a topic (GET), or hands something in (POST)."""
    if not settings.MEIBO_TELEGRAM_SECRET:
        raise Http404
    if request.method == "GET":
        return _verify(request)
    topics: list[str] = settings.MEIBO_TELEGRAM_TOPICS
    return _take(request, settings.MEIBO_TELEGRAM_SECRET, next(iter(topics), ""))


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def subscribed(request: HttpRequest, token: str) -> HttpResponse:
    """The address that one hub alone knows: it asks back, says no, or hands something in. What was
    taken back is gone for it (410), which ends it there as well."""
    row = Subscription.objects.filter(token=token).first()
    if row is None or not settings.MEIBO_TELEGRAM_SECRET:
        return HttpResponse(status=410 if request.method == "POST" else 404)
    if request.method == "POST":
        return _take(request, subscribing.secret_of(row), row.topic)
    given = request.GET.get
    if given("hub.topic", "") != row.topic:
        raise Http404
    if given("hub.mode", "") == "denied":
        subscribing.deny(row, given("hub.reason", ""))
        return HttpResponse(status=200)
    mode, lease = given("hub.mode", ""), given("hub.lease_seconds", "")
    challenge = given("hub.challenge", "")
    if not challenge or not subscribing.confirm(row, mode, lease, now=timezone.now()):
        raise Http404
    return HttpResponse(challenge, content_type="text/plain; charset=utf-8")


def _verify(request: HttpRequest) -> HttpResponse:
    """Say the challenge back for a topic that we want or no longer want."""
    mode, topic = request.GET.get("hub.mode", ""), request.GET.get("hub.topic", "")
    wanted = topic in settings.MEIBO_TELEGRAM_TOPICS
    challenge = request.GET.get("hub.challenge", "")
    if not challenge or wanted != (mode == "subscribe") or mode not in {"subscribe", "unsubscribe"}:
        raise Http404
    return HttpResponse(challenge, content_type="text/plain; charset=utf-8")


def _take(request: HttpRequest, secret: str, topic: str) -> HttpResponse:
    """Keep what was handed in before it is acknowledged; the worker follows it. The telegrams of a
    feed are fetched from the host of the topic and from nowhere else."""
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return HttpResponse(status=413)
    body = request.read(MOST_BYTES + 1)
    if not _is_signed(body, request.headers.get("X-Hub-Signature", ""), secret):
        return HttpResponse(status=403)
    now = timezone.now()
    for one in unpacked("websub", body):
        if topic and _is_feed(one.data):
            want(one.data, topic, now=now)
        else:
            receive(one.data, source=HUB, name=one.name, now=now)
    return HttpResponse(status=202)


def _is_signed(body: bytes, signature: str, secret: str) -> bool:
    method, _, given = signature.partition("=")
    made = _METHODS.get(method)
    if made is None:
        return False
    signed = hmac.new(secret.encode(), body, made).hexdigest()
    return hmac.compare_digest(signed.encode(), given.lower().encode())


def _is_feed(data: bytes) -> bool:
    try:
        return is_feed(parse(data))
    except UnreadableError:
        return False
