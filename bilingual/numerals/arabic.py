"""Numbers of an Arabic text, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bilingual.numerals.number import Number, digit_runs, plain, readings
from bilingual.numerals.words import AFTERNOON, ARABIC, MONTH_HEADS
from bilingual.script import ascii_digits, fold

__all__ = ["arabic_numbers"]

_PREFIX = re.compile("(و|ف)?(ب|ل|ك)?(ال|ل(?=ل))?")
_TOKEN = re.compile(r"\d+(?:[.,٬٫]\d+)*|[^\W\d_]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    kind: str
    """``digits word other`` or a kind of ``words.ARABIC``."""
    value: Decimal
    joined: bool
    """Whether it carries و (and)."""
    definite: bool
    text: str


def _lookup(word: str) -> tuple[str, int, bool, bool] | None:
    """Kind, value, whether و stands before it, whether it has the article."""
    for form in (word, word[:-1] + "ة" if word.endswith("ه") else ""):
        if form in ARABIC:
            return (*ARABIC[form], False, False)
    match = _PREFIX.match(word)
    if match and match.end():
        rest = word[match.end() :]
        for form in (rest, rest[:-1] + "ة" if rest.endswith("ه") else ""):
            if form in ARABIC:
                return (*ARABIC[form], match.group(1) == "و", bool(match.group(3)))
        # ل of the article's لل may belong to the word: للف.
    return None


def _tokens(key: str) -> list[_Token]:
    runs = {m.start(): m for m in digit_runs(key)}
    out: list[_Token] = []
    at = 0
    joined = definite = False
    while match := _TOKEN.search(key, at):
        if match.group()[0].isdigit():
            match = runs[match.start()]
            value = min((Decimal(v) for v in readings(match.group())), default=Decimal(0))
            out.append(_Token(*match.span(), "digits", value, joined, definite, match.group()))
            joined = definite = False
        elif match.group() in ("و", "وال", "ال"):  # detached: و 300, الـ 29
            joined, definite = match.group()[0] == "و", match.group().endswith("ال")
        elif found := _lookup(match.group()):
            kind, number, prefixed, article = found
            value = Decimal(number)
            out.append(
                _Token(
                    *match.span(), kind, value, prefixed or joined, article or definite,
                    match.group(),
                )
            )  # fmt: skip
            joined = definite = False
        else:
            word = match.group()
            kind = "word" if word[0].isalpha() else "other"
            out.append(_Token(*match.span(), kind, Decimal(0), False, False, word))
            joined = definite = False
        at = match.end()
    return out


_GROUP = {"unit", "ten", "tens", "hundred", "ordinal", "one"}
_SCALE = {"scale", "many", "open"}


@dataclass(slots=True)
class _Phrase:
    """A number in words as it is read, word by word."""

    total: Decimal = Decimal(0)
    group: Decimal = Decimal(0)
    scale: Decimal = Decimal(0)
    """The last multiplier said; what follows must be smaller."""
    doubt: Decimal = Decimal(0)
    """How much less it may also mean: ألفا is 2000, or 1000 in the accusative."""
    digits: bool = False

    def takes(self, token: _Token, first: bool) -> bool:
        """Read one more word, if it can belong to the number."""
        kind, value = token.kind, token.value
        low = self.group % 100
        if first:
            if kind in _SCALE:
                self.total, self.scale = value, value
                if kind == "open":
                    self.total, self.doubt = 2 * value, value
            elif kind == "dual":
                self.total, self.scale = value, value / 2
            else:
                self.group, self.digits = value, kind == "digits"
            return True
        if kind in _SCALE and not token.joined and self.group:
            if self.scale and value >= self.scale:
                return False
            self.total += self.group * value
            self.group, self.scale, self.digits = Decimal(0), value, False
            return True
        if not token.joined:
            if kind == "ten" and 1 <= low <= 9 and not self.digits:
                self.group += 10
                return True
            if kind == "hundred" and value == 100 and 3 <= self.group <= 9 and not self.digits:
                self.group *= 100
                return True
            return False
        if kind in ("scale", "open", "dual"):
            size = value / 2 if kind == "dual" else value
            if not self.group and self.scale > size:
                self.total += value
                self.scale = size
                return True
            return False
        if kind == "digits":
            fits = bool(self.scale) and not self.group and value < self.scale
        elif self.digits or kind not in _GROUP:
            fits = False
        elif kind == "hundred":
            fits = not self.group and bool(self.scale)
        elif kind == "tens":
            fits = low < 10 and bool(self.group or self.scale)
        else:
            fits = not low and bool(self.group or self.scale)
        if fits:
            self.group += value
        return fits


@lru_cache(maxsize=4096)  # the ladder and the checks ask about the same sentences
def arabic_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of an Arabic text, left to right, those in words too.

    Compounds are read whole (أربعة آلاف وخمسمائة 4500; 5 آلاف و300; الثاني والعشرين 22). Not
    read: one and first, which English says in other ways, and the names of months.
    """
    folded = fold(text)
    tokens = _tokens(folded.text)
    out: list[Number] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        before = tokens[i - 1] if i else None
        if token.kind in ("word", "other", "many") or _is_percent(tokens, i):
            i += 1
            continue
        if before and before.text.endswith(tuple(MONTH_HEADS)) and token.kind == "ordinal":
            i += 1
            continue
        phrase = _Phrase()
        phrase.takes(token, True)
        j = i + 1
        while j < len(tokens) and not _is_percent(tokens, j) and phrase.takes(tokens[j], False):
            j += 1
        alone = j == i + 1
        skip = alone and (token.kind == "one" or (token.kind == "ordinal" and not token.definite))
        if not skip:
            values = _values(folded.text, tokens, i, j, phrase)
            start, end = folded.to_origin(token.start, tokens[j - 1].end)
            # Folding makes digits of what are none: ½, ², ①.
            digits_only = not any(c.isnumeric() and not c.isdecimal() for c in text[start:end])
            if values and digits_only:
                digits = alone and token.kind == "digits"
                out.append(Number(start, end, ascii_digits(text[start:end]), values, digits))
        i = j
    return tuple(out)


def _is_percent(tokens: Sequence[_Token], i: int) -> bool:
    """The hundred of في المئة and بالمئة is a sign, not a number."""
    token = tokens[i]
    if token.kind != "hundred" or not token.definite:
        return False
    return token.text.startswith("ب") or (i > 0 and tokens[i - 1].text == "في")


def _values(key: str, tokens: Sequence[_Token], i: int, j: int, phrase: _Phrase) -> frozenset[str]:
    token = tokens[i]
    after = tokens[j].text if j < len(tokens) else ""
    value = phrase.total + phrase.group
    if j > i + 1 or token.kind != "digits":
        values = {plain(value)}
        if phrase.doubt:
            values.add(plain(value - phrase.doubt))
        if after in AFTERNOON and value < 12:
            values.add(plain(value + 12))
        return frozenset(values)
    values = set(readings(token.text))
    around = key[max(0, token.start - 1) : token.start] + key[token.end : token.end + 1]
    if ":" in around and token.text == "00":
        return frozenset()  # 14:00 is 2 p.m.
    if value <= 24 and value > 12 and key[token.end : token.end + 1] == ":":
        values.add(plain(value - 12))
    if "/" in around or "." in around or "-" in around:
        values |= {f"month {plain(value)}"} if 1 <= value <= 12 else set()
    return frozenset(values)
