"""TEI: a ``list`` of type ``gloss`` for each catalogue (TEI P5, chapter 3.8, "Lists").

``label`` holds the Arabic form as a ``term`` with the entity as its ``key``, ``item`` its English
as a ``gloss``; the lines of the catalogue follow as typed ``note`` elements. A proposed entry has
``cert="low"`` on its gloss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from bilingual.errors import BilingualError
from bilingual.glossary.exchange.markup import Builder, local, parse_xml, serialise, text_of
from bilingual.glossary.exchange.term import Losses, Term, fact, facts
from bilingual.script import has_arabic

__all__ = ["read_tei", "write_tei"]

_NS = "http://www.tei-c.org/ns/1.0"
_COMMENT, _OCCURRENCES, _LINE = "comment", "occurrences", "line"


def write_tei(terms: Sequence[Term], losses: Losses) -> bytes:
    """A TEI document of gloss lists."""
    make = Builder(losses)
    prefix = f"{{{_NS}}}"
    spaces: Any = {None: _NS}
    root = etree.Element(prefix + "TEI", nsmap=spaces)
    description = make.add(make.add(root, prefix + "teiHeader"), prefix + "fileDesc")
    title = make.add(description, prefix + "titleStmt")
    make.add(title, prefix + "title", "Controlled glossary, Arabic to English", lang="en")
    publication = make.add(description, prefix + "publicationStmt")
    make.add(publication, prefix + "p", "Unpublished working glossary.")
    source = make.add(description, prefix + "sourceDesc")
    make.add(source, prefix + "p", "Catalogues of Arabic forms and their English.")
    body = make.add(make.add(root, prefix + "text"), prefix + "body")
    catalogues: dict[str, list[Term]] = {}
    for term in terms:
        catalogues.setdefault(term.catalogue, []).append(term)
    if not catalogues:
        make.add(body, prefix + "p", "No entries.")
    for name, forms in catalogues.items():
        glossary = make.add(body, prefix + "list", type="gloss")
        if name:
            make.add(glossary, prefix + "head", name)
        for form in forms:
            _form(make, glossary, form, prefix)
    return serialise(root)


def _form(make: Builder, glossary: etree._Element, form: Term, prefix: str) -> None:
    label = make.add(glossary, prefix + "label")
    items = fact(form, "wikidata")
    more = {"key": form.key} if form.key else {}
    if items:
        more["ref"] = f"https://www.wikidata.org/entity/{items[0]}"
    make.add(label, prefix + "term", form.arabic, lang="ar", **more)
    item = make.add(glossary, prefix + "item")
    proposed = {} if form.approved else {"cert": "low"}
    make.add(item, prefix + "gloss", form.english, lang="en", **proposed)
    for name, value in facts(form):
        make.add(item, prefix + "note", value, type=name or _LINE)
    for comment in form.comments:
        make.add(item, prefix + "note", comment, type=_COMMENT)
    for reference in form.references:
        make.add(item, prefix + "note", reference, type=_OCCURRENCES)


def read_tei(data: bytes, where: str) -> list[Term]:
    """The pairs of every gloss list of a TEI document.

    Raises G0403 (no TEI), G0405 (no gloss list), G0404 (a label without its item).
    """
    root = parse_xml(data, where)
    if not any(local(e) in ("TEI", "teiCorpus", "list") for e in (root, *root)):
        raise BilingualError("G0403", f"no TEI: the root is <{local(root)}>", where)
    lists = [e for e in root.iter() if local(e) == "list" and e.get("type") == "gloss"]
    if not lists:
        raise BilingualError("G0405", 'no <list type="gloss"> in this document', where)
    return [term for glossary in lists for term in _pairs(glossary, where)]


def _pairs(glossary: etree._Element, where: str) -> Iterator[Term]:
    heads = [text_of(e) for e in glossary if local(e) == "head"]
    label: etree._Element | None = None
    for child in glossary:
        if local(child) == "label":
            label = child
        elif local(child) == "item" and label is not None:
            yield _pair(label, child, heads[0] if heads else "", where)
            label = None
    if label is not None:
        raise BilingualError("G0404", "a label without its item", f"{where}:{label.sourceline}")


def _pair(label: etree._Element, item: etree._Element, head: str, where: str) -> Term:
    term = next((e for e in label.iter() if local(e) == "term"), label)
    gloss = next((e for e in item.iter() if local(e) == "gloss"), None)
    notes = [e for e in item.iter() if local(e) == "note"]
    arabic = text_of(term)
    english = text_of(gloss) if gloss is not None else _without_notes(item)
    if has_arabic(english) and not has_arabic(arabic):
        arabic, english = english, arabic
    if not arabic:
        raise BilingualError("G0404", "a label without text", f"{where}:{label.sourceline}")
    lines, comments, references = [], [], []
    for note in notes:
        kind, value = note.get("type") or "note", "".join(map(str, note.itertext()))
        if kind == _COMMENT:
            comments.append(value)
        elif kind == _OCCURRENCES:
            references.append(value)
        else:
            lines.append(value if kind == _LINE else f"{kind}: {value}")
    stem = head if head.isidentifier() and head.isascii() and head == head.lower() else ""
    return Term(
        key=term.get("key") or "",
        arabic=arabic,
        english=english,
        approved=gloss is None or gloss.get("cert") != "low",
        catalogue=stem,
        lines=tuple(lines),
        comments=tuple(comments),
        references=tuple(references),
        where=f"{where}:{label.sourceline}",
    )


def _without_notes(item: etree._Element) -> str:
    parts = [item.text or ""]
    for child in item:
        if local(child) != "note":
            parts += [str(t) for t in child.itertext()]
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())
