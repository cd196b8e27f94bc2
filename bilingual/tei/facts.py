"""What an edition says of its alignment, as numbers: sentences, links, names."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilingual.tei.compact import Names, Rows
from bilingual.tei.pointers import PointerChecker

__all__ = ["Facts", "Link"]

_NONE = 0xFFFFFFFF


class Link(NamedTuple):
    """A link of a group; its targets are sentences, anchors or gatherings of them."""

    group: str
    type: str
    size: str
    targets: tuple[int, ...]
    line: int


class Sentences:
    """What a link has to compare of each sentence; a sentence is the number of its identifier."""

    def __init__(self) -> None:
        self.ids = array("I")
        self.corresp = Rows()
        self.names = Rows()
        """What its names point to."""
        self.whens = Rows()
        self.numbers = Rows()
        self.empty = bytearray()
        self._rows = array("I")
        """By identifier: its row in the others."""

    def row(self, number: int) -> int | None:
        """The row of an identifier; None when it is no sentence."""
        if number >= len(self._rows) or self._rows[number] == _NONE:
            return None
        return self._rows[number]

    def add(self, number: int) -> None:
        """Give an identifier the row that is filled next."""
        while len(self._rows) <= number:
            self._rows.append(_NONE)
        if self._rows[number] == _NONE:
            self._rows[number] = len(self.ids)


class Facts:
    """Everything the checks of the alignment compare; identifiers are numbers."""

    def __init__(self, pointers: PointerChecker) -> None:
        self.pointers = pointers
        self.values = Names()
        """What names point to, dates, numbers."""
        self.sentences = Sentences()
        self.missed: set[tuple[int, int]] = set()
        """Arabic name and English sentence without its controlled form."""
        self.mentions: dict[int, int] = {}
        """Arabic name to what it points to."""
        self.spans: list[tuple[int, int]] = []
        """Sentence, and what a name that crosses others points to."""
        self._rendered = array("Q")
        self._gatherings: dict[int, int] = {}
        self._members = Rows()
        self._links = Rows()
        """Group, type, size (of ``_words``), line, targets."""
        self._words: dict[str, int] = {}
        self._listed: list[str] = []

    def number(self, name: str) -> int:
        """The number of an identifier."""
        return self.pointers.number(name)

    def name(self, number: int) -> str:
        """The identifier of a number."""
        return self.pointers.names[number]

    def line(self, number: int) -> int:
        """The line of an identifier, 0 where it is nowhere."""
        found = self.pointers.found(number)
        return found[1] if found else 0

    def locals(self, pointers: Iterable[str]) -> list[int]:
        """The numbers of the pointers that stay inside the file."""
        return [self.number(pointer[1:]) for pointer in pointers if pointer.startswith("#")]

    def add_link(self, group: str, type_: str, size: str, targets: list[int], line: int) -> None:
        """Keep a link."""
        numbers = []
        for word in (group, type_, size):
            if word not in self._words:
                self._words[word] = len(self._listed)
                self._listed.append(word)
            numbers.append(self._words[word])
        self._links.append([*numbers, line, *targets])

    def add_gathering(self, number: int, members: list[int]) -> None:
        """Keep a ``ptr`` that stands for several."""
        self._gatherings[number] = len(self._members)
        self._members.append(members)

    def add_rendering(self, mention: int, sentence: int) -> None:
        """Keep which English sentence renders an Arabic name."""
        self._rendered.append(mention << 32 | sentence)

    def link_count(self) -> int:
        """How many links there are."""
        return len(self._links)

    def link(self, row: int) -> Link:
        """A link by its place."""
        group, type_, size, line, *targets = self._links[row]
        words = self._listed
        return Link(words[group], words[type_], words[size], tuple(targets), line)

    def links(self) -> Iterator[Link]:
        """All links, in order."""
        return (self.link(row) for row in range(len(self._links)))

    def gathered(self, number: int) -> tuple[int, ...]:
        """The members of a gathering; anything else is its own only member."""
        row = self._gatherings.get(number)
        return (number,) if row is None else self._members[row]

    def renderings(self, pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """Those of the pairs of Arabic name and English sentence that are rendered."""
        split = ((packed >> 32, packed & _NONE) for packed in self._rendered)
        return {pair for pair in split if pair in pairs}
