"""Reading a TOML table so that a mistake in it is told with its key and with what is allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path


class DefinitionError(ValueError):
    """A feed definition that cannot be used: which key, what is wrong with it, what is allowed."""

    def __init__(self, path: Path, key: str, problem: str) -> None:
        self.path = path
        self.key = key
        self.problem = problem
        super().__init__(f"{path.name}: {key}: {problem}" if key else f"{path.name}: {problem}")


class Section:
    """One table of the definition. Keys are read by type; `finish` refuses those nobody read."""

    def __init__(self, path: Path, key: str, content: Mapping[str, object]) -> None:
        self.path = path
        self.key = key
        self._content = content
        self._read: set[str] = set()

    def error(self, key: str, problem: str) -> DefinitionError:
        """The error to raise about one key of this table."""
        where = f"{self.key}.{key}" if self.key and key else self.key or key
        return DefinitionError(self.path, where, problem)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._content

    def raw(self, key: str) -> object:
        """The value as TOML has it, None if absent."""
        self._read.add(key)
        return self._content.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A string; without a default the key must be there."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise self.error(key, "文字列を書いてください。" if value is not None else "必要です。")
        return value

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """One of the strings `allowed`."""
        value = self.text(key, default)
        choices = list(allowed)
        if value not in choices:
            raise self.error(key, f"「{value}」は使えません。使えるもの: {'、'.join(choices)}")
        return value

    def optional_choice(self, key: str, allowed: Iterable[str]) -> str | None:
        """One of `allowed`, or None where the key is absent."""
        return self.choice(key, allowed) if self.has(key) else None

    def flag(self, key: str, *, default: bool) -> bool:
        """true or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.error(key, "true か false を書いてください。")
        return value

    def whole(self, key: str) -> int | None:
        """A whole number from 0, None if absent."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.error(key, "0以上の整数を書いてください。")
        return value

    def number(self, key: str) -> float | None:
        """A number, None if absent."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(key, "数を書いてください。")
        return float(value)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, empty if absent."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(type(item) is int for item in value):
            raise self.error(key, "整数の並び [1, 2, 3] を書いてください。")
        return tuple(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; a single string is a list of one."""
        value = self.raw(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, '文字列か、文字列の並び ["a", "b"] を書いてください。')
        return tuple(value)

    def day(self, key: str) -> dt.date | None:
        """A TOML date such as 2026-11-01, None if absent."""
        value = self.raw(key)
        if value is None:
            return None
        if type(value) is not dt.date:
            raise self.error(key, "日付を 2026-11-01 の形（引用符なし）で書いてください。")
        return value

    def mapping(self, key: str) -> dict[str, str]:
        """A table of strings, empty if absent."""
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self.error(key, '"コード" = "名称" の形の表を書いてください。')
        return {str(k): v for k, v in value.items()}

    def section(self, key: str) -> Section:
        """The table under `key`, empty if absent."""
        value = self.raw(key)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise self.error(key, "表を書いてください。")
        return Section(self.path, f"{self.key}.{key}" if self.key else key, value)

    def sections(self, key: str) -> Iterator[Section]:
        """The tables of an array of tables `[[key]]`."""
        value = self.raw(key)
        rows = [] if value is None else value
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.error(key, f"[[{key}]] の形で書いてください。")
        for number, row in enumerate(rows, 1):
            yield Section(self.path, f"{self.key}.{key}[{number}]".lstrip("."), row)

    def __iter__(self) -> Iterator[str]:
        """The keys as written, in order."""
        return iter(self._content)

    def rename(self, key: str) -> None:
        """Speak of this table under a name that its author knows better than a number."""
        self.key = key

    def finish(self, *allowed: str) -> None:
        """Refuse keys that nobody read. `allowed` names those that were not asked for."""
        known = self._read | set(allowed)
        for key in self._content:
            if key not in known:
                raise self.error(key, f"知らない項目です。使えるもの: {'、'.join(sorted(known))}")
