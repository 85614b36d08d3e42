"""An account opens the house on the days in service, and on no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from meibo.ledger import roll
from meibo.platform import door
from meibo.platform.accounts.entrance.adapter import HouseAdapter
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act

CLOSED = "account_closed"


def may_be_in(account: Account) -> bool:
    """Whether this account opens the house today; one without a person does on any day."""
    return not account.person or roll.in_service(account.person, door.today())


class Doorkeeper(HouseAdapter):
    """Lets nobody in before the day of appointment or after the last day."""

    def pre_login(self, request: HttpRequest, user: Account, **others: Any) -> HttpResponse | None:
        answer: HttpResponse | None = super().pre_login(request, user, **others)
        if answer is not None or may_be_in(user):
            return answer
        actor = actor_of(request)
        entry = Entry(Act.REFUSED, {"sign_in": "not_in_service"}, {user.person or ""} - {""})
        note(entry, actor=actor, now=door.moment())
        request.session.flush()
        return redirect(CLOSED)


class Presence:
    """Signs out, at the next request, whoever is not in service any more."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = request.user
        if not isinstance(account, Account) or may_be_in(account):
            return self.answer(request)
        detail = {"ended": "not_in_service"}
        entry = Entry(Act.SESSION, detail, {account.person or ""} - {""})
        note(entry, actor=actor_of(request), now=door.moment())
        logout(request)
        if "HX-Request" in request.headers:  # a part of a page would be put into the page
            return HttpResponse(headers={"HX-Redirect": reverse(CLOSED)})
        return redirect(CLOSED)
