"""The tables of readings, made once: they take about two seconds."""

import pytest
from japanese_personal_name_dataset import load_dataset

from meibo.domain.names import ReadingTables, reading_tables


@pytest.fixture(scope="session")
def tables() -> ReadingTables:
    men, women, surnames = load_dataset(include_last_names=True)
    return reading_tables(
        surnames=[(writing, row["reading"]) for writing, row in surnames.items()],
        given=[
            (writing, reading)
            for names in (men, women)
            for reading, row in names.items()
            for writing in row["kanji"]
        ],
    )
