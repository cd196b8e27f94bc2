"""TMX, XLIFF, TBX, TSV and Moses files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import publish_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bilingual.document import Edition, Entity, EntityKind, Form, Metadata
from bilingual.publish.markup import LANG, Names, date_time
from bilingual.publish.tabular import moses, tsv
from bilingual.publish.tbx import martif, tbx
from bilingual.publish.tmx import tmx
from bilingual.publish.xliff import CORE, GLOSSARY, METADATA, xliff

Writer = Callable[[Edition, Path], None]
XML_WRITERS: dict[str, Writer] = {"tmx": tmx, "xliff": xliff, "tbx": tbx, "martif": martif}
C = f"{{{CORE}}}"
G = f"{{{GLOSSARY}}}"
M = f"{{{METADATA}}}"


def tree(writer: Writer, made: Edition, folder: Path) -> etree._Element:
    writer(made, folder / "out.xml")
    return etree.parse(folder / "out.xml", etree.XMLParser(load_dtd=False)).getroot()


def pairs(made: Edition) -> list[tuple[str, str]]:
    """The two sides of every link that has both."""
    arabic = {s.id: made.segment_text(s) for s in made.segments}
    english = {t.id: t.text for t in made.translations}
    return [
        (" ".join(arabic[i] for i in k.sources), " ".join(english[i] for i in k.targets))
        for k in made.links
        if k.sources and k.targets
    ]


@pytest.mark.parametrize("name", XML_WRITERS)
def test_a_file_is_the_same_bytes_each_time(tmp_path: Path, name: str) -> None:
    for file in ("a", "b"):
        XML_WRITERS[name](samples.full(), tmp_path / file)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("name", XML_WRITERS)
def test_an_empty_edition_is_a_well_formed_file(tmp_path: Path, name: str) -> None:
    tree(XML_WRITERS[name], samples.edition([], [], Metadata()), tmp_path)


@pytest.mark.parametrize("name", XML_WRITERS)
@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=30), key=st.text(min_size=1, max_size=12))
def test_any_text_makes_a_well_formed_file(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str, key: str
) -> None:
    entity = Entity(key, EntityKind.TERM, (Form(text, text),), {key: text})
    safe = text.replace("{", "(").replace("}", ")").replace("\n", " ")
    made = samples.edition([("body", ["س" + safe], [safe])], [entity], Metadata(title_en=text))
    tree(XML_WRITERS[name], made, tmp_path_factory.mktemp("any"))


def test_tmx_holds_each_pair_and_leaves_out_what_has_no_other_side(tmp_path: Path) -> None:
    made = samples.full()
    root = tree(tmx, made, tmp_path)
    found = [
        tuple(unit.findtext(f"tuv[@{{http://www.w3.org/XML/1998/namespace}}lang='{x}']/seg")
              for x in ("ar", "en"))
        for unit in root.iterfind("body/tu")
    ]  # fmt: skip
    assert found == pairs(made)


def test_tmx_header_has_what_the_specification_demands(tmp_path: Path) -> None:
    root = tree(tmx, samples.full(), tmp_path)
    header = root.find("header")
    assert header is not None
    required = {
        "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang",
        "datatype",
    }  # fmt: skip
    assert required <= set(header.attrib)
    assert root.get("version") == "1.4"
    assert len({u.get("tuid") for u in root.iter("tu")}) == len(list(root.iter("tu")))
    for unit in root.iter("tu"):
        tags = [child.tag for child in unit]
        assert tags == sorted(tags, key=["note", "prop", "tuv"].index)


def test_tmx_says_state_and_remark(tmp_path: Path) -> None:
    root = tree(tmx, samples.full(), tmp_path)
    unit = root.find("body/tu[@tuid='p3.s1']")
    assert unit is not None
    assert unit.findtext("prop[@type='x-state']") == "post-edited"
    assert unit.get("changedate") == "20260209T000000Z"
    assert "Breaches" in (unit.findtext("note") or "")


def test_xliff_holds_every_link_with_the_text_unchanged(tmp_path: Path) -> None:
    made = samples.full()
    root = tree(xliff, made, tmp_path)
    units = root.findall(f".//{C}unit")
    assert len(units) == len(made.links)
    both = [
        ("".join(s.itertext()), "".join(t.itertext()))
        for u in units
        for s, t in [(u.find(f"{C}segment/{C}source"), u.find(f"{C}segment/{C}target"))]
        if s is not None and t is not None and "".join(s.itertext())
    ]
    assert both == pairs(made)


def test_xliff_states_follow_the_review(tmp_path: Path) -> None:
    root = tree(xliff, samples.full(), tmp_path)
    states = {u.get("id"): u.find(f"{C}segment").attrib for u in root.iter(f"{C}unit")}
    assert dict(states["p1.s1"])["state"] == "final"
    assert dict(states["p3.s1"])["state"] == "reviewed"
    assert dict(states["p4.s1"])["state"] == "translated"
    assert dict(states["p7.s1"])["state"] == "initial"
    assert dict(states["p7.s1"])["subState"] == "bilingual:omission"


def test_xliff_glossary_points_at_marks_of_its_own_unit(tmp_path: Path) -> None:
    root = tree(xliff, samples.full(), tmp_path)
    entries = 0
    for unit in root.iter(f"{C}unit"):
        source = {m.get("id") for m in unit.iterfind(f"{C}segment/{C}source/{C}mrk")}
        target = {m.get("id") for m in unit.iterfind(f"{C}segment/{C}target/{C}mrk")}
        assert not source & target
        for entry in unit.iter(f"{G}glossEntry"):
            entries += 1
            assert entry.get("ref", "")[1:] in source
            form = entry.find(f"{G}translation")
            assert form is not None
            outcome = entry.findtext(f".//{M}meta[@type='outcome']")
            assert (form.get("ref") is None) == (outcome == "missed")
            assert form.get("ref", "#")[1:] in target | {""}
    assert entries == len(samples.full().mentions)


def test_xliff_children_of_a_unit_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    root = tree(xliff, samples.full(), tmp_path)
    order = [f"{G}glossary", f"{M}metadata", f"{C}notes", f"{C}segment"]
    for unit in root.iter(f"{C}unit"):
        tags = [child.tag for child in unit]
        assert tags == sorted(tags, key=order.index)


@pytest.mark.parametrize(
    ("char", "code"), [("\x00", "0000"), ("\ud800", "D800"), ("\x1b", "001B"), ("\uffff", "FFFF")]
)
def test_xliff_keeps_what_xml_forbids_as_a_code_point(tmp_path: Path, char: str, code: str) -> None:
    made = samples.edition([("body", [f"كلمة{char}أخرى"], [f"a{char}b"])])
    root = tree(xliff, made, tmp_path)
    for side in ("source", "target"):
        mark = root.find(f".//{C}{side}/{C}cp")
        assert mark is not None
        assert mark.get("hex") == code


# What the schemas of XLIFF 2.1 allow where this writer writes: order, types and values.
XLIFF_GRAMMAR = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:oasis:names:tc:xliff:document:2.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="xliff">
    <attribute name="version"><value>2.1</value></attribute>
    <attribute name="srcLang"><data type="language"/></attribute>
    <attribute name="trgLang"><data type="language"/></attribute>
    <attribute name="xml:space"><value>preserve</value></attribute>
    <element name="file">
      <attribute name="id"><data type="NMTOKEN"/></attribute>
      <optional><attribute name="original"/></optional>
      <attribute name="srcDir"><ref name="dir"/></attribute>
      <attribute name="trgDir"><ref name="dir"/></attribute>
      <optional><ref name="metadata"/></optional>
      <optional><ref name="notes"/></optional>
      <oneOrMore><ref name="unit"/></oneOrMore>
    </element>
  </element></start>
  <define name="dir"><choice><value>ltr</value><value>rtl</value><value>auto</value></choice>
  </define>
  <define name="own"><data type="string"><param name="pattern">[^\\s:]+:[^\\s:]+</param></data>
  </define>
  <define name="unit"><element name="unit">
    <attribute name="id"><data type="NMTOKEN"/></attribute>
    <optional><attribute name="type"><ref name="own"/></attribute></optional>
    <optional><element name="glossary" ns="urn:oasis:names:tc:xliff:glossary:2.0">
      <oneOrMore><element name="glossEntry">
        <attribute name="ref"><data type="anyURI"/></attribute>
        <element name="term"><attribute name="source"/><text/></element>
        <oneOrMore><element name="translation">
          <optional><attribute name="ref"><data type="anyURI"/></attribute></optional>
          <attribute name="source"/><text/>
        </element></oneOrMore>
        <optional><ref name="metadata"/></optional>
      </element></oneOrMore>
    </element></optional>
    <optional><ref name="metadata"/></optional>
    <optional><ref name="notes"/></optional>
    <element name="segment">
      <optional><attribute name="id"><data type="NMTOKEN"/></attribute></optional>
      <optional>
        <attribute name="state"><choice><value>initial</value><value>translated</value>
          <value>reviewed</value><value>final</value></choice></attribute>
        <attribute name="subState"><ref name="own"/></attribute>
      </optional>
      <element name="source"><ref name="inline"/></element>
      <optional><element name="target"><ref name="inline"/></element></optional>
    </element>
  </element></define>
  <define name="inline"><zeroOrMore><choice><text/>
    <element name="cp"><attribute name="hex"><data type="hexBinary"/></attribute></element>
    <element name="mrk">
      <attribute name="id"><data type="NMTOKEN"/></attribute>
      <attribute name="type"><value>term</value></attribute>
      <attribute name="value"/>
      <ref name="inline"/>
    </element>
  </choice></zeroOrMore></define>
  <define name="notes"><element name="notes"><oneOrMore><element name="note"><text/></element>
  </oneOrMore></element></define>
  <define name="metadata"><element name="metadata" ns="urn:oasis:names:tc:xliff:metadata:2.0">
    <oneOrMore><element name="metaGroup"><attribute name="category"/>
      <oneOrMore><element name="meta"><attribute name="type"/><text/></element></oneOrMore>
    </element></oneOrMore>
  </element></define>
</grammar>
"""


