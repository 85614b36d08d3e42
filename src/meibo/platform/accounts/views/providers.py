"""Signing in through the municipality's own identity provider (OpenID Connect)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.platform.accounts.ways import way_to


class HouseClient(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """allauth trusts an identity token without looking at its signature when it came straight
    from the provider over TLS. Inside a closed network TLS is not always there: we look."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        self.did_fetch_access_token = False
        try:
            return super().complete_login(request, app, token, **kwargs)
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("unusable identity token") from error


@require_safe
@never_cache
@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider."""
    return _answer(OAuth2LoginView, request, provider_id)


@require_safe
@never_cache
@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from it."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(HouseClient(request, provider_id))(request)
    except SocialApp.DoesNotExist:  # an old bookmark, or somebody who tries doors
        return redirect("account_login")
    return answer


@require_safe
@never_cache
def by_provider(request: HttpRequest) -> HttpResponse:
    """Asking again somebody who came in through a provider and has nothing here to prove it by:
    the provider asks, even who is still signed in there. Who came otherwise signs in anew."""
    back = {"next": request.GET.get("next", "/")}
    records = get_authentication_records(request, request.user)
    provider = next((str(r["provider"]) for r in reversed(records) if "provider" in r), "")
    if not provider:
        anew = f"{reverse('account_login')}?{urlencode(back)}"
        return render(request, "account/anew.html", {"anew": anew})
    return redirect(way_to(provider, back | {"auth_params": "prompt=login"}))


@require_safe
@login_not_required
def no_single_sign_out(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """SAML's single sign-out: the house does not end a session because somebody sends an unsigned
    request; it asks the person."""
    return redirect("account_logout")
