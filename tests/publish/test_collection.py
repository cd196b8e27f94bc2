"""The registry of formats and collections."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import publish_samples as samples
import pytest
from lxml import etree
from lxml import html as parser

from bilingual import publish
from bilingual.document import Edition
from bilingual.errors import BilingualError
from bilingual.publish.plain_tei import TEI

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
WITHOUT_PDF = [name for name in publish.FORMATS if name != "pdf"]


def editions() -> list[Edition]:
    other = samples.edition(
        [
            ("headline", ["{unsc|مجلس الأمن} يجتمع"], ["{unsc:kept|Security Council} meets"]),
            ("body", ["اجتمع {unsc|المجلس} أمس."], ["It met yesterday."]),
        ],
        name="council",
    )
    return [samples.full(), other, samples.edition(name="Truce")]


def test_every_format_writes_just_the_files_it_names(tmp_path: Path) -> None:
    for name in WITHOUT_PDF:
        made = publish.publish(samples.full(), tmp_path / name, [name])
        assert sorted(made) == sorted((tmp_path / name).iterdir())
        assert all(p.stat().st_size for p in made)


def test_formats_are_written_in_the_order_asked_each_once(tmp_path: Path) -> None:
    made = publish.publish(samples.full(), tmp_path, ["tsv", "moses", "tsv"])
    assert [p.name for p in made] == ["truce.tsv", "truce.ar", "truce.en"]


def test_an_unknown_format_is_named_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(BilingualError) as caught:
        publish.publish(samples.full(), tmp_path / "out", ["html", "docx"])
    assert caught.value.code == "T0090"
    assert "docx" in caught.value.message
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../up", "a/b", "..", "", "\x00", "c:\\x", " .hidden "])
def test_no_name_of_an_edition_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    made = samples.full()
    made = replace(made, source=replace(made.source, name=name))
    (path,) = publish.publish(made, tmp_path / "out", ["tsv"])
    assert path.parent == tmp_path / "out"
    assert path.is_file()
    assert not path.name.startswith(".")


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in WITHOUT_PDF:
        with pytest.raises(BilingualError) as caught:
            publish.publish(samples.full(), tmp_path / "file" / "out", [name])
        assert caught.value.code == "F0002"


def test_editions_of_one_name_are_told_apart(tmp_path: Path) -> None:
    made = publish.publish_collection(editions(), tmp_path, ["tsv"])
    assert {p.name for p in made} == {
        "truce.html", "truce.tsv", "council.html", "council.tsv", "Truce-2.html", "Truce-2.tsv",
        "index.html", "collection.xml",
    }  # fmt: skip
    assert {p.name for p in tmp_path.iterdir()} == {p.name for p in made}


def test_every_address_of_the_index_page_has_its_target(tmp_path: Path) -> None:
    publish.publish_collection(editions(), tmp_path, WITHOUT_PDF, title="Three <articles>")
    page = parser.document_fromstring((tmp_path / "index.html").read_bytes())
    assert page.findtext(".//title") == "Three <articles>"
    ids: dict[str, set[str]] = {"": set(page.xpath("//@id"))}
    for href in page.xpath("//a/@href"):
        if href.startswith("https://"):
            continue
        file, _, fragment = unquote(href).partition("#")
        if file not in ids:
            target = tmp_path / file
            assert target.is_file(), href
            ids[file] = (
                set(parser.document_fromstring(target.read_bytes()).xpath("//@id"))
                if target.suffix == ".html"
                else set()
            )
        assert not fragment or fragment in ids[file], href


def test_a_name_is_indexed_across_the_editions(tmp_path: Path) -> None:
    publish.publish_collection(editions(), tmp_path)
    page = parser.document_fromstring((tmp_path / "index.html").read_bytes())
    entry = page.get_element_by_id("n-organisation-unsc")
    addresses = entry.xpath(".//p[@class='places']/a/@href")
    assert addresses == [
        "./truce.html#p4.s1", "./council.html#p1.s1", "./council.html#p2.s1",
        "./Truce-2.html#p4.s1",
    ]  # fmt: skip


def test_the_corpus_holds_every_edition_with_ids_of_its_own(tmp_path: Path) -> None:
    publish.publish_collection(editions(), tmp_path)
    root = etree.parse(tmp_path / "collection.xml").getroot()
    assert root.tag == f"{{{TEI}}}teiCorpus"
    assert [child.tag for child in root] == [f"{{{TEI}}}teiHeader", *[f"{{{TEI}}}TEI"] * 3]
    ids = [e.get(XML_ID) for e in root.iter() if e.get(XML_ID)]
    assert len(ids) == len(set(ids))
    sources = {s for s in ids if s and s.endswith("ar.p1.s1")}
    assert len(sources) == 3
    for link in root.iter(f"{{{TEI}}}link"):
        assert all(t[1:] in ids for t in link.get("target", "").split())


def test_a_collection_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        publish.publish_collection(editions(), tmp_path / folder, WITHOUT_PDF)
    files = sorted((tmp_path / "a").iterdir())
    assert len(files) > 30
    for file in files:
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_an_empty_collection_is_a_page_that_says_so(tmp_path: Path) -> None:
    publish.publish_collection([], tmp_path)
    assert "no edition" in (tmp_path / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_the_corpus_is_valid_tei(tmp_path: Path, tei_all: etree.RelaxNG) -> None:
    publish.publish_collection(editions(), tmp_path)
    assert tei_all.validate(etree.parse(tmp_path / "collection.xml")), tei_all.error_log
