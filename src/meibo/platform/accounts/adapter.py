"""How allauth behaves in this house."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class HouseAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by the house (`actions.open_account`), never by the visitor."""

    #: In our words; the minutes are those of ACCOUNT_RATE_LIMITS.
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "invalid_login": "サインインできませんでした。",
        "username_password_mismatch": "サインイン名またはパスワードが違います。",  # nosec B105  # words on a page
        "too_many_login_attempts": (
            "サインインの失敗が続いたため、しばらく受け付けません。"
            "5分ほど待ってから、もう一度サインインしてください。"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
