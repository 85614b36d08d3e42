"""What the linters cannot be asked: sizes, and that whoever silences a linter says why."""

import ast
import re

import pytest

from tests.house.source import ROOT, comments, functions, lines_of, modules, named

FILE_LINES = 300
FUNCTION_LINES = 40

SILENCER = re.compile(r"#\s*(type:\s*ignore|noqa|nosec|pragma:|pyright:|mypy:|ruff:|fmt:)")
#: A silencer names what it silences, and then says why, in words.
WITH_REASON = re.compile(
    r"#\s*(type:\s*ignore\[[\w, -]+\]|noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|nosec\s+B\d+(,B\d+)*)"
    r"\s*[#:–—-]+\s*\w+\s+\w+"
)
SIGNALS = {
    "receiver",
    "Signal",
    "pre_save",
    "post_save",
    "pre_delete",
    "post_delete",
    "m2m_changed",
}


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {
        named(path): count
        for path in modules()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert not long


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{named(path)}:{function.name}": lines_of(function)
        for path in modules()
        for function in functions(path)
        if lines_of(function) > FUNCTION_LINES
    }
    assert not long


def test_models_are_imported_and_not_looked_up_by_name() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "get_model"
    ]
    assert not found


def test_nothing_happens_by_a_signal() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and SIGNALS & {alias.name for alias in node.names}
    ]
    assert not found


def test_whoever_silences_a_linter_says_why() -> None:
    everywhere = [*modules(), *sorted((ROOT / "tests").rglob("*.py"))]
    found = [
        f"{named(path)}:{line} {comment}"
        for path in everywhere
        for line, comment in comments(path)
        if SILENCER.search(comment) and not WITH_REASON.search(comment)
    ]
    assert not found


@pytest.mark.parametrize(
    "comment",
    [
        "# type: ignore[misc]  # allauth ships no types",
        "# noqa: F403  # all of them, then the few below",
        "# noqa: B008 - frozen value",
        "# nosec B608  # no value of a user is in it",
    ],
)
def test_a_reason_is_recognised(comment: str) -> None:
    assert WITH_REASON.search(comment)


@pytest.mark.parametrize("comment", ["# noqa", "# noqa: F403", "# type: ignore", "# nosec"])
def test_a_missing_reason_is_recognised(comment: str) -> None:
    assert SILENCER.search(comment)
    assert not WITH_REASON.search(comment)
