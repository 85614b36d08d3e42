"""How allauth's second factors behave in this house, and the forms that ask for them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.exceptions import ValidationError
from django.utils import timezone

from meibo.ledger import masters
from meibo.platform.accounts import second_factor
from meibo.platform.accounts.entrance import lockout, noting
from meibo.platform.accounts.models import Account
from meibo.platform.accounts.sealing import open_sealed, seal, sealed_under

_DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
#: What the library for passkeys raises at an answer that no browser sends.
_MALFORMED = (AttributeError, KeyError, TypeError, ValueError)
_NAMES = {Authenticator.Type.WEBAUTHN: "パスキー"}


class HouseFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets are sealed; who needs a second factor can't give up the last one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "コードが正しくありません。新しいコードが出るのを待って、もう一度"
        "入れてください。",
        "incorrect_passkey": "パスキーで確認できませんでした。もう一度試すか、ほかの方法を"
        "使ってください。",
        "cannot_delete_authenticator": "二要素認証が必要なアカウントなので、最後のひとつは"
        "やめられません。先に別の方法を登録してください。",
    }

    def encrypt(self, text: str) -> str:
        return seal(text, masters.secret())

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(encrypted_text, masters.secret(sealed_under(encrypted_text)))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return second_factor.may_go(authenticator)

    def build_totp_svg(self, url: str) -> str:
        """Part of the page itself: our policy lets no picture be written into an address."""
        drawn = BytesIO()
        code = segno.make(url, error="m", micro=False)
        options = {"xmldecl": False, "svgns": False, "nl": False, "omitsize": True}
        code.save(drawn, kind="svg", border=4, dark="#000", light="#fff", **options)
        return drawn.getvalue().decode()

    def generate_authenticator_name(
        self,
        user: Account,
        type: str,  # noqa: A002  # allauth gives it this name
    ) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"{_NAMES.get(type, '登録')} {number}"


class _Guarded:
    """A form that counts wrong codes with wrong passwords, so that neither can be guessed."""

    user: Account
    authenticator: Authenticator

    def clean_code(self) -> str:
        lockout.refuse_if_locked(context.request, self.user)
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form it is mixed into
            if self.authenticator.type == Authenticator.Type.TOTP:
                self._spend(code)
        except ValidationError:
            lockout.count_failure(context.request, self.user)
            noting.failed(context.request, self.user.username, "code")
            raise
        return code

    def _spend(self, code: str) -> None:
        if not second_factor.spend(self.authenticator, code, now=timezone.now()):
            raise HouseFactors().validation_error("incorrect_code")


class CodeForm(_Guarded, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second step of signing in: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "確認コード（6桁）またはリカバリーコード"
        self.fields["code"].widget.attrs.update(_DIGITS)


class CodeAgainForm(_Guarded, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The same, for somebody who is signed in and is asked again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "確認コード（6桁）またはリカバリーコード"
        self.fields["code"].widget.attrs.update(_DIGITS)


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The code by which a new app shows that it has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "アプリに出た6桁のコードを入れます"
        # No autofocus: on a telephone it would jump over the picture that is to be read first.
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A new passkey with a name by which its owner knows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "名前（あとで見分けるため）"
        self.fields["name"].widget.attrs["maxlength"] = 50
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except (ValidationError, *_MALFORMED) as error:
            raise HouseFactors().validation_error("incorrect_passkey") from error
        return cleaned


class _Noted:
    """A form that notes a passkey which was not the right one. Whose it was meant to be is told
    only where the house knows it already."""

    user: Account | None

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form it is mixed into
        except (ValidationError, *_MALFORMED) as error:
            name = self.user.username if self.user is not None else ""
            noting.failed(context.request, name, "passkey")
            raise HouseFactors().validation_error("incorrect_passkey") from error


class PasskeyStepForm(_Noted, AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """The second step of signing in, by a passkey."""


class PasskeyAgainForm(_Noted, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # the same
    """The same, for somebody who is signed in and is asked again."""


class PasskeyAloneForm(_Noted, LoginWebAuthnForm):  # type: ignore[misc]  # the same
    """A passkey as the whole sign-in."""
