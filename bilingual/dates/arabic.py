"""Dates of an Arabic text: both month systems, days in digits or words, ranges, الحالي."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bilingual.dates.calendar import (
    FoundDate,
    Relation,
    Taken,
    article_date,
    day_value,
    month_value,
    year_of,
)
from bilingual.script import fold

__all__ = ["find_dates_ar"]

# Folded spellings: one alef, ي for ى (``script.fold``).
_MONTHS = {
    1: ("كانون الثاني", "يناير", "جانفي"),
    2: ("شباط", "فبراير", "فيفري"),
    3: ("اذار", "مارس"),
    4: ("نيسان", "ابريل", "افريل"),
    5: ("ايار", "مايو"),
    6: ("حزيران", "يونيو", "يونيه"),
    7: ("تموز", "يوليو", "يوليه", "جويلية"),
    8: ("اب", "اغسطس", "غشت"),
    9: ("ايلول", "سبتمبر", "شتنبر"),
    10: ("تشرين الاول", "اكتوبر"),
    11: ("تشرين الثاني", "نوفمبر", "نونبر"),
    12: ("كانون الاول", "ديسمبر", "دجنبر"),
}
_MONTH_OF = {name: month for month, names in _MONTHS.items() for name in names}
_ORDINALS = (
    *("الاول", "الثاني", "الثالث", "الرابع", "الخامس"),
    *("السادس", "السابع", "الثامن", "التاسع", "العاشر"),
)
_UNITS = ("الحادي", *_ORDINALS[1:9])
_DAY_WORDS = {
    **{word: n for n, word in enumerate(_ORDINALS, 1)},
    **{f"{word} عشر": n for n, word in enumerate(_UNITS, 11)},
    **{
        f"{word} و{tens}": n for tens in ("العشرين", "العشرون") for n, word in enumerate(_UNITS, 21)
    },
    **dict.fromkeys(("العشرين", "العشرون"), 20),
    **dict.fromkeys(("الثلاثين", "الثلاثون"), 30),
    **{f"الحادي و{tens}": 31 for tens in ("الثلاثين", "الثلاثون")},
}
_RELATIONS = {
    **dict.fromkeys(("الماضي", "الفائت", "المنصرم", "المنقضي"), Relation.PAST),
    **dict.fromkeys(("الحالي", "الجاري"), Relation.PRESENT),
    **dict.fromkeys(("المقبل", "القادم"), Relation.FUTURE),
}


_HINTS = (*_MONTH_OF, "عام", "سنة", "شهر", "الجاري", "الحالي")
_DIGITS = re.compile(r"\d[/\-.]\d")


def _either(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_NAME = rf"(?:{_either(_MONTH_OF)})"
_MONTH = rf"(?P<m>{_NAME})(?:\s?/\s?(?P<m2>{_NAME})|\s?\(\s?(?P<m3>{_NAME})\s?\))?(?!\w)"
_RELATION = rf"(?P<rel>{_either(_RELATIONS)})(?!\w)"
_WEEKDAY = r"(?:(?:يوم\s)?(?:السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعة)[،,]?\s(?:في\s)?)?"
_DAY = rf"(?:(?:ال\s?)?\d{{1,2}}(?!\d)|{_either(_DAY_WORDS)})"
_YEAR = (
    r"(?:[،,]?\s(?:من\s)?(?:(?:ال)?عام\s|سنة\s)?(?P<y>1[89]\d\d|20\d\d)(?![\d.,/]\d|\d)"
    rf"|\s(?:من\s)?العام\s(?P<yrel>{_either(_RELATIONS)})(?!\w)"
    rf"|\s(?:من\s(?:العام\s)?)?{_RELATION})?"
)
_SEPARATOR = r"(?P<sep>\s?[-–—]\s?|\s(?:الي|حتي)\s|\s?و\s?)"
_FULL = re.compile(
    rf"(?<![\d.,/\-])(?P<whole>{_WEEKDAY}(?:(?P<d1>{_DAY}){_SEPARATOR})??(?P<d2>{_DAY})"
    rf"\s(?:من\s)?(?:شهر\s)?{_MONTH}{_YEAR})"
)
_MONTH_ONLY = re.compile(rf"(?<!\w)[وفبلك]?(?P<whole>(?P<head>شهر\s)?{_MONTH}{_YEAR})")
_THIS_MONTH = re.compile(
    rf"(?<![\d.,/\-])(?P<whole>{_WEEKDAY}(?P<d2>{_DAY})\s(?:من\s)?"
    r"(?:(?:الشهر\s)?(?:الجاري|الحالي)|هذا الشهر)(?!\w))"
)
_NUMERIC = re.compile(
    r"(?<![\d.,/\-])(?:(?P<y1>\d{4})(?P<s1>[/\-.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<s2>[/\-.])(?P<m2>\d{1,2})(?P=s2)(?P<y2>\d{4}))(?![\d/\-]|[.,]\d)"
)
_YEAR_ONLY = re.compile(
    r"(?<!\w)[وفبلك]?(?P<whole>(?:(?:ال)?عام|سنة)\s(?P<y>1[89]\d\d|20\d\d))(?![\d/\-]|[.,]\d)"
)
_TWO_YEARS = re.compile(
    r"(?<!\w)[وفبلك]?عامي\s(?P<y1>1[89]\d\d|20\d\d)\sو\s?(?P<y2>1[89]\d\d|20\d\d)(?![\d/\-])"
)
_RELATIVE = re.compile(
    rf"(?<!\w)[وفبلك]?(?P<whole>ال(?P<unit>عام|شهر)\s(?P<rel>{_either(_RELATIONS)})"
    r"|هذا\sال(?P<this>عام|شهر))(?!\w)"
)


def find_dates_ar(text: str, article: str = "") -> list[FoundDate]:
    """The dates of an Arabic text, left to right, none inside another.

    ``article`` is the ISO 8601 date of the article, or empty. Offsets are those of ``text``.
    """
    key = fold(text)
    if not any(word in key.text for word in _HINTS) and _DIGITS.search(key.text) is None:
        return []  # most sentences: looking for words is much quicker than the patterns
    day = article_date(article)
    taken = Taken()
    found = []
    for one in (*_full(key.text, day), *_numeric(key.text), *_shorter(key.text, day)):
        # A day no calendar has is taken too: no shorter date is to be found in it.
        if not taken.add(one.start, one.end) or not (one.when or one.to):
            continue
        start, end = key.to_origin(one.start, one.end)
        found.append(FoundDate(start, end, one.when, one.from_, one.to))
    return sorted(found, key=lambda f: f.start)


def _day(words: str) -> int:
    if words in _DAY_WORDS:
        return _DAY_WORDS[words]
    return int(words.removeprefix("ال").strip())


def _month(match: re.Match[str]) -> int:
    """The month, or 0 when two names of a pair contradict each other."""
    months = {_MONTH_OF[match[name]] for name in ("m", "m2", "m3") if match[name]}
    return months.pop() if len(months) == 1 else 0


def _year(match: re.Match[str], article: date | None) -> tuple[int | None, Relation]:
    if match["y"]:
        return int(match["y"]), Relation.NONE
    if match["yrel"]:
        return year_of(_RELATIONS[match["yrel"]], article), Relation.NONE
    return None, _RELATIONS[match["rel"]] if match["rel"] else Relation.NONE


def _full(text: str, article: date | None) -> Iterator[FoundDate]:
    months = any(name in text for name in _MONTH_OF)
    for match in _FULL.finditer(text) if months else ():
        month = _month(match)
        if match["d2"] in _DAY_WORDS and not _starts_word(text, match):
            continue
        if not month:
            yield FoundDate(*match.span("whole"))
            continue
        year, relation = _year(match, article)
        last = day_value(_day(match["d2"]), month, year, relation, article)
        start, end = match.span("whole")
        if not last:
            yield FoundDate(start, end)
            continue
        if match["d1"] is None:
            yield FoundDate(start, end, last)
            continue
        first_day, last_day = _day(match["d1"]), _day(match["d2"])
        first = day_value(first_day, month, year, relation, article)
        joined = match["sep"].strip() == "و"
        if first and first_day < last_day and (not joined or last_day == first_day + 1):
            yield FoundDate(start, end, "", first, last)
        elif first and joined:
            yield FoundDate(*match.span("d1"), first)
            yield FoundDate(match.start("d2"), end, last)
        else:
            yield FoundDate(match.start("d2"), end, last)
    if article is not None:
        for match in _THIS_MONTH.finditer(text):
            if match["d2"] in _DAY_WORDS and not _starts_word(text, match):
                continue
            value = day_value(
                _day(match["d2"]), article.month, article.year, Relation.NONE, article
            )
            if value:
                yield FoundDate(*match.span("whole"), value)


def _starts_word(text: str, match: re.Match[str]) -> bool:
    """Whether the day in words begins a word, a proclitic aside."""
    before = text[max(0, match.start() - 2) : match.start()]
    return not before[-1:].isalnum() or (before[-1:] in "وفبك" and not before[:1].isalnum())


def _numeric(text: str) -> Iterator[FoundDate]:
    """Day, month, year in digits: the order of Arabic papers is day first."""
    for match in _NUMERIC.finditer(text):
        side = "1" if match["y1"] else "2"
        day, month, year = (int(match[name + side]) for name in "dmy")
        if 1 <= month <= 12 and 1800 <= year <= 2099:
            value = day_value(day, month, year, Relation.NONE, None)
            if value:
                yield FoundDate(*match.span(), value)


def _shorter(text: str, article: date | None) -> Iterator[FoundDate]:
    """Months and years that stand without a day."""
    named = any(name in text for name in _MONTH_OF)
    for match in _MONTH_ONLY.finditer(text) if named else ():
        year, relation = _year(match, article)
        month = _month(match)
        said = year is not None or relation is not Relation.NONE
        pair = match["m2"] or match["m3"]
        # اب is a father too, and مارس a verb: a lone name needs something that says month.
        if month and (said or pair or match["head"]):
            yield FoundDate(*match.span("whole"), month_value(month, year, relation, article))
    for match in _TWO_YEARS.finditer(text):
        for name in ("y1", "y2"):
            yield FoundDate(*match.span(name), match[name])
    for match in _YEAR_ONLY.finditer(text):
        yield FoundDate(*match.span("whole"), match["y"])
    if article is None:
        return
    for match in _RELATIVE.finditer(text):
        relation = _RELATIONS[match["rel"]] if match["rel"] else Relation.PRESENT
        unit = match["unit"] or match["this"]
        year = year_of(relation, article)
        if unit == "عام" and year is not None:
            yield FoundDate(*match.span("whole"), f"{year:04d}")
        elif unit == "شهر":
            shift = {Relation.PAST: -1, Relation.PRESENT: 0}.get(relation, 1)
            months = article.year * 12 + article.month - 1 + shift
            value = f"{months // 12:04d}-{months % 12 + 1:02d}"
            yield FoundDate(*match.span("whole"), value)
