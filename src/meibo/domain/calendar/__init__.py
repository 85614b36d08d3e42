"""The Japanese calendar: dates out of files, 元号, 年度, ages, periods. Nothing reads the clock."""

from meibo.domain.calendar.eras import ERAS, Era, era_of
from meibo.domain.calendar.moments import day_in_japan
from meibo.domain.calendar.parsing import DateStyle, Parsed, parse_date
from meibo.domain.calendar.problems import Blank, DateProblem, Kind
from meibo.domain.calendar.writing import long, short, wareki, wareki_short
from meibo.domain.calendar.years import (
    age_on,
    fiscal_bounds,
    fiscal_label,
    fiscal_year,
    half_open,
    reaches_age_on,
    retires_on,
)

__all__ = [
    "ERAS",
    "Blank",
    "DateProblem",
    "DateStyle",
    "Era",
    "Kind",
    "Parsed",
    "age_on",
    "day_in_japan",
    "era_of",
    "fiscal_bounds",
    "fiscal_label",
    "fiscal_year",
    "half_open",
    "long",
    "parse_date",
    "reaches_age_on",
    "retires_on",
    "short",
    "wareki",
    "wareki_short",
]
