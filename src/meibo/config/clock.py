"""The clock, read in one place for commands."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """This moment, in Tokyo."""
    return datetime.now(TOKYO)


def today() -> date:
    """This day, in Tokyo."""
    return now().date()