@pytest.mark.parametrize("text", ["", "\x00 x \ud800", "a\nb", "]]> <b>"])
def test_xliff_keeps_to_its_grammar(tmp_path: Path, text: str) -> None:
    grammar = etree.RelaxNG(etree.fromstring(XLIFF_GRAMMAR))
    odd = samples.edition(
        [("body", ["قال " + text], [text])], metadata=Metadata(title_en=text), name=text or "x"
    )
    for made in (samples.full(), samples.edition([], [], Metadata()), odd):
        root = tree(xliff, made, tmp_path)
        assert grammar.validate(root), grammar.error_log


def test_tbx_holds_each_concept_with_both_languages(tmp_path: Path) -> None:
    n = "{urn:iso:std:iso:30042:ed-2}"
    root = tree(tbx, samples.full(), tmp_path)
    assert (root.tag, root.get("type"), root.get("style")) == (f"{n}tbx", "TBX-Basic", "dca")
    concepts = {c.get("id"): c for c in root.iter(f"{n}conceptEntry")}
    assert len(concepts) == len(samples.ENTITIES)
    council = concepts["unsc"]
    terms = {s.get(LANG): [t.text for t in s.iter(f"{n}term")] for s in council.iter(f"{n}langSec")}
    assert terms == {
        "ar": ["مجلس الأمن الدولي", "مجلس الأمن", "المجلس"],
        "en": ["UN Security Council", "Security Council", "Council", "UNSC"],
    }
    statuses = [t.text for t in council.iter(f"{n}termNote")]
    assert statuses.count("preferredTerm-admn-sts") == 2
    assert "proposed" in "".join(concepts["tell-abyad-sq"].itertext())


