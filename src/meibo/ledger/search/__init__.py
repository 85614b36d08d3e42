"""Search keys in the database: written with the drawn tables, read for a viewer.

The index proposes, the keys decide: what is found is checked against dated keys, in the fields
that this viewer may search by. A fault of the index can hide a hit; it cannot invent one.
"""

from meibo.ledger.search.reading import Results, search
from meibo.ledger.search.writing import arrange, faults, forget, stored, subjects, tidy, write

__all__ = [
    "Results",
    "arrange",
    "faults",
    "forget",
    "search",
    "stored",
    "subjects",
    "tidy",
    "write",
]
