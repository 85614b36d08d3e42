"""Nobody reads out the roster by machine: so many requests a minute an account (without one, an
address), and then a pause. Typing a search asks several times a second, and is far below it.

Counted in the cache of the process: with n worker processes it may be n times as many.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from meibo.platform import address

_MINUTE = 60
_SORRY = "短い時間に要求が続いたため、1分ほど休んでいます。少し待ってから、もう一度開いてください。"


class PaceMiddleware:
    """Answers 429 with Retry-After (RFC 6585) to who asks too often."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most: int = settings.MEIBO_PACE
        if most and _asked(request) > most:
            response = HttpResponse(_SORRY, status=429, content_type="text/plain; charset=utf-8")
            response.headers["Retry-After"] = str(_MINUTE)
            return response
        return self.answer(request)


def _asked(request: HttpRequest) -> int:
    """How many requests of this minute this is; the minute begins with the first one."""
    user = request.user
    who = f"account:{user.pk}" if user.is_authenticated else address.of(request)
    key = f"pace:{who}"
    if cache.add(key, 1, _MINUTE):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out in between
        return 1
