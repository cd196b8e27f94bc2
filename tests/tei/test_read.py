"""Editions of others are read as far as they use the same constructs, and the rest is told."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from tei_editions import full

from bilingual.document import EntityKind, Link, LinkType, Outcome, ReviewState, SegmentKind
from bilingual.errors import BilingualError
from bilingual.tei import read, read_with_report, source_text, to_bytes, validate

FOREIGN = """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader><fileDesc><titleStmt><title xml:lang="en" type="main">A walk</title></titleStmt>
  </fileDesc></teiHeader>
  <standOff>
    <listPlace><place xml:id="town"><placeName xml:lang="ar">البلدة</placeName>
      <placeName xml:lang="en">the Town</placeName></place></listPlace>
  </standOff>
  <text><group>
    <text xml:lang="ar"><body>{arabic}</body></text>
    <text xml:lang="en"><body>{english}</body></text>
  </group></text>
</TEI>
"""


def foreign(tmp_path: Path, arabic: str, english: str) -> Path:
    path = tmp_path / "foreign.xml"
    path.write_text(FOREIGN.format(arabic=arabic, english=english), encoding="utf-8")
    return path


def test_alignment_by_corresp_is_understood(tmp_path: Path) -> None:
    path = foreign(
        tmp_path,
        '<p><s xml:id="a1">وصلنا إلى <placeName ref="#town">البلدة</placeName>.</s> '
        '<s xml:id="a2">ثم عدنا.</s> <s xml:id="a3">انتهى.</s></p>',
        '<p><s xml:id="e1" corresp="#a1 #a2">We came to <placeName ref="#town">the Town'
        '</placeName> and back.</s> <s xml:id="e2">More.</s></p>',
    )
    edition, report = read_with_report(path)
    assert edition.links == (
        Link(("a1", "a2"), ("e1",)),
        Link((), ("e2",), LinkType.ADDITION),
        Link(("a3",), (), LinkType.OMISSION),
    )
    assert edition.source.text == "وصلنا إلى البلدة. ثم عدنا. انتهى."
    decision = edition.translations[0].decisions[0]
    assert decision.outcome is Outcome.KEPT
    assert decision.form == "the Town"
    assert decision.mention.target == "the Town"
    assert edition.metadata.title_en == "A walk"
    assert "T0603" in {p.code for p in report}


def test_paragraphs_without_sentences_are_taken_whole(tmp_path: Path) -> None:
    path = foreign(tmp_path, "<head>عنوان</head><p>نص أول.</p>", "<p>One.</p>")
    edition = read(path)
    assert [edition.segment_text(s) for s in edition.segments] == ["عنوان", "نص أول."]
    assert [s.kind for s in edition.segments] == [SegmentKind.HEADLINE, SegmentKind.BODY]
    assert [t.text for t in edition.translations] == ["One."]


def test_strange_marks_are_reported_and_their_text_kept(tmp_path: Path) -> None:
    path = foreign(tmp_path, '<p><s xml:id="a">قال <hi rend="b">نعم</hi>.</s></p>', "<p/>")
    edition, report = read_with_report(path)
    assert edition.source.text == "قال نعم."
    strange = [p for p in report if p.code == "T0607"]
    assert [(p.element, p.line) for p in strange] == [("hi", 10)]


def test_what_is_read_from_others_can_be_written_and_is_valid(tmp_path: Path) -> None:
    path = foreign(
        tmp_path,
        '<p><s xml:id="a1">وصلنا إلى <placeName ref="#town">البلدة</placeName>.</s></p>',
        '<p><s xml:id="e1" corresp="#a1">We came to town.</s></p>',
    )
    ours = tmp_path / "ours.xml"
    ours.write_bytes(to_bytes(read(path)))
    assert validate(ours) == []
    assert source_text(ours) == source_text(path)


def test_a_file_without_arabic_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="fr"><body><p>Oui</p></body>'
        "</text></TEI>",
        encoding="utf-8",
    )
    with pytest.raises(BilingualError) as caught:
        read(path)
    assert caught.value.code == "T0601"


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(BilingualError) as caught:
        read(tmp_path / "absent.xml")
    assert caught.value.code == "F0001"


def test_our_editions_leave_nothing_to_report(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(to_bytes(full()))
    assert read_with_report(path)[1] == []


@pytest.mark.parametrize("name", ["exemplar.xml", "variant-omission.xml"])
def test_the_reference_editions_are_sound_and_read(shared: Path, tmp_path: Path, name: str) -> None:
    path = shared / "tei" / name
    assert validate(path) == []
    edition = read(path)
    assert {e.kind for e in edition.entities} >= {EntityKind.PERSON, EntityKind.RESOLUTION}
    assert edition.translations[1].state is ReviewState.APPROVED
    ours = tmp_path / name
    ours.write_bytes(to_bytes(edition))
    assert validate(ours) == []
    assert to_bytes(read(ours)) == ours.read_bytes()


def test_a_file_too_large_to_be_held_is_refused_and_still_validated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("bilingual.tei.read"), "_LARGEST", 100)
    path = tmp_path / "large.xml"
    path.write_bytes(to_bytes(full()))
    with pytest.raises(BilingualError) as caught:
        read(path)
    assert caught.value.code == "T0009"
    assert validate(path) == []
