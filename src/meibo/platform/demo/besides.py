"""Posts held besides the main one: 兼務, 併任, 事務取扱."""

from __future__ import annotations

from datetime import date

from meibo.domain.book import Effect, SeatKind
from meibo.platform.demo.codes import POST
from meibo.platform.demo.people import PERMANENT, STAFF, Chair, Further, Staff
from meibo.platform.demo.ward import Ward

# Units that people of other units help in, with a share of all posts held besides.
_PROJECTS = ("DX推進係", "企画係", "防災計画係", "公民連携係", "区民の声係", "ゼロカーボン推進係")
_CONCURRENT = 0.018  # of those on permanent terms
_MOST = 3
# 併任 under another appointing authority: unit, from which sections, how many, the post there.
_CROSS = (
    ("170001", ("0501", "0502", "0601"), 18, "書記"),
    ("180001", ("0102", "1401"), 2, "書記"),
    ("150302", ("0206",), 4, ""),
)
_WORDING = {
    SeatKind.CONCURRENT: "兼務",
    SeatKind.CROSS: "併任",
    SeatKind.ACTING: "事務取扱",
}


def settle(ward: Ward, day: date) -> None:
    """Bring the posts held besides up to date on 1 April."""
    cover(ward, day)
    _projects(ward, day)
    _authorities(ward, day)


def follow(ward: Ward, day: date, era: int) -> None:
    """Posts held besides go with their units through a reorganisation, or end."""
    for staff in list(ward.present()):
        for further in list(staff.further):
            heir = ward.house.heir(further.unit, era)
            if heir:
                further.unit = heir
            elif not ward.house.specs[further.unit].alive(era):
                ward.relieve(staff, day, [further])


def cover(ward: Ward, day: date) -> None:
    """End acting where the post is filled; let somebody act where a unit has no head."""
    acted = set()
    for staff in list(ward.present()):
        for further in [f for f in staff.further if f.kind is SeatKind.ACTING]:
            chair = further.chair
            if chair is None or chair.holder is not None or chair not in ward.house.chairs:
                ward.relieve(staff, day, [further])
            else:
                acted.add(chair)
    heads = ward.heads()
    for chair in ward.house.chairs:
        if chair.head and chair.holder is None and chair not in acted:
            actor = _actor(ward, chair, heads)
            if actor is not None:
                _add(ward, actor, day, Further(chair.unit, chair.post, SeatKind.ACTING, chair))


def _actor(ward: Ward, chair: Chair, heads: dict[str, Staff]) -> Staff | None:
    """The head above; for a division that of the one before."""
    spec = ward.house.specs[chair.unit]
    while spec.parent:
        if spec.parent in heads:
            return heads[spec.parent]
        spec = ward.house.specs[spec.parent]
    divisions = [s for u, s in heads.items() if u.endswith("0000") and s.job != "医師"]
    return divisions[int(chair.unit[:2]) % len(divisions)] if divisions else None


def _projects(ward: Ward, day: date) -> None:
    """兼務 in units that cut across the house."""
    regular = list(ward.regular())
    have = sum(any(f.kind is SeatKind.CONCURRENT for f in s.further) for s in regular)
    units = [
        u for u in ward.house.specs.values() if u.name in _PROJECTS and u.alive(ward.house.era)
    ]
    able = [s for s in _free(ward) if s.chair and s.chair.level in {STAFF, 3}]
    able = [s for s in able if s.job in {"事務", "福祉", "土木", "建築", "保健師"}]
    ward.rng.shuffle(able)
    missing = max(round(len(regular) * _CONCURRENT) - have, 0)
    for number, staff in enumerate(able[:missing]):
        wanted = _MOST if number % 17 == 0 else 1
        free = [u.code for u in units if ward.section(u.code) != ward.section(staff.unit)]
        post = POST["主査"] if staff.grade >= 3 else staff.post
        for unit in ward.rng.sample(free, min(wanted, len(free))):
            _add(ward, staff, day, Further(unit, post, SeatKind.CONCURRENT))


def _authorities(ward: Ward, day: date) -> None:
    """併任 for another appointing authority: elections, audit, board of education."""
    for unit, sections, wanted, post in _CROSS:
        regular = _free(ward)
        have = sum(f.unit == unit for s in ward.regular() for f in s.further)
        able = [s for s in regular if ward.section(s.unit) in sections and s.grade < 5]
        ward.rng.shuffle(able)
        for staff in able[: max(wanted - have, 0)]:
            held = POST[post] if post else staff.post
            if ward.house.specs[unit].alive(ward.house.era):
                _add(ward, staff, day, Further(unit, held, SeatKind.CROSS))


def _free(ward: Ward) -> list[Staff]:
    """Those at work on permanent terms who hold nothing besides."""
    regular = (s for s in ward.regular() if s.term == PERMANENT and s.chair is not None)
    return [s for s in regular if s.away is None and not s.further]


def _add(ward: Ward, staff: Staff, day: date, further: Further) -> None:
    if any((f.unit, f.post) == (further.unit, further.post) for f in staff.further):
        return
    staff.further.append(further)
    ward.scribe.order(
        staff,
        Effect.ADD,
        day,
        _WORDING[further.kind],
        post=further.post,
        kind=further.kind,
        **ward.place(further.unit),
    )
