"""English inflection for the grammar: verbs, articles, numbers in words.

Bases may be phrases ("call on", "be located"): the first word is inflected, the rest follows.
"""

from __future__ import annotations

import re

from . import tables

_IRREGULAR_PARTICIPLES = tables.mapping("participles")
_DOUBLING = frozenset(tables.words("english", "doubling"))
_BE = {
    ("present", False): "is",
    ("present", True): "are",
    ("past", False): "was",
    ("past", True): "were",
}
_SILENT_H = ("hour", "honest", "honour", "honor", "heir")
_YOU_SOUND = ("uni", "use", "usu", "eu", "one", "once", "ura", "uto", "ute", "ura")
_VOWEL_SOUND_UN = ("unin", "unim", "unid")
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")


def _split(base: str) -> tuple[str, str]:
    head, _, rest = base.partition(" ")
    return head, f" {rest}" if rest else ""


def third_person(base: str) -> str:
    """``carry out`` → ``carries out``; ``be ready`` → ``is ready``."""
    head, rest = _split(base)
    if head == "be":
        return "is" + rest
    if head == "have":
        return "has" + rest
    if re.search(r"[^aeiou]y$", head):
        return head[:-1] + "ies" + rest
    if head.endswith(("s", "sh", "ch", "x", "z", "o")):
        return head + "es" + rest
    return head + "s" + rest


def present(base: str, plural: bool) -> str:
    """Present tense agreeing with a third-person subject."""
    head, rest = _split(base)
    if not plural:
        return third_person(base)
    return ("are" if head == "be" else head) + rest


def past(base: str, simple_past: str, plural: bool) -> str:
    """The lexicon's past form, with ``was`` made ``were`` for a plural subject."""
    if plural and simple_past.startswith("was "):
        return "were" + simple_past[3:]
    return simple_past


def participle(base: str, simple_past: str) -> str:
    """Past participle: irregular ones from a table, else the past form."""
    head, rest = _split(base)
    for prefix in ("re-", ""):
        stem = head.removeprefix(prefix)
        if stem in _IRREGULAR_PARTICIPLES:
            return (prefix if prefix and head.startswith(prefix) else "") + (
                _IRREGULAR_PARTICIPLES[stem] + rest
            )
    return simple_past


def ing(base: str) -> str:
    """Present participle: ``stop`` → ``stopping``, ``make`` → ``making``, ``lie`` → ``lying``."""
    head, rest = _split(base)
    if head == "be":
        return "being" + rest
    if head.endswith("ie"):
        return head[:-2] + "ying" + rest
    if head.endswith("e") and not head.endswith(("ee", "oe", "ye")):
        return head[:-1] + "ing" + rest
    if head in _DOUBLING:
        return head + head[-1] + "ing" + rest
    return head + "ing" + rest


def be(tense: str, plural: bool) -> str:
    """``is/are/was/were``; ``tense`` is "present" or "past"."""
    return _BE[(tense, plural)]


def with_article(phrase: str) -> str:
    """Put ``a`` or ``an`` before an English phrase, by its sound."""
    word = re.split(r"[ -]", phrase, maxsplit=1)[0]
    lower = word.lower()
    if len(word) > 1 and word.isupper():
        vowel = word[0] in _VOWEL_LETTERS
    elif lower.startswith(_SILENT_H):
        vowel = True
    elif lower.startswith(_YOU_SOUND) and not lower.startswith(_VOWEL_SOUND_UN):
        vowel = False
    else:
        vowel = lower[:1] in "aeiou" and bool(lower)
    return f"{'an' if vowel else 'a'} {phrase}"


_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = [
    "zero",
    "ten",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]


def number_words(n: int) -> str:
    """Cardinal in words, 0 to 999,999: ``2105`` → ``two thousand one hundred and five``."""
    if n < 20:
        return _UNITS[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_UNITS[n % 10]}" if n % 10 else "")
    if n < 1000:
        rest = f" and {number_words(n % 100)}" if n % 100 else ""
        return f"{_UNITS[n // 100]} hundred{rest}"
    tail = n % 1000
    rest = "" if not tail else f" {'and ' if tail < 100 else ''}{number_words(tail)}"
    return f"{number_words(n // 1000)} thousand{rest}"


def is_plural_noun(english: str) -> bool:
    """Whether a noun without a listed plural takes a plural verb ("clothes", "lentils")."""
    last = english.split(" of ")[0].split()[-1].lower()
    if last in {"police", "people", "media", "cattle"}:
        return True
    if last in {"news", "chess", "glass", "progress", "access", "series", "gas", "diabetes"}:
        return False
    return last.endswith("s") and not last.endswith(("ss", "ics", "us", "is"))
