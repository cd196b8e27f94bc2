"""Diff: which entries differ, and which segments that would change before anyone publishes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bilingual.document import (
    Edition,
    EntityKind,
    Link,
    Metadata,
    Origin,
    ReviewState,
    Signature,
    Translation,
)
from bilingual.glossary import Entry, Glossary
from bilingual.glossary.diff import Effect, changed_segments, diff_entries
from bilingual.glossary.scan import ScannedText
from bilingual.segmentation import segment
from bilingual.source import from_text

TEXT = "أعلنت الحكومة الهدنة. رحب مجلس الأمن بالهدنة. زار الوفد المدينة.\n"
TRUCE = Entry("truce", EntityKind.TERM, "الهدنة", "truce")
COUNCIL = Entry("unsc", EntityKind.ORGANISATION, "مجلس الأمن", "Security Council")
OLD = Glossary([TRUCE, COUNCIL])


def scanned() -> ScannedText:
    return ScannedText("a", TEXT, segment(TEXT))


def changed(new: Glossary, text: ScannedText | Edition | None = None) -> list[tuple[str, str]]:
    return [(c.segment, c.effect.value) for c in changed_segments(OLD, new, [text or scanned()])]


def test_equal_glossaries_differ_in_nothing() -> None:
    again = Glossary([replace(COUNCIL, line=9, catalogue="x"), TRUCE])
    assert diff_entries(OLD, again) == ()
    assert changed(again) == []


def test_entries_added_changed_and_removed() -> None:
    delegation = Entry("delegation", EntityKind.TERM, "الوفد", "delegation")
    new = Glossary([delegation, replace(TRUCE, english="ceasefire", accepted=("truce",))])
    changes = [(c.key, c.old is None, c.new is None, c.fields) for c in diff_entries(OLD, new)]
    assert changes == [
        ("delegation", True, False, ()),
        ("truce", False, False, ("english", "accepted")),
        ("unsc", False, True, ()),
    ]


@pytest.mark.parametrize(
    ("new", "segments"),
    [
        ([replace(TRUCE, english="ceasefire"), COUNCIL], ["p1.s1", "p1.s2"]),
        ([TRUCE], ["p1.s2"]),
        ([TRUCE, replace(COUNCIL, approved=False)], ["p1.s2"]),
        ([TRUCE, COUNCIL, Entry("d", EntityKind.TERM, "الوفد", "delegation")], ["p1.s3"]),
        ([TRUCE, COUNCIL, Entry("d", EntityKind.TERM, "كوكب", "planet")], []),
        ([TRUCE, replace(COUNCIL, facts={"note": "x"})], []),
    ],
)
def test_the_segments_that_are_asked_otherwise_are_named(
    new: list[Entry], segments: list[str]
) -> None:
    found = changed(Glossary(new))
    assert [s for s, _ in found] == segments
    assert {effect for _, effect in found} <= {"decoded again"}


def edition() -> Edition:
    segments = segment(TEXT)
    english = ["The government announced the truce.", "The Council welcomed the ceasefire.",
               "The delegation visited the city."]  # fmt: skip
    made = tuple(
        Translation(s.id, text, s.paragraph) for s, text in zip(segments, english, strict=True)
    )
    links = tuple(Link((s.id,), (s.id,)) for s in segments)
    signature = Signature("0", "s", "e", "p")
    return Edition(from_text(TEXT, "a"), segments, made, links, (), (), Metadata(), signature)


def test_an_edition_shows_what_stands_and_what_says_so_already() -> None:
    new = Glossary([replace(TRUCE, english="ceasefire"), COUNCIL])
    changes = list(changed_segments(OLD, new, [edition()]))
    assert [(c.segment, c.effect) for c in changes] == [
        ("p1.s1", Effect.DECODED),
        ("p1.s2", Effect.SAID),
    ]
    assert changes[1].english == "The Council welcomed the ceasefire."
    assert [m.target for m in changes[0].before] == ["truce"]
    assert [m.target for m in changes[0].after] == ["ceasefire"]


@pytest.mark.parametrize(
    "reviewed",
    [
        {"state": ReviewState.APPROVED},
        {"state": ReviewState.POST_EDITED, "origin": Origin.REVIEW},
        {"origin": Origin.MEMORY},
    ],
)
def test_reviewed_segments_keep_their_words(reviewed: dict) -> None:
    made = edition()
    first = replace(made.translations[0], **reviewed)
    made = replace(made, translations=(first, *made.translations[1:]))
    new = Glossary([replace(TRUCE, english="ceasefire"), COUNCIL])
    assert changed(new, made)[0] == ("p1.s1", "reviewed")


def test_a_forbidden_word_that_stands_is_no_agreement() -> None:
    new = Glossary([replace(TRUCE, english="ceasefire", forbidden=("Council",)), COUNCIL])
    assert changed(new, edition())[1] == ("p1.s2", "decoded again")


def test_the_shipped_glossary_against_itself_without_an_entry(root: Path) -> None:
    whole = Glossary.load(root / "glossary")
    less = Glossary(e for e in whole.entries if e.key != "security-council")
    samples = [
        ScannedText(p.stem, t, segment(t))
        for p in sorted((root / "docs/samples").glob("*.txt"))
        for t in (p.read_text(encoding="utf-8"),)
    ]
    assert {c.key for c in diff_entries(whole, less)} == {"security-council"}
    found = list(changed_segments(whole, less, samples))
    assert found
    # What stood inside the longer form may be found now; nothing else comes.
    assert all(any(m.key == "security-council" for m in c.before) for c in found)
