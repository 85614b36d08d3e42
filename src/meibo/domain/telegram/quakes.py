"""What telegrams say of quakes: 震度速報, 震源・震度に関する情報, 緊急地震速報 and their like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from meibo.domain.telegram.model import Hypocentre, Shaking
from meibo.domain.telegram.names import HEAD, QUAKE, under
from meibo.domain.telegram.scale import Intensity, intensity, is_missing, long_period
from meibo.domain.telegram.tree import Node

_EARTHQUAKE = under(QUAKE, "Body/Earthquake")
_OBSERVED = under(QUAKE, "Body/Intensity/Observation")
_FORECAST = under(QUAKE, "Body/Intensity/Forecast")
_MAGNITUDE = "http://xml.kishou.go.jp/jmaxml1/elementBasis1/}Magnitude"
_AREA_CODES = "地震情報／細分区域"
_CITY_CODES = "気象・地震・火山情報／市町村等"


def content(root: Node, head: Node) -> dict[str, Any]:
    """The fields of a Telegram that come from such a body. Where there is no table of intensities
    at all, what the head part lists counts."""
    observed, forecast = root.first(*_OBSERVED), root.first(*_FORECAST)
    shaken: tuple[Shaking, ...] = ()
    strongest: Intensity | None = None
    if observed is not None:
        strongest = intensity(_said(observed, "MaxInt"))
        shaken = tuple(_observed(a) for a in observed.all(*under(QUAKE, "Pref/Area")))
    elif forecast is not None:
        strongest = _expected(forecast)
        shaken = tuple(_forecast(a) for a in forecast.all(*under(QUAKE, "Pref/Area")))
    else:
        shaken = tuple(_listed(head))
    sources = tuple(_hypocentre(e) for e in root.all(*_EARTHQUAKE))
    return {"hypocentres": sources, "strongest": strongest, "shaken": shaken}


def _said(node: Node, path: str) -> str:
    return node.said(*under(QUAKE, path))


def _hypocentre(quake: Node) -> Hypocentre:
    area = quake.first(*under(QUAKE, "Hypocenter/Area"))
    magnitude = quake.first(_MAGNITUDE)
    try:
        origin = datetime.fromisoformat(_said(quake, "OriginTime"))
    except ValueError:
        origin = None
    return Hypocentre(
        _said(area, "Code") if area else "",
        _said(area, "Name") if area else "",
        magnitude.attributes.get("description", magnitude.text) if magnitude else "",
        origin,
    )


def _observed(area: Node) -> Shaking:
    cities = tuple(_city(c) for c in area.all(*under(QUAKE, "City")))
    return _place(area, cities)


def _city(city: Node) -> Shaking:
    """A city's intensity is the strongest of what is written for it and for its stations: a station
    that can't be heard makes it 5弱 at least."""
    stations = [_said(s, "Int") for s in city.all(*under(QUAKE, "IntensityStation"))]
    missing = any(is_missing(text) for text in [*stations, _said(city, "Condition")])
    found = _strongest([intensity(_said(city, "MaxInt")), *map(intensity, stations)])
    if missing:
        found = _strongest([found, Intensity.FIVE_LOWER])
    return Shaking(_said(city, "Code"), _said(city, "Name"), found, missing)


def _place(area: Node, cities: tuple[Shaking, ...]) -> Shaking:
    missing = is_missing(_said(area, "Condition")) or any(c.missing for c in cities)
    own = intensity(_said(area, "MaxInt"))
    found = _strongest([own, *(c.intensity for c in cities)])
    if missing:
        found = _strongest([found, Intensity.FIVE_LOWER])
    long = long_period(_said(area, "MaxLgInt"))
    return Shaking(_said(area, "Code"), _said(area, "Name"), found, missing, long, cities)


def _forecast(area: Node) -> Shaking:
    return Shaking(_said(area, "Code"), _said(area, "Name"), _expected(area), forecast=True)


def _expected(node: Node) -> Intensity | None:
    """The upper end of what is expected; the lower one where the upper is open (`over`)."""
    ends = (_said(node, "ForecastInt/From"), _said(node, "ForecastInt/To"))
    return _strongest([intensity(end) for end in ends])


def _listed(head: Node) -> Iterator[Shaking]:
    """Areas and cities as the head part lists them. Which city is in which area it doesn't tell, so
    every area has them all."""
    found: dict[str, list[Shaking]] = {_AREA_CODES: [], _CITY_CODES: []}
    for item in head.all(*under(HEAD, "Headline/Information/Item")):
        word = item.said(*under(HEAD, "Kind/Name"))
        if not word.startswith("震度"):
            continue
        for areas in item.all(*under(HEAD, "Areas")):
            codes = found.setdefault(areas.attributes.get("codeType", ""), [])
            for area in areas.all(*under(HEAD, "Area")):
                code, name = (area.said(*under(HEAD, part)) for part in ("Code", "Name"))
                codes.append(Shaking(code, name, intensity(word), is_missing(word)))
    cities = tuple(found[_CITY_CODES])
    for shaken in found[_AREA_CODES] or ([Shaking("", "", None)] if cities else []):
        yield replace(shaken, cities=cities)


def _strongest(values: list[Intensity | None]) -> Intensity | None:
    return max((v for v in values if v is not None), default=None)
