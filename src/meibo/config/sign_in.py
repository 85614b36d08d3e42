"""The municipality's own sign-in: town/sign_in.toml, read once at the start.

Without the file there is none. What is wrong in it stops the start: a provider that is set up half
is a door that nobody watches. town/sign_in.example.toml tells every key.
"""

from __future__ import annotations

import importlib.util
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from meibo.platform.accounts.identity import Provider

KINDS = ("oidc", "saml")
#: To what a provider's claim is compared: the staff number of a person, or the sign-in name.
MATCHES = ("staff_number", "username")
_ID = re.compile(r"[a-z][a-z0-9-]{0,30}")
_NEEDED = {
    "oidc": ("server_url", "client_id"),
    "saml": ("entity_id",),
}
_SHARED = frozenset({"id", "kind", "label", "claim", "match", "pattern"})
_FACTOR = frozenset({"second_factor_claim", "second_factor_values"})
_OWN = {
    "oidc": frozenset({"server_url", "client_id", "secret_env", "token_auth_method", "scope"}),
    "saml": frozenset({"entity_id", "metadata_url", "sso_url", "certificate"}),
}


def providers(path: Path) -> tuple[Provider, ...]:
    """The providers of the file, in its order; none where there is no file."""
    if not path.exists():
        return ()
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path.name} can't be read: {error}") from error
    found = tuple(_provider(row, path) for row in written.get("provider", []))
    if len({each.id for each in found}) != len(found):
        raise ImproperlyConfigured(f"{path.name}: two providers have the same id")
    return found


def for_allauth(found: Iterable[Provider]) -> dict[str, Any]:
    """The same as allauth's SOCIALACCOUNT_PROVIDERS wants it."""
    names = {"oidc": "openid_connect", "saml": "saml"}
    by_kind: dict[str, Any] = {}
    for each in found:
        apps = by_kind.setdefault(names[each.kind], {"APPS": []})
        apps["APPS"].append(dict(each.app))
    if "openid_connect" in by_kind:
        by_kind["openid_connect"]["OAUTH_PKCE_ENABLED"] = True
    return by_kind


def apps(found: Iterable[Provider]) -> list[str]:
    """What allauth needs besides, for Django's INSTALLED_APPS: SAML's libraries are an extra."""
    if not any(each.kind == "saml" for each in found):
        return []
    if importlib.util.find_spec("onelogin") is None:
        raise ImproperlyConfigured("sign_in.toml has a SAML provider: install meibo[saml]")
    return ["allauth.socialaccount.providers.saml"]


def _provider(row: Mapping[str, Any], path: Path) -> Provider:
    name = str(row.get("id", ""))
    kind = str(row.get("kind", "oidc"))
    where = f"{path.name}, provider {name!r}"
    if not _ID.fullmatch(name) or name == "again":
        raise ImproperlyConfigured(f"{where}: id must be small letters, digits and hyphens")
    if kind not in KINDS:
        raise ImproperlyConfigured(f"{where}: kind must be one of {', '.join(KINDS)}")
    unknown = sorted(set(row) - _SHARED - _FACTOR - _OWN[kind])
    if unknown:
        raise ImproperlyConfigured(f"{where}: unknown {', '.join(unknown)}")
    missing = [key for key in (*_NEEDED[kind], "label", "claim", "match") if not row.get(key)]
    if missing:
        raise ImproperlyConfigured(f"{where}: {', '.join(missing)} missing")
    if row["match"] not in MATCHES:
        raise ImproperlyConfigured(f"{where}: match must be one of {', '.join(MATCHES)}")
    values = frozenset(map(str, row.get("second_factor_values", ())))
    return Provider(
        id=name,
        kind=kind,
        label=str(row["label"]),
        claim=str(row["claim"]),
        match=str(row["match"]),
        pattern=_pattern(str(row.get("pattern", "")), where),
        second_factor=(str(row.get("second_factor_claim", "")), values),
        app=_oidc(row, where) if kind == "oidc" else _saml(row, where, path.parent),
    )


def _pattern(pattern: str, where: str) -> str:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise ImproperlyConfigured(f"{where}: pattern: {error}") from error
    if pattern and groups != 1:
        raise ImproperlyConfigured(f"{where}: pattern must have exactly one group")
    return pattern


def _oidc(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    variable = str(row.get("secret_env", ""))
    secret = os.environ.get(variable, "") if variable else ""
    if variable and not secret:
        raise ImproperlyConfigured(f"{where}: the environment variable {variable} is not set")
    settings: dict[str, Any] = {
        "server_url": row["server_url"],
        "scope": row.get("scope", ["openid", "profile"]),
        "oauth_pkce_enabled": True,
    }
    if "token_auth_method" in row:
        settings["token_auth_method"] = row["token_auth_method"]
    return {
        "provider_id": row["id"],
        "name": row["label"],
        "client_id": row["client_id"],
        "secret": secret,
        "settings": settings,
    }


def _saml(row: Mapping[str, Any], where: str, town: Path) -> dict[str, Any]:
    """Either the address of the provider's metadata, or its sign-in address and certificate."""
    idp = {"entity_id": row["entity_id"]}
    if "metadata_url" in row:
        idp["metadata_url"] = row["metadata_url"]
    elif "sso_url" in row and "certificate" in row:
        idp["sso_url"] = row["sso_url"]
        try:
            idp["x509cert"] = (town / row["certificate"]).read_text(encoding="ascii")
        except OSError as error:
            raise ImproperlyConfigured(f"{where}: certificate: {error.strerror}") from error
    else:
        raise ImproperlyConfigured(f"{where}: metadata_url, or sso_url and certificate missing")
    return {
        "provider_id": row["id"],
        "name": row["label"],
        "client_id": row["id"],
        "settings": {
            "idp": idp,
            "attribute_mapping": {"uid": []},  # the house matches by the claim, not by allauth's
            # Hosts inside often have one label only. Who did not come from here is not let in.
            "advanced": {
                "want_assertion_signed": True,
                "reject_idp_initiated_sso": True,
                "allow_single_label_domains": True,
            },
        },
    }
