"""Sentences from newswire templates: blocks of the lexicon put into slots.

A slot stands on both sides; the Arabic of a template agrees with its slot's gender. Any name,
organisation, place or resolution may be put in English inside the Arabic (see ``copying``).
"""

from __future__ import annotations

import random
import re

from . import copying, numerals
from .english import is_plural_noun
from .lexicon import Lexicon

Pair = tuple[str, str]
_SLOT = re.compile(r"\{([a-z_]+?)(\d*)\}")
_NAMES = frozenset(
    [
        "person_m",
        "person_f",
        "speaker_m",
        "speaker_f",
        "org_m",
        "org_f",
        "city",
        "country_m",
        "country_f",
    ]
)
_TERMS = frozenset(["np_m", "np_f", "np_pl"])
_HEAD_END = re.compile(r" (?:of|on|in|for|between|against|with|to|from|at|by|over|under|that)\b")
_AUXILIARY = {"was": "were", "is": "are", "has": "have", "does": "do"}
_UNIT_AFTER = re.compile(r"\s*(?:في المئة|في المائة|بالمئة|بالمائة|%|ألف|مليون|مليار|بليون)")
_SINGULAR_AFTER = re.compile(r"\s+\w+[اة](?!\w)")
_PLURAL_AFTER = re.compile(
    r"\s+(?:أشخاص|دول|أيام|أشهر|شهور|أعوام|سنوات|ساعات|مدنيين|جنود|أطفال|آلاف|ملايين|مليارات|درجات|"
    r"صواريخ|قتلى|جرحى|بلدات|قرى|طائرات|كيلومترات|نقاط|أصوات|مرات|أسابيع|دقائق|متهمين|مستشارين|ضباط|رهائن)(?!\w)"
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_KNOWN_RESOLUTIONS = (
    2254,
    2401,
    242,
    338,
    1701,
    1325,
    2118,
    425,
    1559,
    1973,
    2231,
    2216,
    2268,
    2336,
    1441,
    678,
    687,
    2235,
    2165,
    2393,
    2533,
    2585,
    2334,
)


def has_plural_head(english: str) -> bool:
    """Whether an English noun phrase takes a plural verb: ``the sanctions on Tehran``."""
    head = _HEAD_END.split(english, maxsplit=1)[0]
    if " and " in head:
        return True
    return is_plural_noun(head) if head and head.split()[-1][0].islower() else False


def contract(arabic: str) -> str:
    """ل + ال written as the press writes it: ``لالحكومة`` → ``للحكومة``, ``لـالحكومة`` too."""
    return re.sub(r"(?<!\w)([وف]?)لـ?ال(?=\w)(ل(?!ل))?", lambda m: f"{m[1]}لل", arabic)


class Templates:
    """Fills templates from the lexicon's blocks."""

    def __init__(
        self, lexicon: Lexicon, rng: random.Random, tokens: list[Pair] | None = None
    ) -> None:
        self.blocks = lexicon.blocks
        self.rng = rng
        self.tokens = tokens or []
        known = set(self.blocks) | {"num", "year", "res", "date", "pct", "speaker_m", "speaker_f"}
        self.sentences = [
            pair
            for pair in self.blocks.get("sent", ())
            if all(name in known for name, _ in _SLOT.findall(pair[0]))
        ]

    def fill(self, slot: str) -> Pair:
        """Arabic and English for one slot."""
        rng = self.rng
        if slot == "num":
            return numerals.integer(rng)
        if slot == "year":
            year = str(rng.randint(1945, 2025))
            return numerals.digits(year, rng), year
        if slot == "res":
            number = str(
                rng.choice(_KNOWN_RESOLUTIONS) if rng.random() < 0.5 else rng.randint(100, 2790)
            )
            return numerals.digits(number, rng), number
        if slot == "pct":
            return numerals.percent(rng)
        if slot == "date":
            return numerals.date(rng)
        if slot.startswith("speaker_"):
            gender = slot[-1]
            person, titles = self.fill(f"person_{gender}"), self.blocks.get(f"title_{gender}", ())
            kind = rng.random()
            if kind < 0.25 or not titles:
                return person
            title = rng.choice(titles)
            if kind < 0.4:
                return title[0], f"the {title[1]}"
            return f"{title[0]} {person[0]}", f"{title[1]} {person[1]}"
        if slot.startswith("person_") and self.tokens and rng.random() < 0.3:
            one, two = rng.choice(self.tokens), rng.choice(self.tokens)
            return f"{one[0]} {two[0]}", f"{one[1]} {two[1]}"
        return rng.choice(self.blocks[slot])

    def sample(self, inline: float = 0.25) -> Pair:
        """One sentence; with probability ``inline`` some of its names stand in English."""
        while True:
            pair = self._sample(self.rng.random() < inline)
            if pair is not None:
                return pair

    def _sample(self, inlined: bool) -> Pair | None:
        rng = self.rng
        arabic, english = rng.choice(self.sentences)
        if (
            inlined
            and "القرار {res}" in arabic
            and "esolution {res}" in english
            and rng.random() < 0.6
        ):
            symbol = copying.resolution(rng, int(self.fill("res")[1].translate(_DIGITS)))
            arabic = arabic.replace("القرار {res}", symbol)
            english = re.sub(r"[Rr]esolution \{res\}", symbol, english)
        for slot, number in dict.fromkeys(_SLOT.findall(arabic)):
            mark = f"{{{slot}{number}}}"
            left, right = self.fill(slot)
            if slot in {"pct", "num"}:
                left, right = self._fit(arabic.partition(mark)[2], (left, right))
            if slot.startswith("np_") and has_plural_head(right):
                agreed = self._agree(english, mark)
                if agreed is None:
                    return None
                english = agreed
            if (
                slot.startswith("clause")
                and self._bare(arabic, mark)
                and left.split()[0].endswith("ين")
            ):
                return None
            chance = 0.6 if slot in _NAMES else 0.3 if slot in _TERMS else 0.0
            if inlined and rng.random() < chance:
                left, right = self._inline(slot, right)
                if (
                    re.search(rf"(?<!\w)[وفبلك]ـ?{re.escape(mark)}", arabic)
                    and rng.random() < copying.SET_OFF
                ):
                    left = f" {left}"
            arabic, english = arabic.replace(mark, left), english.replace(mark, right)
        english = re.sub(r",([,.])", r"\1", english)
        return contract(arabic), english[:1].upper() + english[1:]

    def _fit(self, after: str, number: Pair) -> Pair:
        """Draw the number again where the noun after it allows only some: 3-10 شهور, 11-99 شهرا."""
        rng = self.rng
        if _UNIT_AFTER.match(after) or _SINGULAR_AFTER.match(after):
            right = str(rng.randint(11, 99) if rng.random() < 0.8 else 10 * rng.randint(11, 90))
        elif _PLURAL_AFTER.match(after):
            right = str(rng.randint(3, 10))
        else:
            return number
        return numerals.digits(right, rng), right

    def _inline(self, slot: str, english: str) -> Pair:
        if slot.startswith(("person", "city", "org", "speaker")) and self.rng.random() < 0.4:
            name = copying.invented_name(self.rng)
            the = slot.startswith("org") and english.startswith("the ") and " " in name
            return name, f"the {name}" if the else name
        return english.removeprefix("the "), english

    @staticmethod
    def _bare(arabic: str, mark: str) -> bool:
        """Whether a clause stands without أن or إن before it, where its subject is nominative."""
        before = arabic[: arabic.index(mark)].split()
        return not before or not re.search("[أإ]ن[ّ]?$", before[-1])

    @staticmethod
    def _agree(english: str, mark: str) -> str | None:
        """Make a verb right after a plural slot plural; ``None`` if it cannot be told how."""
        found = re.search(rf"{re.escape(mark)} (\w+)", english)
        if found is None or found[1] in {
            "across",
            "as",
            "this",
            "yes",
            "its",
            "his",
            "towards",
            "always",
        }:
            return english
        if found[1] in _AUXILIARY:
            return english[: found.start(1)] + _AUXILIARY[found[1]] + english[found.end(1) :]
        return None if found[1].endswith("s") else english
