"""Facts of the Arabic script: folding for matching, cleaning for the engine, digits.

Nothing here alters text that is published: a folded or cleaned text is a key that knows, for
each of its characters, where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

__all__ = ["MappedText", "ascii_digits", "clean", "fold", "has_arabic", "is_arabic_letter"]

# Marks that carry no letter: tashkeel and Koranic signs (Unicode 15, Arabic block), tatweel.
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0640"
# Controls that show nothing: bidi (UAX 9), joiners, soft hyphen, zero-width space, BOM.
_CONTROLS = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{_MARKS}{_CONTROLS}]")
# General category Lo of the Arabic blocks (Unicode 15): no marks, digits or ornate brackets.
_LETTER = re.compile(
    "[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c8\ufb50-\ufbb1\ufbd3-\ufd3d"
    "\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfb\ufe70-\ufe74\ufe76-\ufefc]"
)
_ALEFS = dict.fromkeys("أإآٱ", "ا")
_FOLDS = {**_ALEFS, "ى": "ي", "ک": "ك", "ی": "ي"}
_DIGITS = {chr(base + d): str(d) for base in (0x0660, 0x06F0) for d in range(10)}
_DIGIT_TABLE = str.maketrans(_DIGITS)
# A hamza or madda written as a combining mark must fold as the single letter does.
_COMBINING_HAMZA = {"\u0653", "\u0654", "\u0655"}


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text derived from another, and the way back.

    ``offsets[i]`` is the offset in the original of the character ``text[i]``; one more entry
    holds the length of the original. ``offsets`` never decreases.
    """

    text: str
    offsets: Sequence[int]

    def to_origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that ``text[start:end]`` came from."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1]
        after = bisect_right(self.offsets, last, end)
        stop = self.offsets[after] if after < len(self.offsets) else last + 1
        return self.offsets[start], stop

    def from_origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``text`` that comes from ``[start, end)`` of the original."""
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)


class _FoldTable(dict[int, str]):
    """Filled as characters are met, so that import costs nothing."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
            folded = char  # line ends stay what they are
        else:
            folded = "".join(
                _DIGITS.get(c, _FOLDS.get(c, c))
                for c in unicodedata.normalize("NFKC", char)
                if not _INVISIBLE.match(c)
            )
        self[code] = folded
        return folded


_FOLD_TABLE = _FoldTable()


@cache
def _length_changing() -> re.Pattern[str]:
    """Characters of the planes in use whose folded form is not one character long."""
    # Only what has a decomposition, or is dropped, can change its length.
    candidates = (
        chr(c)
        for c in range(0x20000)
        if unicodedata.decomposition(chr(c)) or _INVISIBLE.match(chr(c))
    )
    odd = [c for c in candidates if len(_FOLD_TABLE[ord(c)]) != 1]
    return re.compile("[" + "".join(map(re.escape, odd)) + "]")


def fold(text: str) -> MappedText:
    """The key by which Arabic is matched: NFKC, no marks or controls, one alef, one yeh.

    Digits become ASCII, Persian kaf and yeh Arabic. Teh marbuta is kept: glossary entries say
    themselves where ه may stand for it. See UAX 15 for NFKC.
    """
    if _length_changing().search(text) is None:
        return MappedText(text.translate(_FOLD_TABLE), range(len(text) + 1))
    out: list[str] = []
    offsets: list[int] = []
    done = 0
    for odd in _length_changing().finditer(text):
        i, char = odd.start(), odd[0]
        if done < i:
            out.append(text[done:i].translate(_FOLD_TABLE))
            offsets.extend(range(done, i))
        done = i + 1
        if char in _COMBINING_HAMZA and offsets and offsets[-1] == i - 1:
            composed = unicodedata.normalize("NFC", text[i - 1] + char)
            if len(composed) == 1:
                out[-1] = out[-1][:-1] + _FOLD_TABLE[ord(composed)]
                continue
        folded = _FOLD_TABLE[ord(char)]
        out.append(folded)
        offsets.extend([i] * len(folded))
    out.append(text[done:].translate(_FOLD_TABLE))
    offsets.extend(range(done, len(text) + 1))
    return MappedText("".join(out), offsets)


_UNCLEAN = re.compile(f"[{_MARKS}{_CONTROLS}]|[^\\S ]|[\x00-\x1f\x7f-\x9f]|  +|^ | $")


def clean(text: str) -> MappedText:
    """What the engine is given: no marks, no controls, single spaces, letters as written.

    SentencePiece's own normaliser turns U+200F into a space and keeps tatweel and tashkeel, so
    both are taken out before it.
    """
    if _UNCLEAN.search(text) is None:
        return MappedText(text, range(len(text) + 1))
    out: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        if _INVISIBLE.match(char):
            continue
        if char.isspace() or unicodedata.category(char) == "Cc":
            if out and out[-1] != " ":
                out.append(" ")
                offsets.append(i)
            continue
        out.append(char)
        offsets.append(i)
    while out and out[-1] == " ":
        out.pop()
        offsets.pop()
    offsets.append(len(text))
    return MappedText("".join(out), offsets)


def ascii_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits as 0-9; its length does not change."""
    return text.translate(_DIGIT_TABLE)


def is_arabic_letter(char: str) -> bool:
    """Whether a character is a letter of the Arabic script (presentation forms included)."""
    return _LETTER.match(char) is not None


def has_arabic(text: str) -> bool:
    """Whether a text holds at least one Arabic letter."""
    return _LETTER.search(text) is not None
