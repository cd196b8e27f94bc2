"""Numbers of an English text, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from bilingual.numerals.number import Number, digit_runs, plain, readings
from bilingual.script import ascii_digits

__all__ = ["MONTHS", "english_numbers"]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
# What English says for two of something, or for a second one.
_TWOS = "twice both couple pair double dual bilateral secondly again other"
_WORDS: dict[str, int] = {
    **{word: n for words in (_CARDINALS, _ORDINALS) for n, word in enumerate(words.split())},
    **{word: 10 * n for words in (_TENS, _TENTHS) for n, word in enumerate(words.split(), 2)},
    **dict.fromkeys(_TWOS.split(), 2),
    "once": 1, "thirdly": 3, "thrice": 3, "triple": 3, "trilateral": 3, "quartet": 4,
    "noon": 12, "midday": 12, "midnight": 12, "dozen": 12, "fortnight": 2,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "hundredth": 100, "thousand": 1000, "thousandth": 1000, "million": 10**6,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|[^\w\s]")


@lru_cache(maxsize=4096)  # the ladder and the checks ask about the same sentences
def english_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of an English text, left to right, those in words too.

    A month's name is a number of its own kind (``month 2``): it answers the 2 of 16/2.
    """
    ascii_ = ascii_digits(text)
    found = list(_TOKEN.finditer(ascii_))
    out: list[Number] = []
    i = 0
    while i < len(found):
        match = found[i]
        word = match.group()
        lower = word.lower()
        if word[0].isdigit():
            scale = found[i + 1].group().lower() if i + 1 < len(found) else ""
            near = i + 1 < len(found) and found[i + 1].start() - match.end() <= 1
            if scale in _SCALES and near and (values := readings(word)):
                end = found[i + 1].end()
                size = _SCALES[scale]
                values = frozenset(plain(Decimal(v) * size) for v in values)
                out.append(Number(match.start(), end, ascii_[match.start() : end], values, True))
                i += 2
                continue
            at = match.start()
            out += [
                Number(at + m.start(), at + m.end(), m.group(), readings(m.group()), True)
                for m in digit_runs(word)
            ]
            i += 1
        elif lower in _WORDS or (lower in _SCALES and _counts(found, i)):
            value, j = _phrase(found, i)
            span = match.start(), found[j - 1].end()
            values = frozenset({plain(Decimal(value))})
            out.append(Number(*span, ascii_[slice(*span)], values, False))
            i = j
        else:
            if word in MONTHS:
                month = frozenset({f"month {MONTHS.index(word) + 1}"})
                out.append(Number(match.start(), match.end(), word, month, False))
            i += 1
    return tuple(out)


def _counts(found: Sequence[re.Match[str]], i: int) -> bool:
    """A scale alone is a number only after an article: a thousand, the hundredth."""
    return i > 0 and found[i - 1].group().lower() in ("a", "one", "the")


def _phrase(found: Sequence[re.Match[str]], i: int) -> tuple[int, int]:
    total = group = 0
    j = i
    last = 1000  # the size of the last word read: after tens only units may follow
    while j < len(found):
        word = found[j].group().lower()
        following = found[j + 1].group().lower() if j + 1 < len(found) else ""
        if word == "hundred" and (group or j == i):
            group = max(group, 1) * 100
            last = 100
        elif word in _SCALES and (group or j == i):
            total += max(group, 1) * _SCALES[word]
            group, last = 0, 1000
        elif word in _WORDS:
            value = _WORDS[word]
            size = 1 if value < 10 else 10
            if j > i and (value >= last or last <= 1 or (last == 10 and value >= 10)):
                break
            group += value
            last = size if value >= 20 or value < 10 else 1
        elif word in ("and", "-") and j > i and following in _WORDS and (
            last >= 100 if word == "and" else last == 10
        ):  # fmt: skip
            pass
        else:
            break
        j += 1
    return total + group, j
