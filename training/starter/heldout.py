"""The guard between training text and test sets.

A line that shares ``SPAN`` words in a row with any held-out text, on either side, is refused, and a
shorter one of ``SHORT`` words or more that is a held-out line as a whole. Words are compared
without marks, with alef and yeh folded, digits in one form, in lower case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

SPAN = 8
SHORT = 5
_WORD = re.compile(r"\w+")
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
_FOLD = str.maketrans("أإآٱى", "اااا" + "ي") | {0x660 + i: 48 + i for i in range(10)}


def words(text: str) -> list[str]:
    """Folded words, for comparison only."""
    return _WORD.findall(_MARKS.sub("", text).translate(_FOLD).lower())


def spans(text: str) -> Iterator[str]:
    """Every run of ``SPAN`` words; of a shorter text the whole, if it has ``SHORT`` words."""
    found = words(text)
    if SHORT <= len(found) < SPAN:
        yield " ".join(found)
    for i in range(len(found) - SPAN + 1):
        yield " ".join(found[i : i + SPAN])


def _texts(path: Path) -> Iterator[str]:
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        for line in content.splitlines():
            if line.strip():
                yield from (str(value) for value in json.loads(line).values())
    elif path.suffix == ".tsv":
        for line in content.splitlines():
            yield from line.split("\t")
    else:
        yield content


class HeldOut:
    """Every run of words of the held-out texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._spans = {span for text in texts for span in spans(text)}

    @classmethod
    def from_folders(cls, folders: Iterable[Path]) -> HeldOut:
        """Read ``.tsv``, ``.jsonl``, ``.txt`` files. Raises ``FileNotFoundError`` for no folder."""
        paths: list[Path] = []
        for folder in folders:
            if not folder.is_dir():
                raise FileNotFoundError(
                    f"held-out folder {folder} is missing; training would be blind"
                )
            paths += [p for p in sorted(folder.iterdir()) if p.suffix in {".tsv", ".jsonl", ".txt"}]
        return cls(text for path in paths for text in _texts(path))

    def shares(self, text: str) -> bool:
        """Whether ``text`` has ``SPAN`` words in a row with held-out text."""
        return any(span in self._spans for span in spans(text))

    def refuse(self, pairs: Iterable[tuple[str, str]]) -> tuple[list[tuple[str, str]], int]:
        """The pairs that may be trained on, and how many were refused."""
        kept, refused = [], 0
        for pair in pairs:
            if self.shares(pair[0]) or self.shares(pair[1]):
                refused += 1
            else:
                kept.append(pair)
        return kept, refused
