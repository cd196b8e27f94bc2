"""Tables for a file of any size: names as numbers, lists of numbers end to end.

A large edition has millions of identifiers. A Python string in a dictionary takes some 200 bytes,
a name here its own length and 20 to 30 bytes more.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

__all__ = ["Names", "Rows"]


class Names:
    """Numbers for names, from 0 in the order of their coming; the name of every number.

    A hash table with open addressing (Knuth, TAOCP 3, 6.4, algorithm L): the names are one block
    of bytes, the table holds their numbers.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")
        self._hashes = array("q")
        self._mask = 1023
        self._table = array("q", [-1]) * (self._mask + 1)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return self._bytes[start : self._ends[number]].decode("utf-8", "surrogatepass")

    def find(self, name: str) -> int:
        """The number of a name, -1 when it has none."""
        return self._table[self._slot(hash(name), name)]

    def add(self, name: str) -> int:
        """The number of a name, a new one where it has none."""
        key = hash(name)
        slot = self._slot(key, name)
        number = self._table[slot]
        if number >= 0:
            return number
        number = len(self._ends)
        self._bytes += name.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))
        self._hashes.append(key)
        self._table[slot] = number
        if number * 8 > self._mask * 5:
            self._grow()
        return number

    def _slot(self, key: int, name: str) -> int:
        table, hashes, mask = self._table, self._hashes, self._mask
        slot = key & mask
        while (number := table[slot]) >= 0:
            if hashes[number] == key and self[number] == name:
                break
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        mask = self._mask = self._mask * 2 + 1
        self._table = table = array("q", [-1]) * (mask + 1)
        for number, key in enumerate(self._hashes):
            slot = key & mask
            while table[slot] >= 0:
                slot = (slot + 1) & mask
            table[slot] = number


class Rows:
    """Rows of numbers of any length, end to end."""

    def __init__(self) -> None:
        self._numbers = array("I")
        self._ends = array("Q")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, row: int) -> tuple[int, ...]:
        start = self._ends[row - 1] if row else 0
        return tuple(self._numbers[start : self._ends[row]])

    def append(self, numbers: Iterable[int]) -> None:
        """Add a row."""
        self._numbers.extend(numbers)
        self._ends.append(len(self._numbers))
