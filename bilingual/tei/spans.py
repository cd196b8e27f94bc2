"""Numbers, dates, quotations and cited paragraphs of a sentence, computed from its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from bilingual.dates import FoundDate, find_dates_ar, find_dates_en
from bilingual.numerals import arabic_numbers, english_numbers
from bilingual.script import ascii_digits
from bilingual.tei.marks import Mark
from bilingual.tei.provisions import provisions

__all__ = ["computed"]

# A proclitic may be glued to a number (و2268); a Latin letter makes it a name (F16).
_NUMBER = re.compile(
    r"(?<![A-Za-z_\d.,/:@٫٬\-–])"
    r"(\d{1,3}(?:[,٬]\d{3})+|\d+)([.٫]\d+)?"
    r"(?![A-Za-z_\d/:@]|[.,٫٬\-–]\d)"
)
_SCALE = re.compile(r"\d\s?(?:[أاآ]ل|ملي|ملا|تريل|hundred|thousand|[mb]illion|trillion|bn)")
_SCALED = re.compile(r"[\d.,٬٫]+\s?[^\W\d_]+")
_PAIRS = {"«": "»", "“": "”", "‹": "›"}
_QUOTES = re.compile('[«»“”‹›"]')


def _numbers(text: str, language: str) -> list[Mark]:
    """Numbers in digits, with the word of scale that follows (10 آلاف, 2 million)."""
    scaled: dict[int, tuple[int, str]] = {}
    if _SCALE.search(text) is not None:
        read = arabic_numbers if language == "ar" else english_numbers
        for number in read(text):
            if len(number.values) == 1 and _SCALED.fullmatch(number.surface):
                scaled[number.start] = (number.end, min(number.values))
    found = []
    for match in _NUMBER.finditer(text):
        whole = ascii_digits(re.sub("[,٬]", "", match[1]))
        part = ascii_digits(match[2][1:]) if match[2] else ""
        if not (whole + part).isascii():
            continue  # digits of a third script
        value = whole.lstrip("0") or "0"
        value += f".{part}" if part else ""
        end, longer = scaled.get(match.start(), (match.end(), value))
        if end > match.end() and longer.isascii() and longer.replace(".", "", 1).isdigit():
            found.append(Mark(match.start(), end, "num", {"value": longer}, rank=2))
        else:
            found.append(Mark(match.start(), match.end(), "num", {"value": value}, rank=2))
    return found


def _date_mark(found: FoundDate) -> Mark:
    attributes = {"when": found.when} if found.when else {"from": found.from_, "to": found.to}
    return Mark(found.start, found.end, "date", attributes, rank=1)


def _quotations(text: str) -> list[Mark]:
    """Quotations whose marks pair without doubt inside the sentence; else none at all."""
    signs = [(match.start(), match[0]) for match in _QUOTES.finditer(text)]
    if not signs:
        return []
    found: list[Mark] = []
    stack: list[tuple[int, str]] = []
    for place, sign in signs:
        if sign == '"':
            before = text[place - 1] if place else " "
            after = text[place + 1] if place + 1 < len(text) else " "
            if stack and stack[-1][1] == '"' and not after.isalnum():
                found.append(Mark(stack.pop()[0], place + 1, "q", rank=3))
            elif not (stack and stack[-1][1] == '"') and not before.isalnum() and after != " ":
                stack.append((place, sign))
            else:
                return []
        elif sign in _PAIRS:
            stack.append((place, sign))
        elif stack and _PAIRS.get(stack[-1][1]) == sign:
            found.append(Mark(stack.pop()[0], place + 1, "q", rank=3))
        else:
            return []
    return [] if stack else found


def computed(text: str, language: str, article_date: str, names: Sequence[Mark] = ()) -> list[Mark]:
    """Marks for the numbers, dates, quotations and cited parts of a sentence in ``ar`` or ``en``.

    ``article_date`` (ISO 8601, or empty) resolves dates that only mean something on a day.
    ``names`` are the marked names: the year in a resolution's symbol is no number of its own,
    and a paragraph is one of the resolution that is named after it.
    """
    find = find_dates_ar if language == "ar" else find_dates_en
    dates = [_date_mark(found) for found in find(text, article_date)]
    marks = [*dates, *_quotations(text), *provisions(text, language, names)]
    starts = [date.start for date in dates]
    resolutions = sorted((m for m in names if m.tag == "ref"), key=lambda m: m.start)
    heads = [mark.start for mark in resolutions]
    for number in _numbers(text, language):
        before = bisect_right(starts, number.end - 1) - 1
        if before >= 0 and dates[before].end > number.start:
            continue
        if number.start and text[number.start - 1] == "(":
            before = bisect_right(heads, number.start - 1) - 1
            if before >= 0 and number.end < resolutions[before].end:
                continue
        marks.append(number)
    return marks
