"""The TEI header of an edition: who, what, from where, by which means, in which state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from bilingual.disclosure import disclosure
from bilingual.document import Edition, Origin, ReviewState, SegmentKind, Translation
from bilingual.tei.elements import add, add_date, reference
from bilingual.tei.header_encoding import add_encoding
from bilingual.tei.names import encode_id, encode_url, is_date

__all__ = ["Reviewers", "build_header"]


@dataclass(frozen=True, slots=True)
class Reviewers:
    """The people who answer for sentences, in order of appearance, and their identifiers."""

    ids: dict[str, str]

    @classmethod
    def of(cls, translations: Iterable[Translation]) -> Reviewers:
        """Number the reviewers of an edition; one who is not named gets a number too."""
        ids: dict[str, str] = {}
        for translation in translations:
            if translation.reviewer or translation.state is not ReviewState.MT:
                name = translation.reviewer
                ids.setdefault(name, f"resp.rev.{len(ids) + 1}")
        return cls(ids)

    def resp(self, translation: Translation) -> str:
        """``@resp`` of a sentence: the software, the reviewer, or both."""
        names = []
        if translation.origin in {Origin.MACHINE, Origin.COPIED}:
            names.append("#resp.mt")
        if translation.reviewer or translation.state is not ReviewState.MT:
            names.append(f"#{self.ids[translation.reviewer]}")
        return " ".join(names) or "#resp.mt"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _titles(parent: etree._Element, edition: Edition) -> None:
    """The titles given, or else the headline; ``@corresp`` says that a title is not given."""
    meta = edition.metadata
    headline = next((s for s in edition.segments if s.kind is SegmentKind.HEADLINE), None)
    english = None
    if headline is not None:
        targets = {t for link in edition.links if headline.id in link.sources for t in link.targets}
        english = next((t for t in edition.translations if t.id in targets), None)
    for given, lang, unit in (
        (meta.title_en, "en", ("en", english.id, english.text) if english else None),
        (
            meta.title_ar,
            "ar",
            ("ar", headline.id, edition.segment_text(headline)) if headline else None,
        ),
    ):
        if given:
            add(parent, "title", given, lang=lang, type="main")
        elif unit and unit[2].strip():
            origin = f"#{unit[0]}.{encode_id(unit[1])}"
            add(parent, "title", _one_line(unit[2]), lang=lang, type="main", corresp=origin)
    if not len(parent):
        name = edition.source.name or "Untitled"
        add(parent, "title", name, type="main", corresp="#src.ar")
    add(parent, "title", "Aligned Arabic–English edition", lang="en", type="sub")


def _software_name(value: str) -> str:
    return value.split(" ")[0] if value else "unknown"


def _title_statement(parent: etree._Element, edition: Edition, reviewers: Reviewers) -> None:
    statement = add(parent, "titleStmt")
    _titles(statement, edition)
    meta, signature = edition.metadata, edition.signature
    if meta.author:
        add(statement, "author", meta.author)
    if meta.editor:
        add(statement, "editor", meta.editor)
    marc = "http://id.loc.gov/vocabulary/relators/"
    resp = add(statement, "respStmt", id="resp.seg")
    add(resp, "resp", "Segmentation of the Arabic text into sentences")
    add(resp, "name", "bilingual", type="software", ref="#app.segmenter")
    resp = add(statement, "respStmt", id="resp.mt")
    words = "Machine translation into English, unreviewed unless the sentence says otherwise"
    add(resp, "resp", words, key="trl", ref=f"{marc}trl")
    add(resp, "name", _software_name(signature.engine), type="software", ref="#app.engine")
    for name, identifier in reviewers.ids.items():
        resp = add(statement, "respStmt", id=identifier)
        words = "Review and post-editing of the English"
        add(resp, "resp", words, key="edt", ref=f"{marc}edt")
        if name:
            add(resp, "persName", name)
        else:
            add(resp, "name", "A reviewer who is not named")


def _publication(parent: etree._Element, edition: Edition) -> None:
    meta = edition.metadata
    if meta.edition:
        add(add(parent, "editionStmt"), "edition", meta.edition)
    extent = add(parent, "extent")
    for unit, number, words in (
        ("characters", len(edition.source.text), "characters of Arabic text"),
        ("sentences", len(edition.segments), "Arabic units"),
        ("alignments", len(edition.links), "alignment links"),
    ):
        add(extent, "measure", f"{number} {words}", unit=unit, quantity=str(number))
    statement = add(parent, "publicationStmt")
    if meta.publisher:
        add(statement, "publisher", meta.publisher)
    else:
        add(statement, "authority", "Publisher not stated")
    if meta.identifier:
        add(statement, "idno", meta.identifier, type="URI")
    if meta.licence or meta.licence_url:
        availability = add(statement, "availability")
        target = encode_url(meta.licence_url) if meta.licence_url else ""
        add(availability, "licence", meta.licence, target=target)
        if meta.licence_url:
            add(availability, "p").append(reference(meta.licence_url, "licence"))
    if meta.date:
        add_date(statement, meta.date)


def _source(parent: etree._Element, edition: Edition) -> None:
    source, meta = edition.source, edition.metadata
    bibl = add(add(parent, "sourceDesc"), "bibl", id="src.ar", type="born-digital")
    headline = next((s for s in edition.segments if s.kind is SegmentKind.HEADLINE), None)
    if headline is not None:
        words = _one_line(edition.segment_text(headline))
        add(bibl, "title", words, lang="ar", level="a", corresp=f"#ar.{encode_id(headline.id)}")
    if meta.source_publisher:
        add(bibl, "publisher", meta.source_publisher)
    if meta.source_date:
        add_date(bibl, meta.source_date)
    add(bibl, "textLang", "Arabic", mainLang="ar")
    if meta.source_url:
        bibl.append(reference(meta.source_url, "source"))
    if source.name:
        add(bibl, "idno", source.name, type="filename")
    add(bibl, "idno", source.encoding, type="encoding")
    if source.sha256:
        add(bibl, "idno", source.sha256, type="sha256")
    digest = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    add(bibl, "idno", digest, type="sha256-text")
    if meta.source_rights:
        add(add(bibl, "availability"), "p", meta.source_rights)


def _revision(parent: etree._Element, edition: Edition, reviewers: Reviewers) -> None:
    states = {t.state for t in edition.translations}
    status = "candidate"
    if ReviewState.MT in states or not states:
        status = "draft"
    elif states == {ReviewState.APPROVED}:
        status = "approved"
    description = add(parent, "revisionDesc", status=status)
    groups: dict[tuple[str, str, str], list[str]] = {}
    for translation in edition.translations:
        if translation.state is not ReviewState.MT or translation.reviewed or translation.reviewer:
            who = reviewers.ids.get(translation.reviewer, "resp.mt")
            group = (translation.reviewed, who, translation.state.value)
            groups.setdefault(group, []).append(f"#en.{encode_id(translation.id)}")
    # The newest first, as TEI advises; those without a date after them.
    for (when, who, state), targets in sorted(groups.items(), key=lambda g: g[0][0], reverse=True):
        words = {
            "mt": "Seen; the sentences stay machine translation.",
            "post-edited": "Corrected the sentences named in target.",
            "approved": "Approved the sentences named in target.",
        }[state]
        change = add(
            description,
            "change",
            words,
            when=when if is_date(when) else "",
            who=f"#{who}",
            status=state,
            target=" ".join(targets),
        )
        if when and not is_date(when):
            add(change, "date", when)
    when = edition.metadata.date if is_date(edition.metadata.date) else ""
    words = "Generated the translation and the alignment."
    add(description, "change", words, when=when, who="#resp.mt", status="draft")


def build_header(edition: Edition, reviewers: Reviewers) -> etree._Element:
    """The ``teiHeader``, indented, without a namespace (the root declares it)."""
    header = etree.Element("teiHeader")
    file_description = add(header, "fileDesc")
    _title_statement(file_description, edition, reviewers)
    _publication(file_description, edition)
    notes = add(file_description, "notesStmt")
    english, arabic = disclosure(edition.translations)
    add(notes, "note", english, lang="en", type="disclosure")
    add(notes, "note", arabic, lang="ar", type="disclosure")
    _source(file_description, edition)
    add_encoding(header, edition)
    profile = add(header, "profileDesc")
    if edition.metadata.source_date:
        add_date(add(profile, "creation"), edition.metadata.source_date)
    languages = add(profile, "langUsage")
    add(languages, "language", "Arabic", ident="ar")
    add(languages, "language", "English", ident="en")
    _revision(header, edition, reviewers)
    etree.indent(header, "  ", level=1)
    return header
