"""XML from outside, read without trusting it.

A telegram may come from anybody who can reach the drop folder or the endpoint. So: no DTD (and
with it no entity, no external reference), nothing is ever fetched, size, depth and number of
elements are bounded, and the only encoding is UTF-8, as 気象庁防災情報XML is specified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # nosec B406  # every handler that could resolve anything refuses

MOST_BYTES = 10_000_000
"""The largest telegram of the official samples has 0.3 MB, a telegram of all cities about 3 MB."""
MOST_DEPTH = 64
MOST_ELEMENTS = 400_000
_CHUNK = 65_536


class UnreadableError(ValueError):
    """The bytes are no telegram that may be read; the message says why, in Japanese."""


@dataclass(slots=True)
class Node:
    """An element. `name` is `namespace}local` as expat puts it; text is that before, between and
    after the children, joined."""

    name: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The element's own text without surrounding blanks (the official samples have `4 `)."""
        return "".join(self.pieces).strip()

    def all(self, *path: str) -> Iterator[Node]:
        """The elements at the end of a path of names, in the order of the document."""
        first, rest = path[0], path[1:]
        for child in self.children:
            if child.name == first:
                if rest:
                    yield from child.all(*rest)
                else:
                    yield child

    def first(self, *path: str) -> Node | None:
        """The first element there, or None."""
        return next(self.all(*path), None)

    def said(self, *path: str) -> str:
        """The text of the first element there; empty where there is none."""
        found = self.first(*path)
        return found.text if found is not None else ""


def parse(data: bytes) -> Node:
    """The root of a document. Raises UnreadableError."""
    if not data.strip():
        raise UnreadableError("中身が空です。")
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"大きすぎます（{len(data):,}バイト。上限は{MOST_BYTES:,}バイト）。")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"UTF-8 ではありません（{error.start + 1}バイト目）。") from None
    builder = _Builder()
    parser = builder.parser()
    try:
        for start in range(0, len(data), _CHUNK):
            parser.Parse(data[start : start + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        where = f"{error.lineno}行{error.offset + 1}字目"
        raise UnreadableError(f"XML として壊れています（{where}）。") from None
    if builder.root is None:
        raise UnreadableError("XML の要素がありません。")
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0

    def parser(self) -> expat.XMLParserType:
        made = expat.ParserCreate(encoding="utf-8", namespace_separator="}")
        made.buffer_text = True
        made.XmlDeclHandler = self._declaration
        made.StartDoctypeDeclHandler = self._doctype
        made.EntityDeclHandler = self._doctype
        made.ExternalEntityRefHandler = self._doctype
        made.ProcessingInstructionHandler = self._instruction
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._characters
        return made

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8"}:
            raise UnreadableError(f"文字コードの宣言が UTF-8 ではありません（{encoding[:20]}）。")

    def _doctype(self, *_about: object) -> int:
        raise UnreadableError("DTD や実体の宣言があります。電文には使われないので、読みません。")

    def _instruction(self, _target: str, _data: str) -> None:
        """A style sheet is named in some telegrams; it is nothing to us and is not fetched."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise UnreadableError(f"要素が多すぎます（上限は{MOST_ELEMENTS:,}）。")
        if len(self._open) >= MOST_DEPTH:
            raise UnreadableError(f"入れ子が深すぎます（上限は{MOST_DEPTH}）。")
        node = Node(name, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _characters(self, data: str) -> None:
        if self._open:
            self._open[-1].pieces.append(data)
