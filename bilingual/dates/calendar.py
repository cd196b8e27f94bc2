"""From day, month, year and words such as "last" to an ISO 8601 value."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import Enum

__all__ = ["FoundDate", "Relation", "Taken", "article_date", "day_value", "month_value", "year_of"]


class Relation(Enum):
    """Where a date lies as seen from the article's own date."""

    NONE = 0
    PAST = -1
    PRESENT = 1
    FUTURE = 2


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ``when``, or ``from_`` and ``to`` for a range, each an ISO 8601 value.

    Without a year the value is ``--MM-DD`` or ``--MM`` (XML Schema ``gMonthDay``, ``gMonth``).
    """

    start: int
    end: int
    when: str = ""
    from_: str = ""
    to: str = ""


class Taken:
    """Spans that do not overlap, kept in order (a line of megabytes holds very many)."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> bool:
        """Take a span unless it overlaps one that is taken."""
        place = bisect_right(self._starts, start)
        if place and self._ends[place - 1] > start:
            return False
        if place < len(self._starts) and self._starts[place] < end:
            return False
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True


def article_date(value: str) -> date | None:
    """The day of an article from its metadata; None when it says no day."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _nearest(month: int, day: int, relation: Relation, article: date) -> int | None:
    """The year of a day without one: nearest to the article, on the side that is said."""
    best: tuple[int, int] | None = None
    for year in (article.year - 1, article.year, article.year + 1):
        if day > calendar.monthrange(year, month)[1]:
            continue
        distance = (date(year, month, day) - article).days
        months = (year - article.year) * 12 + month - article.month
        if relation is Relation.PAST and (distance >= 0 or months > 0):
            continue
        if relation is Relation.FUTURE and (distance <= 0 or months < 0):
            continue
        if best is None or abs(distance) < best[0]:
            best = (abs(distance), year)
    return best[1] if best else None


def day_value(
    day: int, month: int, year: int | None, relation: Relation, article: date | None
) -> str:
    """A day as ISO 8601, or nothing when no calendar has it."""
    if not 1 <= day <= calendar.monthrange(2000, month)[1]:
        return ""
    if year is None and article is not None:
        year = _nearest(month, day, relation, article)
        if year is None:
            return ""
    if year is None:
        return f"--{month:02d}-{day:02d}"
    if day > calendar.monthrange(year, month)[1]:
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"


def month_value(month: int, year: int | None, relation: Relation, article: date | None) -> str:
    """A month as ISO 8601; without a year the one that is said, or nothing said, nearest."""
    if year is None and article is not None:
        if relation is Relation.PAST:
            year = article.year if month < article.month else article.year - 1
        elif relation is Relation.FUTURE:
            year = article.year if month > article.month else article.year + 1
        else:
            year = _nearest(month, 15, relation, article)
    return f"{year:04d}-{month:02d}" if year is not None else f"--{month:02d}"


def year_of(relation: Relation, article: date | None) -> int | None:
    """The year that "this", "last" or "next year" means."""
    if article is None or relation is Relation.NONE:
        return None
    shift = {Relation.PAST: -1, Relation.PRESENT: 0, Relation.FUTURE: 1}[relation]
    return article.year + shift
