"""A form that makes something holds a token (`{% once %}`), and its view is wrapped in `once`. Sent
again, by two quick clicks or by a browser that repeats it, it is led to what the first made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from meibo.platform.once.models import Sending

FIELD = "once"
SAID = "同じ送信が二度届いたため、一度だけ行いました。"
KEPT = timedelta(days=1)
_LEAST = 16  # characters of a token; what is shorter is none of ours

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def once(view: View[Rest]) -> View[Rest]:
    """Do what a form asks once. Remembered is only what ends in a redirect and says no error:
    whatever is refused may be sent again. The same form with other words in it (somebody went back
    and changed them) is another sending. Everything is one transaction, so that the second of two
    that come at the same moment waits for the first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        key = _key(request)
        if not key:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            sent = _first(key, timezone.now())
            if sent.address:
                messages.info(request, SAID)
                return HttpResponseRedirect(sent.address)
            answer = view(request, *args, **kwargs)
            if isinstance(answer, HttpResponseRedirect) and not _refused(request):
                sent.address = answer.url
                sent.save(update_fields=["address"])
            else:
                sent.delete()
            return answer

    return guarded


def _refused(request: HttpRequest) -> bool:
    """Whether the page to which it leads will tell of an error."""
    waiting = messages.get_messages(request)
    said = any(each.level >= messages.ERROR for each in waiting)
    if isinstance(waiting, BaseStorage):
        waiting.used = False  # looked at, not shown
    return said


def _first(key: str, now: datetime) -> Sending:
    Sending.objects.filter(at__lt=now - KEPT).delete()
    sent, _ = Sending.objects.get_or_create(key=key, defaults={"at": now})
    return sent


def _key(request: HttpRequest) -> str:
    """By which a sending is known; empty for what is none, or holds no token."""
    if request.method != "POST" or len(request.POST.get(FIELD, "")) < _LEAST:
        return ""
    digest = hashlib.sha256()
    for part in (request.user.get_username(), request.get_full_path(), *_written(request)):
        told = part if isinstance(part, bytes) else part.encode()
        digest.update(len(told).to_bytes(8, "big") + told)
    return digest.hexdigest()


def _written(request: HttpRequest) -> Iterator[str | bytes]:
    for name, values in sorted(request.POST.lists()):
        if name != "csrfmiddlewaretoken":  # masked anew in every page
            yield from (name, *values)
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield from (name, str(file.name))
            yield from file.chunks()
            file.seek(0)
