"""Broken editions, each caught with the right code; the sound one, with none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tei_editions import full, plain

from bilingual.document import Severity
from bilingual.errors import BilingualError
from bilingual.tei import Problem, read, to_bytes, validate
from bilingual.tei.grammar import check_grammar

SOUND = to_bytes(full()).decode()
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def problems_of(tmp_path: Path, data: str | bytes) -> list[Problem]:
    path = tmp_path / "broken.xml"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return validate(path)


def test_the_sound_edition_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(tmp_path, SOUND) == []


# Not XML, or XML that must not be read: the first layer stops at it.
FILES: list[tuple[str, str | bytes, str]] = [
    ("empty", "", "T0002"),
    ("white space only", " \n\n", "T0002"),
    ("plain text", "هذا نص عادي", "T0002"),
    ("binary", bytes(range(256)), "T0002"),
    ("json", '{"a": 1}', "T0002"),
    ("zip", b"PK\x03\x04" + b"\x00" * 50, "T0002"),
    ("only a declaration", HEAD, "T0002"),
    ("cut off in the header", SOUND[:3000], "T0003"),
    ("cut off in the text", SOUND[: SOUND.index("<p xml:id")], "T0003"),
    ("cut off in a tag", SOUND[: SOUND.index("<p xml:id") + 4], "T0003"),
    ("cut off in a character", SOUND[: SOUND.index("سالم الراوي</s>")].encode() + b"\xd8", "T0003"),
    ("end tag missing", SOUND.replace("</byline>", "", 1), "T0003"),
    ("end tags crossed", SOUND.replace("</s></head>", "</head></s>", 1), "T0003"),
    ("attribute twice", SOUND.replace("<link xml:id", '<link n="1" xml:id', 1), "T0003"),
    ("bare ampersand", SOUND.replace("Agreement", "A & B", 1), "T0003"),
    ("control character", SOUND.replace("Agreement", "A\x01B", 1), "T0003"),
    ("two roots", SOUND + "<TEI/>", "T0003"),
    ("wrong bytes", SOUND.encode().replace("سالم".encode(), b"\xff\xfe", 1), "T0003"),
    ("undeclared entity", SOUND.replace("Agreement", "&nbsp;", 1), "T0004"),
    (
        "entity bomb",
        HEAD + '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><TEI>&b;</TEI>',
        "T0004",
    ),
    (
        "external entity",
        HEAD + '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI>&x;</TEI>',
        "T0004",
    ),
    (
        "external subset",
        HEAD + '<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd"><TEI/>',
        "T0004",
    ),
    (
        "parameter entity",
        HEAD + '<!DOCTYPE TEI [<!ENTITY % p SYSTEM "file:///etc/hosts"> %p;]><TEI/>',
        "T0004",
    ),
    ("no namespace", SOUND.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "", 1), "T0005"),
    ("wrong namespace", SOUND.replace("www.tei-c.org/ns/1.0", "example.org/ns", 1), "T0005"),
    ("TEI P4", HEAD + "<TEI.2/>", "T0005"),
    ("HTML", HEAD + "<html/>", "T0005"),
    ("a lone text", HEAD + '<text xmlns="http://www.tei-c.org/ns/1.0"/>', "T0005"),
    ("unknown encoding", SOUND.replace('encoding="UTF-8"', 'encoding="klingon"', 1), "T0007"),
    (
        "very deep",
        HEAD + '<TEI xmlns="http://www.tei-c.org/ns/1.0">' + "<p>" * 500 + "</p>" * 500 + "</TEI>",
        "T0008",
    ),
]


@pytest.mark.parametrize(("name", "data", "code"), FILES, ids=[f[0] for f in FILES])
def test_what_is_no_safe_xml_is_refused(
    tmp_path: Path, name: str, data: str | bytes, code: str
) -> None:
    problems = problems_of(tmp_path, data)
    assert [p.code for p in problems] == [code]
    assert problems[0].message
    assert problems[0].mend
    with pytest.raises(BilingualError) as caught:
        read(tmp_path / "broken.xml")
    assert caught.value.code == code


# ruff: noqa: E501
# A sound edition with one thing changed: pattern, replacement, code.
EDITS: list[tuple[str, str, str, str]] = [
    # Layer 1: the grammar
    ("unknown element", r"<byline (.*?)</byline>", r"<bylin \1</bylin>", "T0201"),
    ("TEI element outside the profile", r"<num value=\"44\">44</num>", "<hi>44</hi>", "T0201"),
    ("foreign namespace", r"<anchor ", '<anchor xmlns="http://example.org/" ', "T0201"),
    ("head after a paragraph", r"(<p xml:id=\"ar.p7\".*?</p>)", r"\1<head/>", "T0202"),
    ("p in the header's title", r"<title type=\"sub\"(.*?)>", r'<title type="sub"\1><p/>', "T0202"),
    ("paragraph in a paragraph", r"<p xml:id=\"ar.p7\">", '<p xml:id="ar.p7"><p/>', "T0202"),
    ("trailer in the middle", r"(<p xml:id=\"ar.p5\")", r"<trailer/>\1", "T0202"),
    ("link outside a linkGrp", r"</standOff>", '<link target="#ar.p1 #en.p1"/></standOff>', "T0202"),
    ("header absent", r"<teiHeader>.*?</teiHeader>", "", "T0203"),
    ("fileDesc absent", r"<fileDesc>.*?</fileDesc>", "", "T0203"),
    ("publicationStmt absent", r"<publicationStmt>.*?</publicationStmt>", "", "T0203"),
    ("sourceDesc absent", r"<sourceDesc>.*?</sourceDesc>", "", "T0203"),
    ("two sources", r"type=\"translation\" xml:lang=\"en\"", 'type="source" xml:lang="en"', "T0315"),
    ("source in English", r"type=\"source\" xml:lang=\"ar\"", 'type="source" xml:lang="en"', "T0315"),
    ("misspelt attribute", r"<s xml:id=\"en.p1.s1\" n=", '<s xml:id="en.p1.s1" nr=', "T0204"),
    ("@dir", r"<p xml:id=\"ar.p4\"", '<p dir="rtl" xml:id="ar.p4"', "T0204"),
    ("@status on s", r"<s xml:id=\"en.p1.s1\"", '<s status="draft" xml:id="en.p1.s1"', "T0204"),
    ("num without value", r"<num value=\"44\">", "<num>", "T0205"),
    ("s without id", r"<s xml:id=\"ar.p1.s1\"", "<s", "T0205"),
    ("linkGrp without domains", r" domains=\"#text.ar #text.en\"", "", "T0205"),
    ("name without ref", r" ref=\"#pl.geneva\"", "", "T0205"),
    ("cert out of range", r"<link xml:id=\"al.1\"", '<link cert="1.97" xml:id="al.1"', "T0206"),
    ("degree of state", r"<revisionDesc status=\"draft\"", '<revisionDesc status="done"', "T0206"),
    ("num with words", r"<num value=\"44\">", '<num value="many">', "T0206"),
    ("when with words", r"<date when=\"2016-03-16\">", '<date when="16 March">', "T0206"),
    ("gap for another reason", r"reason=\"untranslated\"", 'reason="illegible"', "T0206"),
    ("unknown function", r"<s xml:id=\"ar.p1.s1\"", '<s function="poem" xml:id="ar.p1.s1"', "T0206"),
    ("link of unknown type", r"type=\"omission\"", 'type="loss"', "T0206"),
    ("text in a list", r"<listPerson>", "<listPerson>people", "T0207"),
    ("text in the body", r"<body><head", "<body>خبر<head", "T0207"),
    # Layer 2: the rules
    ("s in s", r"(<s xml:id=\"ar.p8.s1\"[^>]*>).*?44</num>", r'\1<s xml:id="ar.x">44</s>', "T0301"),
    ("link with one target", r"target=\"#ar.p1.s1 #en.p1.s1\"", 'target="#ar.p1.s1"', "T0302"),
    ("two labels", r"(<label xml:id=\"term.c)", r'<label xml:id="x"><term/></label>\1', "T0303"),
    ("item without label", r"(<label xml:id=\"term.c)", r"<item/>\1", "T0303"),
    ("label at the end", r"</list>", '<label xml:id="x"><term/></label></list>', "T0303"),
    ("words outside s", r"(<p xml:id=\"en.p4\"[^>]*>)", r"\1And ", "T0304"),
    ("Arabic words outside s", r"(<p xml:id=\"ar.p7\"[^>]*>)", r"\1كلمة", "T0304"),
    ("unknown state", r"ana=\"#rev.mt\"", 'ana="#gl.kept"', "T0306"),
    ("two states", r"ana=\"#rev.mt\"", 'ana="#rev.mt #rev.approved"', "T0306"),
    ("state on a name", r"ana=\"#gl.chosen\"", 'ana="#rev.mt"', "T0307"),
    ("missed, yet there", r"ana=\"#gl.chosen\"", 'ana="#gl.missed"', "T0307"),
    ("decision on the Arabic", r"(<placeName xml:id=\"ar)", r'<placeName ana="#gl.kept" xml:id="ar', "T0307"),
    ("impossible day", r"when=\"2016-03-16\"", 'when="2016-02-30"', "T0309"),
    ("when and range", r"<date when=\"2016-03-16\"", '<date from="2016-03-16" when="2016-03-16"', "T0309"),
    ("range reversed", r"<date when=\"2016-03-16\"", '<date from="2016-03-16" to="2016-03-15"', "T0309"),
    ("gap in the Arabic", r"(<s xml:id=\"ar.p8.s1\" n=\"12\">).*?</s>", r'\1<gap reason="untranslated"/></s>', "T0310"),
    ("no Arabic disclosure", r"<note xml:lang=\"ar\" type=\"disclosure\">.*?</note>|<note type=\"disclosure\" xml:lang=\"ar\">.*?</note>", "", "T0311"),
    ("approved by nobody", r"resp=\"#resp.mt #resp.rev.1\"", 'resp="#resp.mt"', "T0312"),
    ("approved, not in the history", r" target=\"#en.p4.s1\"", "", "T0313"),
    ("state against the history", r"ana=\"#rev.approved\"", 'ana="#rev.mt"', "T0313"),
    ("whole called approved", r"<revisionDesc status=\"draft\"", '<revisionDesc status="approved"', "T0314"),
    # Layer 3: pointers, links, the text
    ("identifier twice", r"xml:id=\"ar.p2.s1\"", 'xml:id="ar.p1.s1"', "T0006"),
    ("name to nowhere", r"ref=\"#pl.geneva\"", 'ref="#pl.genoa"', "T0401"),
    ("link to nowhere", r"target=\"#ar.p1.s1 #en.p1.s1\"", 'target="#ar.p1.s1 #en.p1.s9"', "T0401"),
    ("resp to nobody", r"resp=\"#resp.mt\"", 'resp="#resp.x"', "T0401"),
    ("ana to nothing", r"ana=\"#gl.chosen\"", 'ana="#gl.found"', "T0401"),
    ("undeclared character", r"<char xml:id=\"char.u0000\">", '<char xml:id="char.u0001">', "T0401"),
    ("prefix not declared", r"target=\"undocs:S", 'target="undoc:S', "T0402"),
    ("prefix removed", r"<prefixDef ident=\"po\".*?</prefixDef>", "", "T0402"),
    ("prefix not matched", r"source=\"po:terms#ceasefire\"", 'source="po:terms"', "T0402"),
    ("sides exchanged", r"target=\"#ar.p1.s1 #en.p1.s1\"", 'target="#en.p1.s1 #ar.p1.s1"', "T0403"),
    ("both on one side", r"target=\"#ar.p1.s1 #en.p1.s1\"", 'target="#ar.p1.s1 #ar.p2.s1"', "T0403"),
    ("s in no link", r"<link xml:id=\"al.3\".*?/>", "", "T0404"),
    ("s in two links", r"(<link )xml:id=\"al.3\"( .*?/>)", r"\1\2\1\2", "T0405"),
    ("three targets", r"target=\"#ar.p1.s1 #en.p1.s1\"", 'target="#ar.p1.s1 #en.p1.s1 #en.p2.s1"', "T0406"),
    ("three functions", r"targFunc=\"source translation\"", 'targFunc="source translation other"', "T0406"),
    ("one domain", r"domains=\"#text.ar #text.en\"", 'domains="#text.ar"', "T0407"),
    ("n against targets", r"n=\"2:1\"", 'n="1:1"', "T0408"),
    ("omission with words", r"(xml:id=\"al.3\")", r'\1 type="omission"', "T0409"),
    ("omission not said", r" type=\"omission\"", "", "T0409"),
    ("addition not said", r" type=\"addition\"", "", "T0409"),
    ("corresp against link", r"(n=\"4\" )corresp=\"#ar.p4.s1\"", r'\1corresp="#ar.p4.s2"', "T0410"),
    ("place called a person", r"<placeName (xml:id=\"ar.*?)</placeName>", r"<persName \1</persName>", "T0412"),
    ("name only in English", r"<placeName xml:id=\"ar.*?>(.*?)</placeName>", r"\1", "T0413"),
    ("name only in Arabic", r"<placeName ref.*?>(.*?)</placeName>", r"\1", "T0413"),
    ("another name in English", r"(<placeName ref=\")#pl.geneva", r"\1#pl.geneva2", "T0401"),
    ("missed, yet rendered", r"target=\"#ar.p5.s1.m2 #en.p5.s1\"", 'target="#ar.p4.s1.m2 #en.p4.s1"', "T0414"),
    ("letter of the source changed", r"سالم الراوي</s>", "سالم الراوى</s>", "T0415"),
    ("blank of the source added", r"(<s xml:id=\"ar.p2.s1\")", r" \1", "T0415"),
    ("line end of the source lost", r"&#13;", "", "T0415"),
    ("no-break space lost", "\u00a0<s", " <s", "T0415"),
    ("character count wrong", r"quantity=\"(\d+)\">(\d+) characters", r'quantity="9">\2 characters', "T0415"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "pattern", "new", "code"), EDITS, ids=[e[0] for e in EDITS])
def test_one_fault_is_caught_with_its_code(
    tmp_path: Path, name: str, pattern: str, new: str, code: str
) -> None:
    broken = re.sub(pattern, new, SOUND, count=1, flags=re.DOTALL)
    assert broken != SOUND
    problems = problems_of(tmp_path, broken)
    assert code in {p.code for p in problems}
    for problem in problems:
        assert problem.severity is Severity.ERROR
        assert problem.line > 0, problem
        assert problem.element or problem.code.startswith("T00")
        assert problem.message
        assert problem.mend


def test_there_are_enough_of_them() -> None:
    assert len(FILES) + len(EDITS) >= 60


def test_a_message_names_file_line_code_and_mend(tmp_path: Path) -> None:
    broken = SOUND.replace('ref="#pl.geneva"', 'ref="#pl.genoa"', 1)
    line = broken[: broken.index("#pl.genoa")].count("\n") + 1
    shown = problems_of(tmp_path, broken)[0].format("a.xml")
    assert shown.startswith(f"a.xml:{line}: T0401 ")
    assert "#pl.genoa" in shown
    assert "xml:id" in shown


def test_differing_dates_and_numbers_are_warnings(tmp_path: Path) -> None:
    path = tmp_path / "differs.xml"
    text = SOUND.replace('value="1200">1,200</num> people', 'value="1300">1,300</num> people', 1)
    text = text.replace('when="2016-03-16">16 March', 'when="2016-03-17">17 March', 1)
    path.write_text(text, encoding="utf-8")
    assert validate(path) == []
    assert {p.code for p in validate(path, warnings=True)} == {"T0501", "T0502"}
    assert {p.severity for p in validate(path, warnings=True)} == {Severity.WARNING}


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(BilingualError) as caught:
        validate(tmp_path / "absent.xml")
    assert caught.value.code == "F0001"


def test_a_fault_late_in_a_very_long_sentence_is_found(tmp_path: Path) -> None:
    path = tmp_path / "long.xml"
    data = to_bytes(plain("كلمة 12 «قال» في 16 آذار " * 400)).decode()
    path.write_text(data, encoding="utf-8")
    assert validate(path) == []
    at = data.rindex("<q>", 0, data.index("</s>", data.index("<body>")))
    path.write_text(f"{data[:at]}<q rend='x'>{data[at + 3 :]}", encoding="utf-8")
    assert [p.code for p in validate(path)] == ["T0204"]


def test_a_large_file_is_checked_by_parts_with_the_same_result(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(SOUND, encoding="utf-8")
    assert check_grammar(path, large=0) == check_grammar(path) == []
    for name, pattern, new, code in EDITS:
        if not code.startswith("T02"):
            continue
        path.write_text(re.sub(pattern, new, SOUND, count=1, flags=re.DOTALL), encoding="utf-8")
        whole, parts = check_grammar(path), check_grammar(path, large=0)
        assert {p.code for p in parts} >= {code}, name
        assert whole, name
