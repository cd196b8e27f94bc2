"""Scan: what occurs where, what nearly does, and the #: lines that say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual.glossary import Glossary
from bilingual.glossary.folder import read_files, write_files
from bilingual.glossary.scan import ScannedText, scan, with_references
from bilingual.segmentation import segment

CATALOGUE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#  two blanks before this note
#: letters/one.txt:12 old:p1.s1
msgctxt "unsc"
msgid "مجلس الأمن"
msgstr ""
"Security "
"Council"

#, fuzzy
msgctxt "envoy"
msgid "ستافان دي ميستورا"
msgstr "Staffan de Mistura"

#. title: Syria
msgctxt "S/RES/2254(2015)"
msgid "القرار 2254"
msgstr "resolution 2254 (2015)"

#: first:p1.s1
msgctxt "unused"
msgid "كوكب المشتري"
msgstr "Jupiter"
"""

FIRST = "بحث مجلس الأمن القرار 2254.\nوأشاد مجلس الأمن بجهود ستافان دي ميستورا. ورحب لمجلس الامن."
SECOND = "قال ستيفان دي ميستورا إن الحل قريب.\n"


def text(name: str, content: str) -> ScannedText:
    return ScannedText(name, content, segment(content))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "terms.po").write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


def test_every_occurrence_is_counted_with_its_segment(folder: Path) -> None:
    report = scan(Glossary.load(folder), [text("first", FIRST)])
    assert report.counts == {
        ("unsc", "مجلس الأمن"): 3,
        ("S/RES/2254(2015)", "القرار 2254"): 1,
        ("envoy", "ستافان دي ميستورا"): 1,
    }
    for use in report.uses:
        assert FIRST[use.start : use.end] == use.surface
    assert [u.segment for u in report.uses] == ["p1.s1", "p1.s1", "p2.s1", "p2.s1", "p2.s2"]


def test_unapproved_forms_in_use_are_named_with_their_context(folder: Path) -> None:
    report = scan(Glossary.load(folder), [text("first", FIRST)])
    ((name, use),) = report.unapproved.items()
    assert name == ("envoy", "ستافان دي ميستورا")
    assert "وأشاد مجلس الأمن" in use.context


def test_a_spelling_one_letter_away_is_proposed(folder: Path) -> None:
    report = scan(Glossary.load(folder), [text("second", SECOND)])
    (miss,) = report.near_misses
    assert (miss.surface, miss.entry.key, miss.count) == ("ستيفان دي ميستورا", "envoy", 1)
    assert miss.where == "second:p1.s1"
    assert miss.surface in miss.context


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("الكويت", "قال الكويتي إنه عاد."),  # another word of the root
        ("مكافحة الإرهاب", "ومكافحة الإرهابي واجبة."),  # inflection
        ("الرباط", "انقر على الرابط أدناه."),  # too short to tell
        ("تونس", "زار يونس."),
        ("القوات الروسية", "وصلت قوات روسية."),
    ],
)
def test_grammar_and_other_words_are_no_near_misses(
    tmp_path: Path, form: str, content: str
) -> None:
    head = CATALOGUE.partition("#  two")[0]
    (tmp_path / "terms.po").write_text(
        f'{head}msgctxt "a"\nmsgid "{form}"\nmsgstr "A"\n', encoding="utf-8"
    )
    assert scan(Glossary.load(tmp_path), [text("t", content)]).near_misses == ()


