"""The header of an edition read back: metadata, signature, reviewers, the facts of the source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from bilingual.document import Metadata, Signature
from bilingual.tei.grammar import text_of
from bilingual.tei.names import TEI_NS, XML_ID, XML_LANG

__all__ = ["Head", "read_header"]

_T = f"{{{TEI_NS}}}"


@dataclass(frozen=True, slots=True)
class Head:
    """What a header says."""

    name: str | None
    """Stem of the source file; None when the header does not speak of it at all."""
    encoding: str
    sha256: str
    metadata: Metadata
    signature: Signature
    reviewers: dict[str, str]
    """``xml:id`` of a respStmt to the name of a person; empty when not named."""
    reviewed: dict[tuple[str, str], str]
    """``xml:id`` of a sentence and a state to the date of the review."""


def _find(root: etree._Element, path: str) -> etree._Element | None:
    return root.find("/".join(f"{_T}{step}" for step in path.split("/")))


def _text(root: etree._Element, path: str) -> str:
    element = _find(root, path)
    return text_of(element) if element is not None else ""


def _date(root: etree._Element, path: str) -> str:
    element = _find(root, path)
    if element is None:
        return ""
    return element.get("when") or element.text or ""


def read_header(root: etree._Element) -> Head:
    """Read what a header says; what it does not say is empty."""
    header = root.find(f"{_T}teiHeader")
    if header is None:
        header = etree.Element(f"{_T}teiHeader")
    bibl = _find(header, "fileDesc/sourceDesc/bibl")
    idnos: dict[str, str] = {}
    if bibl is not None:
        idnos = {idno.get("type") or "": idno.text or "" for idno in bibl.iterfind(f"{_T}idno")}
    reviewers, reviewed = _review(header)
    return Head(
        idnos.get("filename", "" if "encoding" in idnos else None),
        idnos.get("encoding", "utf-8"),
        idnos.get("sha256", ""),
        _metadata(header, bibl),
        _signature(header),
        reviewers,
        reviewed,
    )


def _metadata(header: etree._Element, bibl: etree._Element | None) -> Metadata:
    statement = _find(header, "fileDesc/titleStmt")
    titles = {"ar": "", "en": ""}
    author = editor = ""
    if statement is not None:
        for title in statement.iterfind(f"{_T}title"):
            language = title.get(XML_LANG) or ""
            given = title.get("type") == "main" and not title.get("corresp")
            if given and language in titles and not titles[language]:
                titles[language] = text_of(title)
        author, editor = _text(statement, "author"), _text(statement, "editor")
    publication = "fileDesc/publicationStmt"
    licence = _find(header, f"{publication}/availability/licence")
    url = ""
    if licence is not None:
        # The address as it was given stands beside the pointer made from it.
        url = _text(header, f"{publication}/availability/p/ref") or licence.get("target") or ""
    source = bibl if bibl is not None else etree.Element(f"{_T}bibl")
    return Metadata(
        title_ar=titles["ar"],
        title_en=titles["en"],
        author=author,
        source_publisher=_text(source, "publisher"),
        source_date=_date(source, "date"),
        source_url=_text(source, "ref"),
        source_rights=_text(source, "availability/p"),
        publisher=_text(header, f"{publication}/publisher"),
        editor=editor,
        edition=_text(header, "fileDesc/editionStmt/edition"),
        date=_date(header, f"{publication}/date"),
        licence=(licence.text or "") if licence is not None else "",
        licence_url=url,
        identifier=_text(header, f"{publication}/idno"),
    )


def _signature(header: etree._Element) -> Signature:
    applications = {a.get(XML_ID): a for a in header.iterfind(f".//{_T}appInfo/{_T}application")}

    def described(name: str, type_: str) -> str:
        element = applications.get(name)
        if element is None:
            return ""
        for desc in element.iterfind(f"{_T}desc"):
            if desc.get("type") == type_:
                return desc.text or ""
        return ""

    options = {}
    if "app.bilingual" in applications:
        for desc in applications["app.bilingual"].iterfind(f"{_T}desc"):
            if desc.get("type") == "option":
                options[desc.get("n") or ""] = desc.text or ""
    engine = described("app.engine", "version")
    segmenter = described("app.segmenter", "version")
    for element in applications.values():
        # Another project's applications: their own name and version is all there is.
        value = f"{element.get('ident')} {element.get('version')}"
        if element.get("type") == "mt" and "app.engine" not in applications:
            engine = engine or value
        if element.get("type") == "segmenter" and not element.findall(f"{_T}desc"):
            segmenter = segmenter or value
    return Signature(
        bilingual=described("app.bilingual", "version"),
        segmenter=segmenter,
        engine=engine,
        package=described("app.package", "version"),
        package_sha256=described("app.package", "sha256"),
        glossary_sha256=described("app.bilingual", "glossary-sha256"),
        options=options,
    )


def _review(header: etree._Element) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    reviewers = {}
    for statement in header.iterfind(f".//{_T}titleStmt/{_T}respStmt"):
        identifier = statement.get(XML_ID) or ""
        person = statement.find(f"{_T}persName")
        if person is not None:
            reviewers[identifier] = text_of(person)
        elif re.fullmatch(r"resp\.rev\.\d+", identifier):
            reviewers[identifier] = ""
    reviewed: dict[tuple[str, str], str] = {}
    for change in header.iterfind(f".//{_T}revisionDesc/{_T}change"):
        when = change.get("when") or ""
        date = change.find(f"{_T}date")
        if not when and date is not None:
            when = date.text or ""
        for pointer in (change.get("target") or "").split():
            reviewed.setdefault((pointer.removeprefix("#"), change.get("status") or ""), when)
    return reviewers, reviewed
