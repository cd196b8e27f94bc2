"""Paragraphs, articles and chapters cited before the name of their whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from tei_editions import plain

from bilingual.document import Decision, Edition, EntityKind, Mention, Outcome
from bilingual.tei import read, to_bytes, validate, write
from bilingual.tei.marks import Mark
from bilingual.tei.provisions import provisions

T = "{http://www.tei-c.org/ns/1.0}"


def cited(language: str, marked: str) -> list[tuple[str, str, str]]:
    """Type, numbers and words of what is found in a text whose name stands in ⟦ ⟧."""
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    name = Mark(start, end, "ref", {"target": "undocs:S/RES/2254(2015)"})
    found = provisions(text, language, [name])
    assert all(mark.attributes["target"] == name.attributes["target"] for mark in found)
    return [
        (mark.attributes["type"], mark.attributes["n"], text[mark.start : mark.end])
        for mark in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وفق الفقرة 2 من ⟦القرار 2254⟧.", ("paragraph", "2", "الفقرة 2")),
        ("وفق الفقرة ٢ من ⟦القرار ٢٢٥٤⟧.", ("paragraph", "2", "الفقرة ٢")),
        ("في الفقرتين 2 و3 من ⟦القرار 2254⟧", ("paragraph", "2 3", "الفقرتين 2 و3")),
        ("في الفقرات 2، 3 و 4 من ⟦القرار⟧", ("paragraph", "2 3 4", "الفقرات 2، 3 و 4")),
        ("الفقرات من 2 إلى 5 من ⟦القرار⟧", ("paragraph", "2-5", "الفقرات من 2 إلى 5")),
        ("الفقرات 2-5 من ⟦القرار⟧", ("paragraph", "2-5", "الفقرات 2-5")),
        ("وبالفقرة الثانية من ⟦القرار⟧", ("paragraph", "2", "الفقرة الثانية")),
        ("عملا بالفقرة الأولى من ⟦القرار⟧", ("paragraph", "1", "الفقرة الأولى")),
        ("طبقا للفقرة 4 من ⟦القرار⟧", ("paragraph", "4", "للفقرة 4")),
        ("الفقرتين الأولى والثالثة من ⟦القرار⟧", ("paragraph", "1 3", "الفقرتين الأولى والثالثة")),
        ("الفقرة 2 (ب) من ⟦القرار⟧", ("paragraph", "2(b)", "الفقرة 2 (ب)")),
        ("الفِقْرة 2 من ⟦القرار⟧", ("paragraph", "2", "الفِقْرة 2")),
        ("الفقرة 2 من قرار مجلس الأمن ⟦2254⟧", ("paragraph", "2", "الفقرة 2")),
        ("الفقرة 2 من منطوق ⟦القرار 2254⟧", ("paragraph", "2", "الفقرة 2")),
        ("المادة 41 من ⟦ميثاق الأمم المتحدة⟧", ("article", "41", "المادة 41")),
        ("المادتين 41 و42 من ⟦الميثاق⟧", ("article", "41 42", "المادتين 41 و42")),
        ("بموجب الفصل السابع من ⟦الميثاق⟧", ("chapter", "7", "الفصل السابع")),
    ],
)
def test_the_part_of_a_marked_whole_is_found_in_arabic(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert cited("ar", text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under paragraph 2 of ⟦resolution 2254⟧", ("paragraph", "2", "paragraph 2")),
        ("Paragraphs 2 and 3 of ⟦resolution 2254⟧", ("paragraph", "2 3", "Paragraphs 2 and 3")),
        ("paras. 2, 3 and 4 of ⟦the resolution⟧", ("paragraph", "2 3 4", "paras. 2, 3 and 4")),
        ("paragraphs 2 to 5 of ⟦resolution 1⟧", ("paragraph", "2-5", "paragraphs 2 to 5")),
        ("paragraphs 2–5 of ⟦resolution 1⟧", ("paragraph", "2-5", "paragraphs 2–5")),
        ("the second paragraph of ⟦resolution 1⟧", ("paragraph", "2", "second paragraph")),
        ("operative paragraph 4 of ⟦resolution 1⟧", ("paragraph", "4", "operative paragraph 4")),
        ("paragraph two of ⟦resolution 1⟧", ("paragraph", "2", "paragraph two")),
        ("paragraph 2 (b) of ⟦resolution 1⟧", ("paragraph", "2(b)", "paragraph 2 (b)")),
        ("paragraph 2 of Security Council ⟦resolution 1⟧", ("paragraph", "2", "paragraph 2")),
        ("paragraph 2 of the UN Security Council's resolution ⟦2254⟧",
         ("paragraph", "2", "paragraph 2")),
        ("Article 41 of the ⟦Charter of the United Nations⟧", ("article", "41", "Article 41")),
        ("under Chapter VII of the ⟦Charter⟧", ("chapter", "7", "Chapter VII")),
    ],
)  # fmt: skip
def test_the_part_of_a_marked_whole_is_found_in_english(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert cited("en", text) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "الفقرة 2 من البيان عن ⟦القرار 2254⟧"),  # of another text
        ("ar", "الفقرة من ⟦القرار 2254⟧"),  # no number
        ("ar", "الفقرة 2. من ⟦القرار 2254⟧"),  # another sentence
        ("ar", "⟦القرار 2254⟧ والفقرة 2 من القرار"),  # the whole is not marked after it
        ("ar", "الفقرة 2254 من ⟦القرار⟧"),  # no paragraph has such a number
        ("en", "paragraph 2 of the statement on ⟦resolution 2254⟧"),
        ("en", "two paragraphs of ⟦resolution 2254⟧"),
        ("en", "⟦Resolution 2254⟧, paragraph 2 of it"),
    ],
)
def test_what_is_no_part_of_the_whole_stays_text(language: str, text: str) -> None:
    assert cited(language, text) == []


def resolution_edition() -> Edition:
    text = "رحب بالفقرتين 2 و3 من القرار 2254 وبالمادة 41 من الميثاق."
    edition = plain(text)
    english = "He welcomed paragraphs 2 and 3 of resolution 2254 and Article 41 of the Charter."

    def decision(arabic: str, words: str, key: str, kind: EntityKind) -> Decision:
        start, begin = text.index(arabic), english.index(words)
        mention = Mention(start, start + len(arabic), arabic, key, kind, words)
        return Decision(mention, Outcome.KEPT, begin, begin + len(words), words)

    decisions = (
        decision("القرار 2254", "resolution 2254", "S/RES/2254(2015)", EntityKind.RESOLUTION),
        decision("الميثاق", "Charter", "charter", EntityKind.TERM),
    )
    translation = replace(edition.translations[0], text=english, decisions=decisions)
    return replace(edition, translations=(translation,))


def test_both_languages_mark_it_beside_the_name_of_the_whole() -> None:
    root = etree.fromstring(to_bytes(resolution_edition()))
    shown = [
        (e.get("type"), e.get("n"), e.get("target"), "".join(e.itertext()))
        for e in root.iter(f"{T}ref")
        if e.get("type") in {"paragraph", "article"}
    ]
    target = "undocs:S/RES/2254(2015)"
    assert shown == [
        ("paragraph", "2 3", target, "الفقرتين 2 و3"),
        ("article", "41", "#term.charter", "المادة 41"),
        ("paragraph", "2 3", target, "paragraphs 2 and 3"),
        ("article", "41", "#term.charter", "Article 41"),
    ]
    numbers = [n.get("value") for e in root.iter(f"{T}ref") for n in e.iter(f"{T}num")]
    assert numbers == ["2", "3", "2254", "41"] * 2


def test_it_is_valid_and_read_back_without_loss(tmp_path: Path) -> None:
    edition = resolution_edition()
    path = tmp_path / "a.xml"
    write(edition, path)
    assert validate(path, warnings=True) == []
    assert read(path).translations == edition.translations
    assert to_bytes(read(path)) == path.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'n="2 3"', b'n="two"', "T0206"),
        (b'type="paragraph" n="2 3"', b'type="paragraph"', "T0316"),
        (b'type="paragraph" n="2 3"', b'type="verse" n="2 3"', "T0206"),
        (b'target="#term.charter">', b'target="#term.nothing">', "T0401"),
    ],
)
def test_a_broken_one_is_named(tmp_path: Path, old: bytes, new: bytes, code: str) -> None:
    path = tmp_path / "a.xml"
    data = to_bytes(resolution_edition())
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    assert code in {problem.code for problem in validate(path)}


@pytest.mark.slow
def test_it_is_valid_under_the_full_tei_schema(tei_all: etree.RelaxNG) -> None:
    assert tei_all.validate(etree.fromstring(to_bytes(resolution_edition()))), tei_all.error_log
