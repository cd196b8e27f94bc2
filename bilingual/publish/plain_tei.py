"""TEI that other corpora and editors read: one side of an edition as divisions and sentences.

The master is written by ``bilingual.tei``; what is made here is for tools with habits of their
own, and holds one language a text, without the standoff alignment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lxml import etree

from bilingual.document import Edition
from bilingual.publish import view
from bilingual.publish.legible import legible, safe_url
from bilingual.publish.markup import LANG, XML, Names, add, append_text, date_time
from bilingual.publish.report import disclosure_ar, disclosure_en, report

__all__ = ["ID", "TEI", "Side", "Unit", "add_body", "add_header", "mark", "new_tei", "q", "sides"]

TEI = "http://www.tei-c.org/ns/1.0"
ID = f"{{{XML}}}id"
_PREFIXES: Any = {None: TEI}

Inline = Callable[[etree._Element, view.Run], None]


def q(name: str) -> str:
    """The name in the TEI namespace."""
    return f"{{{TEI}}}{name}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with its names in the file and those of the sentences it translates."""

    sentence: view.Sentence
    id: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One language of an edition: paragraphs, each a heading or not, of sentences."""

    language: str
    paragraphs: tuple[tuple[str, bool, tuple[Unit, ...]], ...]
    """Each its name, whether it is a heading, and its sentences."""

    @property
    def sentences(self) -> int:
        """How many there are."""
        return sum(len(units) for _, _, units in self.paragraphs)


def sides(edition: Edition) -> tuple[Side, Side]:
    """The Arabic and the English side; a sentence and its only translation share an id."""
    found = tuple(view.rows(edition))
    names = Names()
    # Those of the source first, so that nothing of the translation can take one.
    for row in found:
        for sentence in row.sources:
            names(sentence.id)

    def gather(english: bool) -> Iterator[tuple[str, bool, tuple[Unit, ...]]]:
        used: Counter[str] = Counter()
        for (paragraph, heading), rows in groupby(
            found, key=lambda r: (r.paragraph, r.kind in view.HEADINGS)
        ):
            units: list[Unit] = []
            for row in rows:
                sources = tuple(names(s.id) for s in row.sources)
                for sentence in row.targets if english else row.sources:
                    units.append(Unit(sentence, names(sentence.id), sources))
            if units:
                name = f"p{paragraph}{'h' if heading else ''}"
                used[name] += 1
                yield name + (f"-{used[name]}" if used[name] > 1 else ""), heading, tuple(units)

    return Side("ar", tuple(gather(False))), Side("en", tuple(gather(True)))


def new_tei(identifier: str, language: str, **attributes: str) -> etree._Element:
    """An empty ``TEI`` element."""
    return etree.Element(q("TEI"), {ID: identifier, LANG: language, **attributes}, nsmap=_PREFIXES)


def _date(parent: etree._Element, value: str) -> None:
    parts = date_time(value)
    if parts:
        add(parent, q("date"), "-".join(parts[:3]), when="-".join(parts[:3]))
    elif value:
        add(parent, q("date"), value)


def add_header(
    root: etree._Element,
    edition: Edition,
    languages: Sequence[str],
    extent: Sequence[tuple[str, int]],
    prefixes: Sequence[tuple[str, str, str]] = (),
) -> None:
    """The ``teiHeader``: who, from what, by which software, under which terms.

    ``prefixes`` are (ident, replacement pattern, description).
    """
    meta, sign = edition.metadata, edition.signature
    figures = report(edition)
    header = add(root, q("teiHeader"))
    description = add(header, q("fileDesc"))
    titles = add(description, q("titleStmt"))
    title_ar, title_en = view.title_ar(edition), view.title_en(edition)
    add(titles, q("title"), title_en or title_ar or "Edition", {LANG: "en"}, type="main")
    if title_ar:
        add(titles, q("title"), title_ar, {LANG: "ar"}, type="main")
    if meta.author:
        add(titles, q("author"), meta.author)
    if meta.editor:
        add(titles, q("editor"), meta.editor)
    if "en" in languages:
        by = add(titles, q("respStmt"))
        add(by, q("resp"), "Machine translation into English", key="trl")
        add(by, q("name"), sign.package or sign.engine or "bilingual", type="software")
    if meta.edition:
        add(add(description, q("editionStmt")), q("edition"), meta.edition)
    size = add(description, q("extent"))
    for language, count in extent:
        what = "Arabic" if language == "ar" else "English"
        add(
            size,
            q("measure"),
            f"{count} {what} sentences",
            {LANG: "en"},
            unit="sentences",
            quantity=str(count),
        )
    statement = add(description, q("publicationStmt"))
    add(statement, q("publisher"), meta.publisher or "unpublished")
    if meta.identifier:
        add(statement, q("idno"), meta.identifier, type="URI")
    terms = add(statement, q("availability"))
    if meta.licence or meta.licence_url:
        licence = add(terms, q("licence"), meta.licence or meta.licence_url)
        if safe_url(meta.licence_url):
            licence.set("target", safe_url(meta.licence_url))
    else:
        add(terms, q("p"), "No terms are given.")
    _date(statement, meta.date)
    notes = add(description, q("notesStmt"))
    add(notes, q("note"), disclosure_en(figures), {LANG: "en"}, type="disclosure")
    add(notes, q("note"), disclosure_ar(figures), {LANG: "ar"}, type="disclosure")
    source = add(add(description, q("sourceDesc")), q("bibl"))
    add(source, q("title"), title_ar or edition.source.name or "Untitled", {LANG: "ar"}, level="a")
    if meta.source_publisher:
        add(source, q("publisher"), meta.source_publisher)
    _date(source, meta.source_date)
    if safe_url(meta.source_url):
        url = safe_url(meta.source_url)
        add(source, q("ref"), url, type="source", target=url)
    if edition.source.sha256:
        add(source, q("idno"), edition.source.sha256, type="sha256")
    encoding = add(header, q("encodingDesc"))
    add(
        add(encoding, q("projectDesc")),
        q("p"),
        "Made from an aligned Arabic–English edition, which is the master of this file.",
    )
    if prefixes:
        listed = add(encoding, q("listPrefixDef"))
        for ident, pattern, about in prefixes:
            prefix = add(
                listed,
                q("prefixDef"),
                ident=ident,
                matchPattern="(.+)",
                replacementPattern=pattern,
            )
            add(prefix, q("p"), about)
    software = add(encoding, q("appInfo"))
    made = add(software, q("application"), ident="bilingual", version=_version(sign.bilingual))
    add(made, q("label"), "bilingual")
    add(made, q("desc"), str(sign))
    languages_used = add(add(header, q("profileDesc")), q("langUsage"))
    for language in languages:
        add(
            languages_used,
            q("language"),
            "Arabic" if language == "ar" else "English",
            ident=language,
        )


def _version(value: str) -> str:
    """``teidata.versionNumber``: digits and points."""
    kept = ".".join(p for p in value.split(".")[:3] if p.isascii() and p.isdigit())
    return kept or "0"


def add_body(
    text: etree._Element, side: Side, inline: Inline, prefix: str, corresp: str = ""
) -> None:
    """The ``body`` of one side.

    ``prefix`` stands before every id; where ``corresp`` is given, each sentence and paragraph
    points with it at those it comes from. A heading after text opens a new ``div``.
    """
    body = add(text, q("body"))
    part = add(body, q("div"))
    filled = False
    for number, heading, units in side.paragraphs:
        if heading and filled:
            part, filled = add(body, q("div")), False
        filled = filled or not heading
        block = add(part, q("head" if heading else "p"))
        block.set(ID, prefix + number)
        if corresp and any(unit.sources for unit in units):
            block.set("corresp", f"{corresp}{number}")
        for n, unit in enumerate(units):
            if n:
                append_text(block, " ")
            element = add(block, q("s"))
            element.set(ID, prefix + unit.id)
            if corresp and unit.sources:
                element.set("corresp", " ".join(corresp + s for s in unit.sources))
            for run in unit.sentence.runs:
                if run.decision is None:
                    append_text(element, run.text)
                else:
                    inline(element, run)
    if not len(part):
        add(part, q("p"))


def mark(parent: etree._Element, run: view.Run, tag: str, **attributes: str) -> None:
    """The words of a mention in an element of their own."""
    add(parent, q(tag), attributes=attributes).text = legible(run.text)
