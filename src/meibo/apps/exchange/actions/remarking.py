"""Remarks of an answer: refused lines, strangers, and rows of which the file says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from meibo.apps.exchange.actions.grounding import later_accepted
from meibo.apps.exchange.actions.weighing import WHOLE, Reply
from meibo.apps.exchange.models import Remark
from meibo.domain.findings import Severity
from meibo.platform.feeds.outbound import AnswerRow

_BATCH = 500
REFUSED, STRANGER, REST = "refused", "answer-unknown", "answer-rest"


def remark(reply: Reply, now: datetime) -> None:
    """Put what an answer says in the place of what an earlier one said of the same rows."""
    _forget(reply)
    refused = {row.person: row.kind for row in reply.sent if row.accepted is False}
    later = later_accepted(reply.delivery, refused)
    next_ = {p: _next(kind, later.get(p)) for p, kind in refused.items()}
    found = [made for row in reply.rows if (made := _of_row(reply, row, next_, now)) is not None]
    if reply.rest:
        action = "給与側に、すべての行が届いたかを確かめてください。"
        found.insert(0, _made(reply, None, (Severity.CONFIRM, REST, reply.words, action), now))
    Remark.objects.bulk_create(found, batch_size=_BATCH)


def _forget(reply: Reply) -> None:
    old = reply.delivery.remarks
    if reply.whole is not None or not reply.kept:
        old.filter(code=REFUSED).delete()
    numbers = sorted(reply.named)
    for i in range(0, len(numbers), _BATCH):
        old.filter(code=REFUSED, staff_no__in=numbers[i : i + _BATCH]).delete()
    old.filter(code__in=(WHOLE, STRANGER, REST)).delete()


def _next(kind: str, later: int | None) -> str:
    """Whether a refused row goes out again by itself."""
    if later is not None:
        return (
            f"あとの第{later}号の行が受け取られているので、次の差分には入りません。"
            "給与側に、いまの値を確かめてください。"
        )
    if kind == "same":
        return (
            "前に受け取られた内容と同じなので、変わるまで次の差分には入りません。"
            "給与側に、いまの値を確かめてください。"
        )
    return "次の差分にまた入ります。わけを直してから送ってください。"


def _of_row(reply: Reply, row: AnswerRow, next_: Mapping[str, str], now: datetime) -> Remark | None:
    why = f"（{row.reason}）" if row.reason else ""
    if row.staff_no and row.staff_no not in reply.people:
        said = "受領ファイルにありますが、この送出にはいない職員番号です。"
        told = (Severity.REJECT, STRANGER, said, "給与側に確かめてください。")
    elif row.accepted:
        return None
    elif row.staff_no:
        said = f"給与側が受け取りませんでした{why}。"
        told = (Severity.REJECT, REFUSED, said, next_[reply.people[row.staff_no]])
    else:
        said = f"送出全体を給与側が受け取りませんでした{why}。"
        told = (Severity.REJECT, WHOLE, said, "わけを直して、もう一度送ってください。")
    return _made(reply, row, told, now)


def _made(
    reply: Reply, row: AnswerRow | None, told: tuple[Severity, str, str, str], now: datetime
) -> Remark:
    severity, code, message, action = told
    number = row.staff_no if row else ""
    return Remark(
        delivery=reply.delivery,
        person=reply.people.get(number, ""),
        staff_no=number,
        severity=severity.value,
        code=code,
        message=message,
        action=action,
        made_at=now,
    )
