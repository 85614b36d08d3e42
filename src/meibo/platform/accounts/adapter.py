"""How allauth behaves in this house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class HouseAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by the house (`actions.open_account`), never by the visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
