"""Numbers in Arabic and in English, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bilingual.script import ascii_digits

__all__ = ["Number", "arabic_numbers", "english_numbers", "unmatched"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. ``values`` are the readings it allows, as normal decimal strings."""

    start: int
    end: int
    surface: str
    values: frozenset[str]
    digits: bool
    """Whether it is written in digits (else in words)."""


_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")


def _readings(surface: str) -> frozenset[str]:
    plain = surface.replace("٬", ",").replace("٫", ".")
    return frozenset({plain.replace(",", ""), plain})


def arabic_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of an Arabic text, left to right."""
    plain = ascii_digits(text)
    return tuple(
        Number(m.start(), m.end(), m.group(), _readings(m.group()), True)
        for m in _DIGITS.finditer(plain)
    )


english_numbers = arabic_numbers


def unmatched(
    arabic: Sequence[Number], english: Sequence[Number]
) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """The Arabic numbers without an English one, and the English ones left over."""
    left = list(english)
    missing = []
    for number in arabic:
        for other in left:
            if number.values & other.values:
                left.remove(other)
                break
        else:
            missing.append(number)
    return tuple(missing), tuple(left)
