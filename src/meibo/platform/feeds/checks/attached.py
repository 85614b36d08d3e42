"""Files that hang on the master: a known person, periods, places."""

from __future__ import annotations

from meibo.platform.feeds.definition.kinds import Role
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import House

_FASTEST, _SLOWEST, _ROUNDING = 8, 30, 10
"""Minutes for a kilometre, and what rounding may add."""


def check_known(draft: Draft, house: House) -> None:
    """The person must be in a master or enter by an order."""
    number = draft.text("staff_no")
    if not number or not house.has_master or draft.refused or number in house.numbers:
        return
    lost = number in house.lost
    draft.refuse("staff_no", "staff-not-taken" if lost else "staff-unknown")


def check_attached(draft: Draft, house: House) -> None:
    """What the role of the file asks for."""
    match draft.source.spec.role:
        case Role.LICENCES:
            _check_licence(draft)
        case Role.MUSTER:
            _check_walk(draft)
            _check_coordinates(draft, house)


def _check_licence(draft: Draft) -> None:
    acquired, expires = draft.day("acquired"), draft.day("expires")
    if acquired and expires and expires < acquired:
        header = draft.source.header_of
        words = {"start_header": header("acquired"), "end_header": header("expires")}
        draft.drop("expires", "period-reversed", lost=header("expires"), **words)


def _check_walk(draft: Draft) -> None:
    if draft.values.get("walk_minutes") == 0:
        km = draft.number_of("walk_km")
        draft.drop("walk_minutes", "walk-zero", km="不明" if km is None else f"{km:g}")
    elif draft.values.get("walk_km") == 0:
        draft.drop("walk_km", "walk-nowhere")
    else:
        _check_pace(draft)


def _check_pace(draft: Draft) -> None:
    """Nobody walks faster than 7.5 km/h; rounding up tells on short ways only."""
    minutes, km = draft.number_of("walk_minutes"), draft.number_of("walk_km")
    if minutes and km and not km * _FASTEST <= minutes <= km * _SLOWEST + _ROUNDING:
        draft.note("walk_minutes", "walk-odd", minutes=f"{minutes:g}", km=f"{km:g}")


def check_places(drafts: list[Draft], house: House) -> None:
    """Places of a muster that are none of the buildings, where nearly all the others are."""
    rows = [(d, place) for d in drafts if not d.refused and (place := d.text("place"))]
    known = {row.name for row in house.tables.get("building", {}).values()}
    strange = [d for d, place in rows if place not in known]
    if 10 * len(strange) <= len(rows):
        for draft in strange:
            draft.note("place", "place-unknown")


def _check_coordinates(draft: Draft, house: House) -> None:
    lat, lon = draft.number_of("lat"), draft.number_of("lon")
    if lat is None or lon is None:
        return
    lat_from, lat_to, lon_from, lon_to = house.definition.area
    if lat_from <= lat <= lat_to and lon_from <= lon <= lon_to:
        return
    if lat_from <= lon <= lat_to and lon_from <= lat <= lon_to:
        draft.values |= {"lat": lon, "lon": lat}
        for name in ("lat", "lon"):
            draft.note(name, "coordinates-swapped")
        return
    for name in ("lat", "lon"):
        draft.drop(name, "coordinates-abroad")
