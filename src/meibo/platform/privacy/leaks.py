"""A draft of the report of a leak: what one account had before it in a period, from the audit log.

個人情報保護法68条, 施行規則43条・44条: the commission is told promptly (three to five days) and in
full within thirty days, sixty where a wrongful purpose is to be feared; so are those concerned.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import LABELS, Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.router import DATABASE
from meibo.platform.door import TOKYO

#: Acts by which values of people come before somebody's eyes or leave the house.
_OUT = (Act.READ, Act.SEARCH, Act.EXPORT, Act.EMERGENCY, Act.PRIVACY, Act.BACKUP)
MANY = 100
_FIRST, _FULL, _WRONGFUL = 5, 30, 60  # days


@dataclass(frozen=True, slots=True)
class Leak:
    """What the log tells. `acts`: label → how often; `fields`: what the records name."""

    account: str
    since: datetime
    until: datetime
    people: frozenset[str]
    acts: dict[str, int]
    addresses: tuple[str, ...]
    first: datetime | None
    last: datetime | None


def traced(account: str, since: datetime, until: datetime, *, actor: Actor, now: datetime) -> Leak:
    """Gather what an account did in a period, both ends included. Looking is noted itself."""
    note(Entry(Act.PRIVACY, {"what": "leak", "account": account}), actor=actor, now=now)
    rows = AuditRecord.objects.using(DATABASE).filter(
        actor=account, moment__gte=since, moment__lte=until, act__in=[a.value for a in _OUT]
    )
    people: set[str] = set()
    acts: Counter[str] = Counter()
    addresses: set[str] = set()
    moments: list[datetime] = []
    for row in rows.order_by("no").prefetch_related("subjects"):
        people |= {subject.person for subject in row.subjects.all()}
        acts[LABELS[Act(row.act)]] += 1
        addresses |= {row.address} - {""}
        moments.append(row.moment)
    return Leak(
        account=account,
        since=since,
        until=until,
        people=frozenset(people),
        acts=dict(acts),
        addresses=tuple(sorted(addresses)),
        first=min(moments, default=None),
        last=max(moments, default=None),
    )


_FORM = """\
個人データの漏えい等に関する報告（案）
作成: {made}

1 概要
  アカウント「{account}」の操作（{since} から {until} まで）
  最初の操作: {first}　最後の操作: {last}
2 漏えい等が発生し、または発生したおそれがある個人データの項目
  操作の内訳: {acts}
  項目: （監査ログの各記録を確かめて記入）
3 本人の数
  {count}人（{reason}）
4 原因
  接続元: {addresses}
  原因: （記入）
5 二次被害またはそのおそれの有無とその内容
  （記入）
6 本人への対応の実施状況
  （記入）
7 公表の実施状況
  （記入）
8 再発防止のための措置
  （記入）
9 その他
  速報は知った日から3〜5日以内、確報は{full}日以内（不正の目的のおそれがあるときは{wrongful}日以内）
  この案の日に知ったときの期限: 速報 {first_due}　確報 {full_due}
  根拠: 個人情報の保護に関する法律68条、同施行規則43条・44条
"""


def draft(leak: Leak, *, now: datetime) -> str:
    """The report as text, to be completed and signed by people."""
    count = len(leak.people)
    few = f"{MANY}人以下です。要配慮個人情報、財産的被害、不正の目的のおそれがあれば対象です"
    return _FORM.format(
        made=_day(now),
        account=leak.account,
        since=_day(leak.since),
        until=_day(leak.until),
        first=_day(leak.first),
        last=_day(leak.last),
        acts="、".join(f"{label} {times}回" for label, times in leak.acts.items()) or "記録なし",
        count=count,
        reason=f"{MANY}人を超えるため、報告の対象です" if count > MANY else few,
        addresses="、".join(leak.addresses) or "記録なし",
        full=_FULL,
        wrongful=_WRONGFUL,
        first_due=_day(now + timedelta(days=_FIRST)),
        full_due=_day(now + timedelta(days=_FULL)),
    )


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(TOKYO):%Y-%m-%d %H:%M}" if moment else "なし"
