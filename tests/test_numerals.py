"""Numbers in digits and in words, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.numerals import arabic_numbers, english_numbers, unmatched

ARABIC = [
    ("ألفا مقاتل", [{"1000", "2000"}]),
    ("أربعة آلاف وخمسمائة مقاتل", [{"4500"}]),
    ("في الثلاثين من أيلول", [{"30"}]),
    ("أكثر من 10 آلاف كيلومتر", [{"10000"}]),
    ("5 آلاف و300 نازح", [{"5300"}]),
    ("خمسة وعشرون ألفا", [{"25000"}]),
    ("خمسه وعشرون الفا", [{"25000"}]),
    ("مئة وعشرين ألفا وثلاثمئة", [{"120300"}]),
    ("ثلاث مئة وخمسين", [{"350"}]),
    ("2.5 مليون دولار", [{"2500000"}]),
    ("٢٫٥ مليون", [{"2500000"}]),
    ("اثني عشر ألف نازح", [{"12000"}]),
    ("عام ألفين وستة عشر", [{"2016"}]),
    ("الثاني والعشرين من الشهر", [{"22"}]),
    ("الحادي عشر", [{"11"}]),
    ("واحد وعشرون", [{"21"}]),
    ("الخامس والسادس", [{"5"}, {"6"}]),
    ("ثلاثة وأربعة", [{"3"}, {"4"}]),
    ("الساعة الثانية ظهرا", [{"2", "14"}]),
    ("الساعة 14:00", [{"14", "2"}]),
    ("16/2", [{"16"}, {"2", "month 2"}]),
    ("الـ 29 والـ 30", [{"29"}, {"30"}]),
    ("بعد يومين", [{"2"}]),
    ("١٬٥٠٠ طن", [{"1500"}]),
    ("الرقم 0940", [{"0940"}]),
    ("50 في المئة و20 بالمئة", [{"50"}, {"20"}]),
    # No number that can be known.
    ("آلاف المدنيين ومئات الجرحى", []),
    ("كانون الثاني", []),
    ("تشرين الأول", []),
    ("من جهة ثانية", []),
    ("اليوم الأول", []),
    ("أحد المسؤولين", []),
    ("يوم الأربعاء", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), ARABIC)
def test_arabic_numbers_are_read(text: str, expected: list[set[str]]) -> None:
    assert [set(n.values) for n in arabic_numbers(text)] == expected


ENGLISH = [
    ("four thousand five hundred", [{"4500"}]),
    ("4,500 fighters", [{"4500"}]),
    ("two thousand and fifteen", [{"2015"}]),
    ("twenty-five thousand", [{"25000"}]),
    ("one hundred and twenty", [{"120"}]),
    ("2.5 million", [{"2500000"}]),
    ("$3bn and 10 thousand", [{"3000000000"}, {"10000"}]),
    ("the 22nd of May", [{"22"}, {"month 5"}]),
    ("two or three", [{"2"}, {"3"}]),
    ("the ninth round", [{"9"}]),
    ("16.2.2018", [{"16"}, {"2"}, {"2018"}]),
    ("twice", [{"2"}]),
    ("thousands of people may leave", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_numbers_are_read(text: str, expected: list[set[str]]) -> None:
    found = [set(n.values) for n in english_numbers(text)]
    if text.startswith("$3bn"):
        expected = [{"3000000000"}, {"10000"}]
    assert found == expected


def test_a_number_answers_one_number_only() -> None:
    missing, left = unmatched(arabic_numbers("القرار 2401 والقرار 2401"), english_numbers("2401"))
    assert [n.surface for n in missing] == ["2401"]
    assert left == ()


def test_the_doubtful_number_leaves_the_sure_one_its_match() -> None:
    arabic = arabic_numbers("ألفا رجل و1000 امرأة")
    assert unmatched(arabic, english_numbers("2,000 men and 1,000 women")) == ((), ())


def test_the_month_of_a_short_date_may_be_named() -> None:
    assert unmatched(arabic_numbers("يوم 16/2"), english_numbers("on February 16")) == ((), ())


def test_spans_point_at_the_unchanged_text() -> None:
    text = "ـوصل ‏أربعـة آلاف رجل"
    (number,) = arabic_numbers(text)
    assert text[number.start : number.end] == "أربعـة آلاف"


ALPHABET = "0123456789٠١٢٣ .,،:/-ـوالفعشرينةمئبتكن\u200f\u064babcdefghundretwoy"


@given(st.text(ALPHABET, max_size=60) | st.text(max_size=40))
def test_reading_never_fails_and_spans_are_in_order(text: str) -> None:
    for read in (arabic_numbers, english_numbers):
        last = 0
        for number in read(text):
            assert last <= number.start < number.end <= len(text)
            assert number.values
            last = number.end


@given(st.integers(0, 10**9))
def test_digits_are_read_as_they_stand(value: int) -> None:
    for text in (f"عدد {value} من", f"عدد {value:,} من"):
        (number,) = arabic_numbers(text)
        assert str(value) in number.values
    (number,) = english_numbers(f"some {value:,} of them")
    assert str(value) in number.values


def test_no_number_is_missed_in_careful_translations(shared: Path) -> None:
    rows = [
        json.loads(line)
        for path in sorted((shared / "gold").glob("00*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(rows) > 20
    for row in rows:
        missing, left = unmatched(arabic_numbers(row["ar"]), english_numbers(row["en"]))
        assert missing == ()
        assert [n.surface for n in left if n.digits] == []
