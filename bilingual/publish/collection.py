"""A collection: the editions of a folder with one index page and one ``teiCorpus``.

The index page lists the editions and, across all of them, every name and resolution with the
sentences that mention it. The ``teiCorpus`` holds every edition whole; each id in it bears the
name of its edition, for ids are unique in a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from bilingual.document import Edition, Entity, EntityKind, Form
from bilingual.files import open_atomic
from bilingual.publish import labels, view
from bilingual.publish.html import inline
from bilingual.publish.legible import legible
from bilingual.publish.markup import LANG, Names, add
from bilingual.publish.plain_tei import ID, TEI, q
from bilingual.publish.report import Report, report
from bilingual.publish.templating import template

__all__ = ["Document", "describe", "index_page", "tei_corpus"]

_TITLE = "Aligned Arabic–English editions"


@dataclass(frozen=True, slots=True)
class Document:
    """One edition of a collection, as the index needs it; the edition itself is let go."""

    number: int
    stem: str
    files: tuple[tuple[str, str], ...]
    """(name of the format, name of the file)."""
    title_ar: str
    title_en: str
    about: tuple[str, ...]
    report: Report
    entities: tuple[Entity, ...]
    places: dict[str, tuple[tuple[str, int], ...]]
    """For each key the rows that mention it: (id, number)."""


def describe(
    edition: Edition, number: int, stem: str, files: Sequence[tuple[str, str]]
) -> Document:
    """What the index says of one edition."""
    meta = edition.metadata
    places = view.occurrences(view.rows(edition))
    return Document(
        number=number,
        stem=stem,
        files=tuple(files),
        title_ar=view.title_ar(edition),
        title_en=view.title_en(edition) or stem,
        about=tuple(v for v in (meta.author, meta.source_publisher, meta.source_date) if v),
        report=report(edition),
        entities=view.all_entities(edition),
        places={key: tuple((r.id, r.number) for r in at) for key, at in places.items()},
    )


@dataclass(frozen=True, slots=True)
class Shared:
    """An entity as the collection knows it."""

    entity: Entity
    name: str
    arabic: str
    also: tuple[Form, ...]
    wikidata: str
    url: str
    places: tuple[tuple[Document, tuple[tuple[str, int], ...]], ...]


def _merged(key: str, known: Sequence[Entity]) -> Entity:
    """The same entity of several editions: all forms, and every fact the first time it is said."""
    facts: dict[str, str] = {}
    for entity in known:
        for name, value in entity.facts.items():
            facts.setdefault(name, value)
    forms = tuple(dict.fromkeys(form for entity in known for form in entity.forms))
    return Entity(key, known[0].kind, forms, facts, known[0].catalogue)


def _index(documents: Sequence[Document]) -> list[tuple[EntityKind, list[Shared]]]:
    known: dict[tuple[EntityKind, str], list[Entity]] = {}
    for document in documents:
        for entity in document.entities:
            known.setdefault((entity.kind, entity.key), []).append(entity)
    groups: dict[EntityKind, list[Shared]] = {}
    for (kind, key), entities in known.items():
        entity = _merged(key, entities)
        first = entity.forms[0] if entity.forms else None
        groups.setdefault(kind, []).append(
            Shared(
                entity=entity,
                name=(first.english if first else "") or key,
                arabic=first.arabic if first else "",
                also=entity.forms[1:],
                wikidata=labels.wikidata(entity),
                url=labels.symbol_url(entity),
                places=tuple((d, d.places[key]) for d in documents if key in d.places),
            )
        )
    for entries in groups.values():
        entries.sort(key=lambda e: (e.name.casefold(), e.entity.key))
    return [(kind, groups[kind]) for kind in EntityKind if kind in groups]


def index_page(documents: Sequence[Document], path: Path, title: str = "") -> None:
    """Write the index page. Raises F0002."""
    parts = template("collection.html.j2").generate(
        **inline(),
        title=title or _TITLE,
        documents=documents,
        index=_index(documents),
        kinds=labels.KIND_NAMES,
        states=labels.STATE_NAMES,
        sentences=sum(d.report.sentences for d in documents),
        approved=sum(d.report.approved for d in documents),
        met=sum(d.report.met for d in documents),
        reviewed=sum(d.report.reviewed for d in documents),
    )
    with open_atomic(path) as stream:
        for part in parts:
            stream.write(part.encode("utf-8"))


_TOKEN = re.compile(r"\S+")


def _prefixed(tree: etree._Element, prefix: str) -> etree._Element:
    """The tree with ``prefix`` before every id and every pointer at one."""
    ids = {str(e.get(ID)) for e in tree.iter() if isinstance(e.tag, str) and e.get(ID)}

    def pointer(match: re.Match[str]) -> str:
        token = match[0]
        return f"#{prefix}{token[1:]}" if token[:1] == "#" and token[1:] in ids else token

    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.items():
            text = str(value)
            if name == ID:
                element.set(name, prefix + text)
            elif "#" in text:
                element.set(name, _TOKEN.sub(pointer, text))
    return tree


def _corpus_header(documents: Sequence[Document], title: str) -> etree._Element:
    header = etree.Element(q("teiHeader"), nsmap={"tei": TEI})
    description = add(header, q("fileDesc"))
    titles = add(description, q("titleStmt"))
    add(titles, q("title"), title or _TITLE, {LANG: "en"})
    size = add(description, q("extent"))
    add(
        size,
        q("measure"),
        f"{len(documents)} editions",
        unit="texts",
        quantity=str(len(documents)),
    )
    statement = add(description, q("publicationStmt"))
    add(statement, q("p"), "Each edition states its own publisher, date and terms.")
    sources = add(add(description, q("sourceDesc")), q("listBibl"))
    for document in documents:
        bibl = add(sources, q("bibl"), n=str(document.number))
        add(bibl, q("title"), document.title_en, {LANG: "en"})
        if document.title_ar:
            add(bibl, q("title"), document.title_ar, {LANG: "ar"})
    languages = add(add(header, q("profileDesc")), q("langUsage"))
    add(languages, q("language"), "Arabic", ident="ar")
    add(languages, q("language"), "English", ident="en")
    return header


def tei_corpus(
    documents: Sequence[Document], masters: Iterator[bytes], path: Path, title: str = ""
) -> None:
    """Write the ``teiCorpus``; ``masters`` are the editions' TEI, one at a time. Raises F0002."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    names = Names()
    with open_atomic(path) as stream:
        stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write(f'<teiCorpus xmlns="{TEI}">\n'.encode())
        stream.write(_bare(_corpus_header(documents, title)))
        for document, master in zip(documents, masters, strict=True):
            root = etree.fromstring(master, parser)
            name = names(legible(document.stem))
            stream.write(_bare(_prefixed(root, f"{name}.")))
        stream.write(b"</teiCorpus>\n")


def _bare(element: etree._Element) -> bytes:
    """Serialised as a child of the corpus, without the namespace said again by a prefix."""
    etree.cleanup_namespaces(element)
    return etree.tostring(element, encoding="UTF-8", xml_declaration=False) + b"\n"
