"""Spellings one letter away from a form: what a person may have meant, and no one approved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bilingual.document import EntityKind, Segment
from bilingual.glossary.entry import Entry, MatchMode
from bilingual.script import fold

__all__ = ["Neighbours", "ScannedText", "around"]

_SHORTEST = 6
_SHORTEST_WORD = 7
"""Letters of a folded form (less its article) below which one letter more or less is another
word: for a form of several words, and for a single one."""
_CONTEXT = 45
_WORD = re.compile(
    "[^\\W_](?:[^\\W_]|[\u0610-\u061a\u064b-\u065f\u0670]|[-\u2010\u2011](?=[^\\W_]))*"
)


@dataclass(frozen=True, slots=True)
class ScannedText:
    """A text to be searched; ``name`` names it in references."""

    name: str
    text: str
    segments: Sequence[Segment]

    @property
    def reference(self) -> str:
        """The name as it stands in ``#:`` lines, where a blank would end it."""
        return re.sub(r"\s+", "_", self.name.strip()) or "text"


def around(piece: str, start: int, end: int) -> str:
    """The words around a span, on one line, cut at blanks."""
    left, right = max(0, start - _CONTEXT), min(len(piece), end + _CONTEXT)
    while left > 0 and not piece[left - 1].isspace():
        left -= 1
    while right < len(piece) and not piece[right].isspace():
        right += 1
    shown = " ".join(piece[left:right].split())
    return f"{'…' if left else ''}{shown}{'…' if right < len(piece) else ''}"


def _key(text: str) -> str:
    return " ".join(_WORD.findall(fold(text).text.replace("ة", "ه")))


def _is_long(key: str) -> bool:
    letters = len(key.replace(" ", "").removeprefix("ال"))
    return letters >= (_SHORTEST if " " in key else _SHORTEST_WORD)


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


class Neighbours:
    """The forms that a near miss can be of.

    Of a form of several words one edge is whole in a near miss, so its first and last words find
    it; single words are found by what one deletion leaves of them (Garbe's symmetric deletion).
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._forms: dict[str, Entry] = {}
        self._first: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._last: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._left: dict[str, list[str]] = defaultdict(list)
        self._words: set[str] = set()
        for entry in entries:
            key = _key(entry.arabic)
            words = key.split()
            self._words.update(words)
            if (
                entry.kind is EntityKind.RESOLUTION
                or entry.conditional
                or entry.match in (MatchMode.BLOCK, MatchMode.EXACT)
                or not _is_long(key)
                or key in self._forms
            ):
                continue
            self._forms[key] = entry
            if len(words) > 1:
                self._first[words[0]].append((key, len(words)))
                self._last[words[-1]].append((key, len(words)))
            if len(words) < 3:  # two words may be written as one
                for rest in _deletions(key):
                    self._left[rest].append(key)

    def find(
        self, text: ScannedText, covered: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[str, Entry, str, str]]:
        """(surface, entry, segment, context) of each near miss outside the spans covered."""
        place = 0
        for segment in text.segments:
            piece = text.text[segment.start : segment.end]
            while place < len(covered) and covered[place][1] <= segment.start:
                place += 1
            here = []
            while place < len(covered) and covered[place][0] < segment.end:
                here.append((covered[place][0] - segment.start, covered[place][1] - segment.start))
                place += 1
            for start, end, entry in self._in_piece(piece, here):
                yield piece[start:end], entry, segment.id, around(piece, start, end)

    def _in_piece(
        self, piece: str, covered: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int, Entry]]:
        words = list(_WORD.finditer(piece))
        keys = [_key(m[0]) for m in words]
        free = [not any(a < m.end() and m.start() < b for a, b in covered) for m in words]
        # Runs of words with nothing but blanks between them: a form crosses no other sign.
        run = [0] * len(words)
        for k in range(1, len(words)):
            joined = piece[words[k - 1].end() : words[k].start()].isspace()
            run[k] = run[k - 1] + (not (joined and free[k] and free[k - 1]))
        hits: list[tuple[int, int, int, str]] = []
        for i, key in enumerate(keys):
            if not free[i]:
                continue
            for taken, rest in _stripped(key):
                for form in self._single(rest):
                    hits.append((i, i, taken, form))
                for form, count in self._first.get(rest, ()):
                    hits += self._windows(keys, run, i, taken, form, count)
            for form, count in self._last.get(key, ()):
                for size in (count, count - 1, count + 1):
                    first = i - size + 1
                    if first < 0 or size < 1 or run[first] != run[i]:
                        continue
                    for taken, rest in _stripped(keys[first]):
                        window = " ".join([rest, *keys[first + 1 : i + 1]])
                        if self._is_near(form, window):
                            hits.append((first, i, taken, form))
        hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0], hit[2], hit[3]))
        used: set[int] = set()
        found = []
        for first, last, taken, form in hits:
            if used.isdisjoint(range(first, last + 1)):
                used.update(range(first, last + 1))
                start = words[first].start() + fold(words[first][0]).offsets[taken]
                found.append((start, words[last].end(), self._forms[form]))
        return sorted(found, key=lambda f: f[0])

    def _windows(
        self, keys: Sequence[str], run: Sequence[int], i: int, taken: int, form: str, count: int
    ) -> Iterator[tuple[int, int, int, str]]:
        for size in (count, count - 1, count + 1):
            last = i + size - 1
            if size < 1 or last >= len(keys) or run[last] != run[i]:
                continue
            window = " ".join([keys[i][taken:], *keys[i + 1 : last + 1]])
            if self._is_near(form, window):
                yield i, last, taken, form

    def _single(self, word: str) -> Iterator[str]:
        if not _is_long(word + "x") or word in self._forms:
            return
        near = (form for left in _deletions(word) for form in self._left.get(left, ()))
        for form in dict.fromkeys(near):
            if self._is_near(form, word):
                yield form

    def _is_near(self, form: str, window: str) -> bool:
        return (
            abs(len(form) - len(window)) < 2
            and OSA.distance(form, window, score_cutoff=1) == 1
            and window not in self._forms
            and _telling(form, window, self._words)
        )


def _stripped(key: str) -> Iterator[tuple[int, str]]:
    """A word as written, and without one or two proclitics: (letters taken off, the rest)."""
    yield 0, key
    for taken in (1, 2):
        if len(key) > taken + 2 and all(letter in "وفبلك" for letter in key[:taken]):
            yield taken, key[taken:]


def _telling(form: str, found: str, words: set[str]) -> bool:
    """Whether one letter of difference is a spelling rather than grammar or another word."""
    # The article, a suffix or a proclitic makes another form of the word, not another spelling.
    shorter, longer = sorted((form, found), key=len)
    if len(shorter) != len(longer) and (
        (longer.startswith(shorter) and longer[-1] in "هاينتيكمو")
        or (longer.endswith(shorter) and longer[0] in "وفبلكاسيتن")
    ):
        return False
    pairs = list(zip(form.split(), found.split(), strict=False))
    if form.count(" ") != found.count(" "):
        return True  # one word written as two, or two as one
    for a, b in pairs:
        if a == b:
            continue
        if b in words or min(len(a), len(b)) < 4:
            return False
        if a[:-1] == b[:-1] or a == b[:-1] or b == a[:-1]:
            return False  # the last letter is where Arabic inflects
        if a.removeprefix("ال") == b or b.removeprefix("ال") == a:
            return False
        if a[1:] == b[1:] or a == b[1:] or b == a[1:]:
            return False  # and the first where it conjugates
    return True
