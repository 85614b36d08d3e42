"""Breaking a guard on purpose: the very function, with a few characters of its source changed."""

import inspect
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import pytest


def mutate(patch: pytest.MonkeyPatch, holder: Any, name: str, old: str, new: str) -> None:
    """Replace `old`, which must stand just once in the source of `holder.name`, by `new`."""
    function: Callable[..., Any] = getattr(holder, name)
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(old) != 1:
        raise AssertionError(f"the guard of {name} reads otherwise now: {old!r}")
    where = inspect.getmodule(function)
    if where is None:
        raise AssertionError(f"{name} has no module")
    made: dict[str, Any] = {}
    exec(source.replace(old, new), vars(where), made)
    patch.setattr(holder, name, made[name])
    for module in list(sys.modules.values()):  # whoever has imported it by name
        if getattr(module, "__name__", "").startswith("meibo."):
            for own in [own for own, value in vars(module).items() if value is function]:
                patch.setattr(module, own, made[name])
