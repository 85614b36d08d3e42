"""A SAML identity provider by pysaml2. It writes the messages; xmlsec's Python binding signs them,
since pysaml2 itself would want the xmlsec1 program on the machine."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.authn_context import PASSWORDPROTECTEDTRANSPORT
from saml2.config import IdPConfig
from saml2.saml import NAMEID_FORMAT_UNSPECIFIED, NameID
from saml2.server import Server

ENTITY = "https://idp.example/metadata"
SSO = "https://idp.example/sso"
_NS = {"saml": "urn:oasis:names:tc:SAML:2.0:assertion"}


def key_pair() -> tuple[str, str]:
    """A private key and its certificate, in PEM."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.example")])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    written = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return written.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


class Idp:
    """The provider of one test; `metadata` is that of the house."""

    def __init__(self, place: Path, metadata: str, key: str, certificate: str) -> None:
        self.key, self.certificate = key, certificate
        (place / "key.pem").write_text(key, encoding="ascii")
        (place / "cert.pem").write_text(certificate, encoding="ascii")
        settings = {
            "entityid": ENTITY,
            "xmlsec_binary": "/bin/true",  # is never called: nothing is signed in here
            "key_file": str(place / "key.pem"),
            "cert_file": str(place / "cert.pem"),
            "metadata": {"inline": [metadata]},
            "service": {
                "idp": {
                    "endpoints": {"single_sign_on_service": [(SSO, BINDING_HTTP_REDIRECT)]},
                    "policy": {"default": {"lifetime": {"minutes": 5}}},
                    "want_authn_requests_signed": False,
                }
            },
        }
        self.server = Server(config=IdPConfig().load(settings))

    def answer(self, request: str, name: str, **attributes: list[str]) -> dict[str, str]:
        """What the browser is given to send to the house for a request of it."""
        asked = self.server.parse_authn_request(request, BINDING_HTTP_REDIRECT).message
        where = self.server.response_args(asked, [BINDING_HTTP_POST])
        said = self.server.create_authn_response(
            attributes,
            in_response_to=where["in_response_to"],
            destination=where["destination"],
            sp_entity_id=where["sp_entity_id"],
            name_id=NameID(format=NAMEID_FORMAT_UNSPECIFIED, text=name),
            authn={"class_ref": PASSWORDPROTECTEDTRANSPORT, "authn_auth": ENTITY},
            sign_assertion=False,
            sign_response=False,
        )
        return {"SAMLResponse": base64.b64encode(self._signed(str(said))).decode()}

    def _signed(self, response: str) -> bytes:
        """The response with its assertion signed, if there is a key to sign with."""
        tree: Any = etree.fromstring(response.encode())
        if self.key:
            assertion = tree.find("saml:Assertion", _NS)
            signed = OneLogin_Saml2_Utils.add_sign(
                etree.tostring(assertion), self.key, self.certificate
            )
            tree.replace(assertion, etree.fromstring(signed))
        return bytes(etree.tostring(tree))
