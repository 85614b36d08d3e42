"""Everybody who looks, and how each stands to everybody else today, written down by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.test import Client

from meibo.platform.accounts.actions import open_account
from meibo.platform.accounts.models import Account
from tests.house.canary.policy import Watcher
from tests.house.canary.ward import Ward
from tests.house.canary.world import NOW

PASSWORD = "hashi-no-tamoto-9"
#: Who has any post today in a unit or below it.
A1a = ("chief", "clerk", "both", "away", "maiden", "mover")
A1 = ("head", "mate", "sent", "renamed", "term", *A1a)
A2 = ("both", "unused", "hidden", "officer")
A = ("director", *A1, *A2)
B1 = ("stranger", "chief")


@dataclass(frozen=True)
class Post:
    """Somebody at a browser: key of the person (or nobody's account), duties, and whom the ties
    reach. Who is `gone` has left the service, and so is nobody."""

    name: str
    duties: tuple[str, ...] = ()
    over: Mapping[str, tuple[str, ...]] | None = None
    gone: bool = False

    @property
    def has_person(self) -> bool:
        return self.over is not None or self.gone


POSTS = (
    Post("stranger", over={"unit": B1}),
    Post("mate", over={"unit": A1}),
    Post("clerk", over={"unit": A1, "clerk": A1}),
    Post("head", over={"unit": A1, "head": A1}),
    # Acts as head of B1 until the end of the month, besides leading A1a.
    Post("chief", over={"unit": (*A1, *B1), "head": (*A1a, *B1)}),
    Post("director", over={"unit": A, "head": A}),
    Post("both", over={"unit": (*A1, *A2)}),
    Post("officer", ("hr",), {"unit": A2}),
    Post("payroll", ("payroll",)),
    Post("crisis", ("crisis",)),
    Post("it", ("it",)),
    Post("audit", ("audit",)),
    Post("left", ("hr",), gone=True),
)
#: On the command line a tie is held towards everybody, and is all that one is.
TIES = ("public", "staff", "unit", "clerk", "head", "hr", "payroll", "crisis", "audit", "it")


def watchers(ward: Ward) -> dict[str, Watcher]:
    """By name: everybody at a browser."""
    return {post.name: _watcher(ward, post) for post in POSTS}


def _watcher(ward: Ward, post: Post) -> Watcher:
    if post.gone:
        return Watcher(post.name)
    if post.over is None:
        return Watcher(post.name, frozenset(post.duties))
    over = {tie: frozenset(map(ward.person, keys)) for tie, keys in post.over.items()}
    ties = frozenset({"staff", *post.duties})
    return Watcher(post.name, ties, over, ward.person(post.name))


def of_tie(tie: str) -> Watcher:
    return Watcher(f"tie:{tie}", frozenset({tie}))


def open_accounts(ward: Ward) -> None:
    """An account for everybody, as the house opens them. Who is gone had theirs before."""
    for post in POSTS:
        person = ward.person(post.name) if post.has_person else None
        duties = () if post.gone else post.duties
        open_account(post.name, PASSWORD, person, duties, actor="test", now=NOW)


def sign_in(name: str, purpose: str = "transfer") -> Client:
    """A browser in which somebody has signed in, through the page that all use, and has said what
    for, unless `purpose` is empty; who is gone signed in while in service, and the browser was left
    open."""
    client = Client()
    if next(post for post in POSTS if post.name == name).gone:
        client.force_login(Account.objects.get(username=name))
        return client
    answer = client.post("/account/login/", {"login": name, "password": PASSWORD})
    if answer.status_code != 302 or "_auth_user_id" not in client.session:
        raise AssertionError(f"{name} could not sign in")
    if purpose and client.post("/purpose/", {"purpose": purpose}).status_code != 302:
        raise AssertionError(f"{name} could not say what for")
    return client