@pytest.mark.parametrize(
    ("form", "content", "surface"),
    [
        ("ديمتري بيسكوف", "وأعلن ديميتري بيسكوف ذلك.", "ديميتري بيسكوف"),
        ("عبد الرحمن", "زار عبدالرحمن المدينة.", "عبدالرحمن"),
        ("سيرومولوتوف", "وقال لسيرمولوتوف وداعا.", "سيرمولوتوف"),
        ("كيربتشينكو", "وأكد كيرتبشينكو موقفه.", "كيرتبشينكو"),
        ("سيرومولوتوف", "وقال لـسِيرمولوتوف وداعا.", "سِيرمولوتوف"),
    ],
)
def test_near_misses_of_names(tmp_path: Path, form: str, content: str, surface: str) -> None:
    head = CATALOGUE.partition("#  two")[0]
    (tmp_path / "people.po").write_text(
        f'{head}msgctxt "a"\nmsgid "{form}"\nmsgstr "A"\n', encoding="utf-8"
    )
    report = scan(Glossary.load(tmp_path), [text("t", content)])
    assert [m.surface for m in report.near_misses] == [surface]


def write(folder: Path, *texts: ScannedText) -> bytes:
    report = scan(Glossary.load(folder), texts)
    write_files([with_references(f, report.uses, texts) for f in read_files(folder)])
    return (folder / "terms.po").read_bytes()


def test_only_reference_lines_change_and_a_second_run_changes_nothing(folder: Path) -> None:
    after = write(folder, text("first", FIRST), text("second", SECOND))
    expected = (
        CATALOGUE.replace(
            "#: letters/one.txt:12 old:p1.s1\n",
            "#: letters/one.txt:12 first:p1.s1 first:p2.s1 first:p2.s2 old:p1.s1\n",
        )
        .replace("#, fuzzy\n", "#: first:p2.s1\n#, fuzzy\n")
        .replace("#. title: Syria\n", "#. title: Syria\n#: first:p1.s1\n")
        .replace('#: first:p1.s1\nmsgctxt "unused"', 'msgctxt "unused"')
    )
    assert after.decode() == expected
    stamp = (folder / "terms.po").stat().st_mtime_ns
    assert write(folder, text("second", SECOND), text("first", FIRST)) == after
    assert (folder / "terms.po").stat().st_mtime_ns == stamp


def test_occurrences_in_other_texts_stay(folder: Path) -> None:
    write(folder, text("first", FIRST))
    after = write(folder, text("second", SECOND)).decode()
    assert "#: letters/one.txt:12 first:p1.s1 first:p2.s1 first:p2.s2 old:p1.s1\n" in after


def test_a_name_with_blanks_becomes_one_reference(folder: Path) -> None:
    after = write(folder, text("2018 03/the article", FIRST)).decode()
    assert "#: 2018_03/the_article:p1.s1\n" in after


def test_references_wrapped_by_an_editor_are_left_as_they_are(folder: Path) -> None:
    write(folder, text("first", FIRST))
    path = folder / "terms.po"
    wrapped = path.read_text(encoding="utf-8").replace(
        "#: letters/one.txt:12 first:p1.s1 first:p2.s1",
        "#: letters/one.txt:12\n#: first:p1.s1 first:p2.s1",
    )
    path.write_text(wrapped, encoding="utf-8")
    assert write(folder, text("first", FIRST)).decode() == wrapped


def test_long_lists_are_wrapped(folder: Path) -> None:
    texts = [text(f"article-{n:03}", FIRST) for n in range(20)]
    lines = write(folder, *texts).decode().splitlines()
    references = [line for line in lines if line.startswith("#:")]
    assert max(map(len, references)) <= 79
    assert sum(line.count("article-") for line in references) == 20 * 5
    assert "article-002:p1.s1" in " ".join(references)


def test_scan_agrees_with_the_mentions_of_the_shipped_glossary(root: Path) -> None:
    glossary = Glossary.load(root / "glossary")
    for path in sorted((root / "docs/samples").glob("*.txt")):
        sample = text(path.stem, path.read_text(encoding="utf-8"))
        uses = [(u.start, u.end, u.entry.key) for u in scan(glossary, [sample]).uses]
        mentions = [
            (m.start, m.end, m.key)
            for m in glossary.mentions(sample.text, sample.segments)
            if m.key in glossary.entities
        ]
        assert uses == mentions
        assert uses
