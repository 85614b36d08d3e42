"""How allauth signs people in and out of this house."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from meibo.platform import address
from meibo.platform.accounts import recent
from meibo.platform.accounts.entrance import noting
from meibo.platform.accounts.entrance.vouching import VOUCHED, is_vouched
from meibo.platform.accounts.models import Account
from meibo.platform.audit.acts import Act

SECOND_FACTOR = "allauth.mfa.stages.AuthenticateStage"
#: The same, unless the municipality's own sign-in has asked for one already.
OURS = "meibo.platform.accounts.entrance.vouching.SecondFactorStage"

FACTOR_MINUTES = 30
#: Where a request comes from that arrives through a socket file: allauth wants an address.
NOWHERE = "::"


class HouseAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by the house (`actions.open_account`), never by the visitor. Whoever
    comes in, fails to or leaves is written down before it takes effect."""

    #: In our words; the minute is that of ACCOUNT_RATE_LIMITS.
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "invalid_login": "サインインできませんでした。",
        "username_password_mismatch": "サインイン名またはパスワードが違います。",  # nosec B105  # words on a page
        "too_many_login_attempts": (
            "この端末からのサインインの失敗が続いたため、しばらく受け付けません。"
            "1分ほど待ってから、もう一度サインインしてください。"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address.of(request) or NOWHERE

    def get_login_stages(self) -> list[str]:
        return [OURS if stage == SECOND_FACTOR else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Changing one's second factor needs a fresh proof, also in a house that asks for none
        elsewhere. Having just come in is one."""
        minutes = settings.MEIBO_REAUTH_MINUTES or FACTOR_MINUTES
        return not recent.is_recent(context.request, now=timezone.now(), minutes=minutes)

    def login(self, request: HttpRequest, user: Account) -> None:
        means = noting.means(request, user)
        noting.noted(request, Act.SIGN_IN, account=user, means=means)
        vouched = is_vouched(request)
        super().login(request, user)
        if vouched:
            request.session[VOUCHED] = True

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        if not getattr(request, "axes_locked_out", False):
            noting.failed(request, credentials.get("username"), "password")

    def set_password(self, user: Account, password: str) -> None:
        noting.noted(context.request, Act.ACCOUNT, what="password")
        super().set_password(user, password)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            noting.noted(request, Act.SIGN_OUT)
        super().logout(request)
