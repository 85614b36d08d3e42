"""Names and readings: what is stored, what is compared, what is put in order, what is odd.

A name goes two ways. `exact` gives what is stored and printed, character by character; `fold`,
`reading_key` and `romaji_key` give what search compares; `collation_key` gives the order of
lists. The two ways never meet: nothing folded is stored as a name.
"""

from meibo.domain.names.folding import (
    Folding,
    VariantProblem,
    VariantRow,
    fold,
    variant_rows,
    variants,
)
from meibo.domain.names.kana import Kana, Script, kana
from meibo.domain.names.keys import collation_key, reading_key
from meibo.domain.names.my_number import find_my_numbers, is_my_number
from meibo.domain.names.readings import ReadingVerdict, is_reading_of, judge_reading, known_reading
from meibo.domain.names.reasons import Mended, Reason
from meibo.domain.names.romaji import romaji
from meibo.domain.names.romaji_keys import romaji_key
from meibo.domain.names.tables import ReadingTables, reading_tables
from meibo.domain.names.writing import GAP, alike, doubts, exact, same_writing

__all__ = [
    "GAP",
    "Folding",
    "Kana",
    "Mended",
    "ReadingTables",
    "ReadingVerdict",
    "Reason",
    "Script",
    "VariantProblem",
    "VariantRow",
    "alike",
    "collation_key",
    "doubts",
    "exact",
    "find_my_numbers",
    "fold",
    "is_my_number",
    "is_reading_of",
    "judge_reading",
    "kana",
    "known_reading",
    "reading_key",
    "reading_tables",
    "romaji",
    "romaji_key",
    "same_writing",
    "variant_rows",
    "variants",
]
