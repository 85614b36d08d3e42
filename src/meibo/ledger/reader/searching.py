"""Placeholder until the index lands."""

from dataclasses import dataclass


@dataclass
class Hit: ...


@dataclass
class Page: ...


@dataclass
class UnitHit: ...


def search(viewer, query, *, on, limit=20, offset=0):
    raise NotImplementedError
