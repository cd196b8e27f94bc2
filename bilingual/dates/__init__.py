"""Dates of the Arabic and of the English text, as spans with an ISO 8601 value.

Only what is certain is found: a month needs a day, a year or a word such as الماضي beside it,
and a date of the article's month or year needs the article's own date. A date without a year
gets the year in which it lies nearest to the article, and none where its date is not known.
"""

from __future__ import annotations

from bilingual.dates.arabic import find_dates_ar
from bilingual.dates.calendar import FoundDate
from bilingual.dates.english import find_dates_en

__all__ = ["FoundDate", "find_dates_ar", "find_dates_en"]
