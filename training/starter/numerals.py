"""Counted nouns, ordinals, dates, amounts, as Arabic and English newspapers write them."""

from __future__ import annotations

import random

from . import arabic as ar
from . import english as en
from .lexicon import Noun

Pair = tuple[str, str]

MONTHS: tuple[tuple[str, str, str], ...] = (
    ("يناير", "كانون الثاني", "January"),
    ("فبراير", "شباط", "February"),
    ("مارس", "آذار", "March"),
    ("أبريل", "نيسان", "April"),
    ("مايو", "أيار", "May"),
    ("يونيو", "حزيران", "June"),
    ("يوليو", "تموز", "July"),
    ("أغسطس", "آب", "August"),
    ("سبتمبر", "أيلول", "September"),
    ("أكتوبر", "تشرين الأول", "October"),
    ("نوفمبر", "تشرين الثاني", "November"),
    ("ديسمبر", "كانون الأول", "December"),
)
DAYS: tuple[Pair, ...] = (
    ("السبت", "Saturday"),
    ("الأحد", "Sunday"),
    ("الاثنين", "Monday"),
    ("الثلاثاء", "Tuesday"),
    ("الأربعاء", "Wednesday"),
    ("الخميس", "Thursday"),
    ("الجمعة", "Friday"),
)
_ORDINAL_DAYS = [
    "-",
    "الأول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
    "العاشر",
]
_CURRENCIES: tuple[Pair, ...] = (
    ("دولار", "dollars"),
    ("يورو", "euros"),
    ("ليرة سورية", "Syrian pounds"),
    ("ليرة تركية", "Turkish lira"),
    ("جنيه مصري", "Egyptian pounds"),
    ("روبل", "roubles"),
    ("ريال", "riyals"),
    ("دينار", "dinars"),
    ("درهم", "dirhams"),
    ("جنيه إسترليني", "pounds sterling"),
)
_SCALES = (
    ("مليون", "million"),
    ("مليار", "billion"),
    ("تريليون", "trillion"),
    ("بليون", "billion"),
)
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def digits(text: str, rng: random.Random) -> str:
    """Sometimes Arabic-Indic digits: newspapers print both kinds."""
    return text.translate(_EASTERN) if rng.random() < 0.2 else text


def integer(rng: random.Random) -> Pair:
    """A number in digits on both sides, with English grouping."""
    kind = rng.random()
    if kind < 0.4:
        n = rng.randint(2, 40)
    elif kind < 0.7:
        n = rng.randint(40, 999)
    elif kind < 0.85:
        n = rng.choice([1, 2, 3, 5, 10, 15, 20, 25, 30, 50, 100, 120, 150, 300]) * 1000
    else:
        n = rng.randint(1000, 99999)
    english = f"{n:,}" if n >= 10000 or (n >= 1000 and rng.random() < 0.8) else str(n)
    arabic = str(n)
    if n >= 1000 and rng.random() < 0.25:
        arabic = f"{n:,}" if rng.random() < 0.5 else f"{n:,}".replace(",", ".")
        english = f"{n:,}"
    elif n >= 1000 and n % 1000 == 0 and rng.random() < 0.5:
        thousands = n // 1000
        if thousands == 1:
            arabic = "ألف"
        elif thousands == 2:
            arabic = "ألفي"
        elif thousands <= 10:
            arabic = rng.choice([str(thousands), ar.unit(thousands, False)]) + " آلاف"
        else:
            arabic = f"{thousands} ألف"
        english = f"{n:,}"
    return digits(arabic, rng), english


def date(rng: random.Random) -> Pair:
    """A date in one of its newspaper forms."""
    western, levantine, month = rng.choice(MONTHS)
    name = rng.choice(
        [
            western,
            levantine,
            f"{western}/{levantine}",
            f"{levantine} ({western})",
            f"{levantine}/{western}",
        ]
    )
    day, year = rng.randint(1, 30), rng.randint(1945, 2025)
    kind = rng.random()
    if kind < 0.4:
        return digits(f"{day} {name} {year}", rng), f"{day} {month} {year}"
    if kind < 0.65:
        return digits(f"{day} {name}", rng), f"{day} {month}"
    if kind < 0.75:
        return digits(f"{name} {year}", rng), f"{month} {year}"
    if kind < 0.85:
        return digits(f"{day} {name} من عام {year}", rng), f"{day} {month} {year}"
    if kind < 0.93:
        day = rng.randint(1, 10)
        return f"{_ORDINAL_DAYS[day]} من {name}", f"{day} {month}"
    weekday = rng.choice(DAYS)
    return digits(f"{weekday[0]} {day} {name}", rng), f"{weekday[1]}, {day} {month}"


