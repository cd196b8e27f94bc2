"""Import and export: round trips keep what a format can hold, and the rest is said."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bilingual.errors import BilingualError
from bilingual.glossary import Glossary
from bilingual.glossary.exchange import (
    FORMATS,
    Losses,
    Term,
    export_folder,
    import_terms,
    read_terms,
)
from bilingual.glossary.exchange.merge import key_for
from bilingual.glossary.exchange.term import terms_of
from bilingual.glossary.folder import read_files

PEOPLE = """\
# Catalogue of people.
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

# Uses "de Mistura" after first mention; <b>never</b> "Mistura", & so on.
#. wikidata: Q359581
#. also: Steffan de Mistura | Mr. de Mistura
#: 000.ar:p5.s3 001.ar:p8.s1
msgctxt "de-mistura"
msgid "ستافان دي ميستورا"
msgstr "Staffan de Mistura"

#. forbidden: Mistura
msgctxt "de-mistura"
msgid "دي ميستورا"
msgstr "de Mistura"

#, fuzzy
msgctxt "solomatin"
msgid "أليكسي سولوماتين"
msgstr "Alexey Solomatin, \\"Alyosha\\""

#~ msgctxt "gone"
#~ msgid "قديم"
#~ msgstr "old"
"""
TERMS = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#. note: a free remark: with a colon; and, commas
#. context: تنظيم | إرهاب
#, c-format
msgctxt "al-qaeda"
msgid "القاعدة"
msgstr "al-Qaeda"

#. match: block
msgctxt "grammar"
msgid "القاعدة النحوية"
msgstr ""

#. title: Syria
#. date: 2015-12-18
msgctxt "S/RES/2254(2015)"
msgid "القرار 2254"
msgstr "resolution 2254 (2015)"
"""
RICH = [name for name in FORMATS if name != "deepl"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "glossary"
    place.mkdir()
    (place / "people.po").write_text(PEOPLE, encoding="utf-8")
    (place / "terms.po").write_text(TERMS, encoding="utf-8")
    return place


def unplaced(terms: list[Term]) -> list[Term]:
    return sorted((replace(t, where="") for t in terms), key=lambda t: (t.key, t.arabic))


@pytest.mark.parametrize("name", RICH)
def test_a_round_trip_through_a_rich_format_keeps_every_entry_whole(
    folder: Path, tmp_path: Path, name: str
) -> None:
    data, losses = export_folder(folder, name)
    terms = FORMATS[name].read(data, "file")
    assert unplaced(terms) == unplaced(terms_of(read_files(folder)))
    assert losses.lines() == [
        "2 file headers and their comments",
        "1 flags other than fuzzy",
        "1 obsolete entries (#~)",
    ]
    other = tmp_path / "other"
    import_terms(other, terms, approved=True).write()
    assert unplaced(terms_of(read_files(other))) == unplaced(terms)
    assert sorted(p.name for p in other.iterdir()) == ["people.po", "terms.po"]
    assert Glossary.load(other).sha256 == Glossary.load(folder).sha256


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_exported_changes_nothing_when_imported_again(folder: Path, name: str) -> None:
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    terms = FORMATS[name].read(export_folder(folder, name)[0], "file")
    result = import_terms(folder, terms)
    assert (result.added, result.changed, result.problems) == (0, 0, [])
    assert result.write() == []
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


@pytest.mark.parametrize("name", FORMATS)
def test_the_shipped_glossary_survives_every_format(root: Path, name: str) -> None:
    data, _ = export_folder(root / "glossary", name)
    terms = FORMATS[name].read(data, "file")
    shipped = terms_of(read_files(root / "glossary"))
    if name == "deepl":
        pairs = {(t.arabic, t.english) for t in shipped}
        assert {(t.arabic, t.english) for t in terms} <= pairs
        assert len(terms) > 0.9 * len(shipped)
    else:
        assert unplaced(terms) == unplaced(shipped)
    assert export_folder(root / "glossary", name)[0] == data


def test_csv_has_the_columns_of_weblate(folder: Path) -> None:
    data, _ = export_folder(folder, "csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    assert list(rows[0]) == [
        "location", "source", "target", "id", "fuzzy", "context", "translator_comments",
        "developer_comments",
    ]  # fmt: skip
    assert rows[0]["context"] == "de-mistura"
    assert rows[0]["location"] == "000.ar:p5.s3 001.ar:p8.s1"
    assert [row["fuzzy"] for row in rows[:3]] == ["False", "False", "True"]


def test_deepl_gets_approved_pairs_once_and_says_what_it_lacks(folder: Path) -> None:
    data, losses = export_folder(folder, "deepl")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    assert rows == [
        ["ستافان دي ميستورا", "Staffan de Mistura", "ar", "en"],
        ["دي ميستورا", "de Mistura", "ar", "en"],
        ["القاعدة", "al-Qaeda", "ar", "en"],
        ["القرار 2254", "resolution 2254 (2015)", "ar", "en"],
    ]
    assert losses["unapproved entries"] == 1
    assert losses["entries without English"] == 1
    assert losses["also: items"] == 2
    assert losses["translators' comments"] == 1


@pytest.mark.parametrize(
    ("data", "pairs"),
    [
        ("هدنة,truce\n", [("هدنة", "truce")]),
        ("truce,هدنة\r\n", [("هدنة", "truce")]),
        ("\ufeffهدنة;truce\n", [("هدنة", "truce")]),
        ("هدنة\ttruce\nوفد\tdelegation\n", [("هدنة", "truce"), ("وفد", "delegation")]),
        ("هدنة,truce,ar,en\n", [("هدنة", "truce")]),
        ("truce,هدنة,en,ar,9\n", [("هدنة", "truce")]),
        ("Target,Source\ntruce,هدنة\n", [("هدنة", "truce")]),
        ('"وفد","the ""delegation"", so called"\n\n', [("وفد", 'the "delegation", so called')]),
    ],
)
def test_tables_as_other_tools_write_them(tmp_path: Path, data: str, pairs: list) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(data.encode("utf-8"))
    assert [(t.arabic, t.english) for t in read_terms(path)] == pairs


FOREIGN = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
<termEntry id="1">
  <descrip type="subjectField">diplomacy</descrip>
  <langSet xml:lang="en-GB">
    <tig><term>armistice</term>
      <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
    <tig><term>truce</term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <ntig><termGrp><term>lull</term>
      <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
  </langSet>
  <langSet xml:lang="ar"><tig><term>هدنة</term></tig><tig><term>
      مهادنة</term></tig></langSet>
</termEntry>
</body></text></martif>
"""


def test_a_termbase_of_another_tool_is_read_by_the_status_of_its_terms(tmp_path: Path) -> None:
    path = tmp_path / "base.tbx"
    path.write_text(FOREIGN, encoding="utf-8")
    terms = read_terms(path)
    assert [(t.arabic, t.english) for t in terms] == [("هدنة", "truce"), ("مهادنة", "truce")]
    assert terms[0].lines == ("also: armistice", "forbidden: lull")
    import_terms(tmp_path / "g", terms).write()
    text = (tmp_path / "g/diplomacy.po").read_text(encoding="utf-8")
    assert text.endswith(
        '\n#. also: armistice\n#. forbidden: lull\n#, fuzzy\nmsgctxt "truce"\nmsgid "مهادنة"\n'
        'msgstr "truce"\n'
    )


def test_a_gloss_list_of_plain_tei_is_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><list type="gloss">'
        '<head>Words</head><label xml:lang="ar">هدنة</label><item>truce<note>rare</note></item>'
        "<label>delegation</label><item>وفد</item></list></body></text></TEI>",
        encoding="utf-8",
    )
    terms = read_terms(path)
    assert [(t.arabic, t.english, t.lines) for t in terms] == [
        ("هدنة", "truce", ("note: rare",)),
        ("وفد", "delegation", ()),
    ]


@pytest.mark.slow
def test_tei_is_valid_against_the_whole_schema(folder: Path, tei_all: etree.RelaxNG) -> None:
    document = etree.fromstring(export_folder(folder, "tei")[0])
    tei_all.assertValid(document)


BAD = {
    "an empty Arabic": ("t.csv", ",truce\n", "G0404", "t.csv:1"),
    "one column": ("t.csv", "هدنة\n", "G0403", "t.csv:1"),
    "a quotation mark left open": ("t.csv", '"هدنة,truce\n', "G0403", "t.csv"),
    "half an XML file": ("t.tbx", "<tbx><text>", "G0403", "t.tbx"),
    "another XML": ("t.tbx", "<html/>", "G0403", "t.tbx"),
    "no Arabic": (
        "t.tbx",
        '<tbx><text><body><conceptEntry><langSec xml:lang="en"><termSec><term>truce</term>'
        "</termSec></langSec></conceptEntry></body></text></tbx>",
        "G0405",
        "t.tbx",
    ),
    "TEI without a gloss list": (
        "t.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "G0405", "t.xml"
    ),
    "a label without item": (
        "t.xml", '<list type="gloss"><label>هدنة</label></list>', "G0404", "t.xml:1"
    ),
    "no known ending": ("t.docx", "", "G0401", "t.docx"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_with_their_place(tmp_path: Path, case: str) -> None:
    name, content, code, where = BAD[case]
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BilingualError) as caught:
        read_terms(path)
    assert caught.value.code == code
    assert caught.value.where.startswith(str(tmp_path / where))


def test_bytes_of_another_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("truce,هدنة\n".encode("cp1256"))
    with pytest.raises(BilingualError) as caught:
        read_terms(path)
    assert caught.value.code == "G0402"


def test_xml_reads_no_files_and_expands_no_entities(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET", encoding="utf-8")
    path = tmp_path / "t.tbx"
    path.write_text(
        f'<!DOCTYPE tbx [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><tbx><text><body>'
        '<conceptEntry><langSec xml:lang="ar"><termSec><term>هدنة&x;</term></termSec></langSec>'
        '<langSec xml:lang="en"><termSec><term>truce</term></termSec></langSec></conceptEntry>'
        "</body></text></tbx>",
        encoding="utf-8",
    )
    assert "SECRET" not in str(read_terms(path))


def test_imported_entries_are_fuzzy_and_go_beside_their_entity(folder: Path) -> None:
    before = (folder / "people.po").read_bytes()
    terms = [Term("de-mistura", "دي مستورا", "de Mistura"), Term("", "وفد", "Delegation of Two")]
    result = import_terms(folder, terms)
    assert result.added == 2
    assert [p.name for p in result.write()] == ["people.po", "terms.po"]
    added = '#, fuzzy\nmsgctxt "de-mistura"\nmsgid "دي مستورا"\nmsgstr "de Mistura"\n\n'
    place = before.index(b"#, fuzzy")
    assert (folder / "people.po").read_bytes() == before[:place] + added.encode() + before[place:]
    assert (folder / "terms.po").read_text(encoding="utf-8") == TERMS + (
        '\n#, fuzzy\nmsgctxt "delegation-of-two"\nmsgid "وفد"\nmsgstr "Delegation of Two"\n'
    )


def test_other_english_is_kept_and_named_until_it_is_to_be_replaced(folder: Path) -> None:
    term = Term("de-mistura", "دي ميستورا", "Mr. de Mistura", where="x.csv:2")
    result = import_terms(folder, [term])
    assert result.write() == []
    assert [p.code for p in result.problems] == ["G0406"]
    assert "de Mistura" in result.problems[0].message
    import_terms(folder, [term], replacing=True).write()
    text = (folder / "people.po").read_text(encoding="utf-8")
    assert (
        "# before the import: de Mistura\n#. forbidden: Mistura\n#, fuzzy\n"
        'msgctxt "de-mistura"\nmsgid "دي ميستورا"\nmsgstr "Mr. de Mistura"\n'
    ) in text


def test_an_approved_import_approves_what_agrees(folder: Path) -> None:
    term = Term("solomatin", "أليكسي سولوماتين", 'Alexey Solomatin, "Alyosha"')
    assert import_terms(folder, [term]).changed == 0
    result = import_terms(folder, [term], approved=True)
    assert result.changed == 1
    result.write()
    assert (folder / "people.po").read_text(encoding="utf-8") == PEOPLE.replace("#, fuzzy\n", "", 1)


def test_items_of_lists_are_added_and_facts_that_stand_are_kept(folder: Path) -> None:
    term = Term(
        "de-mistura", "ستافان دي ميستورا", "Staffan de Mistura",
        lines=("also: the envoy | Mr. de Mistura", "wikidata: Q1", "role: envoy"),
    )  # fmt: skip
    import_terms(folder, [term]).write()
    text = (folder / "people.po").read_text(encoding="utf-8")
    assert text == PEOPLE.replace(
        "#. also: Steffan de Mistura | Mr. de Mistura\n",
        "#. also: Steffan de Mistura | Mr. de Mistura | the envoy\n#. role: envoy\n",
    )


def test_a_form_without_a_key_finds_its_entity(folder: Path) -> None:
    result = import_terms(folder, [Term("", "ستافان دي ميستورا", "Staffan de Mistura")])
    assert (result.added, result.unchanged) == (0, 1)


@pytest.mark.parametrize(
    ("english", "key"),
    [("Deir ez-Zor", "deir-ez-zor"), ("Türkiye's army", "turkiyes-army"), ("5+1", "n-5-1")],
)
def test_keys_are_made_of_the_english(english: str, key: str) -> None:
    assert key_for(english, "x") == key


def test_a_key_is_made_of_the_arabic_where_there_is_no_english() -> None:
    assert key_for("", "هُدنة") == key_for("", "هدنة")
    assert key_for("", "هدنة").startswith("entry-")


def test_a_key_no_catalogue_can_hold_is_left_and_named(folder: Path) -> None:
    result = import_terms(folder, [Term("2 words", "وفد", "delegation", where="t.csv:4")])
    assert [(p.code, p.where) for p in result.problems] == [("G0407", "t.csv:4")]
    assert result.write() == []


def test_control_characters_are_counted_as_lost_in_xml() -> None:
    losses = Losses()
    data = FORMATS["tbx"].write([Term("a", "هد\x01نة", "tru\x02ce")], losses)
    assert etree.fromstring(data) is not None
    assert losses["control characters, which XML cannot hold"] >= 2


_WORDS = st.lists(
    st.text("abzéأبةى،؛“”\"'<>&,;|\\:#\u0640\u064b٢2-()[]«»", min_size=1, max_size=6),
    min_size=1,
    max_size=4,
).map(" ".join)
_ARABIC = _WORDS.map(lambda words: f"ع{words}")
_ENGLISH = _WORDS.map(lambda words: f"e {words}".translate(dict.fromkeys(map(ord, "أبةى"), "x")))
_NAMES = st.sampled_from(["note", "also", "forbidden", "context", "wikidata", "role"])
_LINES = st.lists(st.builds("{}: {}".format, _NAMES, _WORDS), max_size=3)
_TERMS = st.lists(
    st.builds(
        Term,
        key=st.sampled_from(["a", "b-c", "S/RES/2254(2015)", "d.e"]),
        arabic=_ARABIC,
        english=_ENGLISH,
        approved=st.booleans(),
        catalogue=st.sampled_from(["terms", "people"]),
        lines=_LINES.map(tuple),
        comments=st.lists(_WORDS, max_size=2).map(tuple),
        references=st.lists(st.just("a:p1.s1 b:p2.s2"), max_size=1).map(tuple),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda t: (t.key, t.arabic),
)


@pytest.mark.parametrize("name", RICH)
@given(terms=_TERMS)
@settings(max_examples=60, deadline=None)
def test_any_entries_come_back_whole(name: str, terms: list[Term]) -> None:
    losses = Losses()
    data = FORMATS[name].write(terms, losses)
    assert losses.lines() == []
    assert unplaced(FORMATS[name].read(data, "file")) == unplaced(terms)
