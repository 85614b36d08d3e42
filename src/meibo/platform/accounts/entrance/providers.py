"""Who comes from the municipality's own identity provider is matched to an account that exists;
nobody is created by it. Each time anew: no link is kept that could outlive a claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from meibo.ledger import roll, ties
from meibo.platform.accounts.entrance import noting
from meibo.platform.accounts.entrance.vouching import vouch
from meibo.platform.accounts.identity import Provider
from meibo.platform.accounts.models import Account
from meibo.platform.audit.acts import Act

Claims = Mapping[str, Any]
FORBIDDEN = 403


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Lets in whom the provider names, if the house knows them and they are in service."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Decide on the account before allauth looks for a link or offers to make one."""
        provider = provider_of(sociallogin)
        if provider is None or sociallogin.state.get("process", "login") != "login":
            raise _turned_away(request, "", "process")
        claims = claims_of(sociallogin.account.extra_data)
        if provider.kind == "saml":
            claims = {**claims, "NameID": sociallogin.account.uid or ""}
        account = account_for(provider, claims)
        if account is None:
            raise _turned_away(request, provider.id, "no_account")
        if not account.is_active or not in_service(account, on=timezone.localdate()):
            raise _turned_away(request, provider.id, "closed", account)
        if has_second_factor(provider, claims):
            vouch(request)
        sociallogin.user = account

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, **kwargs: Any
    ) -> None:
        known = getattr(getattr(provider, "app", None), "provider_id", "")
        how = getattr(error, "value", error) or "error"
        noting.noted(request, Act.SIGN_IN_FAILED, how=str(known), reason=str(how))
        context = {"cancelled": how == "cancelled"}
        page = render(request, "account/provider_failed.html", context, status=FORBIDDEN)
        raise ImmediateHttpResponse(page)


def provider_of(sociallogin: SocialLogin) -> Provider | None:
    """The provider of the house's own list by which somebody comes."""
    app = getattr(sociallogin.provider, "app", None)
    found: tuple[Provider, ...] = settings.MEIBO_PROVIDERS
    return next((p for p in found if app is not None and p.id == app.provider_id), None)


def claims_of(data: Claims) -> Claims:
    """What is said of who came. Of OpenID Connect the signed identity token goes before what the
    provider was asked besides, and that must be about the same person (Core 1.0, 5.3.2)."""
    token, besides = data.get("id_token"), data.get("userinfo")
    if token is None:
        return {} if besides is not None else data
    if besides is None or besides.get("sub") != token.get("sub"):
        return dict(token)
    return {**besides, **token}


def account_for(provider: Provider, claims: Claims) -> Account | None:
    """The one account that the provider's claim names; None where there is none, or no telling."""
    named = value_of(claims, provider.claim)
    if provider.pattern:
        matched = re.fullmatch(provider.pattern, named)
        named = matched.group(1) if matched else ""
    if not named:
        return None
    if provider.match == "username":
        return Account.objects.filter(username=Account.normalize_username(named)).first()
    person = ties.person_numbered(named)
    if person is None:
        return None
    accounts = list(Account.objects.filter(person=person, is_active=True))
    if len(accounts) > 1:  # one of them is for administrative work, under another name
        accounts = [each for each in accounts if each.username == named]
    return accounts[0] if len(accounts) == 1 else None


def in_service(account: Account, *, on: date) -> bool:
    """Whether its person works here on that day; an account without a person is an operator's."""
    if account.person is None:
        return True
    return roll.in_service(account.person, on)


def has_second_factor(provider: Provider, claims: Claims) -> bool:
    """Whether the provider says that it asked for a second factor, in words that the house takes
    for it (`amr`, RFC 8176; `acr`)."""
    claim, values = provider.second_factor
    said = claims.get(claim) if claim else None
    told = {said} if isinstance(said, str) else set(map(str, said or ()))
    return not values.isdisjoint(told)


def value_of(claims: Claims, claim: str) -> str:
    """A claim's one value; SAML sends lists. Empty for none and for several."""
    value = claims.get(claim, "")
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else ""
    return str(value).strip()


def _turned_away(
    request: HttpRequest, provider: str, reason: str, account: Account | None = None
) -> ImmediateHttpResponse:
    noting.noted(request, Act.SIGN_IN_FAILED, account=account, how=provider, reason=reason)
    page = render(request, "account/provider_unknown.html", status=FORBIDDEN)
    return ImmediateHttpResponse(page)
