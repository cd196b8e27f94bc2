"""The files for corpus tools and for TEI Publisher."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import publish_samples as samples
import pytest
from lxml import etree

from bilingual.document import Edition, Metadata
from bilingual.publish.parlamint import parlamint
from bilingual.publish.plain_tei import ID, TEI
from bilingual.publish.teipublisher import teipublisher

T = f"{{{TEI}}}"


def hostile() -> Edition:
    words = "</s> & \" ' ]]> \x00 \ud800 \u202e"
    made = samples.edition(
        [("body", ["قال " + words], [words])], metadata=Metadata(*[words] * 13), name="../1 x"
    )
    return replace(made, source=replace(made.source, sha256=words))


def only_headings() -> Edition:
    return samples.edition([("headline", ["عنوان"], ["Head"]), ("subheadline", ["آخر"], ["Sub"])])


EDITIONS = {
    "full": samples.full,
    "hostile": hostile,
    "headings": only_headings,
    "empty": lambda: samples.edition([], [], Metadata()),
}


def read(path: Path) -> etree._Element:
    return etree.parse(path).getroot()


def pair(made: Edition, folder: Path) -> tuple[etree._Element, etree._Element]:
    parlamint(made, folder / "x")
    return read(folder / "x.parlamint.xml"), read(folder / "x.parlamint-en.xml")


def texts(root: etree._Element) -> list[str]:
    return ["".join(s.itertext()) for s in root.iter(f"{T}s")]


def test_each_file_holds_the_sentences_of_its_side(tmp_path: Path) -> None:
    made = samples.full()
    arabic, english = pair(made, tmp_path)
    assert texts(arabic) == [made.segment_text(s) for s in made.segments]
    assert texts(english) == [t.text for t in made.translations]


def test_every_sentence_points_at_its_sources_by_the_declared_prefix(tmp_path: Path) -> None:
    made = samples.full()
    arabic, english = pair(made, tmp_path)
    prefix = english.find(f".//{T}prefixDef")
    assert prefix is not None
    assert prefix.get("ident") == "mt-src"
    assert prefix.get("replacementPattern") == "x.parlamint.xml#$1"
    ids = set(arabic.xpath("//@xml:id"))
    pointers = {e.get(ID): e.get("corresp", "").split() for e in english.iter(f"{T}s")}
    for pointed in pointers.values():
        assert all(p.startswith("mt-src:") and p[7:] in ids for p in pointed)
    assert pointers["p4.s1"] == ["mt-src:p4.s1", "mt-src:p4.s2"]
    assert pointers["p6.s1"] == pointers["p6.a2"] == ["mt-src:p6.s1"]
    assert pointers["p9.a1"] == []
    root = english.get("corresp", "")
    assert root.removeprefix("mt-src:") == arabic.get(ID)


def test_a_sentence_and_its_only_translation_share_an_id(tmp_path: Path) -> None:
    arabic, english = pair(samples.full(), tmp_path)
    for ids in (set(arabic.xpath("//tei:s/@xml:id", namespaces={"tei": TEI})),):
        assert {"p1.s1", "p2.s1", "p3.s1", "p8.s1"} <= ids
        assert {"p1.s1", "p2.s1", "p3.s1", "p8.s1"} <= set(
            english.xpath("//tei:s/@xml:id", namespaces={"tei": TEI})
        )


def test_names_have_the_four_types(tmp_path: Path) -> None:
    arabic, english = pair(samples.full(), tmp_path)
    for root in (arabic, english):
        found = {("".join(n.itertext()), n.get("type")) for n in root.iter(f"{T}name")}
        assert {t for _, t in found if t != "software"} == {"PER", "ORG", "LOC", "MISC"}
    assert ("سلمى إدريس", "PER") in {
        ("".join(n.itertext()), n.get("type")) for n in arabic.iter(f"{T}name")
    }


def test_tei_publisher_gets_both_texts_and_a_register(tmp_path: Path) -> None:
    made = samples.full()
    teipublisher(made, tmp_path / "p.xml")
    raw = (tmp_path / "p.xml").read_text("utf-8")
    assert "<?teipublisher " in raw
    root = read(tmp_path / "p.xml")
    both = {t.get("type"): texts(t) for t in root.iterfind(f"{T}text/{T}group/{T}text")}
    assert both["source"] == [made.segment_text(s) for s in made.segments]
    assert both["translation"] == [t.text for t in made.translations]
    ids = set(root.xpath("//@xml:id"))
    assert len(ids) == len(root.xpath("//@xml:id"))
    assert {e.get("key") for e in root.iter(f"{T}persName") if e.get("key")} <= ids
    for pointer in " ".join(root.xpath("//@corresp")).split():
        assert pointer[1:] in ids


@pytest.mark.parametrize("name", EDITIONS)
def test_the_files_are_the_same_bytes_each_time(tmp_path: Path, name: str) -> None:
    for folder in (tmp_path / "a", tmp_path / "b"):
        parlamint(EDITIONS[name](), folder / "x")
        teipublisher(EDITIONS[name](), folder / "x.xml")
    for file in sorted((tmp_path / "a").iterdir()):
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITIONS)
def test_every_file_is_valid_tei(tmp_path: Path, name: str, tei_all: etree.RelaxNG) -> None:
    made = EDITIONS[name]()
    parlamint(made, tmp_path / "x")
    teipublisher(made, tmp_path / "x.teipublisher.xml")
    for file in sorted(tmp_path.iterdir()):
        tree = etree.parse(file)
        assert tei_all.validate(tree), (file.name, tei_all.error_log)
