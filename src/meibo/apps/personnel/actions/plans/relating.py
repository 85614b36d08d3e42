"""夫婦・親族: filed for the checks of plans, for personnel alone."""

from __future__ import annotations

from datetime import date, datetime

from meibo.ledger import kin
from meibo.ledger.kin import Pair
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


class KinError(ValueError):
    """It can't be filed; the message says why."""


def put(pair: Pair, on: date, *, actor: Actor, now: datetime) -> None:
    """File that two people are kin from a day on; an empty relation ends it."""
    if pair.first == pair.second:
        raise KinError("同じ人どうしです。二人の職員番号を書いてください。")
    people = (pair.first, pair.second)
    same = (each for each in kin.pairs(on) if {each.first, each.second} == set(people))
    if pair.relation and (known := next(same, None)):
        raise KinError(
            f"この二人は、もう「{known.relation}」として登録されています。"
            "続柄を変えるなら、終わりにしてから登録し直してください。"
        )
    what = "kin" if pair.relation else "kin ended"
    note(Entry(Act.FILING, {"what": what}, people), actor=actor, now=now)
    kin.put(pair, on, actor=actor.name, now=now)
