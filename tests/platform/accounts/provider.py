"""An OpenID provider on loopback: authorization code, PKCE, identity tokens signed by a key that
it publishes. Its rules are Authlib's; only storage and the "sign-in page" are ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from authlib.common.security import generate_token
from authlib.oauth2 import AuthorizationServer, OAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin, OAuth2Payload, grants
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from joserfc.jwk import RSAKey

CLIENT = "meibo"
SECRET = "provider-secret"
SCOPES = ["openid", "profile"]


class Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *arguments: Any) -> None:
        pass


class Client(ClientMixin):  # type: ignore[misc]  # authlib ships no types
    """The one that this provider knows."""

    client_id = CLIENT

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, uri: str) -> bool:
        return uri == "http://testserver/account/provider/town/back/"

    def check_client_secret(self, secret: str) -> bool:
        return secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_post"

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


@dataclass
class Code:
    """An authorization code that waits to be redeemed."""

    code: str
    redirect_uri: str
    scope: str
    user: dict[str, Any]
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> None:
        return None

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class Idp:
    """What a test sets: who is signed in at the provider, by which key it signs, whom it names."""

    url: str = ""
    visitor: dict[str, Any] | None = None
    userinfo: dict[str, Any] | None = None
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    forged: RSAKey | None = None
    audience: str = CLIENT
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)


class Payload(OAuth2Payload):  # type: ignore[misc]  # authlib ships no types
    """The parameters of a request, of its address and of its body."""

    def __init__(self, values: list[tuple[str, str]]) -> None:
        self._values = values

    @property
    def data(self) -> dict[str, str]:
        return dict(self._values)

    @property
    def datalist(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self._values:
            found.setdefault(name, []).append(value)
        return found


class Request(OAuth2Request):  # type: ignore[misc]  # authlib ships no types
    """A WSGI request as Authlib sees one."""

    def __init__(self, environ: dict[str, Any]) -> None:
        address = f"http://{environ['HTTP_HOST']}{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        super().__init__(environ["REQUEST_METHOD"], address, headers={})
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        self._args, self._form = parse_qsl(environ["QUERY_STRING"]), parse_qsl(body)
        self.payload = Payload([*self._args, *self._form])

    @property
    def args(self) -> dict[str, str]:
        return dict(self._args)

    @property
    def form(self) -> dict[str, str]:
        return dict(self._form)


class Server(AuthorizationServer):  # type: ignore[misc]  # authlib ships no types
    """Authlib's server, which keeps its tokens in the Idp."""

    def __init__(self, idp: Idp) -> None:
        super().__init__(SCOPES)
        self.idp = idp
        make = BearerTokenGenerator(lambda *args, **kwargs: generate_token(42))
        self.register_token_generator("default", make)

    def query_client(self, client_id: str) -> Client | None:
        return Client() if client_id == CLIENT else None

    def save_token(self, token: dict[str, Any], request: Request) -> None:
        self.idp.tokens[token["access_token"]] = request.user

    def create_oauth2_request(self, request: Any) -> Any:
        return request if isinstance(request, OAuth2Request) else Request(request)

    def handle_response(self, status: int, body: Any, headers: Any) -> Any:
        return status, body, headers

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        pass


def _grant(idp: Idp) -> type:
    class Grant(grants.AuthorizationCodeGrant):  # type: ignore[misc]  # authlib ships no types
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_post",)

        def save_authorization_code(self, code: str, request: Request) -> None:
            said = request.payload.data
            challenge = said["code_challenge"], said["code_challenge_method"]
            user = request.user
            idp.codes[code] = Code(code, said["redirect_uri"], said["scope"], user, *challenge)

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            return idp.codes.get(code)

        def delete_authorization_code(self, code: Code) -> None:
            del idp.codes[code.code]

        def authenticate_user(self, code: Code) -> dict[str, Any]:
            return code.user

    return Grant


def _openid(idp: Idp) -> Any:
    class Identity(OpenIDCode):  # type: ignore[misc]  # authlib ships no types
        def exists_nonce(self, nonce: str, request: Request) -> bool:
            return False

        def resolve_client_private_key(self, client: Client) -> RSAKey:
            return idp.forged or idp.key

        def get_encode_header(self, client: Client) -> dict[str, str]:
            return {"alg": "RS256", "kid": "1"}

        def get_client_claims(self, client: Client) -> dict[str, Any]:
            return {"iss": idp.url, "aud": idp.audience}

        def generate_user_info(self, user: dict[str, Any], scope: str) -> UserInfo:
            return UserInfo(**user)

    return Identity()


def _application(idp: Idp) -> Callable[..., list[bytes]]:
    server = Server(idp)
    server.register_grant(_grant(idp), [CodeChallenge(required=True), _openid(idp)])

    def authorize(environ: dict[str, Any]) -> Any:
        request = Request(environ)
        idp.asked.append(request.args)
        grant = server.get_consent_grant(request, end_user=idp.visitor)
        return server.create_authorization_response(request, grant_user=idp.visitor, grant=grant)

    def userinfo(environ: dict[str, Any]) -> Any:
        token = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        user = idp.tokens.get(token)
        return (200, idp.userinfo or user, []) if user else (401, {}, [])

    pages: dict[str, Callable[[dict[str, Any]], Any]] = {
        "/.well-known/openid-configuration": lambda environ: (200, _configuration(idp), []),
        "/keys": lambda environ: (200, {"keys": [idp.key.as_dict(private=False)]}, []),
        "/authorize": authorize,
        "/token": server.create_token_response,
        "/userinfo": userinfo,
    }

    def answer(environ: dict[str, Any], start: Any) -> list[bytes]:
        status, body, headers = pages[environ["PATH_INFO"]](environ)
        text = body if isinstance(body, str) else json.dumps(body)
        kept = [(name, value) for name, value in headers if name != "Content-Type"]
        start(f"{status} -", [("Content-Type", "application/json"), *kept])
        return [text.encode()]

    return answer


def _configuration(idp: Idp) -> dict[str, Any]:
    places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
    return {
        "issuer": idp.url,
        "jwks_uri": f"{idp.url}/keys",
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        **{f"{name}_endpoint": f"{idp.url}/{path}" for name, path in places.items()},
    }


@contextmanager
def running() -> Iterator[Idp]:
    """The provider on a free port of this machine, until the block ends."""
    idp = Idp()
    server = make_server("127.0.0.1", 0, _application(idp), WSGIServer, Silent)
    idp.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield idp
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
