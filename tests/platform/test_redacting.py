"""No secret, query, mail address or long number gets into the log."""

import io
import logging
import logging.config
from typing import Any

import pytest
import structlog
from django.conf import settings

from meibo.platform.redacting import redacted


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("GET /search?q=高橋&on=2027-04-01", "高橋"),
        ("Not Found: /list?unit=1&name=yamada", "yamada"),
        ("password=hunter2 sent", "hunter2"),
        ('{"password": "two words"}', "two words"),
        ("Cookie: meibo_session=abc123def", "abc123def"),
        ("Authorization: Bearer eyJhbGciOi", "eyJhbGciOi"),
        ("csrf_token='x-y-z'", "x-y-z"),
        ("call 090-0000-1234 now", "090-0000-1234"),
        ("staff 0001058 left", "0001058"),
        ("number 1234 5678 9012", "5678"),
        ("to t.yamada@city.example.jp", "yamada"),
    ],
)
def test_a_line_loses_what_it_must_not_say(line: str, hidden: str) -> None:
    assert hidden not in redacted(line)


@pytest.mark.parametrize(
    "line",
    [
        "Forbidden: /people/p00605af337ed98941cae",
        "127.0.0.1:8000 answered in 12 ms",
        "2026-11-26 01:02:03 took 3400 people",
        "版 0.1.0",
    ],
)
def test_what_an_operator_needs_stays(line: str) -> None:
    assert redacted(line) == line


@pytest.fixture
def written() -> Any:
    """A logger that writes as the product's does, and what it has written."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    options = dict(settings.LOGGING["formatters"]["line"])
    handler.setFormatter(options.pop("()")(**options))
    logger = logging.getLogger("meibo.test.redacting")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield logger, out
    logger.removeHandler(handler)


def test_every_line_of_the_products_log_passes_there(written: Any) -> None:
    logger, out = written
    logger.warning("asked for %s", "/search?q=secretname", extra={"password": "hunter2"})
    try:
        int("tel 03-0000-1234")
    except ValueError:
        logger.exception("broken")
    structlog.stdlib.get_logger("meibo.test.redacting").warning(
        "x", token="t0ken", who={"otp": "1"}
    )
    text = out.getvalue()
    assert "asked for /search" in text
    assert "ValueError" in text
    for secret in ("secretname", "hunter2", "03-0000-1234", "t0ken"):
        assert secret not in text
