"""What stands where in a written edition."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from pytest_regressions.file_regression import FileRegressionFixture
from tei_editions import KINDS, full, plain

from bilingual.disclosure import disclosure
from bilingual.document import (
    Decision,
    Edition,
    Entity,
    EntityKind,
    Finding,
    Form,
    Link,
    LinkType,
    Mention,
    Metadata,
    Outcome,
    ReviewState,
    Segment,
    SegmentKind,
    Severity,
    Translation,
)
from bilingual.errors import BilingualError
from bilingual.publish.report import disclosure_ar, disclosure_en, report
from bilingual.tei import read, to_bytes, validate, write

T = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
K = SegmentKind


def tree_of(edition: Edition) -> etree._Element:
    return etree.fromstring(to_bytes(edition))


def by_id(root: etree._Element, name: str) -> etree._Element:
    found = root.xpath("//*[@xml:id=$name]", name=name)
    assert len(found) == 1, name
    return found[0]


def shape(kinds: list[SegmentKind]) -> str:
    """The elements of the Arabic body, one letter of nesting, types in brackets."""
    root = tree_of(plain("\n".join(f"سطر {i}" for i in range(len(kinds))), kinds=kinds))
    body = next(root.iter(f"{T}body"))

    def show(element: etree._Element) -> str:
        tag = etree.QName(element).localname
        if tag == "div":
            return f"div({' '.join(show(child) for child in element)})"
        type_ = element.get("type")
        return f"{tag}[{type_}]" if type_ else tag

    return " ".join(show(child) for child in body)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([K.BODY], "p"),
        ([K.HEADLINE, K.BODY], "head p"),
        ([K.SUBHEADLINE, K.HEADLINE, K.BODY], "head[sub] head p"),
        ([K.HEADLINE, K.BYLINE, K.DATELINE, K.BODY], "head byline dateline p"),
        ([K.BYLINE, K.HEADLINE, K.BODY], "byline head p"),
        ([K.HEADLINE, K.BODY, K.SOURCE, K.BOILERPLATE],
         "head p trailer[source] trailer[boilerplate]"),
        ([K.BODY, K.BYLINE], "p byline"),
        ([K.BODY, K.DATELINE, K.SOURCE], "p dateline trailer[source]"),
        ([K.BODY, K.BYLINE, K.BODY], "p ab[byline] p"),
        ([K.BODY, K.SOURCE, K.BODY], "p ab[source] p"),
        ([K.BODY, K.NUMBER], "p ab[number]"),
        ([K.NUMBER, K.HEADLINE, K.BODY], "ab[number] div(head p)"),
        ([K.BODY, K.SUBHEADLINE, K.BODY], "p div(head[sub] p)"),
        ([K.BODY, K.SUBHEADLINE, K.SUBHEADLINE, K.BODY], "p div(head[sub] head[sub] p)"),
        ([K.BODY, K.SUBHEADLINE, K.BODY, K.SUBHEADLINE, K.BODY, K.SOURCE],
         "p div(head[sub] p) div(head[sub] p) trailer[source]"),
        ([K.BODY, K.SUBHEADLINE, K.BYLINE, K.BODY], "p div(head[sub] byline p)"),
        ([K.BODY, K.SUBHEADLINE], "p div(head[sub])"),
        ([K.BODY, K.HEADLINE, K.BODY], "p div(head p)"),
        ([K.HEADLINE], "div(head)"),
        ([K.HEADLINE, K.BYLINE, K.SOURCE], "div(head byline) trailer[source]"),
        ([K.SOURCE], "ab[source]"),
        ([K.SOURCE, K.BOILERPLATE], "ab[source] trailer[boilerplate]"),
        ([K.BOILERPLATE, K.BODY], "ab[boilerplate] p"),
        ([K.BODY, K.SOURCE, K.NUMBER], "p ab[source] ab[number]"),
    ],
)  # fmt: skip
def test_lines_stand_in_their_tei_places(kinds: list[SegmentKind], expected: str) -> None:
    assert shape(kinds) == expected


def test_kinds_survive_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    for first in SegmentKind:
        for second in SegmentKind:
            for third in (K.BODY, K.SOURCE, K.HEADLINE):
                edition = plain("أ\nب\nج", kinds=[first, second, third])
                write(edition, path)
                assert [s.kind for s in read(path).segments] == [first, second, third]


def test_a_sentence_of_another_kind_than_its_block_says_so() -> None:
    edition = plain("دمشق. وصل الوفد.")
    first = replace(edition.segments[0], kind=K.DATELINE)
    root = tree_of(replace(edition, segments=(first, *edition.segments[1:])))
    assert by_id(root, "ar.p1.s1").get("function") == "dateline"
    assert by_id(root, "ar.p1.s2").get("function") is None
    assert by_id(root, "en.p1.s1").get("function") == "dateline"


def test_names_have_the_same_record_on_both_sides() -> None:
    root = tree_of(full())
    arabic, english = by_id(root, "ar.p4.s1.m1"), by_id(root, "en.p4.s1.m1")
    assert arabic.tag == english.tag == f"{T}persName"
    assert arabic.get("ref") == english.get("ref") == "#pers.haddad"
    assert english.get("corresp") == "#ar.p4.s1.m1"
    assert english.get("ana") == "#gl.inlined"
    assert by_id(root, "pers.haddad").tag == f"{T}person"


def test_a_resolution_points_to_its_symbol_and_record() -> None:
    root = tree_of(full())
    ref = by_id(root, "ar.p4.s1.m3")
    assert ref.get("target") == "undocs:S/RES/2254(2015)"
    assert ref.get("corresp", "").split()[0] == "#res.S-RES-2254-2015"
    assert [n.get("value") for n in ref.iter(f"{T}num")] == ["2254"]
    record = by_id(root, "res.S-RES-2254-2015")
    assert record.findtext(f"{T}idno") == "S/RES/2254(2015)"
    assert record.find(f"{T}date").get("when") == "2015-12-18"


def test_what_was_missed_is_recorded_on_the_arabic_and_as_a_link() -> None:
    root = tree_of(full())
    missed = root.xpath("//*[local-name()='linkGrp'][@type='missed']/*[local-name()='link']")
    assert [(m.get("ana"), m.get("target")) for m in missed] == [
        ("#prop.missed", "#ar.p5.s1.m1 #en.p5.s1"),
        ("#gl.missed", "#ar.p5.s1.m2 #en.p5.s1"),
    ]
    assert by_id(root, "ar.p5.s1.m2").get("ana") == "#gl.missed"
    assert by_id(root, "ar.p5.s1.m1").get("ana") == "#prop.missed"


def test_names_that_cross_are_kept_and_break_nothing(tmp_path: Path) -> None:
    text = "رئيس مجلس الأمن الدولي"
    edition = plain(text)
    left = Mention(0, 15, text[:15], "president", EntityKind.TITLE, "president")
    right = Mention(5, 22, text[5:], "unsc", EntityKind.ORGANISATION, "Council")
    english = "President of the Council"
    decisions = (
        Decision(left, Outcome.KEPT, 0, 16, english[:16]),
        Decision(right, Outcome.KEPT, 13, 24, english[13:]),
    )
    translation = replace(edition.translations[0], text=english, decisions=decisions)
    edition = replace(edition, translations=(translation,))
    path = tmp_path / "crossing.xml"
    write(edition, path)
    assert validate(path, warnings=True) == []
    root = etree.parse(path).getroot()
    spans = list(root.iter(f"{T}span"))
    assert len(spans) == 2
    assert read(path).translations == edition.translations


def test_merged_split_omitted_and_added_sentences_are_links() -> None:
    root = tree_of(full())
    group = next(g for g in root.iter(f"{T}linkGrp") if g.get("type") == "translation")
    sizes = [(link.get("n"), link.get("type")) for link in group.iter(f"{T}link")]
    assert ("2:1", None) in sizes
    assert ("1:2", None) in sizes
    assert ("1:0", "omission") in sizes
    assert ("0:1", "addition") in sizes
    gap = by_id(root, "en.p5.s3")
    assert gap[0].tag == f"{T}gap"
    assert gap.get("corresp") == "#ar.p5.s3"
    assert by_id(root, "ar.a.p7.a").tag == f"{T}anchor"
    assert by_id(root, "en.p7.a")[0].tag == f"{T}supplied"


def test_dates_numbers_and_quotations_are_marked_on_both_sides() -> None:
    root = tree_of(full())
    for side in ("ar", "en"):
        sentence = by_id(root, f"{side}.p4.s1")
        assert [d.get("when") for d in sentence.iter(f"{T}date")] == ["2016-03-16"]
        people = by_id(root, f"{side}.p4.s2")
        assert [n.get("value") for n in people.iter(f"{T}num")] == ["1200"]
        quoted = by_id(root, f"{side}.p7.s1")
        assert len(list(quoted.iter(f"{T}q"))) == 1


def test_a_quotation_that_leaves_its_sentence_is_not_marked() -> None:
    root = tree_of(plain("قال «إن العمل مستمر. وسوف يستمر»."))
    assert list(root.iter(f"{T}q")) == []


def test_disclosure_is_derived_from_the_states_in_both_languages() -> None:
    edition = plain("خبر. آخر.")

    def notes(edition: Edition) -> list[str]:
        root = tree_of(edition)
        return [n.text or "" for n in root.iter(f"{T}note") if n.get("type") == "disclosure"]

    machine = notes(edition)
    assert "No sentence has been reviewed" in machine[0]
    assert "ترجمة آلية" in machine[1]
    reviewed = tuple(
        replace(t, state=ReviewState.APPROVED, reviewer="R", reviewed="2016-01-01")
        for t in edition.translations
    )
    approved = notes(replace(edition, translations=reviewed))
    assert "approved for publication: 2; not reviewed: 0" in approved[0]
    mixed = notes(replace(edition, translations=(reviewed[0], edition.translations[1])))
    assert "approved for publication: 1; not reviewed: 1" in mixed[0]


def test_the_disclosure_of_the_publications_is_that_of_the_edition() -> None:
    for edition in (full(), plain("خبر. آخر."), replace(plain("خبر."), translations=())):
        figures = report(edition)
        assert (disclosure_en(figures), disclosure_ar(figures)) == disclosure(edition.translations)


def test_titles_come_from_the_headline_unless_given() -> None:
    def titles(edition: Edition) -> list[tuple[str | None, str | None]]:
        statement = next(tree_of(edition).iter(f"{T}titleStmt"))
        return [
            (t.text, t.get("corresp"))
            for t in statement.iterfind(f"{T}title")
            if t.get("type") == "main"
        ]

    edition = plain("عنوان الخبر\nنص.", kinds=[K.HEADLINE])
    assert titles(edition) == [("English of p1.s1.", "#en.p1.s1"), ("عنوان الخبر", "#ar.p1.s1")]
    given = replace(edition, metadata=Metadata(title_ar="أ", title_en="A"))
    assert titles(given) == [("A", None), ("أ", None)]
    assert titles(plain("نص.", name="report")) == [("report", "#src.ar")]


def test_nothing_in_the_header_comes_from_a_clock_or_the_machine() -> None:
    edition = replace(plain("خبر."), source=replace(plain("خبر.").source, path="/home/u/x.txt"))
    data = to_bytes(edition).decode()
    assert "/home/u" not in data
    assert "when=" not in data


def test_the_same_edition_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tei_editions import full\n"
        "from bilingual.tei import to_bytes\n"
        "sys.stdout.buffer.write(to_bytes(full()))"
    )
    here = str(Path(__file__).parent)
    for seed in ("1", "2"):
        out = subprocess.run(
            [sys.executable, "-c", program, here],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        assert out == to_bytes(full())


def test_write_is_to_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.xml"
    write(full(), path)
    assert path.read_bytes() == to_bytes(full())


def test_keys_of_any_shape_become_identifiers(tmp_path: Path) -> None:
    keys = ["S/RES/2254(2015)", "S.RES.2254.2015", "a b", "a-b", "الأمم", "1", "-", "f1", "x.f1"]
    entities = tuple(
        Entity(key, EntityKind.PERSON, (Form("س", "S"), Form("ش", "Sh"))) for key in sorted(keys)
    )
    edition = replace(plain("خبر."), entities=entities)
    path = tmp_path / "keys.xml"
    write(edition, path)
    assert validate(path) == []
    assert read(path).entities == entities


def contradictions() -> Iterator[tuple[str, Edition]]:
    edition = plain("خبر. آخر.")
    first, second = edition.segments
    yield "T0101", replace(edition, segments=(first, replace(second, id=first.id)))
    yield "T0101", replace(edition, translations=edition.translations[:1] * 2)
    yield "T0102", replace(edition, segments=(second, first))
    yield "T0102", replace(edition, segments=(first, replace(second, end=99)))
    yield "T0103", replace(edition, links=(Link(("p9.s9",), ("p1.s1",)),))
    yield "T0103", replace(edition, links=(Link((), (), LinkType.ADDITION),))
    stray = Mention(4, 5, " ", "x", EntityKind.TERM, "x")
    outside = Decision(stray, Outcome.MISSED)
    translation = replace(edition.translations[0], decisions=(outside,))
    yield "T0104", replace(edition, translations=(translation, edition.translations[1]))
    mention = Mention(0, 3, "خبر", "x", EntityKind.TERM, "x")
    beyond = Decision(mention, Outcome.KEPT, 0, 999, "x")
    translation = replace(edition.translations[0], decisions=(beyond,))
    yield "T0104", replace(edition, translations=(translation, edition.translations[1]))


@pytest.mark.parametrize(("code", "edition"), list(contradictions()))
def test_an_edition_that_contradicts_itself_is_not_written(
    tmp_path: Path, code: str, edition: Edition
) -> None:
    path = tmp_path / "a.xml"
    with pytest.raises(BilingualError) as caught:
        write(edition, path)
    assert caught.value.code == code
    assert not path.exists()


def test_findings_stand_beside_the_text(tmp_path: Path) -> None:
    findings = (Finding("C0101", Severity.ERROR, "\x00 & <", "p1.s1", 0, 3),)
    path = tmp_path / "a.xml"
    write(replace(plain("خبر."), findings=findings), path)
    assert validate(path) == []
    assert read(path).findings == findings


def test_an_english_sentence_may_be_empty_or_hold_anything(tmp_path: Path) -> None:
    edition = plain("خبر. آخر. ثالث.")
    texts = ("", "a\x00\r\n\u2028b ", "]]> <x>")
    translations = tuple(
        replace(t, text=text) for t, text in zip(edition.translations, texts, strict=True)
    )
    path = tmp_path / "a.xml"
    write(replace(edition, translations=translations), path)
    assert validate(path) == []
    assert tuple(t.text for t in read(path).translations) == texts


def every_edition() -> Iterator[tuple[str, Edition]]:
    """One of each construct, for the full schema."""
    yield "full", full()
    for name, text in {
        "empty": "",
        "blank": "\n\u00a0 \n",
        "mess": "\u00a0a\x00b\r\n\x0b\u2028c\x0c\ufffe\r\r\u00a0\n d \u00a0\n\u00a0",
        "quotes": 'قال «نعم» و"لا". ثم “جاء “آخر” وذهب”.',
        "dates": "في 16 آذار 2016 وبين 16 و18 آذار ومنذ عام 2011 و10 آلاف.",
    }.items():
        yield name, plain(text)
    for first in SegmentKind:
        for second in (K.HEADLINE, K.BYLINE, K.BODY, K.SOURCE):
            yield f"{first}-{second}", plain("أ\nب\nج", kinds=[first, second, K.BODY])
            yield f"{first}-{second}-end", plain("أ\nب", kinds=[first, second])
    weird = Metadata(*(["a\x00 <&\r\n"] * 14))
    yield "weird header", replace(plain("خبر.", name="أ/ب c"), metadata=weird)
    translation = Translation("p1.s1", "", 1, ReviewState.POST_EDITED)
    yield "nameless reviewer", replace(plain("خبر."), translations=(translation,))
    segment = Segment("خ 1/", 0, 4, K.BODY, 7)
    yield "strange ids", replace(plain("خبر."), segments=(segment,), links=(), translations=())


@pytest.mark.slow
def test_all_that_is_written_is_valid_tei(tei_all: etree.RelaxNG) -> None:
    for name, edition in every_edition():
        root = tree_of(edition)
        assert tei_all.validate(root), f"{name}: {tei_all.error_log.last_error}"


def test_all_of_them_are_valid_under_the_profile(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    for name, edition in every_edition():
        write(edition, path)
        codes = {p.code for p in validate(path)}
        assert codes <= ({"T0404"} if name == "strange ids" else set()), name


def test_every_construct_is_in_the_full_edition() -> None:
    root = tree_of(full())
    present = {etree.QName(e).localname for e in root.iter(etree.Element)}
    assert len(KINDS) == 10
    names = {"persName", "placeName", "orgName", "ref", "term", "num", "date", "q"}
    parts = {"gap", "supplied", "anchor", "ptr", "div", "byline", "dateline", "trailer"}
    assert names | parts <= present


def test_the_full_edition_is_the_golden_file(file_regression: FileRegressionFixture) -> None:
    file_regression.check(to_bytes(full()), binary=True, extension=".tei.xml")
