"""Paragraphs of a resolution, articles of a charter: the part cited just before a marked name.

«الفقرة 2 من القرار 2254» and "paragraph 2 of resolution 2254" are computed from the text of the
sentence and from the names marked in it, the same way in both languages. A part whose whole is
not a marked name beside it ("paragraph 2 of the resolution") stays plain text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import product

from bilingual.script import ascii_digits, fold
from bilingual.tei.marks import Mark

__all__ = ["PROVISIONS", "provisions"]

PROVISIONS = ("paragraph", "article", "chapter")
"""``ref/@type`` of a part of a resolution, treaty or charter."""

_ONES = ("ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر")
# Folded spellings; both genders, because a paragraph is feminine and a chapter masculine.
_ORDINALS_AR = {"الاول": 1, "الاولي": 1} | {
    f"ال{word}{end}": n for n, word in enumerate(_ONES, 2) for end in ("", "ة")
}
_ORDINALS_EN = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_CARDINALS_EN = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMAN = {f"{ten}{unit}": n for n, (ten, unit) in enumerate(product(("", "X"), _UNITS)) if n}
# The letters that number subparagraphs in the Arabic of the United Nations.
_LETTERS = dict(zip("ابجدهوزحطي", "abcdefghij", strict=True))

_WORDS_AR = "|".join(sorted(_ORDINALS_AR, key=len, reverse=True))
_ONE_AR = rf"(?:\d{{1,3}}(?!\d)(?: ?\([ابجدهوزحطي]\))?|(?:{_WORDS_AR})(?!\w))"
_ARABIC = re.compile(
    r"(?<!\w)[وف]?[بك]?"
    r"(?P<head>(?:ال|لل)(?:(?P<paragraph>فقر(?:ة|تين|تان|ات))"
    r"|(?P<article>ماد(?:ة|تين|تان)|مواد)|(?P<chapter>فصل(?:ين|ان)?|فصول))"
    rf" (?:من )?(?P<list>{_ONE_AR}(?:(?:، ?|، و| ?و ?| ?الي | ?[-–] ?){_ONE_AR})*))"
    r" (?:من|في|ب(?=\w))(?: (?=\w)|(?<=ب))"
)
_WHOLE_AR = re.compile(
    r"(?:منطوق )?(?:قرار (?:مجلس الامن|المجلس) (?:الدولي )?|القرار )?(?:رقم )?\Z"
)

_WORDS_EN = "|".join((*_CARDINALS_EN, *sorted(_ROMAN, key=len, reverse=True)))
_ONE_EN = rf"(?:\d{{1,3}}(?!\d)(?: ?\([a-z]\))?|(?:{_WORDS_EN})(?!\w))"
_ENGLISH = re.compile(
    r"(?<!\w)(?P<head>(?:(?:(?:[Oo]perative )?"
    r"(?P<paragraph>[Pp]ara(?:graph)?s?)|(?P<article>[Aa]rt(?:icle)?s?)"
    rf"|(?P<chapter>[Cc]hapters?))\.? (?P<list>{_ONE_EN}"
    rf"(?:(?:,? and |, |,? or | to | through | ?[-–] ?){_ONE_EN})*)"
    rf"|(?P<ordinal>{'|'.join(_ORDINALS_EN)}) (?:operative )?"
    r"(?:(?P<paragraph2>paragraph)|(?P<article2>article)|(?P<chapter2>chapter))))"
    r" (?:of|in|from|under) "
)
_WHOLE_EN = re.compile(
    r"(?:the )?(?:(?:UN|United Nations) )?(?:(?:Security )?Council(?:['’]s)? )?"
    r"(?:[Rr]esolution )?\Z"
)
_MEMBER = re.compile(r"(?P<one>\d+|[^\W\d_]{2,}|[IVX])(?: ?\((?P<letter>\w)\))?")
_RANGE = re.compile(r" ?(?:[-–]|الي|to|through) ?")
_LONGEST = 60
"""Characters between the part and the name of its whole."""


def provisions(text: str, language: str, names: Sequence[Mark]) -> list[Mark]:
    """A ``ref`` for each part of a whole that is marked as a name, in ``ar`` or ``en``.

    ``@type`` is one of ``PROVISIONS``, ``@n`` the numbers as in ``2 3``, ``2-5`` or ``2(a)``,
    ``@target`` that of the whole.
    """
    wholes = sorted(
        (mark.start, target)
        for mark in names
        if mark.tag in {"ref", "term"}
        and (target := mark.attributes.get("target") or mark.attributes.get("ref"))
    )
    if not wholes:
        return []
    starts = [start for start, _ in wholes]
    folded = fold(text) if language == "ar" else None
    searched = folded.text if folded else text
    pattern, whole = (_ARABIC, _WHOLE_AR) if folded else (_ENGLISH, _WHOLE_EN)
    found = []
    for match in pattern.finditer(searched):
        start, end = match.span("head")
        after = match.end()
        if folded:
            start, end = folded.to_origin(start, end)
            after = folded.offsets[after]
        place = bisect_left(starts, after)
        if place == len(starts) or starts[place] - after > _LONGEST:
            continue
        between = text[after : starts[place]]
        if whole.match(fold(between).text if folded else between) is None:
            continue
        type_ = next(t for t in PROVISIONS for n in (t, f"{t}2") if match.groupdict().get(n))
        attributes = {"type": type_, "n": _numbers(match), "target": wholes[place][1]}
        found.append(Mark(start, end, "ref", attributes, rank=1))
    return found


def _numbers(match: re.Match[str]) -> str:
    ordinal = match.groupdict().get("ordinal")
    if ordinal:
        return str(_ORDINALS_EN[ordinal])
    return "".join(_members(match["list"]))


def _members(words: str) -> Iterator[str]:
    """``2 3``, ``2-5`` or ``2(a)`` from a list in words."""
    last = 0
    for member in _MEMBER.finditer(words):
        value = _value(member["one"])
        if not value:
            continue  # the word that joins two
        if last:
            yield "-" if _RANGE.fullmatch(words[last : member.start()]) else " "
        letter = member["letter"] or ""
        yield f"{value}({_LETTERS.get(letter, letter)})" if letter else value
        last = member.end()


def _value(word: str) -> str:
    if word.isdecimal():
        return ascii_digits(word)
    for table in (_ORDINALS_AR, _CARDINALS_EN, _ROMAN):
        if word in table:
            return str(table[word])
        if word[:1] == "و" and word[1:] in table:
            return str(table[word[1:]])
    return ""
