"""Finding: what people and units are found by, and the search over it.

`person_keys` and `unit_keys` say by what someone can be found when; `parse` reads a query;
`seek` finds, with the help of a `Shelf` that a database implements. docs/decisions tells why
the index looks as it does.
"""

from meibo.domain.finding.asking import All, Expression, Question, Some
from meibo.domain.finding.fields import FIELDS, SORT, UNIT, Field, Script, field_named
from meibo.domain.finding.keys import Key, Period, Shown, Value, Values, person_keys, unit_keys
from meibo.domain.finding.matching import Why
from meibo.domain.finding.packing import code_of, pack, undated, unpack, word_of
from meibo.domain.finding.query import Query, halves, parse
from meibo.domain.finding.scope import Grant, Scope, everything
from meibo.domain.finding.seeking import COUNTED, Entry, Found, Hit, Shelf, seek
from meibo.domain.finding.spoken import spoken
from meibo.domain.finding.terms import Tier, terms_of

__all__ = [
    "COUNTED",
    "FIELDS",
    "SORT",
    "UNIT",
    "All",
    "Entry",
    "Expression",
    "Field",
    "Found",
    "Grant",
    "Hit",
    "Key",
    "Period",
    "Query",
    "Question",
    "Scope",
    "Script",
    "Shelf",
    "Shown",
    "Some",
    "Tier",
    "Value",
    "Values",
    "Why",
    "code_of",
    "everything",
    "field_named",
    "halves",
    "pack",
    "parse",
    "person_keys",
    "seek",
    "spoken",
    "terms_of",
    "undated",
    "unit_keys",
    "unpack",
    "word_of",
]
