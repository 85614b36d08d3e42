"""What the town says of its orders, in its tables: words, rules, licences, posts."""

from __future__ import annotations

from collections.abc import Mapping

from meibo.domain.checking import CHECKS, WARNING, Post, Rule, Term, rules_of, terms_of
from meibo.ledger import house
from meibo.platform import town


def rules() -> dict[str, Rule]:
    """The checks of `town/plan_rules.csv`. One that the town's table does not know (it is older
    than the product, or lost) is made all the same, as a warning: silence would look like peace."""
    own = rules_of(town.rows("plan_rules.csv"))
    return own | {
        key: Rule(key, f"区の表に無い決まり（{key}）", WARNING) for key in CHECKS if key not in own
    }


def terms() -> dict[str, Term]:
    """異動用語 of `town/order_terms.csv`."""
    return terms_of(town.rows("order_terms.csv"))


def licences() -> dict[tuple[str, str], frozenset[str]]:
    """`town/licences.csv`: ("job" or "post", name) → the licences of which one must be held."""
    rows = town.rows("licences.csv")
    return {(row["table"], row["name"]): frozenset(row["licence"].split("|")) for row in rows}


def posts() -> dict[str, Post]:
    """The table of posts. `single` in its further columns: one only can hold it."""
    return {
        code: Post(
            code,
            row.name,
            _grade(row.extra.get("grade")),
            bool(row.extra.get("head")),
            bool(row.extra.get("single")),
        )
        for code, row in house.codes().table("post").items()
    }


def called(table: str) -> Mapping[str, str]:
    """A code table: code → name."""
    return {code: row.name for code, row in house.codes().table(table).items()}


def _grade(value: object) -> int | None:
    return int(value) if isinstance(value, (int, str)) and str(value).isdigit() else None
