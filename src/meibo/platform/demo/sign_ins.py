"""Whom one can be in the demo ward."""

from __future__ import annotations

import json
from dataclasses import dataclass

from meibo.ledger.writer import UNIT
from meibo.platform.demo import allotments
from meibo.platform.demo.codes import POST
from meibo.platform.demo.fiscal import age_in
from meibo.platform.demo.people import PERMANENT, STAFF, Chair, Staff
from meibo.platform.demo.ward import Ward

PASSWORD = "meibo-demo-2026"  # nosec B105  # everybody may know it
_SETTLES = 59  # who is younger neither retires nor steps down in the coming April
_KEPT = "050100"  # the section whose 庶務担当 signs in


@dataclass(frozen=True, slots=True)
class SignIn:
    """A name to sign in with. `unit`: where to look for the person, by the unit's name; `leads`:
    its leader, not one of its members."""

    username: str
    who: str
    sees: str
    unit: str = ""
    duties: tuple[str, ...] = ()
    leads: bool = False
    password: str = PASSWORD


SIGN_INS = (
    SignIn("ippan", "一般職員（戸籍住民課）", "庁内に公開の項目", "住民記録係"),
    SignIn("shomu", "庶務担当（戸籍住民課）", "課の電話・席・事務分担の手入れ"),
    SignIn("kakari", "係長（保育課 入園係）", "係の職員の職員番号、任期など", "入園係", leads=True),
    SignIn("kacho", "課長（事務取扱・兼務あり）", "課の職員すべて"),
    SignIn("kenmu", "兼務のある職員", "本務と兼務の両方の課"),
    SignIn("jinji", "人事担当", "記録のすべて、将来の発令", "人事係", ("hr", "conduct")),
    SignIn(
        *("jinjicho", "人事の係長", "同じ。名寄せや非公開を、もう一人として承認する", "人事係"),
        duties=("hr", "conduct"),
        leads=True,
    ),
    SignIn("kyuyo", "給与担当", "記録のすべて（備考を除く）", "給与係", ("payroll",)),
    SignIn("kiki", "危機管理担当", "災害のあいだだけ連絡先", "危機管理係", ("crisis",)),
    SignIn(
        *("kikicho", "危機管理の係長", "同じ。kiki の案を承認する", "危機管理係"),
        duties=("crisis",),
        leads=True,
    ),
    SignIn("joho", "情報システム担当", "職員の中身を見ずに運用", "情報基盤係", ("it",)),
    SignIn("kansa", "監査", "庁内に公開の項目と職種", "監査第一係", ("audit",)),
)


def choose(ward: Ward) -> dict[str, Staff]:
    """Who of the ward, as it is now, signs in under which name. They stay where they are."""
    found = {s.username: _member(ward, s) for s in SIGN_INS if s.unit}
    found["shomu"] = _clerk(ward)
    found["kacho"] = _manager(ward)
    found["kenmu"] = _shared(ward)
    ward.settled |= set(found.values())
    return found


def _clerk(ward: Ward) -> Staff:
    """Today's 庶務担当 of the section that is kept for the demo."""
    own = [f for f in allotments.clerks(ward) if f.subject == UNIT + _KEPT]
    latest = max((f for f in own if f.effective <= ward.today), key=lambda f: f.effective)
    people: list[str] = json.loads(latest.value or "[]")
    return next(s for s in ward.present() if s.id == people[0])


def _chairs(ward: Ward) -> list[Chair]:
    return [c for c in ward.house.chairs if c.holder is not None and c.holder.away is None]


def _member(ward: Ward, sign_in: SignIn) -> Staff:
    """The leader of the unit for who signs in as one, else who has been in most places."""
    units = {u.code for u in ward.house.specs.values() if u.name == sign_in.unit}
    found = [
        _holder(c)
        for c in _chairs(ward)
        if c.unit in units
        and (c.head if sign_in.leads else (c.level == STAFF and not c.yearly))
        and _holder(c).term == PERMANENT
    ]
    if not found:  # the chair is vacant, or the ward is small: anybody of the level
        level = 3 if sign_in.leads else STAFF
        found = [_holder(c) for c in _chairs(ward) if c.level == level and not c.yearly]
    young = [s for s in found if age_in(s.born, ward.coming) < _SETTLES] or found
    return min(young, key=lambda s: (-len(s.stays), s.number))


def _manager(ward: Ward) -> Staff:
    """The section head with something besides, and of those with the largest section."""
    size: dict[str, int] = {}
    for chair in _chairs(ward):
        size[ward.section(chair.unit)] = size.get(ward.section(chair.unit), 0) + 1
    heads = [c for c in _chairs(ward) if c.post == POST["課長"]]
    heads = [c for c in heads if age_in(_holder(c).born, ward.coming) < _SETTLES] or heads
    best = max(heads, key=lambda c: (_besides(c), size[ward.section(c.unit)], c.unit))
    return _holder(best)


def _besides(chair: Chair) -> int:
    return int(bool(_holder(chair).further))


def _shared(ward: Ward) -> Staff:
    """The one with most posts."""
    members = [c for c in _chairs(ward) if c.level in {STAFF, 3} and not c.yearly]
    best = max(members, key=lambda c: (len(_holder(c).further), c.unit))
    return _holder(best)


def _holder(chair: Chair) -> Staff:
    if chair.holder is None:
        raise ValueError("nobody sits here")
    return chair.holder
