"""Unvocalised Modern Standard Arabic morphology: what agreement needs and spelling shows.

Rules follow the reference grammar of Ryding (2005), as far as unvocalised newspaper spelling
makes a difference; forms are computed from the lexicon's citation forms.
"""

from __future__ import annotations

import re

from . import tables

_DIPTOTE_PLURAL = re.compile(r"^..ا.(?:ي)?.$")
SOUND_MASCULINE = "ون"
_DEFECTIVE = frozenset(tables.words("arabic", "defective"))


def is_sound_masculine(singular: str, plural: str) -> bool:
    """Whether ``plural`` is ``singular`` + ون (``محام`` and ``قاض`` included)."""
    return plural == singular + SOUND_MASCULINE and len(singular) > 2


def define(form: str) -> str:
    """Add the article; a defective noun or adjective (``قاض``) must come with its ي restored."""
    return "ال" + form


def full_stem(noun: str) -> str:
    """A noun stored without its final ي (``تحد``, ``مساع``, ``قاض``) with it: needed after ال."""
    return noun + "ي" if noun in _DEFECTIVE else noun


def restore_yeh(form: str, feminine: str) -> str:
    """The stem of a defective adjective before ال: (``ثان``, ``ثانية``) → ``ثاني``."""
    return form + "ي" if feminine == form + "ية" else form


def oblique(form: str, sound: bool) -> str:
    """Accusative and genitive of a sound masculine plural; every other form is unchanged."""
    return form[:-2] + "ين" if sound and form.endswith("ون") else form


def construct(form: str, sound: bool, nominative: bool) -> str:
    """First term of an idafa: the ن of a sound plural falls (``مراقبو``, ``مراقبي``)."""
    if not sound:
        return full_stem(form)
    return form[:-1] if nominative else form[:-2] + "ي"


def dual(singular: str, nominative: bool) -> str:
    """``مدينة`` → ``مدينتان`` / ``مدينتين``."""
    singular = full_stem(singular)
    if singular.endswith("ة"):
        stem = singular[:-1] + "ت"
    elif singular.endswith("ى"):
        stem = singular[:-1] + "ي"
    else:
        stem = singular
    return stem + ("ان" if nominative else "ين")


def accusative_indefinite(form: str, plural: bool = False) -> str:
    """Tanwin alif where spelling shows it: ``اتفاقا``, but ``خطة``, ``خبراء``, ``مدارس``.

    A defective form gets its ي back: ``تحد`` → ``تحديا``, but the diptote plural ``مساعي``.
    """
    if form in _DEFECTIVE:
        return form + ("ي" if plural else "يا")
    if form.endswith(("ة", "ى", "ا", "اء", "أ", "ات")):
        return form
    if plural and _DIPTOTE_PLURAL.match(form):
        return form
    if not plural and len(form) == 4 and form[0] == "أ" and form[1:3] != form[2:4]:
        return form  # أفعل: colours and elatives, which are diptotes
    if form.endswith(("يء", "بء")):
        return form[:-1] + "ئا"
    return form + "ا"


def with_possessor(form: str, suffix: str, nominative: bool = False) -> str:
    """Attach a possessive suffix: ``خطة`` + ها → ``خطتها``; ``أصدقاء`` + ه → ``أصدقاءه``."""
    form = full_stem(form)
    if form.endswith("ة"):
        form = form[:-1] + "ت"
    elif form.endswith("ى"):
        form = form[:-1] + "ا"
    elif form.endswith("اء") and nominative:
        form = form[:-1] + "ؤ"
    return form + suffix


def past_feminine(verb: str) -> str:
    """Third person feminine singular, past: ``سعت``, ``دعت``, ``قالت``."""
    return verb[:-1] + "ت" if verb.endswith(("ى", "ا")) else verb + "ت"


def past_plural(verb: str) -> str:
    """Third person masculine plural, past: ``سعوا``, ``بقوا``, ``قالوا``."""
    return verb[:-1] + "وا" if verb.endswith(("ى", "ا", "ي")) else verb + "وا"


def present_feminine(verb: str) -> str:
    """Third person feminine singular, present: ``يقول`` → ``تقول``."""
    return "ت" + verb[1:] if verb.startswith("ي") else verb


