"""Dates of an English text: day or month first, ordinals, ranges, last and next."""

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

__all__ = ["find_dates_en"]

_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_MONTH_OF = {name: n for n, name in enumerate(_NAMES, 1)}
_MONTH_OF |= {name[:3]: n for n, name in enumerate(_NAMES, 1)} | {"Sept": 9}
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
    *("sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
_DAY_WORDS = {
    **{word: n for n, word in enumerate((*_ONES, *_TEENS), 1)},
    **{f"twenty-{word}": n for n, word in enumerate(_ONES, 21)},
    "thirtieth": 30,
    "thirty-first": 31,
}
_RELATIONS = {
    "last": Relation.PAST,
    "past": Relation.PAST,
    "this": Relation.PRESENT,
    "current": Relation.PRESENT,
    "next": Relation.FUTURE,
    "coming": Relation.FUTURE,
}
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".replace(" ", "|")
_MONTH = rf"(?P<m>(?:{'|'.join(_NAMES)})|(?:{_SHORT})\.?)(?!\w)"
_WORDS = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?![\d:])|{_WORDS})"
_YEAR = r"(?P<y>1[89]\d\d|20\d\d)(?![\d/\-]|[.,]\d)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
_SEPARATOR = r"(?P<sep>\s?[-–—]\s?|\s(?:to|until|and)\s(?:the\s)?)"
_TAIL = (
    rf"(?:,?\s(?:of\s)?(?:the\syear\s)?{_YEAR}"
    r"|\s(?:of\s)?(?P<yrel>this|last|next)\syear(?!\w)"
    r"|\s(?P<rel2>last)(?=[\s,.;]|\Z)(?!\s\w))?"
)
_BEFORE = r"(?<![\w.,/\-])"
_DAY_FIRST = re.compile(
    rf"{_BEFORE}{_WEEKDAY}(?:(?P<d1>{_DAY}){_SEPARATOR})?(?P<d2>{_DAY})\s(?:of\s)?"
    rf"(?:(?:the\s)?(?P<rel>last|this|current|next|coming)\s)?{_MONTH}{_TAIL}"
)
_MONTH_FIRST = re.compile(
    rf"{_BEFORE}{_WEEKDAY}(?:(?P<rel>last|this|next)\s)?{_MONTH}\s(?:the\s)?"
    rf"(?P<d2>{_DAY})(?:{_SEPARATOR}(?P<d1>{_DAY})(?!\s(?:of\s)?[A-Z]))?{_TAIL}"
)
_OF_MONTH = re.compile(
    rf"{_BEFORE}{_WEEKDAY}(?P<d2>{_DAY})\s(?:of|in)\s(?:this|the\scurrent)\smonth(?!\w)"
)
_MONTH_ONLY = re.compile(
    rf"{_BEFORE}(?:(?P<rel>last|this|current|next|past|coming)\s)?{_MONTH}{_TAIL}"
)
_NUMERIC = re.compile(
    r"(?<![\d.,/\-])(?:(?P<y1>\d{4})(?P<s1>[/\-.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<s2>[/\-.])(?P<m2>\d{1,2})(?P=s2)(?P<y2>\d{4}))(?![\d/\-]|[.,]\d)"
)
# A year needs a word that leads to it, and no noun after it that it might count.
_YEAR_ONLY = re.compile(
    rf"(?:(?<!\w)(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring|[Ff]rom|[Oo]f|for)\s(?:the\syear\s)?"
    rf"|(?<!\w)(?:and|to)\s(?=\d{{4}}[,.;]))(?P<whole>{_YEAR})"
    r"(?=[^\w\s]|\Z|\s(?:and|to|when|after|the|by|on|as|that|with|which|at|in|but|or|for|under|was"
    r"|were|is|are|has|have|had|a|an|it|he|she|they|until|until|from|between|against)(?!\w)|\s[^\w])"
)
_RELATIVE = re.compile(
    r"(?<!\w)(?P<whole>(?:the\s)?(?P<rel>[Ll]ast|[Tt]his|[Nn]ext|[Cc]urrent|[Pp]ast|[Cc]oming)\s"
    r"(?P<unit>year|month))(?![\w'’\-])"
)
_HINT = re.compile(rf"\d|(?:{'|'.join(_NAMES)}|{_SHORT})|month|year")


