"""When the municipality's own sign-in has seen a second factor, the house need not ask again."""

from __future__ import annotations

from typing import Any

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

#: In the session of somebody whose second factor their provider vouches for.
VOUCHED = "meibo_vouched"
_ATTRIBUTE = "meibo_vouched"


def vouch(request: HttpRequest) -> None:
    """The provider says that it has asked for a second factor, and the house takes its word."""
    request.__dict__[_ATTRIBUTE] = True


def is_vouched(request: HttpRequest) -> bool:
    """Whether the sign-in that is going on was vouched for."""
    return bool(request.__dict__.get(_ATTRIBUTE))


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth ships no types
    """The step of signing in that asks for the second factor."""

    def handle(self) -> tuple[Any, bool]:
        if is_vouched(self.request):
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer
