"""Who one is: the part of allauth that this house uses, and the house's own pages beside it.

The names are allauth's own, since its views and templates reverse them.
"""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from meibo.platform.accounts.views import factors, providers, sessions

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/", sessions.no_password, name="account_set_password"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    # Closed by the adapter; it stands here because the sign-in view reverses its name.
    path("signup/", views.signup, name="account_signup"),
    path("sessions/", sessions.sessions, name="account_sessions"),
    # ── the second factor ────────────────────────────────────────────────────────────────────────
    path("factor/", mfa.index, name="mfa_index"),
    path("factor/first/", factors.first_factor, name="account_first_factor"),
    path("factor/code/", mfa.authenticate, name="mfa_authenticate"),
    path("factor/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("factor/app/", factors.activate_totp, name="mfa_activate_totp"),
    path("factor/app/remove/", factors.deactivate_totp, name="mfa_deactivate_totp"),
    path("factor/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "factor/recovery/new/",
        factors.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("factor/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("factor/passkeys/add/", factors.add_passkey, name="mfa_add_webauthn"),
    path("factor/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("factor/passkeys/<int:pk>/remove/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("passkey/", factors.login_by_passkey, name="mfa_login_webauthn"),
    path("passkey/again/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # ── the municipality's own sign-in ───────────────────────────────────────────────────────────
    path("provider/again/", providers.by_provider, name="account_by_provider"),
    path("provider/<str:provider_id>/", providers.login, name="openid_connect_login"),
    path("provider/<str:provider_id>/back/", providers.callback, name="openid_connect_callback"),
]
