"""条件: whom one looks for, said field by field and through time, and whether somebody is meant.

A condition is pure data. It is asked of what a viewer may see of a person; of what they may not
see the answer is neither yes nor no, and the contrary of that is neither as well. So nobody is
found, and nobody is left out in a way that tells, by what may not be seen.
"""

from meibo.domain.conditions.fields import KNOWN, OPS, Kind, Known, known_fields, ops_of
from meibo.domain.conditions.matching import Around, Post, Subject, truth
from meibo.domain.conditions.model import (
    Been,
    Compared,
    ConditionError,
    Group,
    Held,
    Part,
    parts_of,
    read,
    written,
)
from meibo.domain.conditions.saying import Words, sentence

__all__ = [
    "KNOWN",
    "OPS",
    "Around",
    "Been",
    "Compared",
    "ConditionError",
    "Group",
    "Held",
    "Kind",
    "Known",
    "Part",
    "Post",
    "Subject",
    "Words",
    "known_fields",
    "ops_of",
    "parts_of",
    "read",
    "sentence",
    "truth",
    "written",
]
