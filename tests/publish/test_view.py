"""Rows and runs, from which every publication is made."""

from __future__ import annotations

from dataclasses import replace

import publish_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.document import (
    Decision,
    EntityKind,
    Finding,
    Link,
    LinkType,
    Mention,
    Outcome,
    Severity,
)
from bilingual.publish import view
from bilingual.publish.view import Run, joined


def decision(start: int = 0, end: int = 1) -> Decision:
    mention = Mention(start, end, "س", "key", EntityKind.PLACE, "Place")
    return Decision(mention, Outcome.KEPT, 0, 1, "P")


@pytest.mark.parametrize(
    ("before", "marked", "after", "expected"),
    [
        ("زار ل", "موسكو", " أمس", ("زار ", "لموسكو", " أمس")),
        ("زار ولل", "معارضة", " أمس", ("زار و", "للمعارضة", " أمس")),
        ("زار و", "موسكو", " أمس", ("زار و", "موسكو", " أمس")),
        ("زار ال", "قاهرة", "", ("زار ا", "لقاهرة")),
        ("بِ", "موسكو", "", ("بِموسكو",)),
        ("في ", "موسكو", "", ("في ", "موسكو")),
        ("«", "موسكو", "»", ("«", "موسكو", "»")),
        ("", "إرهابي", "ين هنا", ("إرهابيين", " هنا")),
        ("", "سوريا", "ت", ("سوريا", "ت")),
        ("", "موسك", "ُو", ("موسكُو",)),
        ("رقم 5", "موسكو", "2254", ("رقم 5", "موسكو", "2254")),
    ],
)
def test_letters_joined_to_a_mention_are_set_with_it(
    before: str, marked: str, after: str, expected: tuple[str, ...]
) -> None:
    runs = [Run(t, d) for t, d in ((before, None), (marked, decision()), (after, None)) if t]
    assert tuple(r.text for r in joined(runs)) == expected


@given(st.lists(st.tuples(st.text("بورة ُلـ .", max_size=6), st.booleans()), max_size=6))
def test_joining_changes_no_text(parts: list[tuple[str, bool]]) -> None:
    runs = [Run(t, decision() if marked else None) for t, marked in parts]
    assert "".join(r.text for r in joined(runs)) == "".join(t for t, _ in parts)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8))
def test_runs_joined_are_the_sentence_whatever_the_spans(spans: list[tuple[int, int]]) -> None:
    made = samples.edition([("body", ["كلمات عربية قصيرة هنا"], ["some English words here"])])
    marks = tuple(replace(decision(a, b), start=min(a, b), end=max(a, b)) for a, b in spans)
    made = replace(made, translations=tuple(replace(t, decisions=marks) for t in made.translations))
    (row,) = view.rows(made)
    assert row.arabic == "كلمات عربية قصيرة هنا"
    assert row.english == "some English words here"


def test_a_check_that_repeats_a_missed_mention_is_told_once() -> None:
    made = samples.edition(
        findings=[
            Finding("C0006", Severity.ERROR, "ساحة التل should be “Tell Square”", "p6.s1"),
            Finding("C0002", Severity.ERROR, "a number is missing", "p6.s1"),
        ]
    )
    row = next(r for r in view.rows(made) if r.id == "p6.s1")
    assert [f.code for f in row.findings] == ["C0002"]
    assert len(row.missed) == 1


def test_findings_of_a_link_of_several_sentences_stand_once() -> None:
    made = samples.edition(findings=[Finding("C1", Severity.NOTE, "x", "p4.s2")])
    assert [r.number for r in view.rows(made) if r.findings] == [4]


def test_unlinked_segments_stand_at_their_place_and_unlinked_english_at_the_end() -> None:
    made = samples.full()
    torn = replace(made, links=made.links[5:7])
    rows = list(view.rows(torn))
    arabic = [s.id for r in rows for s in r.sources]
    assert arabic == [s.id for s in made.segments]
    assert {s.id for r in rows for s in r.targets} == {t.id for t in made.translations}
    assert rows[0].link == Link(("p1.s1",), (), LinkType.OMISSION)


def test_an_entity_without_a_record_is_made_from_its_mentions() -> None:
    made = replace(samples.full(), entities=())
    keys = [e.key for e in view.all_entities(made)]
    assert keys == sorted(m.key for m in {m.key: m for m in made.mentions}.values())
    assert all(e.forms[0].english for e in view.all_entities(made))
