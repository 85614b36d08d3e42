"""The gates that a signed-in request passes: not left alone too long, and with the second factor
that the account needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from meibo.platform.accounts import recent, second_factor
from meibo.platform.accounts.entrance import noting
from meibo.platform.accounts.entrance.vouching import VOUCHED
from meibo.platform.accounts.models import Account
from meibo.platform.audit.acts import Act

Answer = Callable[[HttpRequest], HttpResponse]
#: Pages on which somebody says who they are, and leaves. They stand open at every gate.
ASKING = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_by_provider",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "openid_connect_login",
        "openid_connect_callback",
        "saml_login",
        "saml_acs",
        "saml_finish_acs",
    }
)
#: Pages on which a second factor is set up.
SETTING_UP = frozenset({"account_first_factor", "mfa_activate_totp", "mfa_add_webauthn"})
BEGAN = "meibo_began"
SEEN = "meibo_seen"
LOCKED = "meibo_locked"
#: So seldom is it written down that somebody is still there: writing costs more than reading.
WRITTEN_EVERY = 60


class _Gate:
    """A middleware that may answer in place of the page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        account = request.user
        if not isinstance(account, Account):
            return None
        match = request.resolver_match
        return self.answer(request, account, match.view_name if match else "")

    def answer(self, request: HttpRequest, account: Account, page: str) -> HttpResponse | None:
        """What to answer instead of the page, or None."""
        raise NotImplementedError


class IdleGate(_Gate):
    """After MEIBO_IDLE_MINUTES without a sign of life the session asks who is there."""

    def answer(self, request: HttpRequest, account: Account, page: str) -> HttpResponse | None:
        now = timezone.now().timestamp()
        if page not in ASKING and self._over(request, now):
            return recent.lead(request, reverse("account_login"))
        if settings.MEIBO_IDLE_MINUTES == 0:
            return None
        if self._locked(request, now) and page not in ASKING:
            return recent.ask_again(request)
        if LOCKED not in request.session and now - request.session.get(SEEN, 0) > WRITTEN_EVERY:
            request.session[SEEN] = now
            key = request.session.session_key
            UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        return None

    def _over(self, request: HttpRequest, now: float) -> bool:
        """Whether the working day of this session is over; then it is ended, used or not."""
        began = request.session.setdefault(BEGAN, now)
        if now - began <= settings.SESSION_COOKIE_AGE:
            return False
        noting.noted(request, Act.SESSION, what="over")
        logout(request)
        return True

    def _locked(self, request: HttpRequest, now: float) -> bool:
        """Whether the session is locked; it opens by a proof that is younger than the lock."""
        session = request.session
        proof = recent.last_proof(request) or 0
        if LOCKED in session:
            if proof <= session[LOCKED]:
                return True
            del session[LOCKED]
            _renew(request)
        alive = max(session.get(SEEN, now), proof)
        if now - alive <= settings.MEIBO_IDLE_MINUTES * recent.SECONDS:
            return False
        noting.noted(request, Act.SESSION, what="idle")
        session[LOCKED] = now
        return True


def _renew(request: HttpRequest) -> None:
    """Another key for the session once it has been opened again, for the old one lay about."""
    old = request.session.session_key
    request.session.cycle_key()
    new = request.session.session_key
    UserSession.objects.filter(session_key=old).update(session_key=new)


class SecondFactorGate(_Gate):
    """Who needs a second factor and has none sets one up and reaches nothing else."""

    def answer(self, request: HttpRequest, account: Account, page: str) -> HttpResponse | None:
        if page in ASKING or page in SETTING_UP or page in settings.MEIBO_OPEN_PAGES:
            return None
        if not second_factor.is_needed(account) or request.session.get(VOUCHED):
            return None
        if second_factor.exists(account):
            return None
        return recent.lead(request, reverse("account_first_factor"))
