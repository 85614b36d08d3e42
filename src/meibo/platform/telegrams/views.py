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
from meibo.platform.telegrams import queries
from meibo.platform.telegrams.actions import HUB, receive
from meibo.platform.telegrams.atom import is_feed
from meibo.platform.telegrams.files import unpacked
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
        "ways": queries.ways(),
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
    return _verify(request) if request.method == "GET" else _take(request)


def _verify(request: HttpRequest) -> HttpResponse:
    """Say the challenge back for a topic that we want or no longer want."""
    mode, topic = request.GET.get("hub.mode", ""), request.GET.get("hub.topic", "")
    wanted = topic in settings.MEIBO_TELEGRAM_TOPICS
    challenge = request.GET.get("hub.challenge", "")
    if not challenge or wanted != (mode == "subscribe") or mode not in {"subscribe", "unsubscribe"}:
        raise Http404
    return HttpResponse(challenge, content_type="text/plain; charset=utf-8")


def _take(request: HttpRequest) -> HttpResponse:
    """Keep what was handed in before it is acknowledged; the worker follows it."""
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return HttpResponse(status=413)
    body = request.read(MOST_BYTES + 1)
    if not _is_signed(body, request.headers.get("X-Hub-Signature", "")):
        return HttpResponse(status=403)
    now = timezone.now()
    for one in unpacked("websub", body):
        base = _feed_of(one.data)
        if base:
            want(one.data, base, now=now)
        else:
            receive(one.data, source=HUB, name=one.name, now=now)
    return HttpResponse(status=202)


def _is_signed(body: bytes, signature: str) -> bool:
    method, _, given = signature.partition("=")
    made = _METHODS.get(method)
    if made is None:
        return False
    key = settings.MEIBO_TELEGRAM_SECRET.encode()
    signed = hmac.new(key, body, made).hexdigest()
    return hmac.compare_digest(signed.encode(), given.lower().encode())


def _feed_of(data: bytes) -> str:
    """The address of the feed that was handed in: its telegrams are fetched from there and from
    nowhere else. Empty where it is no feed."""
    try:
        if not is_feed(parse(data)):
            return ""
    except UnreadableError:
        return ""
    topics: list[str] = settings.MEIBO_TELEGRAM_TOPICS
    return next(iter(topics), "")
