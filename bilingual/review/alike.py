"""Texts that are like another, among many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

__all__ = ["Alike"]

_SHORT = 5
"""Texts of fewer words are all compared; of longer ones, those with words in common."""
_SHARE = 4  # one word in so many


class Alike:
    """An index of texts for likeness, the measure being rapidfuzz's ``ratio`` (0-100).

    Comparing one text with ten thousand takes time that nobody should wait for at every
    segment, so a text of five words or more is compared only with texts that have a quarter of
    its words: what shares fewer is no help to a translator.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._short: list[int] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            words = set(text.split())
            if len(words) < _SHORT:
                self._short.append(index)
            for word in words:
                self._holders[word].append(index)

    def near(self, text: str, least: float) -> list[tuple[float, int]]:
        """(likeness, index) of the texts that are at least so like ``text``, in no order."""
        words = set(text.split())
        if len(words) < _SHORT:
            chosen: Sequence[int] = range(len(self.texts))
        else:
            shared = Counter(i for word in words for i in self._holders.get(word, ()))
            enough = max(1, len(words) // _SHARE)
            chosen = sorted({i for i, n in shared.items() if n >= enough}.union(self._short))
        candidates = [self.texts[i] for i in chosen]
        found = process.extract(
            text, candidates, scorer=fuzz.ratio, processor=None, score_cutoff=least, limit=None
        )
        return [(score, chosen[place]) for _, score, place in found]
