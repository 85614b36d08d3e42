"""The feed definition: one supplier's layout and meanings, written in TOML."""

from meibo.platform.feeds.definition.kinds import Role, Type
from meibo.platform.feeds.definition.load import load_definition
from meibo.platform.feeds.definition.model import (
    Correction,
    Definition,
    FileSpec,
    LeaveTerm,
    Presence,
    SuccessionTerm,
    Term,
)
from meibo.platform.feeds.definition.toml import DefinitionError

__all__ = [
    "Correction",
    "Definition",
    "DefinitionError",
    "FileSpec",
    "LeaveTerm",
    "Presence",
    "Role",
    "SuccessionTerm",
    "Term",
    "Type",
    "load_definition",
]
