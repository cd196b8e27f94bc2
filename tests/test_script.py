"""Folding and cleaning: what they make of Arabic as it is typed, and the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.script import MappedText, ascii_digits, clean, fold, has_arabic, is_arabic_letter


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أحمد إلى آل ٱلبيت", "احمد الي ال البيت"),
        ("مُدِيرَةٌ", "مديرة"),
        ("الميدانيـة", "الميدانية"),
        ("فى", "في"),
        ("کتابی", "كتابي"),
        ("١٢٣ ۴۵۶", "123 456"),
        ("ﻻ ﷲ", "لا الله"),
        ("ا\u0654حمد", "احمد"),
        ("و\u0654", "ؤ"),
        ("ي\u0654", "ئ"),
        ("\u0654", ""),
        ("\u200fنص\u202e\u200b", "نص"),
        ("سطر\r\nسطر\u2028سطر\x85", "سطر\r\nسطر\u2028سطر\x85"),
        ("أ\u00a0ب", "ا ب"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  نص\u00a0 \tقصير\n", "نص قصير"),
        ("نُصُـوص", "نصوص"),
        ("نص\x00قصير\x07", "نص قصير"),
        ("\u202eنص\u202c\u200f", "نص"),
        ("أحمد ١٢", "أحمد ١٢"),
        (" \n\u200f", ""),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text).text == cleaned


def test_a_span_goes_back_with_the_marks_that_follow_it() -> None:
    mapped = fold("كَتَبَ")
    assert mapped.to_origin(0, 1) == (0, 2)
    assert mapped.to_origin(2, 3) == (4, 6)
    assert mapped.to_origin(1, 1) == (2, 2)
    assert mapped.from_origin(2, 6) == (1, 3)


def test_a_ligature_goes_back_whole() -> None:
    mapped = fold("ﻻ.")
    assert mapped.text == "لا."
    assert mapped.to_origin(0, 1) == mapped.to_origin(1, 2) == (0, 1)


TEXTS = st.text(
    st.characters()
    | st.sampled_from("ابتيىةكآأإﻻﷲ\u0654\u0653\u064b\u0651ـ\u200f\u202e ١٢\n\r\t\x00"),
    max_size=60,
)


@pytest.mark.parametrize("derive", [fold, clean])
def test_offsets_lead_back_and_never_decrease(derive: object) -> None:
    make = fold if derive is fold else clean

    @settings(max_examples=300, deadline=None)
    @given(TEXTS)
    def check(text: str) -> None:
        mapped = make(text)
        offsets = list(mapped.offsets)
        assert len(offsets) == len(mapped.text) + 1
        assert offsets == sorted(offsets)
        assert offsets[-1] == len(text)
        for i in range(len(mapped.text)):
            start, end = mapped.to_origin(i, i + 1)
            assert 0 <= start < end <= len(text)
            again = mapped.from_origin(start, end)
            assert again[0] <= i < again[1]
            assert mapped.to_origin(*again) == (start, end)

    check()


@settings(deadline=None)
@given(TEXTS)
def test_folding_a_part_equals_the_part_of_the_fold(text: str) -> None:
    """Folding looks at one character at a time, and at a combining hamza's base."""
    plain = "".join(c for c in text if c not in "\u0653\u0654\u0655")
    mapped = fold(plain)
    pieces = [fold(c).text for c in plain]
    assert mapped.text == "".join(pieces)


@settings(deadline=None)
@given(TEXTS)
def test_clean_text_is_clean(text: str) -> None:
    cleaned = clean(text).text
    assert clean(cleaned).text == cleaned
    assert cleaned == cleaned.strip(" ")
    assert "  " not in cleaned
    assert not any(unicodedata.category(c) == "Cc" for c in cleaned)


@given(TEXTS)
def test_digits_keep_the_length(text: str) -> None:
    assert len(ascii_digits(text)) == len(text)
    assert not set(ascii_digits(text)) & set("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize("char", "اأىةئپگڤﻻﷲەۆ")
def test_letters(char: str) -> None:
    assert is_arabic_letter(char)
    assert has_arabic(f"abc {char}")


@pytest.mark.parametrize("char", [*"ـ،؛؟٪٤۴aΩ﴾﴿", "\u064b", "\u0670", "\u06d6", "\u0600", "\ufdd0"])
def test_what_is_no_letter(char: str) -> None:
    assert not is_arabic_letter(char)
    assert not has_arabic(f"12 {char}")


def test_an_empty_mapping_leads_to_the_end() -> None:
    assert MappedText("", [3]).to_origin(0, 0) == (3, 3)
