"""Faces are drawn: quickly, differently, and without anything a browser should refuse."""

from __future__ import annotations

import random
import re
from xml.etree import ElementTree as ET

from meibo.platform.demo.faces import Sitter, draw


def faces(seed: int, number: int) -> list[str]:
    rng = random.Random(seed)
    return [draw(Sitter(rng.choice("MF"), rng.randint(18, 65)), rng) for _ in range(number)]


def test_a_face_is_a_small_picture_without_text_style_or_script() -> None:
    for face in faces(1, 300):
        assert len(face) < 2500
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(face).iter()}
        assert tags <= {"svg", "rect", "path", "circle", "ellipse", "g"}
        assert not re.search(r"style=|href|url\(|on\w+=|[{}]", face)


def test_hardly_any_two_faces_are_alike() -> None:
    drawn = faces(1, 3000)
    assert len(set(drawn)) >= 2950


def test_the_same_state_draws_the_same_face() -> None:
    assert faces(5, 20) == faces(5, 20)
    assert faces(5, 20) != faces(6, 20)
