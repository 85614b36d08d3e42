"""Namespaces of 気象庁防災情報XML 1.x. A prefix means nothing; the namespace decides."""

from __future__ import annotations

_ROOT = "http://xml.kishou.go.jp/jmaxml1/"
ROOT = _ROOT
HEAD = f"{_ROOT}informationBasis1/"
ELEMENTS = f"{_ROOT}elementBasis1/"
QUAKE = f"{_ROOT}body/seismology1/"
WEATHER = f"{_ROOT}body/meteorology1/"
VOLCANO = f"{_ROOT}body/volcanology1/"


def under(namespace: str, path: str) -> tuple[str, ...]:
    """The qualified names of a path: `Tsunami/Forecast/Item` under one namespace."""
    return tuple(f"{namespace}}}{name}" for name in path.split("/"))