def percent(rng: random.Random) -> Pair:
    """A percentage, in words or with its sign."""
    number = rng.choice([str(rng.randint(1, 99)), f"{rng.randint(0, 20)}.{rng.randint(1, 9)}"])
    arabic, english = rng.choice(
        [
            (f"{number} في المئة", f"{number} percent"),
            (f"{number}%", f"{number}%"),
            (f"%{number}", f"{number}%"),
            (f"{number} بالمئة", f"{number} percent"),
            (f"{number} في المائة", f"{number} percent"),
        ]
    )
    return digits(arabic, rng), english


def money(rng: random.Random) -> Pair:
    """An amount of money: ``3.5 مليارات يورو`` / ``3.5 billion euros``."""
    currency, english = rng.choice(_CURRENCIES)
    scale, english_scale = rng.choice(_SCALES)
    if rng.random() < 0.4:
        number = f"{rng.randint(1, 99)}.{rng.randint(1, 9)}"
    else:
        number = str(rng.choice([rng.randint(3, 99), rng.randint(100, 900)]))
    if number.isdigit() and 3 <= int(number) <= 10:
        scale = {"مليون": "ملايين", "مليار": "مليارات", "بليون": "بلايين"}.get(scale, scale + "ات")
    return digits(f"{number} {scale} {currency}", rng), f"{number} {english_scale} {english}"


def counted(noun: Noun, rng: random.Random, nominative: bool) -> tuple[str, str, bool]:
    """A counted noun: Arabic, English and whether the Arabic takes a feminine verb.

    2 is the dual; 3 to 10 take a plural with reversed gender; 11 to 99 an accusative singular;
    hundreds and thousands a genitive singular.
    """
    kind = rng.random()
    if kind < 0.2:
        return ar.dual(noun.singular, nominative), f"two {noun.english_plural}", noun.feminine
    if kind < 0.5:
        n = rng.randint(3, 10)
        sound = ar.is_sound_masculine(noun.singular, noun.plural)
        plural = ar.oblique(noun.plural, sound)
        number = digits(str(n), rng) if rng.random() < 0.3 else ar.unit(n, noun.feminine)
        words = str(n) if n == 10 and rng.random() < 0.5 else en.number_words(n)
        return f"{number} {plural}", f"{words} {noun.english_plural}", noun.feminine
    if kind < 0.8:
        n = rng.randint(11, 99)
        singular = noun.singular if noun.feminine else ar.accusative_indefinite(noun.singular)
        spelled = rng.random() < 0.4
        number = ar.cardinal(n, noun.feminine, nominative) if spelled else digits(str(n), rng)
        words = en.number_words(n) if spelled and rng.random() < 0.4 else str(n)
        if not spelled and n % 10 == 0 and rng.random() < 0.1:
            return f"{number} {singular}", f"{words} {noun.english_plural}", noun.feminine
        return f"{number} {singular}", f"{words} {noun.english_plural}", noun.feminine
    if kind < 0.9:
        n = rng.choice([100, 200, 300, 400, 500, 600, 700, 800, 900])
        number = ar.cardinal(n, noun.feminine, nominative) if rng.random() < 0.5 else str(n)
        if n == 200 and number != "200":
            number = number.removesuffix("ن")
        return f"{number} {noun.singular}", f"{n} {noun.english_plural}", noun.feminine
    sound = ar.is_sound_masculine(noun.singular, noun.plural)
    plural = ar.define(ar.oblique(noun.plural, sound))
    many, words = rng.choice(
        [
            ("عشرات", "dozens of"),
            ("مئات", "hundreds of"),
            ("آلاف", "thousands of"),
            ("ملايين", "millions of"),
            ("عشرات الآلاف من", "tens of thousands of"),
            ("مئات الآلاف من", "hundreds of thousands of"),
        ]
    )
    return f"{many} {plural}", f"{words} {noun.english_plural}", True
