"""Faces of invented people, drawn: a friendly bust, as SVG without text.

The parts are in data/faces.toml. Colours are presentation attributes, so that a strict content
security policy has nothing to forbid.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from meibo.platform.demo.outline import lines_of

_SKINS = ("#f6d7bd", "#f2cba9", "#ebbf99", "#e2b088", "#f8dfc9")
_HAIRS = ("#1d1a19", "#2a2320", "#3a2c25", "#4b382c", "#5d4636")
_GREYS = ("#6f6a67", "#8d8884", "#b5b0ab", "#d4d0cb")
_GROUNDS = (
    *("#dbe7f6", "#e4eede", "#f6e7d8", "#efe0ee", "#ddeeee", "#f5e3e3", "#e8e6f4", "#f3efd8"),
    *("#d9ece4", "#ece4da"),
)
_CLOTHES = (
    *("#2b3a55", "#3d4a5c", "#5b6b7a", "#35524a", "#6b4a4a", "#4a3f63", "#8a6d4f", "#375a7f"),
    *("#a35d5d", "#5f8a7a", "#b08a3e", "#7a5c86", "#cfd6de", "#e3d9cb"),
)
_TIES = ("#8c2f39", "#2f5d8c", "#4f7a4a", "#7a5c2e", "#5b4a7a")
_FRAMES = ("#33302e", "#6b3f2e", "#5a6a7a")
_INK, _BLUSH, _LIPS = "#33302e", "#e8938a", "#a8453f"


@dataclass(frozen=True, slots=True)
class Sitter:
    """Whom to draw: M or F, and the age in years."""

    sex: str
    age: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """The shapes to choose from; `{c}` and `{t}` in them stand for colours."""

    behind_long: list[str]
    behind_short: list[str]
    fringes: list[str]
    bald: str
    eyes: list[str]
    brows: list[str]
    noses: list[str]
    mouths: list[str]
    glasses: list[str]
    collars: list[str]
    tie: str


@lru_cache(maxsize=1)
def _parts() -> _Parts:
    return _Parts(**tomllib.loads("\n".join(lines_of("faces.toml"))))


def draw(sitter: Sitter, rng: random.Random) -> str:
    """One face. The same sitter and the same state of `rng` give the same picture."""
    skin, hair = rng.choice(_SKINS), _hair_colour(sitter, rng)
    behind, before = _hair(sitter, rng)
    wide, high = rng.choice((19, 20, 20, 21)), rng.choice((21, 22, 23))
    shapes = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">',
        f'<rect width="96" height="96" fill="{rng.choice(_GROUNDS)}"/>',
        behind.replace("{c}", hair),
        f'<path d="M41 60H55V74H41Z" fill="{skin}"/>',
        f'<path d="M12 96Q14 72 48 70Q82 72 84 96Z" fill="{rng.choice(_CLOTHES)}"/>',
        _collar(sitter, rng),
        f'<g fill="{skin}"><circle cx="28.5" cy="48" r="4"/><circle cx="67.5" cy="48" r="4"/>',
        f'<ellipse cx="48" cy="46" rx="{wide}" ry="{high}"/></g>',
        f'<g fill="{_BLUSH}" opacity=".3"><circle cx="36" cy="55" r="3.5"/>',
        '<circle cx="60" cy="55" r="3.5"/></g>',
        before.replace("{c}", hair),
        rng.choice(_parts().eyes),
        _strokes(hair, rng),
        _glasses(sitter, rng),
        "</svg>",
    ]
    return "".join(shapes)


def _hair_colour(sitter: Sitter, rng: random.Random) -> str:
    """Grey comes with the years; some hide it."""
    grey = (sitter.age - 42) / 40 if sitter.sex == "M" else (sitter.age - 48) / 60
    return rng.choice(_GREYS if rng.random() < grey else _HAIRS)


def _hair(sitter: Sitter, rng: random.Random) -> tuple[str, str]:
    """What is behind the head and what before it."""
    parts = _parts()
    if sitter.sex == "M":
        if sitter.age > 45 and rng.random() < 0.12:
            return "", parts.bald
        return rng.choice(parts.behind_short), rng.choice(parts.fringes)
    behind = parts.behind_long if rng.random() < 0.72 else parts.behind_short
    return rng.choice(behind), rng.choice(parts.fringes)


def _collar(sitter: Sitter, rng: random.Random) -> str:
    tied = sitter.sex == "M" and rng.random() < 0.45
    collar = _parts().tie if tied else rng.choice(_parts().collars)
    return collar.replace("{t}", rng.choice(_TIES))


def _strokes(hair: str, rng: random.Random) -> str:
    """Brows, nose and mouth."""
    parts = _parts()
    return (
        '<g fill="none" stroke-linecap="round">'
        f'<path d="{rng.choice(parts.brows)}" stroke="{hair}" stroke-width="1.8"/>'
        f'<path d="{rng.choice(parts.noses)}" stroke="{_INK}" stroke-opacity=".45"'
        ' stroke-width="1.5"/>'
        f'<path d="{rng.choice(parts.mouths)}" stroke="{_LIPS}" stroke-width="2"/></g>'
    )


def _glasses(sitter: Sitter, rng: random.Random) -> str:
    share = 0.3 + (0.15 if sitter.age > 45 else 0) - (0.08 if sitter.sex == "F" else 0)
    if rng.random() >= share:
        return ""
    return rng.choice(_parts().glasses).replace("{c}", rng.choice(_FRAMES))