def test_martif_says_the_same_in_the_older_names(tmp_path: Path) -> None:
    new = tree(tbx, samples.full(), tmp_path)
    old = tree(martif, samples.full(), tmp_path)
    assert [t.text for t in old.iter("term")] == [
        t.text for t in new.iter("{urn:iso:std:iso:30042:ed-2}term")
    ]
    assert {e.tag for e in old.iter("termEntry", "langSet", "tig")} == {
        "termEntry",
        "langSet",
        "tig",
    }


def test_tsv_has_a_line_a_link(tmp_path: Path) -> None:
    made = samples.full()
    tsv(made, tmp_path / "t.tsv")
    lines = (tmp_path / "t.tsv").read_text("utf-8").split("\n")
    assert lines[-1] == ""
    table = [line.split("\t") for line in lines[:-1]]
    assert {len(line) for line in table} == {len(table[0])}
    assert len(table) == len(made.links) + 1
    assert [(r[-2], r[-1]) for r in table[1:] if r[-2] and r[-1]] == pairs(made)


BREAKS = "\t\n\r\v\f\x1c\x85\u2028\u2029"


def test_no_text_can_break_a_line(tmp_path: Path) -> None:
    made = samples.edition([("body", ["كلمة" + BREAKS + "أخرى"], ["a" + BREAKS + "b"])])
    tsv(made, tmp_path / "t.tsv")
    moses(made, tmp_path / "t")
    assert len((tmp_path / "t.tsv").read_text("utf-8").splitlines()) == 2
    assert (tmp_path / "t.ar").read_text("utf-8") == "كلمة أخرى\n"
    assert (tmp_path / "t.en").read_text("utf-8") == "a b\n"


