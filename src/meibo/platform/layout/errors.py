"""What is answered instead of a page. Who is signed in keeps the frame, with search and menu."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import defaults

#: Of an address; far more than the list needs with every column and filter.
LONGEST_QUERY = 6000


class Addresses:
    """Refuses an address that is too long, before anything reads it; and says something of one to
    which only a button leads, where a browser would show an empty page."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            raise BadRequest
        answer = self.answer(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            page = render(request, "layout/only_by_button.html", status=answer.status_code)
            page["Allow"] = answer["Allow"]  # RFC 9110, 15.5.6
            return page
        return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404. A slash too many at the end leads to the page without it."""
    better = _without_slash(request)
    if better:
        return HttpResponseRedirect(better)
    if _signed_in(request):
        return render(request, "layout/not_found.html", status=404)
    return defaults.page_not_found(request, exception)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403"""
    if _signed_in(request):
        return render(request, "layout/refused.html", status=403)
    return defaults.permission_denied(request, exception)


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)  # none where something failed before it was known
    return user is not None and user.is_authenticated


def _without_slash(request: HttpRequest) -> str:
    path = request.path_info
    if request.method not in {"GET", "HEAD"} or not path.endswith("/") or path == "/":
        return ""
    shorter = path.removesuffix("/")
    try:
        resolve(shorter)
    except Resolver404:
        return ""
    query = request.META.get("QUERY_STRING", "")
    address = f"{request.path.removesuffix('/')}{'?' if query else ''}{query}"
    return address if url_has_allowed_host_and_scheme(address, None) else ""
