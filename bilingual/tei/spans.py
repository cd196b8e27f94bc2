"""Numbers, dates and quotations of a sentence, computed from its text alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilingual.script import ascii_digits
from bilingual.tei.marks import Mark

__all__ = ["computed"]

# A proclitic may be glued to a number (و2268); a Latin letter makes it a name (F16).
_NUMBER = re.compile(
    r"(?<![A-Za-z_\d.,/:@٫٬\-–])"
    r"(\d{1,3}(?:[,٬]\d{3})+|\d+)([.٫]\d+)?"
    r"(?![A-Za-z_\d/:@]|[.,٫٬\-–]\d)"
)


def _numbers(text: str) -> list[Mark]:
    found = []
    for match in _NUMBER.finditer(text):
        whole = ascii_digits(re.sub("[,٬]", "", match[1]))
        part = ascii_digits(match[2][1:]) if match[2] else ""
        if not (whole + part).isascii():
            continue  # digits of a third script
        value = str(int(whole)) + (f".{part}" if part else "")
        found.append(Mark(match.start(), match.end(), "num", {"value": value}, rank=2))
    return found


def computed(text: str, language: str, article_date: str, names: Sequence[Mark] = ()) -> list[Mark]:
    """Marks for the numbers, dates and quotations of a sentence in ``ar`` or ``en``.

    ``article_date`` (ISO 8601, or empty) resolves dates that only mean something on a day.
    ``names`` are the marked names: the year in a resolution's symbol is no number of its own.
    """
    resolutions = [mark for mark in names if mark.tag == "ref"]
    return [
        mark
        for mark in _numbers(text)
        if not any(
            r.start < mark.start <= mark.end < r.end and text[mark.start - 1] == "("
            for r in resolutions
        )
    ]
