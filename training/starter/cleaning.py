"""Cleaning of third-party pairs: what is no translation, or would teach a bad habit, goes."""

from __future__ import annotations

import html
import re

_ARABIC = re.compile("[\u0621-\u064a]")
_LATIN = re.compile("[A-Za-z]")
_MARKUP = re.compile(r"<[^>]+>|https?://\S+|\{\{|\}\}|%\(\w+\)s")
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d{2,}")
_EASTERN = {0x660 + i: 48 + i for i in range(10)}
LONGEST = 110


def tidy(text: str) -> str:
    """Entities resolved, white space single, stray double punctuation of captions dropped."""
    return _SPACE.sub(" ", html.unescape(text).replace("||", " | ")).strip()


def numbers_agree(arabic: str, english: str) -> bool:
    """Whether each side's numbers of three or more digits stand on the other, separators ignored.

    Shorter ones may be in words. A side that drops them teaches to drop them.
    """
    left = set(_NUMBER.findall(re.sub(r"(?<=\d)[,.٬](?=\d{3})", "", arabic.translate(_EASTERN))))
    right = set(_NUMBER.findall(re.sub(r"(?<=\d),(?=\d{3})", "", english)))
    return {n for n in left if len(n) > 2} == {n for n in right if len(n) > 2}


def is_pair(arabic: str, english: str, name: bool = False) -> bool:
    """Whether the two sides can be translations of each other."""
    if (
        not _ARABIC.search(arabic)
        or not re.search("[A-Za-z0-9]", english)
        or _ARABIC.search(english)
    ):
        return False
    if _MARKUP.search(arabic) or _MARKUP.search(english):
        return False
    left, right = len(arabic.split()), len(english.split())
    if name:
        return left <= 8 and right <= 8 and left <= 2 * right + 2 and right <= 2 * left + 3
    if max(left, right) > LONGEST or right > 2.6 * left + 6 or left > 2.2 * right + 5:
        return False
    if len(_LATIN.findall(arabic)) > len(_ARABIC.findall(arabic)):
        return False
    return numbers_agree(arabic, english)


def name_case(english: str) -> str:
    """Names listed in lower case get capitals."""
    return english.title() if english.islower() else english
