"""Controlled English inside the Arabic: how the model learns to copy what the glossary inlines.

The glossary puts English in place of an Arabic mention and leaves the proclitics standing before it
(``ل United Nations`` or ``لUnited Nations``). The model must bring that English out unchanged, once
and in place. Three sources of such sentences: slots of a template, mentions found on both sides of
a natural pair, and names that no one bears, so that copying cannot be learnt by heart.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import tables

PROCLITICS = "وفبلك"
_DIGITS = re.compile(r"(?<![\d.,:/])\d{2,}(?![\d%]|[.,:/]\d)")
SET_OFF = 0.85  # share of proclitics set off by a space before English, as the library inlines
_ONSET = tables.words("names", "onsets")
_NUCLEUS = tables.words("names", "nuclei")
_CODA = tables.words("names", "codas")
_PARTICLES = tables.words("names", "particles")
_BODIES = tables.words("names", "bodies")
_KINDS = tables.words("names", "kinds")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name standing on both sides: ``[start, end)`` in the Arabic and in the English."""

    start: int
    end: int
    english_start: int
    english_end: int


def find_mentions(
    arabic: str, english: str, names: Mapping[str, str], longest: int = 5
) -> list[Mention]:
    """Names of ``names`` (Arabic → English) found once on each side, longest first, no overlaps.

    The Arabic span excludes glued proclitics and includes the article, as in the glossary.
    """
    words = [(m.start(), m.end()) for m in re.finditer(r"[^\W_]+", arabic)]
    found: list[Mention] = []
    i = 0
    while i < len(words):
        for size in range(min(longest, len(words) - i), 0, -1):
            start, end = words[i][0], words[i + size - 1][1]
            hit = _lookup(arabic, start, end, names)
            if hit is None:
                continue
            name, at = hit
            if english.count(name) != 1 or arabic.count(arabic[at:end]) != 1:
                continue
            left = english.index(name)
            right = left + len(name)
            if (left and english[left - 1].isalnum()) or english[right : right + 1].isalnum():
                continue
            if any(left < m.english_end and m.english_start < right for m in found):
                continue
            found.append(Mention(at, end, left, right))
            i += size - 1
            break
        i += 1
    return found


def _lookup(arabic: str, start: int, end: int, names: Mapping[str, str]) -> tuple[str, int] | None:
    surface = arabic[start:end]
    if surface in names:
        return names[surface], start
    if len(surface) > 4 and surface[0] in PROCLITICS and surface[1:] in names:
        return names[surface[1:]], start + 1
    return None


def invented_name(rng: random.Random) -> str:
    """A Latin string no one bears: a person, a body, an acronym, a symbol."""
    kind = rng.random()
    if kind < 0.50:
        parts = [_word(rng).capitalize() for _ in range(rng.choice([1, 2, 2, 2, 3]))]
        if len(parts) > 1 and rng.random() < 0.15:
            parts.insert(len(parts) - 1, rng.choice(_PARTICLES))
        if rng.random() < 0.08:
            parts[-1] = rng.choice(["al-", "Al-", "O'", "Mc"]) + parts[-1]
        return " ".join(parts)
    if kind < 0.70:
        words = [rng.choice(_KINDS) for _ in range(rng.choice([0, 1, 1, 2]))] + [
            rng.choice(_BODIES)
        ]
        if rng.random() < 0.6:
            words.insert(0, _word(rng).capitalize())
        if rng.random() < 0.3:
            words += ["of" if rng.random() < 0.6 else "for", _word(rng).capitalize()]
        return " ".join(words)
    if kind < 0.82:
        letters = "".join(rng.choice("ABCDEFGHIKLMNOPRSTUVWY") for _ in range(rng.randint(2, 6)))
        return letters + (f"-{rng.randint(1, 40)}" if rng.random() < 0.25 else "")
    if kind < 0.94:
        return resolution(rng, rng.randint(100, 2790))
    return f"{_word(rng).capitalize()}{rng.choice(['-', '/', '.', ''])}{_word(rng)}"


def resolution(rng: random.Random, number: int) -> str:
    """A Security Council resolution in one of its English forms."""
    year = rng.randint(1946, 2025)
    form = rng.choice(
        ["resolution {n} ({y})", "resolution {n}", "Resolution {n}", "S/RES/{n}({y})"]
    )
    return form.format(n=number, y=year)


def _word(rng: random.Random) -> str:
    size = rng.choice([1, 2, 2, 2, 2, 3, 3])
    parts = [rng.choice(_ONSET) + rng.choice(_NUCLEUS) for _ in range(size)]
    return "".join(parts) + rng.choice(_CODA) + rng.choice(["", "", "", "ov", "ez", "i", "a", "y"])


def renumber(arabic: str, english: str, rng: random.Random) -> tuple[str, str]:
    """Other numbers in the same places: digits must be copied, not learnt by heart.

    Only numbers of two or more digits that stand once on each side, bare of separators; years stay
    near our time, other numbers keep their length (and with it the noun after them).
    """
    for number in set(_DIGITS.findall(english)):
        here = [m for m in _DIGITS.finditer(arabic) if m[0] == number]
        there = [m for m in _DIGITS.finditer(english) if m[0] == number]
        if len(here) != 1 or len(there) != 1:
            continue
        if len(number) == 4 and number[:2] in {"18", "19", "20"}:
            new = str(rng.randint(1900, 2029))
        elif len(number) == 2:
            new = str(rng.randint(11, 99))
        else:
            new = str(rng.randint(10 ** (len(number) - 1), 10 ** len(number) - 1))
        arabic = arabic[: here[0].start()] + new + arabic[here[0].end() :]
        english = english[: there[0].start()] + new + english[there[0].end() :]
    return arabic, english


def inline(
    arabic: str,
    english: str,
    mentions: Iterable[Mention],
    rng: random.Random,
    invent: float = 0.5,
    names: list[str] | None = None,
) -> tuple[str, str]:
    """Replace mentions by English in the Arabic.

    With probability ``invent`` the name becomes another one on both sides, half of the time drawn
    from ``names``. A glued proclitic stays glued or is set apart by a space, as engines differ.
    """
    ordered = sorted(mentions, key=lambda m: m.start, reverse=True)
    by_english = sorted(ordered, key=lambda m: m.english_start, reverse=True)
    new: dict[Mention, str] = {}
    for m in ordered:
        text = english[m.english_start : m.english_end]
        if rng.random() < invent:
            text = rng.choice(names) if names and rng.random() < 0.5 else invented_name(rng)
        new[m] = text
    for m in ordered:
        glued = m.start > 0 and arabic[m.start - 1].isalpha()
        space = " " if glued and rng.random() < SET_OFF else ""
        arabic = arabic[: m.start] + space + new[m] + arabic[m.end :]
    for m in by_english:
        english = english[: m.english_start] + new[m] + english[m.english_end :]
    return arabic, english
