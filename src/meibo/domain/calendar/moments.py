"""The day that a moment belongs to: moments are kept in UTC, people live in Japan."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_TOKYO = ZoneInfo("Asia/Tokyo")


def day_in_japan(moment: datetime) -> date:
    """The day of a moment in Japan; before nine in the morning it is not yet that day in UTC."""
    return moment.astimezone(_TOKYO).date()
