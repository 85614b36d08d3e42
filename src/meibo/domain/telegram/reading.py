"""From bytes to a Telegram."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta, timezone
from typing import Any

from meibo.domain.telegram import names, quakes, tsunamis, warnings
from meibo.domain.telegram.kinds import Family, Kind, kind_of
from meibo.domain.telegram.model import InfoType, Status, Telegram
from meibo.domain.telegram.names import under
from meibo.domain.telegram.tree import Node, UnreadableError, parse

TOKYO = timezone(timedelta(hours=9), "JST")
_LONGEST_EVENT = 64
_CONTROL = under(names.ROOT, "Control")
_HEAD = under(names.HEAD, "Head")


def read(data: bytes) -> Telegram:
    """What a telegram says. Raises UnreadableError for what can't be trusted to be one: hostile or
    broken XML, another document, a control part without a status, an intensity that is none."""
    root = parse(data)
    if root.name != f"{names.ROOT}}}Report":
        raise UnreadableError("気象庁防災情報XML ではありません（Report で始まっていません）。")
    control, head = root.first(*_CONTROL), root.first(*_HEAD)
    if control is None or head is None:
        raise UnreadableError("電文の管理部（Control）か見出し部（Head）がありません。")
    title = control.said(*under(names.ROOT, "Title"))
    if not title:
        raise UnreadableError("電文の管理部に情報名称（Title）がありません。")
    kind = kind_of(title)
    reported = _moment(head.said(*under(names.HEAD, "ReportDateTime")), "ReportDateTime")
    issued = control.said(*under(names.ROOT, "DateTime"))
    return Telegram(
        kind=kind,
        title=title,
        status=_status(control.said(*under(names.ROOT, "Status"))),
        info=_info(head.said(*under(names.HEAD, "InfoType"))),
        events=_events(head.said(*under(names.HEAD, "EventID"))),
        serial=_serial(head.said(*under(names.HEAD, "Serial"))),
        reported=reported,
        issued=_moment(issued, "DateTime") if issued else reported,
        headline=head.said(*under(names.HEAD, "Headline/Text")),
        head_title=head.said(*under(names.HEAD, "Title")),
        digest=hashlib.sha256(data).hexdigest(),
        **_content(kind, root, head),
    )


def _content(kind: Kind, root: Node, head: Node) -> dict[str, Any]:
    """What the body says, by the schema it is written in."""
    match kind.family:
        case Family.INTENSITY | Family.SOURCE | Family.FORECAST:
            return quakes.content(root, head)
        case Family.TSUNAMI:
            return tsunamis.content(root)
        case Family.WARNING:
            return warnings.content(root, head)
        case _:
            return {}


def _status(written: str) -> Status:
    try:
        return Status(written)
    except ValueError:
        raise UnreadableError(
            f"運用の種別「{written[:20]}」が 通常・訓練・試験 のどれでもありません。"
        ) from None


def _info(written: str) -> InfoType:
    try:
        return InfoType(written)
    except ValueError:
        raise UnreadableError(
            f"情報の形態「{written[:20]}」が 発表・訂正・取消・遅延 のどれでもありません。"
        ) from None


def _events(written: str) -> tuple[str, ...]:
    """Numbers of quakes, divided by blanks where there are several."""
    return tuple(dict.fromkeys(part[:_LONGEST_EVENT] for part in written.split()))


def _serial(written: str) -> int:
    """情報番号; 0 where there is none."""
    text = unicodedata.normalize("NFKC", written)
    return int(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) else 0


def _moment(written: str, what: str) -> datetime:
    """A point in time; without an offset it is Japan's, as the specification has it."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise UnreadableError(f"{what}「{written[:40]}」を日時として読めません。") from None
    return found if found.tzinfo else found.replace(tzinfo=TOKYO)
