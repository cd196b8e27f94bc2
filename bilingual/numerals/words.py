"""Arabic number words, by value; spelled in their folded form (one alef, ي for ى)."""

from __future__ import annotations

__all__ = ["AFTERNOON", "ARABIC", "ARABIC_MONTHS", "MONTH_HEADS"]

_ONES = {
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي",
    3: "ثلاثة ثلاث",
    4: "اربعة اربع",
    5: "خمسة خمس",
    6: "ستة ست",
    7: "سبعة سبع",
    8: "ثمانية ثماني ثمان",
    9: "تسعة تسع",
}
_TENS = {
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "اربعون اربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
}
_STEMS = {3: "ثلاث", 4: "اربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان", 9: "تسع"}
_ORDINALS = {
    2: "ثاني ثانية",
    3: "ثالث ثالثة",
    4: "رابع رابعة",
    5: "خامس خامسة",
    6: "سادس سادسة",
    7: "سابع سابعة",
    8: "ثامن ثامنة",
    9: "تاسع تاسعة",
    10: "عاشر عاشرة",
}
_SCALES = {
    1000: ("الف", "الاف", "الفا", "الفان الفين الفي"),
    10**6: ("مليون", "ملايين", "مليونا", "مليونان مليونين مليوني"),
    10**9: ("مليار", "مليارات", "مليارا", "ملياران مليارين ملياري"),
    10**12: ("تريليون", "تريليونات", "تريليونا", "تريليونان تريليونين"),
}
_UNITS_IN_TWO = (
    "يومين يومان ساعتين ساعتان شهرين شهران عامين عامان سنتين سنتان اسبوعين اسبوعان دقيقتين"
    " دقيقتان مرتين مرتان كيلومترين عقدين قرنين"
)


def _arabic_words() -> dict[str, tuple[str, int]]:
    """Word to (kind, value): ``unit ten tens hundred scale dual open first ordinal two``."""
    words: dict[str, tuple[str, int]] = {}
    for value, forms in _ONES.items():
        words |= dict.fromkeys(forms.split(), ("unit", value))
    words |= dict.fromkeys(("عشرة", "عشر"), ("ten", 10))
    for value, forms in _TENS.items():
        words |= dict.fromkeys(forms.split(), ("tens", value))
    for hundred in ("مئة", "مائة", "ميه"):
        words[hundred] = ("hundred", 100)
        words |= {stem + hundred: ("hundred", 100 * n) for n, stem in _STEMS.items()}
        words["ثماني" + hundred] = ("hundred", 800)
    for stem in ("مئت", "مائت"):
        words |= {stem + end: ("hundred", 200) for end in ("ان", "ين", "ا", "ي")}
    for value, (one, many, accusative, two) in _SCALES.items():
        words |= {one: ("scale", value), many: ("many", value), accusative: ("open", value)}
        words |= dict.fromkeys(two.split(), ("dual", 2 * value))
    words["بليون"] = ("scale", 10**9)
    for value, forms in _ORDINALS.items():
        words |= dict.fromkeys(forms.split(), ("ordinal", value))
    words |= dict.fromkeys(("حادي", "حادية", "احد", "احدي", "واحد", "واحدة"), ("one", 1))
    words |= dict.fromkeys(_UNITS_IN_TWO.split(), ("two", 2))
    return words


ARABIC = _arabic_words()
# After a month's first word, a second is part of its name: كانون الثاني, تشرين الأول.
MONTH_HEADS = frozenset(["كانون", "تشرين", "ربيع", "جمادي"])
AFTERNOON = frozenset(["ظهرا", "عصرا", "مساء", "ليلا", "مساءا"])
ARABIC_MONTHS = {
    **dict.fromkeys(["يناير", "كانون الثاني", "جانفي"], 1),
    **dict.fromkeys(["فبراير", "شباط", "فيفري"], 2),
    **dict.fromkeys(["مارس", "اذار"], 3),
    **dict.fromkeys(["ابريل", "نيسان", "افريل"], 4),
    **dict.fromkeys(["مايو", "ايار"], 5),
    **dict.fromkeys(["يونيو", "حزيران", "جوان"], 6),
    **dict.fromkeys(["يوليو", "تموز", "جويلية"], 7),
    **dict.fromkeys(["اغسطس", "اب", "اوت"], 8),
    **dict.fromkeys(["سبتمبر", "ايلول"], 9),
    **dict.fromkeys(["اكتوبر", "تشرين الاول"], 10),
    **dict.fromkeys(["نوفمبر", "تشرين الثاني"], 11),
    **dict.fromkeys(["ديسمبر", "كانون الاول"], 12),
}
