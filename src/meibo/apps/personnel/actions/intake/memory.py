"""What is kept of a delivery for the next one, as bytes and as what reading needs.

Of each line that was right: how it is known again, whose it is, until when it means the same, what
was told of it. See docs/decisions/0015-intake-memory.md for what that is true of.
"""

from __future__ import annotations

import hashlib
import json
import struct
from array import array
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain, compress
from typing import Any

from meibo.domain.findings import Finding, Severity
from meibo.platform.feeds import Ground, Recall

_BYTES = 16
_NUMBER = "Q"
Told = Mapping[str, tuple[Finding, ...]]


def digests(lines: Iterable[bytes]) -> list[bytes]:
    """How lines are known again."""
    of = partial(hashlib.blake2b, digest_size=_BYTES)
    return [of(line).digest() for line in lines]


@dataclass(frozen=True, slots=True)
class Mark:
    """How much the batch of an intake held at a moment."""

    lines: int = 0
    filings: int = 0


@dataclass(slots=True)
class Memory:
    """A delivery as it was taken. `until`: ordinals of days; `read`, `compared`: what reading a
    line and comparing it with the book told; `absent`: staff number → until when somebody who is
    not in the file is not in service either."""

    context: bytes
    base: date
    header: bytes
    digests: list[bytes]
    numbers: list[str]
    people: list[str]
    until: list[int]
    read: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    compared: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    absent: dict[str, int] = field(default_factory=dict)
    ground: Ground = field(default_factory=Ground)

    def add(
        self,
        line: bytes,
        number: str,
        person: str,
        until: int,
        told: tuple[Sequence[Finding], Sequence[Finding]],
    ) -> None:
        """Take a line in. `told`: what reading and what comparing it told."""
        self.digests.append(line)
        self.numbers.append(number)
        self.people.append(person)
        self.until.append(until)
        if told[0]:
            self.read[number] = tuple(told[0])
        if told[1]:
            self.compared[number] = tuple(told[1])

    def take(self, before: Memory, numbers: Container[str]) -> None:
        """Take in the lines of these numbers as they were."""
        stays = [number in numbers for number in before.numbers]
        self.digests += compress(before.digests, stays)
        self.numbers += compress(before.numbers, stays)
        self.people += compress(before.people, stays)
        self.until += compress(before.until, stays)
        known = set(self.numbers)
        self.read |= {n: told for n, told in before.read.items() if n in known}
        self.compared |= {n: told for n, told in before.compared.items() if n in known}

    def without(self, people: set[str], known: Mapping[str, str]) -> None:
        """Forget the lines of these people, and of those who have another id by now."""
        at = known.get
        gone: set[int] = set()
        if people or list(map(at, self.numbers)) != self.people:
            pairs = zip(self.numbers, self.people, strict=True)
            gone = {i for i, (n, p) in enumerate(pairs) if p in people or at(n) != p}
        for name in ("digests", "numbers", "people", "until"):
            if gone:
                kept = [x for i, x in enumerate(getattr(self, name)) if i not in gone]
                setattr(self, name, kept)
        self.absent = {n: u for n, u in self.absent.items() if at(n) not in people}

    def recall(self) -> Recall:
        """As reading takes it."""
        return Recall(
            context=self.context,
            base=self.base,
            header=self.header,
            digest=digests,
            places=dict(zip(self.digests, range(len(self.digests)), strict=True)),
            numbers=self.numbers,
            until=self.until,
            told=self.read,
            ground=self.ground,
        )


def packed(memory: Memory) -> bytes:
    """As bytes: four lists as they are, the rest as JSON, each with its length before it."""
    rest = {
        "context": memory.context.hex(),
        "base": memory.base.isoformat(),
        "header": memory.header.hex(),
        "read": _written(memory.read),
        "compared": _written(memory.compared),
        "absent": memory.absent,
        "standings": [
            [c, n, p, starts.isoformat(), ends.isoformat()]
            for c, n, p, starts, ends in memory.ground.standings
        ],
        "counts": memory.ground.counts,
        "ground": _written(memory.ground.findings),
    }
    parts = [
        json.dumps(rest, ensure_ascii=False).encode(),
        b"".join(memory.digests),
        "\n".join(memory.numbers).encode(),
        "\n".join(memory.people).encode(),
        array(_NUMBER, memory.until).tobytes(),
    ]
    lengths = array(_NUMBER, map(len, parts)).tobytes()
    return lengths + b"".join(parts)


def unpacked(content: bytes) -> Memory | None:
    """What `packed` wrote; None for what it did not write."""
    try:
        parts = _parts(content)
        rest = json.loads(parts[0])
        joined = parts[1]
        return Memory(
            context=bytes.fromhex(rest["context"]),
            base=date.fromisoformat(rest["base"]),
            header=bytes.fromhex(rest["header"]),
            digests=list(chain.from_iterable(struct.iter_unpack(f"{_BYTES}s", joined))),
            numbers=parts[2].decode().split("\n") if parts[2] else [],
            people=parts[3].decode().split("\n") if parts[3] else [],
            until=array(_NUMBER, parts[4]).tolist(),
            read=_findings(rest["read"], tuple),
            compared=_findings(rest["compared"], tuple),
            absent=rest["absent"],
            ground=_ground(rest),
        )
    except (ValueError, KeyError, TypeError, IndexError, struct.error):
        return None


def _parts(content: bytes) -> list[bytes]:
    lengths = array(_NUMBER, content[: 5 * array(_NUMBER).itemsize])
    at, parts = 5 * lengths.itemsize, []
    for length in lengths:
        parts.append(content[at : at + length])
        at += length
    return parts


def _ground(rest: dict[str, Any]) -> Ground:
    day = date.fromisoformat
    return Ground(
        [(c, n, p, day(starts), day(ends)) for c, n, p, starts, ends in rest["standings"]],
        rest["counts"],
        _findings(rest["ground"], list),
    )


def _written(told: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {key: [finding.as_dict() for finding in found] for key, found in told.items()}


def _findings(written: dict[str, list[dict[str, Any]]], made: Callable[[Any], Any]) -> Any:
    return {
        key: made(Finding(**(one | {"severity": Severity(one["severity"])})) for one in found)
        for key, found in written.items()
    }
