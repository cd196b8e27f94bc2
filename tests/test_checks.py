"""The checks of one segment: each finds what is wrong, and is silent on what is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.checks import CODES, check_translation
from bilingual.document import Decision, EntityKind, Mention, Outcome, SegmentKind


def codes(
    arabic: str,
    english: str,
    decisions: tuple[Decision, ...] = (),
    kind: SegmentKind = SegmentKind.BODY,
) -> list[str]:
    return [f.code for f in check_translation(arabic, english, decisions, "p1.s1", kind)]


GOOD = [
    ("وصل 300 شخص إلى المدينة يوم 27 أبريل/نيسان.", "Some 300 people came on April 27."),
    ("وصل ألفا شخص في الثلاثين من أيلول عام 2015.", "Two thousand came on September 30, 2015."),
    ("اجتمعوا يوم الأربعاء في التاسعة صباحا.", "They met on Wednesday at 9 a.m."),
    ("مارس الوزير ضغوطا كبيرة على الوفد.", "The minister put great pressure on the delegation."),
    ("آب الرجل من السفر.", "The man came back from his journey."),
    ("قال: «لن نقبل ذلك.", 'He said: "We will not accept that.'),
    ("نص القرار 2401 على وقف القتال.", "Resolution 2401 provides for an end to the fighting."),
    ("كان قد قال إن ذلك صحيح.", "He had had reason to say that that was right."),
    ("الموقع", "The site"),
]


@pytest.mark.parametrize(("arabic", "english"), GOOD)
def test_a_right_translation_raises_nothing(arabic: str, english: str) -> None:
    assert codes(arabic, english) == []


BAD = [
    ("C0001", "وصل 300 شخص إلى المدينة.", "Some people came to the city."),
    ("C0002", "وصل أربعة آلاف شخص إلى المدينة.", "Some people came to the city."),
    ("C0003", "وصل الناس إلى المدينة.", "Some 500 people came to the city."),
    ("C0004", "نص القرار 2401 على وقف القتال.", "Resolution 2268 provides for an end, not 2401."),
    ("C0005", "وصلوا في 27 نيسان إلى المدينة.", "They came to the city on May 27."),
    ("C0005", "وصلوا يوم الخميس إلى المدينة.", "They came to the city on Friday."),
    ("C0008", "كلمة " * 30, "A word."),
    ("C0008", "كلمة واحدة", "word and " * 20),
    ("C0009", "قال الوزير ذلك.", "The minister the minister said so."),
    ("C0010", "قال الوزير ذلك.", "The وزير said so."),
    ("C0011", "قال الوزير ذلك.", " "),
    ("C0012", "قال الوزير «ذلك».", 'The minister said "so.'),
]


@pytest.mark.parametrize(("code", "arabic", "english"), BAD)
def test_what_is_wrong_is_found(code: str, arabic: str, english: str) -> None:
    assert code in codes(arabic, english)


def mention(target: str, **more: object) -> Mention:
    return Mention(0, 4, "دمشق", "damascus", EntityKind.PLACE, target, **more)  # type: ignore[arg-type]


def test_a_missed_approved_form_is_an_error_and_a_proposed_one_is_not() -> None:
    wanted = Decision(mention("Damascus"), Outcome.MISSED)
    proposed = Decision(mention("Damascus", approved=False), Outcome.MISSED)
    assert codes("دمشق مدينة", "It is a city", (wanted,)) == ["C0006"]
    assert codes("دمشق مدينة", "It is a city", (proposed,)) == []


def test_forbidden_english_is_found_but_not_inside_a_controlled_form() -> None:
    one = Decision(mention("Damascus", forbidden=("Sham",)), Outcome.KEPT, 0, 8, "Damascus")
    assert codes("دمشق مدينة", "Damascus, or Sham", (one,)) == ["C0007"]
    inside = Decision(mention("Bilad Sham", forbidden=("Sham",)), Outcome.KEPT, 0, 10, "Bilad Sham")
    assert codes("دمشق مدينة", "Bilad Sham city", (inside,)) == []


def test_the_year_of_a_controlled_resolution_is_no_stray_number() -> None:
    form = "resolution 2254 (2015)"
    resolution = Mention(0, 11, "القرار 2254", "S/RES/2254(2015)", EntityKind.RESOLUTION, form)
    decision = Decision(resolution, Outcome.KEPT, 3, 25, form)
    assert codes("القرار 2254 مهم", "In resolution 2254 (2015)", (decision,)) == []
    wrong = Decision(resolution, Outcome.KEPT, 0, 15, "resolution 2268")
    assert "C0004" in codes("القرار 2254 مهم", "resolution 2268, 2254", (wrong,))


def test_the_year_of_a_controlled_resolution_does_not_use_up_a_date_of_the_text() -> None:
    english = "Resolution 2254 (2015) was adopted on 18 December 2015."
    target = "Resolution 2254 (2015)"
    decision = Decision(mention(target), Outcome.KEPT, 0, len(target), target)
    assert codes("اعتمد القرار 2254 في 18 كانون الأول 2015.", english, (decision,)) == []


def test_nothing_to_translate_raises_nothing() -> None:
    assert codes("https://example.org/2018", "https://example.org/2018") == []
    assert codes(" \u200f", "") == []


def test_findings_say_where_and_how_much() -> None:
    text = "وصل 300 شخص"
    (finding,) = check_translation(text, "People came", (), "p2.s1", SegmentKind.BODY)
    assert finding.segment == "p2.s1"
    assert finding.start is not None
    assert text[finding.start : finding.end] == "300"
    assert finding.severity is CODES[finding.code]
    assert "300" in finding.message


@given(st.text(max_size=80), st.text(max_size=80))
def test_checking_never_fails(arabic: str, english: str) -> None:
    for finding in check_translation(arabic, english, (), "p1.s1", SegmentKind.BODY):
        assert finding.code in CODES


def test_careful_translations_raise_no_alarm(shared: Path) -> None:
    rows = [
        json.loads(line)
        for path in sorted((shared / "gold").glob("00*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    alarms = [
        finding
        for row in rows
        for finding in check_translation(row["ar"], row["en"], (), "", SegmentKind(row["kind"]))
    ]
    assert alarms == []
