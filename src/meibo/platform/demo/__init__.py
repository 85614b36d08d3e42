"""The demo ward: 架空の特別区「けやき野区」, invented whole, so that meibo can be tried at once.

Nobody in it exists, nor does the ward. Names are drawn from the package
japanese-personal-name-dataset (MIT); faces are drawings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from meibo.ledger import check
from meibo.ledger.writer import Progress, append
from meibo.platform.accounts.actions import open_account
from meibo.platform.demo import drafts, free
from meibo.platform.demo.composing import compose
from meibo.platform.demo.sign_ins import PASSWORD, SIGN_INS, SignIn

__all__ = ["PASSWORD", "PHOTOS", "SIGN_INS", "DemoError", "SignIn", "generate"]

PHOTOS = "photos"
"""The folder of pictures in the data directory."""
_ACTOR = "demo"


class DemoError(RuntimeError):
    """The demo ward can't be made here; the message says why."""


def generate(
    *, now: datetime, seed: int = 1, people: int = 3400, progress: Progress | None = None
) -> None:
    """Make a demo ward of about so many people, with its sign-ins, in one transaction.

    `now` must know its zone. Raises DemoError where the books know people already, ValueError for
    fewer people than the units need.
    """
    if check.has_people():
        raise DemoError("名簿にはもう職員がいます。見本は空の名簿にだけつくれます。")
    ward = compose(now, seed, people)
    with transaction.atomic():
        free.approve(now)
        append(ward.batch, actor=_ACTOR, now=now, progress=progress)
        for sign_in, person in ward.accounts:
            open_account(
                sign_in.username,
                sign_in.password,
                person,
                sign_in.duties,
                actor=_ACTOR,
                now=now,
                is_demo=True,
            )
        who = {sign_in.username: person for sign_in, person in ward.accounts}
        for name in settings.MEIBO_DEMO_SCENES:
            import_string(name)(who, now=now)
        drafts.lay(now, seed)
        _hang(ward.pictures)


def _hang(pictures: Mapping[str, str]) -> None:
    """Write the pictures, readable by the owner alone like all of the data directory."""
    folder = Path(settings.MEIBO_DATA) / PHOTOS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (folder / name).write_text(picture, encoding="utf-8")