def find_dates_en(text: str, article: str = "") -> list[FoundDate]:
    """The dates of an English text, left to right, none inside another.

    ``article`` is the ISO 8601 date of the article, or empty.
    """
    day = article_date(article)
    found: list[FoundDate] = []
    if _HINT.search(text) is None:
        return found  # most sentences
    taken = Taken()
    for one in (*_full(text, day), *_numeric(text), *_shorter(text, day)):
        if taken.add(one.start, one.end):
            found.append(one)
    # What has no value is a day no calendar has; it only keeps shorter dates out.
    return sorted((f for f in found if f.when or f.to), key=lambda f: f.start)


def _day(words: str) -> int:
    if words in _DAY_WORDS:
        return _DAY_WORDS[words]
    return int(re.sub(r"\D", "", words))


def _year(match: re.Match[str], article: date | None) -> tuple[int | None, Relation]:
    if match["y"]:
        return int(match["y"]), Relation.NONE
    if match["yrel"]:
        return year_of(_RELATIONS[match["yrel"]], article), Relation.NONE
    word = match["rel"] or match["rel2"]
    return None, _RELATIONS[word] if word else Relation.NONE


def _full(text: str, article: date | None) -> Iterator[FoundDate]:
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(text):
            yield from _one(match, article)
    if article is not None:
        for match in _OF_MONTH.finditer(text):
            value = day_value(
                _day(match["d2"]), article.month, article.year, Relation.NONE, article
            )
            if value:
                yield FoundDate(*match.span(), value)


def _one(match: re.Match[str], article: date | None) -> Iterator[FoundDate]:
    month = _MONTH_OF[match["m"].rstrip(".")]
    year, relation = _year(match, article)
    days = sorted((match.start(name), name) for name in ("d1", "d2") if match[name])
    values = [
        (_day(match[name]), day_value(_day(match[name]), month, year, relation, article))
        for _, name in days
    ]
    start, end = match.span()
    if not all(value for _, value in values):
        yield FoundDate(start, end)
        return
    if len(values) == 1:
        yield FoundDate(start, end, values[0][1])
        return
    (first, from_), (last, to) = values
    joined = "and" in match["sep"]
    if first < last and (not joined or last == first + 1):
        yield FoundDate(start, end, "", from_, to)
    elif joined and match.start("m") > match.start(days[1][1]):
        yield FoundDate(*match.span(days[0][1]), from_)
        yield FoundDate(match.start(days[1][1]), end, to)
    elif joined:
        yield FoundDate(start, match.end(days[0][1]), from_)
        yield FoundDate(match.start(days[1][1]), end, to)


def _numeric(text: str) -> Iterator[FoundDate]:
    """Digits keep the order of the Arabic they come from: day first."""
    for match in _NUMERIC.finditer(text):
        side = "1" if match["y1"] else "2"
        day, month, year = (int(match[name + side]) for name in "dmy")
        if 1 <= month <= 12 and 1800 <= year <= 2099:
            value = day_value(day, month, year, Relation.NONE, None)
            if value:
                yield FoundDate(*match.span(), value)


def _shorter(text: str, article: date | None) -> Iterator[FoundDate]:
    for match in _MONTH_ONLY.finditer(text):
        year, relation = _year(match, article)
        if year is not None or relation is not Relation.NONE:
            month = _MONTH_OF[match["m"].rstrip(".")]
            yield FoundDate(*match.span(), month_value(month, year, relation, article))
    for match in _YEAR_ONLY.finditer(text):
        yield FoundDate(*match.span("whole"), match["y"])
    if article is None:
        return
    for match in _RELATIVE.finditer(text):
        relation = _RELATIONS[match["rel"].lower()]
        year = year_of(relation, article)
        if match["unit"] == "year" and year is not None:
            yield FoundDate(*match.span("whole"), f"{year:04d}")
        elif match["unit"] == "month":
            shift = {Relation.PAST: -1, Relation.PRESENT: 0}.get(relation, 1)
            months = article.year * 12 + article.month - 1 + shift
            value = f"{months // 12:04d}-{months % 12 + 1:02d}"
            yield FoundDate(*match.span("whole"), value)
