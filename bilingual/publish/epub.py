"""EPUB 3.3: the edition as a book for reading devices, Arabic above English, a pair a link.

Direction is said by ``dir`` attributes: CSS ``direction`` is an error in EPUB (EPUB CSS
profile). The Arabic font goes with the book. Same edition, same bytes: every member bears the
earliest date a zip can hold, and the book's own date is the edition's.
"""

from __future__ import annotations

import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from bilingual.document import Edition, EntityKind, Outcome
from bilingual.files import open_atomic
from bilingual.publish import labels, view
from bilingual.publish.legible import legible, safe_url
from bilingual.publish.report import disclosure_ar, disclosure_en, report
from bilingual.publish.templating import data, template

__all__ = ["epub"]

_EPOCH = (1980, 1, 1, 0, 0, 0)
_ROWS_A_FILE = 400
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of text."""

    file: str
    rows: tuple[view.Row, ...]


def _chapters(found: tuple[view.Row, ...]) -> Iterator[Chapter]:
    """The text in files of a bearable size, divided where a paragraph opens."""
    start = number = 0
    for at, row in enumerate(found):
        if at - start >= _ROWS_A_FILE and row.opens:
            number += 1
            yield Chapter(f"text-{number}.xhtml", found[start:at])
            start = at
    yield Chapter(f"text-{number + 1}.xhtml", found[start:])


def _identifier(edition: Edition) -> str:
    """The edition's own, else one computed from its source and what made it."""
    if edition.metadata.identifier:
        return edition.metadata.identifier
    name = f"{edition.source.sha256}|{edition.source.name}|{edition.signature}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, legible(name))}"


def _modified(edition: Edition) -> str:
    """``dcterms:modified``, which EPUB demands: the edition's date, else its source's."""
    for value in (edition.metadata.date, edition.metadata.source_date):
        if _DATE.match(value):
            return value[:10] + "T00:00:00Z"
    return "1980-01-01T00:00:00Z"


def _package(edition: Edition, chapters: list[Chapter], has_index: bool) -> str:
    """The package document (EPUB 3.3, section 5)."""
    meta = edition.metadata
    out: list[str] = []

    def put(tag: str, value: str, attributes: str = "") -> None:
        value = legible(value).strip()
        if value:
            out.append(f"    <{tag}{attributes}>{escape(value)}</{tag}>")

    put("dc:identifier", _identifier(edition), ' id="id"')
    put("dc:title", view.title_en(edition) or "Edition", ' xml:lang="en" dir="ltr"')
    put("dc:title", view.title_ar(edition), ' xml:lang="ar" dir="rtl"')
    put("dc:language", "en")
    put("dc:language", "ar")
    put("dc:creator", meta.author)
    put("dc:contributor", meta.editor)
    put("dc:publisher", meta.publisher)
    put("dc:date", meta.date if _DATE.match(meta.date) else "")
    put("dc:source", meta.source_url if safe_url(meta.source_url) else "")
    put("dc:rights", " ".join(p for p in (meta.licence, meta.licence_url) if p))
    put("dc:description", disclosure_en(report(edition)))
    put("meta", _modified(edition), ' property="dcterms:modified"')
    for name, value in (
        ("accessMode", "textual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "readingOrder"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", "Text only; each sentence states its language and direction."),
    ):
        put("meta", value, f' property="schema:{name}"')
    pages = ["title", *(c.file.removesuffix(".xhtml") for c in chapters)]
    pages += ["names"] if has_index else []
    pages += ["report"]
    xhtml = 'media-type="application/xhtml+xml"'
    manifest = [
        f'    <item id="nav" href="nav.xhtml" {xhtml} properties="nav"/>',
        *(f"    <item id={quoteattr(p)} href={quoteattr(p + '.xhtml')} {xhtml}/>" for p in pages),
        '    <item id="css" href="style.css" media-type="text/css"/>',
        '    <item id="amiri" href="fonts/Amiri-Regular.ttf" media-type="font/ttf"/>',
        '    <item id="ofl" href="fonts/OFL.txt" media-type="text/plain"/>',
    ]
    spine = [f"    <itemref idref={quoteattr(p)}/>" for p in pages]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
            'xml:lang="en">',
            '  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
            *out,
            "  </metadata>",
            "  <manifest>",
            *manifest,
            "  </manifest>",
            "  <spine>",
            *spine,
            "  </spine>",
            "</package>",
            "",
        ]
    )


def _members(edition: Edition) -> Iterator[tuple[str, bytes]]:
    found = tuple(view.rows(edition))
    chapters = list(_chapters(found))
    entries = labels.index(edition, found)
    file_of = {row.id: c.file for c in chapters for row in c.rows}
    figures = report(edition)
    heads = [
        (row, c.file)
        for c in chapters
        for row in c.rows
        if row.kind in view.HEADINGS and (row.targets or row.sources)
    ]
    shared: dict[str, object] = {
        "edition": edition,
        "meta": edition.metadata,
        "title_ar": view.title_ar(edition),
        "title_en": view.title_en(edition) or "Edition",
        "disclosure_en": disclosure_en(figures),
        "disclosure_ar": disclosure_ar(figures),
        "headings": view.HEADINGS,
        "kinds": labels.KIND_NAMES,
        "outcomes": labels.OUTCOME_MEANING,
        "states": labels.STATE_NAMES,
        "origins": labels.ORIGIN_NAMES,
        "state": labels.state_line,
        "joined": view.joined,
        "missed": Outcome.MISSED,
        "resolution": EntityKind.RESOLUTION,
        "chapters": chapters,
        "heads": heads,
        "index": entries,
        "file_of": file_of,
        "report": figures,
        "source_facts": labels.source_facts(edition),
        "edition_facts": labels.edition_facts(edition),
        "made_with": labels.made_with(edition),
    }
    page = template("epub.xhtml.j2")

    def xhtml(which: str, **more: object) -> bytes:
        return page.render(**shared, page=which, **({"chapter": None} | more)).encode("utf-8")

    yield "META-INF/container.xml", _CONTAINER.encode()
    yield "EPUB/package.opf", _package(edition, chapters, bool(entries)).encode("utf-8")
    yield "EPUB/nav.xhtml", xhtml("nav")
    yield "EPUB/title.xhtml", xhtml("title")
    for chapter in chapters:
        yield f"EPUB/{chapter.file}", xhtml("text", chapter=chapter)
    if entries:
        yield "EPUB/names.xhtml", xhtml("names")
    yield "EPUB/report.xhtml", xhtml("report")
    yield "EPUB/style.css", data("templates/epub.css")
    yield "EPUB/fonts/Amiri-Regular.ttf", data("fonts/Amiri-Regular.ttf")
    yield "EPUB/fonts/OFL.txt", data("fonts/OFL.txt")


def epub(edition: Edition, path: Path) -> None:
    """Write the book. Raises F0002 when the place cannot be written."""
    with open_atomic(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        # First and stored, so that its type can be read at a fixed offset (OCF 4.2).
        archive.writestr(_info("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        for name, content in _members(edition):
            archive.writestr(_info(name, zipfile.ZIP_DEFLATED), content, compresslevel=9)


def _info(name: str, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = method
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
