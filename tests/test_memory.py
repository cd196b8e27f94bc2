"""The memory finds what reviewers wrote, and says so when they differ."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bilingual.document import ReviewState
from bilingual.memory import Memory
from bilingual.review import Unit, export

sys.path.insert(0, str(Path(__file__).parent / "review"))
from review_editions import edit, edition


def unit(arabic: str, english: str, when: str = "", **fields: str) -> Unit:
    return Unit(arabic, english, ReviewState.POST_EDITED, reviewed=when, **fields)


COUNCIL = "يعقد المجلس جلسة يوم الأحد."


def test_an_exact_match_disregards_marks_and_spaces() -> None:
    memory = Memory([("a.po", unit(COUNCIL, "The Council meets."))])
    match = memory.exact("يعقدُ  المجلـس\u200f جلسة يوم الأحد.")
    assert match is not None
    assert (match.english, match.score, match.arabic) == ("The Council meets.", 1.0, COUNCIL)
    assert memory.exact("يعقد المجلس جلسة يوم الاثنين.") is None
    assert memory.exact("") is None


def test_near_matches_come_by_folded_likeness() -> None:
    memory = Memory(
        [
            ("a.po", unit(COUNCIL, "Sunday.")),
            ("a.po", unit("يعقد المجلس جلسته يوم الاثنين.", "Monday.")),
            ("a.po", unit("نص بعيد جدا لا صلة له بما سبق.", "Far.")),
        ]
    )
    near = memory.near("يعقد المجلس جلسةً يوم الاحد")
    assert [m.english for m in near] == ["Sunday.", "Monday."]
    assert near[0].score > near[1].score > 0.75
    assert [m.english for m in memory.near(COUNCIL, limit=1)] == ["Sunday."]
    assert memory.near("\u200f") == []


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_reviewers_the_later_is_taken_and_it_is_said(turned: bool) -> None:
    units = [
        ("b.po", unit(COUNCIL, "Old.", "2026-01-01", segment="p1.s1")),
        ("a.po", unit(COUNCIL, "New.", "2026-02-01", segment="p2.s1", reviewer="R")),
        ("c.po", unit(COUNCIL, "None.", "", segment="p2.s1")),
    ]
    memory = Memory(units[::-1] if turned else units)
    match = memory.exact(COUNCIL)
    assert match is not None
    assert match.english == "New."
    (finding,) = memory.findings
    assert finding.code == "R0401"
    assert "“New.” in a.po p2.s1 (R) is taken, not" in finding.message
    assert "“Old.” in b.po p1.s1" in finding.message


def test_dates_are_compared_as_moments() -> None:
    units = [
        ("a.po", unit(COUNCIL, "Earlier.", "2026-01-02T10:00+03:00")),
        ("b.po", unit(COUNCIL, "Later.", "2026-01-02T09:00+00:00")),
    ]
    match = Memory(units).exact(COUNCIL)
    assert match is not None
    assert match.english == "Later."


def test_of_two_undated_the_first_path_is_taken() -> None:
    units = [("b.po", unit(COUNCIL, "B.")), ("a.po", unit(COUNCIL, "A."))]
    match = Memory(units).exact(COUNCIL)
    assert match is not None
    assert match.english == "A."
    assert len(Memory(units)) == 1


def test_only_reviewed_segments_of_catalogues_are_remembered(tmp_path: Path) -> None:
    texts = ("الجملة الأولى.", "الجملة الثانية.", "الجملة الثالثة.", "الجملة الرابعة.", "خامسة.")
    data = export(edition([texts]))
    data = edit(data, "p1.s1", "First.", Last_Translator="R", PO_Revision_Date="2026-01-02 10:00")
    data = edit(data, "p1.s2", "Second and third.")
    data = edit(data, "p1.s3", "[merge]")
    data = edit(data, "p1.s4", "Fourth,\nin two.")
    path = tmp_path / "a.ar-en.po"
    path.write_bytes(data)
    memory = Memory.from_catalogues([path])
    assert len(memory) == 2
    first = memory.exact(texts[0])
    assert first is not None
    assert (first.english, first.reviewer, first.reviewed, first.document, first.segment) == (
        "First.",
        "R",
        "2026-01-02",
        "sample",
        "p1.s1",
    )
    split = memory.exact(texts[3])
    assert split is not None
    assert split.english == "Fourth, in two."
    assert memory.exact(texts[1]) is None  # its English is also that of the next
    assert memory.exact(texts[4]) is None


def test_ten_thousand_units_are_searched() -> None:
    units = [
        ("a.po", unit(f"قال المتحدث رقم {n} إن الاجتماع سيعقد في القاعة {n * 7}.", str(n)))
        for n in range(10_000)
    ]
    memory = Memory(units)
    near = memory.near("قال المتحدث رقم 4321 إن الاجتماع يعقد في القاعة 30247.", threshold=0.9)
    assert near[0].english == "4321"
    assert len(near) == 3


def test_a_catalogue_that_cannot_be_read_is_left_out_and_told(tmp_path: Path) -> None:
    good, broken = tmp_path / "good.ar-en.po", tmp_path / "broken.ar-en.po"
    data = edit(export(edition([(COUNCIL,)])), "p1.s1", "Good.")
    good.write_bytes(data)
    broken.write_bytes(data[:-10])
    memory = Memory.from_catalogues([good, broken])
    assert len(memory) == 1
    (finding,) = memory.findings
    assert finding.code == "R0402"
    assert "broken.ar-en.po:" in finding.message