def test_moses_files_have_a_line_a_pair(tmp_path: Path) -> None:
    made = samples.full()
    moses(made, tmp_path / "truce.v1")
    sides = [(tmp_path / f"truce.v1.{x}").read_text("utf-8").splitlines() for x in ("ar", "en")]
    assert list(zip(*sides, strict=True)) == pairs(made)


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("2026-02-09", ("2026", "02", "09", "00", "00", "00")),
        ("2026-02-09T10:05:00Z", ("2026", "02", "09", "10", "05", "00")),
        ("2026-02-09T10:05:00+02:00", ("2026", "02", "09", "00", "00", "00")),
        ("February", ()),
        ("", ()),
    ],
)
def test_dates_are_read_as_iso_8601(value: str, parts: tuple[str, ...]) -> None:
    assert date_time(value) == parts


def test_different_keys_have_different_names() -> None:
    name = Names()
    keys = ["a b", "a-b", "a:b", "S/RES/2254(2015)", "2254", "مجلس", "", "a b"]
    names = [name(k) for k in keys]
    assert len(set(names)) == len(set(keys))
    assert names[0] == names[-1]
    assert all(n[0].isalpha() and " " not in n for n in names)


def test_translate_toolkit_reads_tmx_xliff_and_martif(tmp_path: Path) -> None:
    pytest.importorskip("translate", reason="translate-toolkit is not here")
    from translate.storage import tbx as tk_tbx
    from translate.storage import tmx as tk_tmx
    from translate.storage import xliff2 as tk_xliff

    made = samples.full()
    for writer, name in ((tmx, "a.tmx"), (xliff, "a.xlf"), (martif, "a.tbx")):
        writer(made, tmp_path / name)
    units = tk_tmx.tmxfile.parsefile(str(tmp_path / "a.tmx")).units
    assert [(str(u.source), str(u.target)) for u in units] == pairs(made)
    units = tk_xliff.Xliff2File.parsefile(str(tmp_path / "a.xlf")).units
    read = [(str(u.source), str(u.target)) for u in units if u.source and u.target]
    assert read == pairs(made)
    units = tk_tbx.tbxfile.parsefile(str(tmp_path / "a.tbx")).units
    assert ("الأمم المتحدة", "United Nations") in [(str(u.source), str(u.target)) for u in units]
