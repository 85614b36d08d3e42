"""Setting up and giving up second factors: allauth's pages, with a line in the audit log before
each change. A secret is shown once, so nothing here is kept by a browser."""

from __future__ import annotations

from typing import Any

from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.platform.accounts import second_factor
from meibo.platform.accounts.entrance import noting
from meibo.platform.accounts.models import Account
from meibo.platform.audit.acts import Act

_private = method_decorator(never_cache, name="dispatch")


@require_safe
@never_cache
def first_factor(request: HttpRequest) -> HttpResponse:
    """Where somebody is led who needs a second factor and has none: which one shall it be?"""
    if isinstance(request.user, Account) and second_factor.exists(request.user):
        return redirect("mfa_index")
    return render(request, "mfa/first.html")


@_private
class ActivateTOTP(totp.ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """An app on a telephone that shows a new code every half minute (RFC 6238)."""

    def form_valid(self, form: Any) -> HttpResponse:
        noting.noted(self.request, Act.FACTOR, what="added", kind="totp")
        answer: HttpResponse = super().form_valid(form)
        return answer


@_private
class DeactivateTOTP(totp.DeactivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """Giving it up."""

    def form_valid(self, form: Any) -> HttpResponse:
        noting.noted(self.request, Act.FACTOR, what="removed", kind="totp")
        answer: HttpResponse = super().form_valid(form)
        return answer


@_private
class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """A passkey: of this device, of a telephone, or a key on the ring."""

    def form_valid(self, form: Any) -> HttpResponse:
        noting.noted(self.request, Act.FACTOR, what="added", kind="webauthn")
        answer: HttpResponse = super().form_valid(form)
        return answer


@_private
class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """Giving one up, unless it is the last of somebody who needs one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"may": self._may()}

    def form_valid(self, form: Any) -> HttpResponse:
        if not self._may():
            return HttpResponseRedirect(self.request.path)
        noting.noted(self.request, Act.FACTOR, what="removed", kind="webauthn")
        answer: HttpResponse = super().form_valid(form)
        return answer

    def _may(self) -> bool:
        return second_factor.may_go(self.object)


@_private
class GenerateRecoveryCodes(recovery.GenerateRecoveryCodesView):  # type: ignore[misc]  # the same
    """Ten codes on paper, each for one sign-in without the telephone."""

    def form_valid(self, form: Any) -> HttpResponse:
        noting.noted(self.request, Act.FACTOR, what="added", kind="recovery_codes")
        answer: HttpResponse = super().form_valid(form)
        return answer


activate_totp = ActivateTOTP.as_view()
deactivate_totp = DeactivateTOTP.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
generate_recovery_codes = GenerateRecoveryCodes.as_view()
#: allauth forgets to say that nobody is signed in yet where one signs in.
login_by_passkey = login_not_required(webauthn.login_webauthn)
