"""Running a town's checks over a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from meibo.domain.checking import appointments, houses, lines, people, seats
from meibo.domain.checking.findings import SEVERITIES, PlanFinding
from meibo.domain.checking.rules import Rule
from meibo.domain.checking.scene import Scene

Check = Callable[[Scene, Rule], Iterator[PlanFinding]]
_OF = (lines.CHECKS, people.CHECKS, seats.CHECKS, houses.CHECKS, appointments.CHECKS)
CHECKS: Mapping[str, Check] = {key: check for each in _OF for key, check in each.items()}


def check(scene: Scene, rules: Mapping[str, Rule]) -> list[PlanFinding]:
    """Everything that the rules that are on find, the gravest first, then in the plan's order."""
    found: list[PlanFinding] = []
    for key, rule in rules.items():
        if rule.on and key in CHECKS:
            found += [
                replace(each, code=key, severity=rule.severity) for each in CHECKS[key](scene, rule)
            ]
    place = {order.id: n for n, order in enumerate(scene.orders)}

    def order(each: PlanFinding) -> tuple[int, int]:
        first = min((place.get(line, 0) for line in each.lines), default=len(place))
        return SEVERITIES.index(each.severity), first

    return sorted(found, key=order)
