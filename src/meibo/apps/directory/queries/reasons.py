"""Why something was found, as far as the row does not show it by itself."""

from collections.abc import Collection, Mapping
from typing import Any

from meibo.domain.finding.fields import FIELDS
from meibo.platform.layout.wording import spaced

LABELS = frozenset(field.label for field in FIELDS.values() if field.label)
#: Of these the kind may be told without the text: searched by, and not seen.
UNSAID = frozenset(FIELDS[name].label for name in ("former_name", "maiden_name", "record_name"))
#: What a row shows anyway; there the place that matched is marked.
ON_PERSON_ROW = frozenset(
    FIELDS[name].label for name in ("name", "kana", "unit", "post", "extension")
)
ON_UNIT_ROW = frozenset(FIELDS[name].label for name in ("unit.name", "unit.phone"))
NAMES = UNSAID | {FIELDS[name].label for name in ("name", "kana", "romaji")}
DUTIES = FIELDS["unit.duties"].label


def _label(part: str) -> str | None:
    """The label that a part begins with; None for the rest of a text that holds a comma."""
    label, said, _ = part.partition(": ")
    return label if label in (LABELS if said else UNSAID) else None


def reasons(why: str) -> list[tuple[str, str]]:
    """Label and text of each reason; the text is empty where only the kind may be told."""
    found: list[tuple[str, str]] = []
    for part in why.split("、"):
        label = _label(part)
        if label is not None:
            found.append((label, part[len(label) :].removeprefix(": ")))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}、{part}")
    return found


def besides(why: str, shown: Collection[str], row: str) -> str:
    """The reasons that the row does not show, in words. `row`: its text; what is found by the name
    that a section had before stands under no label of it."""
    there = spaced(row)
    left = [
        (label, text)
        for label, text in reasons(why)
        if label not in shown or spaced(text) not in there
    ]
    return "、".join(f"{label}「{text}」" if text else label for label, text in left)


def person_row(card: Mapping[str, Any]) -> str:
    """What the row of a person shows."""
    words = [card.get(key) for key in ("name", "kana", "post", "extension")]
    return " ".join(str(word) for word in [*words, *(card.get("unit_path") or ())] if word)


def unit_row(unit: Mapping[str, Any]) -> str:
    """What the row of a unit shows."""
    return " ".join(str(word) for word in [*unit["path"], unit.get("phone")] if word)


def by_duty(why: str) -> bool:
    """Whether what a unit does is why it was found."""
    return any(label == DUTIES for label, _ in reasons(why))


def by_name(why: str) -> bool:
    """Whether some name of the person is why they were found."""
    return any(label in NAMES for label, _ in reasons(why))
