"""The page of an edition."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import publish_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser

from bilingual.document import (
    Entity,
    EntityKind,
    Form,
    Metadata,
    SegmentKind,
    SourceText,
)
from bilingual.errors import BilingualError
from bilingual.publish import html, html_text

PAGE = html_text(samples.full())


def dom(page: str) -> parser.HtmlElement:
    return parser.document_fromstring(page.encode())


def words(element: parser.HtmlElement) -> str:
    return "".join(element.itertext())


def test_arabic_of_every_segment_stands_unchanged() -> None:
    edition = samples.full()
    page = dom(PAGE)
    for segment in edition.segments:
        cell = page.get_element_by_id(f"ar.{segment.id}")
        assert words(cell) == edition.segment_text(segment)


def test_english_of_every_sentence_stands_unchanged() -> None:
    edition = samples.full()
    page = dom(PAGE)
    for translation in edition.translations:
        assert words(page.get_element_by_id(f"en.{translation.id}")) == translation.text


def test_each_link_is_one_row_in_order() -> None:
    edition = samples.full()
    rows = dom(PAGE).xpath("//div[@id='text']/div[contains(concat(' ', @class, ' '), ' row ')]")
    assert len(rows) == len(edition.links)
    for row, link in zip(rows, edition.links, strict=True):
        ids = [e.get("id") for e in row.xpath(".//bdi[@id]")]
        assert ids == [f"ar.{i}" for i in link.sources] + [f"en.{i}" for i in link.targets]


def test_both_sides_say_their_language_and_direction() -> None:
    page = dom(PAGE)
    for cell in page.xpath("//*[contains(concat(' ', @class, ' '), ' cell ')]"):
        side = "ar" if " ar" in f" {cell.get('class')}" else "en"
        assert (cell.get("lang"), cell.get("dir")) == (
            (side, "rtl") if side == "ar" else (side, "ltr")
        )


def test_a_name_is_marked_on_both_sides_with_its_other_form() -> None:
    marks = dom(PAGE).xpath("//a[@data-key='unsc']")
    assert [words(m) for m in marks] == ["مجلس الأمن الدولي", "UN Security Council"]
    assert "UN Security Council" in marks[0].get("title")
    assert "مجلس الأمن الدولي" in marks[1].get("title")
    assert {m.get("data-outcome") for m in marks} == {"projected"}


def test_a_missed_mention_is_marked_and_told() -> None:
    page = dom(PAGE)
    (mark,) = page.xpath("//a[@data-key='tell-abyad-sq']")
    assert "o-missed" in mark.get("class")
    row = page.get_element_by_id("p6.s1")
    assert "ساحة التل" in words(row.xpath(".//ul[@class='notes']")[0])
    assert "Tell Square" in words(row.xpath(".//ul[@class='notes']")[0])


def test_findings_stand_in_their_row_and_in_the_report() -> None:
    page = dom(PAGE)
    assert "K0001" in words(page.get_element_by_id("p6.s1"))
    report = words(page.get_element_by_id("report"))
    assert all(f.code in report and f.message in report for f in samples.FINDINGS)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("p1.s1", "approved by a person; R. One, 2026-02-09"),
        ("p3.s1", "corrected by a person; R. One, 2026-02-09"),
        ("p10.s1", "corrected by a person (from the translation memory)"),
        ("p11.s1", "machine translation, not reviewed (copied, nothing to translate)"),
        ("p8.s1", "machine translation, not reviewed"),
    ],
)
def test_review_state_of_a_sentence_is_said(sentence: str, said: str) -> None:
    row = dom(PAGE).get_element_by_id(sentence)
    assert said in [e.get("title") for e in row.xpath(".//span[@title]")]


def test_ids_are_unique_and_every_address_within_the_page_has_its_target() -> None:
    page = dom(PAGE)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))

    targets = {unquote(h[1:]) for h in page.xpath("//a/@href[starts-with(., '#')]")}
    assert targets <= set(ids)


def test_the_policy_allows_exactly_the_style_and_the_script_of_the_page() -> None:
    page = dom(PAGE)
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    for name in ("style", "script"):
        (element,) = page.xpath(f"//{name}")
        body = re.search(f"<{name}>(.*?)</{name}>", PAGE, re.S)
        assert body is not None
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
        assert not element.attrib
    assert "default-src 'none'" in policy
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')]")


def test_nothing_is_loaded_from_anywhere() -> None:
    page = dom(PAGE)
    assert not page.xpath("//@src | //link[not(@rel='canonical')] | //iframe | //object | //img")
    assert "url(" not in PAGE
    assert "@import" not in PAGE


def test_the_page_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    html(samples.full(), tmp_path / "a.html")
    html(samples.full(), tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert (tmp_path / "a.html").read_text("utf-8") == PAGE


def test_the_path_of_the_source_is_not_published() -> None:
    assert "somewhere" not in PAGE


HOSTILE = '</p><script>alert(1)</script>" onfocus="alert(1)\' & {{ 7*7 }} <!--'


def hostile() -> str:
    key = 'k"><script>alert(2)</script>'
    made = samples.edition(
        [("body", ["قال " + HOSTILE.replace("{{ 7*7 }}", "")], ["He said " + HOSTILE])],
        entities=[
            Entity(
                key,
                EntityKind.OTHER,
                (Form(HOSTILE, HOSTILE),),
                {HOSTILE: HOSTILE, "wikidata": 'Q1"><script>'},
            )
        ],
        metadata=Metadata(
            title_ar=HOSTILE,
            title_en=HOSTILE,
            author=HOSTILE,
            source_url="javascript:alert(1)",
            licence_url="java\tscript:alert(1)",
            identifier='https://example.org/"onmouseover=alert(1)',
            source_publisher="data:text/html,<script>",
        ),
    )
    return html_text(made)


def test_markup_in_text_and_metadata_is_only_text() -> None:
    page = dom(hostile())
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert words(page.get_element_by_id("en.p1.s1")) == "He said " + HOSTILE


def test_only_plain_web_addresses_become_links() -> None:
    page = dom(hostile())
    hrefs = page.xpath("//@href")
    assert all(h.startswith("#") for h in hrefs)
    assert "javascript:alert(1)" in words(page.get_element_by_id("report"))


@pytest.mark.parametrize(
    ("char", "shown"),
    [
        ("\x00", "\u2400"),
        ("\x1b", "\u241b"),
        ("\x7f", "\u2421"),
        ("\x85", "[U+0085]"),
        ("\ud800", "[U+D800]"),
        ("\ufffe", "[U+FFFE]"),
        ("\U0001ffff", "[U+1FFFF]"),
        ("\u202e", "\u202e"),
        ("\u200f", "\u200f"),
        ("\u00a0", "\u00a0"),
        ("\ufffd", "\ufffd"),
    ],
)
def test_a_character_html_does_not_allow_is_shown_by_a_sign(char: str, shown: str) -> None:
    made = samples.edition([("body", [f"كلمة{char}أخرى"], [f"word{char}other"])])
    page = dom(html_text(made))
    assert words(page.get_element_by_id("ar.p1.s1")) == f"كلمة{shown}أخرى"
    assert words(page.get_element_by_id("en.p1.s1")) == f"word{shown}other"


def test_no_control_character_is_added() -> None:
    assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", PAGE)


def test_an_empty_edition_is_still_a_page() -> None:
    empty = samples.edition([], entities=[], metadata=Metadata())
    page = dom(html_text(empty))
    assert page.xpath("//h1")
    assert "no text" in words(page.get_element_by_id("text"))


def test_a_sentence_no_link_holds_is_still_shown() -> None:
    made = samples.full()
    torn = replace(made, links=tuple(k for k in made.links if "p3.s1" not in k.sources))
    page = dom(html_text(torn))
    numbered = [e.get("id") for e in page.xpath("//bdi[starts-with(@id, 'ar.')]")]
    assert numbered == [f"ar.{s.id}" for s in made.segments]
    assert page.get_element_by_id("en.p3.s1") is not None


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BilingualError) as caught:
        html(samples.full(), tmp_path / "file" / "page.html")
    assert caught.value.code == "F0002"


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40), st.text(min_size=1, max_size=30))
def test_any_text_makes_a_page_that_can_be_written(english: str, key: str) -> None:
    made = samples.edition([("body", ["كلمة"], ["x"])])
    made = replace(
        made,
        source=SourceText("كلمة", key),
        translations=tuple(replace(t, text=english, note=key) for t in made.translations),
        metadata=Metadata(title_en=english, author=key),
        entities=(Entity(key, EntityKind.PERSON, (Form(english, key),), {key: english}),),
    )

    assert made.segments[0].kind is SegmentKind.BODY
    page = html_text(made)
    page.encode("utf-8")
    assert page.endswith("</html>\n")
