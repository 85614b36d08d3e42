"""A field that the demo ward added to its roster: which languages somebody interprets."""

from __future__ import annotations

import json
import random
from datetime import datetime

from meibo.domain.disclosure import Row, Table
from meibo.domain.disclosure_editing import written
from meibo.domain.free_fields import Type, kind_text
from meibo.ledger import policy
from meibo.ledger.writer import NewFiling
from meibo.platform.demo.scribe import TOKYO
from meibo.platform.demo.ward import Ward

LANGUAGE = "free:language"
LANGUAGES = ("英語", "中国語", "韓国語", "ネパール語", "ベトナム語", "日本手話")
_SHARE = 0.04
_SEEN = ("staff", "unit", "clerk", "head", "self", "hr", "payroll")


def filed(ward: Ward) -> list[NewFiling]:
    """Who interprets what; drawn apart from all else, so that nothing else becomes another."""
    rng = random.Random(len(ward.staff))  # nosec B311  # a made-up ward, not a secret
    found = []
    for staff in ward.present():
        if rng.random() < _SHARE or staff in ward.settled:
            held = rng.sample(LANGUAGES, rng.choice((1, 1, 1, 2)))
            told = json.dumps([each for each in LANGUAGES if each in held], ensure_ascii=False)
            since = max(staff.hired, ward.today.replace(month=1, day=1))
            known = datetime.combine(since, datetime.min.time(), TOKYO)
            found.append(NewFiling(staff.id, LANGUAGE, told, since, min(known, ward.now)))
    return found


def approve(now: datetime) -> None:
    """The version of 公開基準 by which the field came."""
    today = now.astimezone(TOKYO).date()
    table = policy.table(today)
    kind = kind_text(Type.SEVERAL, LANGUAGES, ["self"])
    row = Row(LANGUAGE, "通訳できる言語", dict.fromkeys(_SEEN, "v"), kind)
    text = written(Table((*table.rows, row), table.past, table.future))
    note = "自由項目「通訳できる言語」を足す（見本）"
    approval = policy.Approval(text, today, note, "jinji", now, "kansa")
    policy.approve(approval, now=now, today=today)
