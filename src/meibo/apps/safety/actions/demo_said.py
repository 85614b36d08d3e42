"""What some of the demo ward's people said besides a tick, and one picture, drawn here."""

from __future__ import annotations

import json
import random
import struct
import zlib

from meibo.apps.safety.actions import picturing
from meibo.apps.safety.models import Answer, Called, Check
from meibo.apps.safety.queries.given import SEALED
from meibo.domain.safety.words import HURT
from meibo.ledger.vault import Vault

_SAID = (
    {
        "family": "safe",
        "home": "part",
        "place": "自宅",
        "words": "訓練：手を切りました。手当てしました。",
    },
    {
        "family": "hurt",
        "home": "lost",
        "place": "区民センター",
        "words": "訓練：家族と避難しています。",
    },
    {"family": "unknown", "home": "whole", "way": "walk", "words": "訓練：家族を迎えに行きます。"},
)
_MOST = 40
_WIDE, _HIGH = 320, 240


def speak(check: Check, rng: random.Random) -> None:
    """Those who were hurt say more; the first of them sends a picture of a wall."""
    hurt = list(
        Answer.objects.select_related("called")
        .filter(called__check_asked=check, status=HURT)
        .order_by("pk")[:_MOST]
    )
    vault = Vault()
    vault.prepare([each.called.person for each in hurt])
    for each in hurt:
        told = rng.choice(_SAID)
        each.called.home = told["home"]
        text = json.dumps(told, ensure_ascii=False)
        each.sealed = vault.seal(each.called.person, SEALED, text)
    Answer.objects.bulk_update(hurt, ["sealed"])
    Called.objects.bulk_update([each.called for each in hurt], ["home"])
    if hurt:
        picturing.keep(hurt[0].called, _wall(rng), now=hurt[0].at)


def _wall(rng: random.Random) -> bytes:
    """A grey wall with a crack, as PNG."""
    crack, rows = _WIDE // 3, []
    for line in range(_HIGH):
        crack = min(max(crack + rng.choice((-1, 0, 1, 2)), 4), _WIDE - 5)
        shade = bytearray(200 - line // 8 for _ in range(_WIDE))
        shade[crack - 2 : crack + 3] = bytes(5)
        rows.append(b"\0" + bytes(shade))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(rows))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
