"""Feeds: a supplier's files in, typed records and findings out. The supplier is data, not code.

`load_definition` reads a feed definition (TOML, `town/feeds/`), `read_package` a folder of files.
Nothing here writes or knows the books.
"""

from meibo.platform.feeds.amending import NONE, Amendment, Amendments, by_row
from meibo.platform.feeds.checks.across import better_reading
from meibo.platform.feeds.definition import (
    Correction,
    Definition,
    DefinitionError,
    LeaveTerm,
    Role,
    SuccessionTerm,
    Term,
    load_definition,
)
from meibo.platform.feeds.package import read_package
from meibo.platform.feeds.recall import Ground, Recall, Seen
from meibo.platform.feeds.records import CodeRow, FileCount, Package, Record

__all__ = [
    "NONE",
    "Amendment",
    "Amendments",
    "CodeRow",
    "Correction",
    "Definition",
    "DefinitionError",
    "FileCount",
    "Ground",
    "LeaveTerm",
    "Package",
    "Recall",
    "Record",
    "Role",
    "Seen",
    "SuccessionTerm",
    "Term",
    "better_reading",
    "by_row",
    "load_definition",
    "read_package",
]