def present_plural(verb: str, indicative: bool = True) -> str:
    """Third person masculine plural, present: ``يقولون``; after لم and لن ``يقولوا``."""
    stem = verb[:-1] if verb.endswith(("ى", "ي", "و")) else verb
    return stem + ("ون" if indicative else "وا")


def jussive(present: str, past: str) -> str:
    """The form after لم: ``يدعو`` → ``يدع``, ``يقول`` → ``يقل``, ``يستطيع`` → ``يستطع``."""
    if present.endswith(("ى", "ي", "و")):
        return present[:-1]
    if present.endswith("ا"):
        return present
    hollow = len(past) > 2 and past[-2] == "ا" and past[-1] not in "اىي"
    if hollow and len(present) > 3 and present[-2] in "اوي":
        return present[:-2] + present[-1]
    return present


def attach(proclitic: str, phrase: str) -> str:
    """Glue a one-letter preposition to a phrase: ل + ``القرار`` → ``للقرار``."""
    if proclitic == "ل" and phrase.startswith("ال"):
        rest = phrase[2:]
        return "ل" + rest if rest.startswith("ل") and not rest.startswith("ال") else "لل" + rest
    return proclitic + phrase


def object_suffix(verb: str, suffix: str) -> str:
    """A verb with an object pronoun: ``رعى`` + ها → ``رعاها``; ``قالوا`` + ه → ``قالوه``."""
    if verb.endswith("ى"):
        return verb[:-1] + "ا" + suffix
    if verb.endswith("وا"):
        return verb[:-1] + suffix
    return verb + suffix


_UNITS_M = [
    "صفر",
    "واحد",
    "اثنان",
    "ثلاثة",
    "أربعة",
    "خمسة",
    "ستة",
    "سبعة",
    "ثمانية",
    "تسعة",
    "عشرة",
]
_UNITS_F = ["صفر", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
_TENS = ["صفر", "عشرة", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
_HUNDREDS = [
    "-",
    "مئة",
    "مئتان",
    "ثلاثمئة",
    "أربعمئة",
    "خمسمئة",
    "ستمئة",
    "سبعمئة",
    "ثمانمئة",
    "تسعمئة",
]
ORDINALS_M = ["-", "أول", "ثان", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر"]
ORDINALS_F = [
    "-",
    "أولى",
    "ثانية",
    "ثالثة",
    "رابعة",
    "خامسة",
    "سادسة",
    "سابعة",
    "ثامنة",
    "تاسعة",
    "عاشرة",
]


def unit(n: int, feminine: bool) -> str:
    """3 to 10 with reversed gender: ``ثلاثة`` before a masculine, ``ثلاث`` before a feminine."""
    return (_UNITS_F if feminine else _UNITS_M)[n]


def _tens(n: int, nominative: bool) -> str:
    return _TENS[n] if nominative else _TENS[n][:-2] + "ين"


def cardinal(n: int, feminine: bool, nominative: bool = False) -> str:
    """A cardinal in words, 3 to 999, agreeing with the counted noun's gender."""
    if n <= 10:
        return unit(n, feminine)
    if n < 20:
        ten = "عشرة" if feminine else "عشر"
        one = n - 10
        if one == 1:
            return f"{'إحدى' if feminine else 'أحد'} {ten}"
        if one == 2:
            two = (
                ("اثنتا" if feminine else "اثنا")
                if nominative
                else ("اثنتي" if feminine else "اثني")
            )
            return f"{two} {ten}"
        head = "ثماني" if feminine and one == 8 else unit(one, feminine)
        return f"{head} {ten}"
    if n < 100:
        one = n % 10
        tens = _tens(n // 10, nominative)
        if not one:
            return tens
        if one == 1:
            head = "إحدى" if feminine else "واحد"
        elif one == 2:
            head = (
                ("اثنتان" if feminine else "اثنان")
                if nominative
                else ("اثنتين" if feminine else "اثنين")
            )
        elif one == 8 and feminine:
            head = "ثمان"
        else:
            head = unit(one, feminine)
        return f"{head} و{tens}"
    hundreds = _HUNDREDS[n // 100]
    if n // 100 == 2:
        hundreds = (
            ("مئتا" if nominative else "مئتي") if n == 200 else ("مئتان" if nominative else "مئتين")
        )
    return hundreds if n % 100 == 0 else f"{hundreds} و{cardinal(n % 100, feminine, nominative)}"
