"""What a number is, how a run of digits may be read, and which number answers which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Number", "digit_runs", "plain", "readings", "unmatched"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. ``values`` are its readings, as plain decimal strings."""

    start: int
    end: int
    surface: str
    values: frozenset[str]
    digits: bool
    """Whether it is written in digits (else in words)."""


def plain(value: Decimal) -> str:
    """A value as digits, no exponent and no idle zeros."""
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def readings(surface: str) -> frozenset[str]:
    """How a run of digits may be read: 2,500 is 2500; 1.500 is 1.5 or 1500; 09 is 9."""
    ascii_ = surface.replace("٬", ",").replace("٫", ".")
    if ascii_.isdigit():
        short = {ascii_.lstrip("0") or "0"} if len(ascii_) <= 2 else set()
        return frozenset({ascii_} | short)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", ascii_):
        return frozenset({plain(Decimal(ascii_.replace(",", "")))})
    if re.fullmatch(r"\d+[.,]\d+", ascii_):
        values = {plain(Decimal(ascii_.replace(",", ".")))}
        if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", ascii_):
            values.add(ascii_.replace(".", ""))
        return frozenset(values)
    return frozenset()


def digit_runs(text: str) -> Iterator[re.Match[str]]:
    """Numbers in digits; a run that is no one number (16.2.2018) comes in its parts."""
    for match in re.finditer(r"\d+(?:[.,٬٫]\d+)*", text):
        if readings(match.group()):
            yield match
        else:
            yield from re.compile(r"\d+").finditer(text, match.start(), match.end())


def unmatched(
    arabic: Sequence[Number],
    english: Sequence[Number],
    controlled: Sequence[tuple[int, int]] = (),
) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """The Arabic numbers without an English one, and the English ones left over.

    As many as possible are matched (Kuhn 1955), those in digits before those in words. What
    stands inside the ``controlled`` spans of the English is matched last and never left over:
    a controlled form may say more than its Arabic, as the year of a resolution does.
    """

    def inside(number: Number) -> bool:
        return any(s <= number.start and number.end <= e for s, e in controlled)

    english = sorted(english, key=lambda n: (inside(n), n.start))
    owner: dict[int, int] = {}

    def place(a: int, tried: set[int]) -> bool:
        for e, other in enumerate(english):
            if e in tried or not arabic[a].values & other.values:
                continue
            tried.add(e)
            if e not in owner or place(owner[e], tried):
                owner[e] = a
                return True
        return False

    for a in sorted(range(len(arabic)), key=lambda k: not arabic[k].digits):
        place(a, set())
    matched = set(owner.values())
    return (
        tuple(n for k, n in enumerate(arabic) if k not in matched),
        tuple(n for k, n in enumerate(english) if k not in owner and not inside(n)),
    )
