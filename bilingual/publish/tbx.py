"""TBX: the names, resolutions and terms of an edition for terminology tools.

``tbx`` writes TBX-Basic in the DCA style of ISO 30042:2019; ``martif`` the older dialect
(TBX v2, ISO 30042:2008) that most tools still read. Same concepts, same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from bilingual.document import Edition, Entity, Form
from bilingual.publish import labels, view
from bilingual.publish.markup import LANG, Names, add, save

__all__ = ["martif", "tbx"]

_NS = "urn:iso:std:iso:30042:ed-2"
_PREFIXES: Any = {None: _NS}  # lxml's stubs do not know the default namespace
_PREFERRED = "preferredTerm-admn-sts"
_ADMITTED = "admittedTerm-admn-sts"


@dataclass(frozen=True, slots=True)
class _Names:
    """The element names in which the two dialects differ."""

    concept: str
    language: str
    term: str


def _terms(entity: Entity) -> Iterator[tuple[str, str, str]]:
    """(language, term, status) of a concept, each once; the first form is the preferred one."""
    seen: set[tuple[str, str]] = set()

    def once(language: str, term: str, status: str) -> Iterator[tuple[str, str, str]]:
        if term and (language, term) not in seen:
            seen.add((language, term))
            yield language, term, status

    def standing(form: Form, first: bool) -> str:
        if not form.approved:
            return ""
        return _PREFERRED if first else _ADMITTED

    for n, form in enumerate(entity.forms):
        yield from once("ar", form.arabic, standing(form, n == 0))
    for n, form in enumerate(entity.forms):
        yield from once("en", form.english, standing(form, n == 0))
    for form in entity.forms:
        for other in form.accepted:
            yield from once("en", other, _ADMITTED if form.approved else "")


def _body(parent: etree._Element, edition: Edition, prefix: str, names: _Names) -> None:
    ids = Names()
    for entity in view.all_entities(edition):
        terms = list(_terms(entity))
        if not terms:
            continue
        concept = add(parent, prefix + names.concept, id=ids(entity.key))
        kind = labels.KIND_NAMES[entity.kind][0]
        add(concept, prefix + "descrip", kind, type="subjectField")
        target = labels.symbol_url(entity)
        item = labels.wikidata(entity)
        for address in (target, f"https://www.wikidata.org/entity/{item}" if item else ""):
            if address:
                add(
                    concept, prefix + "xref", address, type="externalCrossReference", target=address
                )
        for name, value in entity.facts.items():
            if name != "wikidata" and value:
                add(concept, prefix + "note", f"{name}: {value}")
        for language in ("ar", "en"):
            chosen = [t for t in terms if t[0] == language]
            if not chosen:
                continue
            section = add(concept, prefix + names.language, attributes={LANG: language})
            for _, term, status in chosen:
                group = add(section, prefix + names.term)
                add(group, prefix + "term", term)
                if status:
                    add(group, prefix + "termNote", status, type="administrativeStatus")
                else:
                    add(group, prefix + "note", "proposed, not approved")


def _described(edition: Edition) -> tuple[str, str]:
    title = f"Terms of: {view.title_en(edition)}"
    where = edition.metadata.source_url or edition.source.name
    return title, f"Glossary of an aligned Arabic–English edition of {where}; {edition.signature}"


def tbx(edition: Edition, path: Path) -> None:
    """Write TBX-Basic (ISO 30042:2019). Raises F0002 when the place cannot be written."""
    prefix = f"{{{_NS}}}"
    title, source = _described(edition)
    root = etree.Element(
        prefix + "tbx",
        {"type": "TBX-Basic", "style": "dca", LANG: "en"},
        nsmap=_PREFIXES,
    )
    description = add(add(root, prefix + "tbxHeader"), prefix + "fileDesc")
    add(add(description, prefix + "titleStmt"), prefix + "title", title)
    add(add(description, prefix + "sourceDesc"), prefix + "p", source)
    body = add(add(root, prefix + "text"), prefix + "body")
    _body(body, edition, prefix, _Names("conceptEntry", "langSec", "termSec"))
    save(root, path)


def martif(edition: Edition, path: Path) -> None:
    """Write the older dialect. Raises F0002 when the place cannot be written."""
    title, source = _described(edition)
    root = etree.Element("martif", {"type": "TBX", LANG: "en"})
    header = add(root, "martifHeader")
    description = add(header, "fileDesc")
    add(add(description, "titleStmt"), "title", title)
    add(add(description, "sourceDesc"), "p", source)
    add(add(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    body = add(add(root, "text"), "body")
    _body(body, edition, "", _Names("termEntry", "langSet", "tig"))
    save(root, path, '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">')
