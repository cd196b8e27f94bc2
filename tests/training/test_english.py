from __future__ import annotations

import pytest
from starter import english as en


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("carry out", "carries out"),
        ("stress", "stresses"),
        ("play", "plays"),
        ("be located", "is located"),
        ("go on to say", "goes on to say"),
    ],
)
def test_third_person(base: str, expected: str) -> None:
    assert en.third_person(base) == expected


@pytest.mark.parametrize(
    ("base", "past", "expected"),
    [
        ("take part", "took part", "taken part"),
        ("overthrow", "overthrew", "overthrown"),
        ("announce", "announced", "announced"),
        ("be killed", "was killed", "been killed"),
        ("strike", "struck", "struck"),
    ],
)
def test_participle(base: str, past: str, expected: str) -> None:
    assert en.participle(base, past) == expected


@pytest.mark.parametrize(
    ("base", "expected"),
    [("stop", "stopping"), ("make", "making"), ("see", "seeing"), ("die", "dying"),
     ("visit", "visiting"), ("call on", "calling on"), ("be", "being")],
)  # fmt: skip
def test_ing(base: str, expected: str) -> None:
    assert en.ing(base) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("agreement", "an agreement"),
        ("united front", "a united front"),
        ("hour", "an hour"),
        ("European state", "a European state"),
        ("unimportant matter", "an unimportant matter"),
        ("MP", "an MP"),
        ("UN envoy", "a UN envoy"),
        ("one-year term", "a one-year term"),
    ],
)
def test_article_goes_by_sound(phrase: str, expected: str) -> None:
    assert en.with_article(phrase) == expected


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (7, "seven"),
        (21, "twenty-one"),
        (340, "three hundred and forty"),
        (2105, "two thousand one hundred and five"),
    ],
)
def test_numbers_in_words(n: int, expected: str) -> None:
    assert en.number_words(n) == expected


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("clothes", True),
        ("news", False),
        ("politics", False),
        ("weakness", False),
        ("X-rays", True),
    ],
)
def test_plural_nouns_without_a_plural_entry(noun: str, expected: bool) -> None:
    assert en.is_plural_noun(noun) is expected
