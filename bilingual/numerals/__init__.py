"""Numbers in Arabic and in English, written in digits or in words, and which answer which.

A number is known by its readings: ``10 آلاف`` is 10000, ``ألفا`` 2000 or (as an accusative) 1000,
``16/2`` the month of February too. What cannot be known (``آلاف`` thousands, ``بضعة`` some, أحد
one of) is no number here, so a check built on this keeps silent rather than guess.
"""

from bilingual.numerals.arabic import arabic_numbers
from bilingual.numerals.english import MONTHS, english_numbers
from bilingual.numerals.number import Number, unmatched
from bilingual.numerals.words import ARABIC_MONTHS

__all__ = ["ARABIC_MONTHS", "MONTHS", "Number", "arabic_numbers", "english_numbers", "unmatched"]
