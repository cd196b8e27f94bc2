"""The edition as an EPUB book."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import publish_samples as samples
import pytest
from lxml import etree

from bilingual.document import Edition, Metadata
from bilingual.publish.epub import epub

XHTML = "{http://www.w3.org/1999/xhtml}"
CHECKER = Path("/usr/share/java/epubcheck.jar")


def hostile() -> Edition:
    words = "</p><script>alert(1)</script>\" onfocus='x' & <!-- ]]> \x00 \ufffe \u202e"
    made = samples.edition(
        [("body", ["قال " + words], [words])], metadata=Metadata(words, words, words, words)
    )
    return replace(made, metadata=replace(made.metadata, identifier=words, date=words))


def long() -> Edition:
    body = ("body", ["جملة قصيرة."], ["A short sentence."])
    return samples.edition([("headline", ["عنوان"], ["A headline"]), *([body] * 900)])


EDITIONS = {
    "full": samples.full,
    "empty": lambda: samples.edition([], [], Metadata()),
    "hostile": hostile,
    "long": long,
}


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", EDITIONS)
def test_every_page_is_well_formed_and_every_address_has_its_target(
    tmp_path: Path, name: str
) -> None:
    epub(EDITIONS[name](), tmp_path / "book.epub")
    pages = {
        n.removeprefix("EPUB/"): etree.fromstring(b)
        for n, b in members(tmp_path / "book.epub").items()
        if n.endswith(".xhtml")
    }
    ids = {file: set(page.xpath("//@id")) for file, page in pages.items()}
    assert all(len(ids[file]) == len(page.xpath("//@id")) for file, page in pages.items())
    for file, page in pages.items():
        assert not page.findall(f".//{XHTML}script")
        for href in page.xpath("//*[local-name()='a']/@href"):
            if href.startswith("https://"):
                continue
            target, _, fragment = href.partition("#")
            assert not fragment or fragment in ids[target or file], href


def test_the_texts_stand_unchanged_with_language_and_direction(tmp_path: Path) -> None:
    made = samples.full()
    epub(made, tmp_path / "book.epub")
    page = etree.fromstring(members(tmp_path / "book.epub")["EPUB/text-1.xhtml"])
    by_id = {e.get("id"): e for e in page.iter() if e.get("id")}
    for segment in made.segments:
        element = by_id[f"ar.{segment.id}"]
        assert "".join(element.itertext()) == made.segment_text(segment)
        assert element.getparent().get("dir") == "rtl"
    for translation in made.translations:
        assert "".join(by_id[f"en.{translation.id}"].itertext()) == translation.text


def test_the_type_comes_first_and_stored(tmp_path: Path) -> None:
    epub(samples.full(), tmp_path / "book.epub")
    start = (tmp_path / "book.epub").read_bytes()[:58]
    assert start[30:] == b"mimetypeapplication/epub+zip"


def test_the_style_sheet_leaves_direction_to_the_pages(tmp_path: Path) -> None:
    epub(samples.full(), tmp_path / "book.epub")
    css = members(tmp_path / "book.epub")["EPUB/style.css"]
    assert b"direction" not in css
    assert b"unicode-bidi" not in css


def test_the_book_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        epub(samples.full(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_long_text_is_divided(tmp_path: Path) -> None:
    epub(long(), tmp_path / "book.epub")
    assert "EPUB/text-3.xhtml" in members(tmp_path / "book.epub")


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("java") is None or not CHECKER.is_file(), reason="epubcheck is not here"
)
@pytest.mark.parametrize("name", ["full", "hostile"])
def test_epubcheck_finds_nothing(tmp_path: Path, name: str) -> None:
    book = tmp_path / "book.epub"
    epub(EDITIONS[name](), book)
    done = subprocess.run(
        ["java", "-jar", str(CHECKER), "--failonwarnings", str(book)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
