"""town/sign_in.toml: what stands in it is meant, and what is wrong in it stops the start."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from meibo.config import environment
from meibo.config.sign_in import apps, for_allauth, providers

RIGHT = {
    "id": "town",
    "label": "庁内アカウント",
    "server_url": "https://idp.example",
    "client_id": "meibo",
    "claim": "sub",
    "match": "username",
}


def written(path: Path, **keys: object) -> Path:
    rows = {**RIGHT, **keys}
    lines = [f"{key} = {_toml(value)}" for key, value in rows.items() if value is not None]
    place = path / "sign_in.toml"
    place.write_text("\n".join(["[[provider]]", *lines]), encoding="utf-8")
    return place


def _toml(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def test_without_the_file_there_is_no_provider(tmp_path: Path) -> None:
    assert providers(tmp_path / "sign_in.toml") == ()
    assert for_allauth(()) == {}


def test_the_example_of_the_town_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEIBO_ENTRA_SECRET", "x")
    (found,) = providers(environment.SOURCE_ROOT / "town" / "sign_in.example.toml")
    assert (found.id, found.kind, found.match) == ("entra", "oidc", "username")


def test_the_secret_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, secret_env="MEIBO_SOME_SECRET")
    with pytest.raises(ImproperlyConfigured, match="MEIBO_SOME_SECRET is not set"):
        providers(path)
    monkeypatch.setenv("MEIBO_SOME_SECRET", "himitsu")
    settings = for_allauth(providers(path))["openid_connect"]
    assert settings["APPS"][0]["secret"] == "himitsu"
    assert settings["OAUTH_PKCE_ENABLED"] is True


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"id": "Town"}, "id must be"),
        ({"id": "again"}, "id must be"),
        ({"kind": "ldap"}, "kind must be"),
        ({"client_id": None}, "client_id missing"),
        ({"claim": None}, "claim missing"),
        ({"match": "mail"}, "match must be"),
        ({"pattern": "[^@]+"}, "exactly one group"),
        ({"pattern": "("}, "pattern"),
        ({"client_secret": "x"}, "unknown client_secret"),
        ({"kind": "saml"}, "unknown client_id, server_url"),
    ],
)
def test_what_is_wrong_is_told_by_name(tmp_path: Path, keys: dict[str, object], told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=told):
        providers(written(tmp_path, **keys))


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sign_in.toml"
    path.write_text("[[provider]", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="can't be read"):
        providers(path)


def test_two_providers_can_t_have_one_id(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("'[[", "'\n[["), encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="same id"):
        providers(path)


def test_saml_needs_metadata_or_a_certificate(tmp_path: Path) -> None:
    saml = {"kind": "saml", "server_url": None, "client_id": None, "entity_id": "urn:idp"}
    with pytest.raises(ImproperlyConfigured, match="metadata_url, or"):
        providers(written(tmp_path, **saml))
    own = {**saml, "sso_url": "https://idp.example/sso", "certificate": "idp.pem"}
    with pytest.raises(ImproperlyConfigured, match="certificate: No such file"):
        providers(written(tmp_path, **own))
    (tmp_path / "idp.pem").write_text("CERTIFICATE", encoding="ascii")
    found = providers(written(tmp_path, **own))
    assert apps(found) == ["allauth.socialaccount.providers.saml"]
    assert found[0].app["settings"]["idp"]["x509cert"] == "CERTIFICATE"
    assert found[0].app["settings"]["advanced"]["want_assertion_signed"] is True
