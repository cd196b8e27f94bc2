"""TBX-Basic: ISO 30042:2019 in its DCA and DCT styles, and the older ``martif`` (2008).

A concept is an entity, its Arabic terms are the forms, its English terms what they are given.
TBX joins the languages of a concept, not their terms: so each Arabic term points at its English
by a ``crossReference``, and carries the lines of the catalogue as notes (``name: value``; ``# ``
before a translator's comment, ``#: `` before occurrences). A tool that ignores both still sees a
sound concept; a file without them is read by the status of its terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bilingual.errors import BilingualError
from bilingual.glossary.exchange.markup import LANG, Builder, local, parse_xml, serialise, text_of
from bilingual.glossary.exchange.term import Losses, Term, fact

__all__ = ["read_tbx", "write_martif", "write_tbx", "write_tbx_dct"]

_NS = "urn:iso:std:iso:30042:ed-2"
_MIN = "http://www.tbxinfo.net/ns/min"
_BASIC = "http://www.tbxinfo.net/ns/basic"
_PREFERRED, _ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"
_DEPRECATED, _SUPERSEDED = "deprecatedTerm-admn-sts", "supersededTerm-admn-sts"
_PROPOSED = "proposed, not approved"
_ITEM = re.compile(r"wikidata\.org/(?:entity|wiki)/(Q\d+)")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a dialect names its elements."""

    prefix: str
    concept: str
    language: str
    term: str
    by_tag: bool = False
    """Data categories are elements (DCT) rather than values of ``type`` (DCA)."""

    def category(
        self, make: Builder, parent: etree._Element, tag: str, kind: str, text: str, **more: str
    ) -> etree._Element:
        """A data category in this style."""
        if not self.by_tag:
            return make.add(parent, self.prefix + tag, text, type=kind, **more)
        module = _MIN if kind in ("subjectField", "administrativeStatus") else _BASIC
        return make.add(parent, f"{{{module}}}{kind}", text, **more)


def write_tbx(terms: Sequence[Term], losses: Losses) -> bytes:
    """TBX-Basic of 2019, style DCA."""
    return _write_2019(terms, losses, by_tag=False)


def write_tbx_dct(terms: Sequence[Term], losses: Losses) -> bytes:
    """TBX-Basic of 2019, style DCT."""
    return _write_2019(terms, losses, by_tag=True)


def _write_2019(terms: Sequence[Term], losses: Losses, *, by_tag: bool) -> bytes:
    prefix = f"{{{_NS}}}"
    spaces: Any = {None: _NS, **({"min": _MIN, "basic": _BASIC} if by_tag else {})}
    root = etree.Element(
        prefix + "tbx",
        {"type": "TBX-Basic", "style": "dct" if by_tag else "dca", LANG: "ar"},
        nsmap=spaces,
    )
    make = Builder(losses)
    _header(make, make.add(root, prefix + "tbxHeader"), prefix)
    body = make.add(make.add(root, prefix + "text"), prefix + "body")
    style = _Style(prefix, "conceptEntry", "langSec", "termSec", by_tag)
    _body(make, body, terms, style)
    return serialise(root)


def write_martif(terms: Sequence[Term], losses: Losses) -> bytes:
    """TBX-Basic of 2008, for tools that read no other."""
    make = Builder(losses)
    root = etree.Element("martif", {"type": "TBX", LANG: "ar"})
    header = make.add(root, "martifHeader")
    _header(make, header, "")
    make.add(make.add(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    body = make.add(make.add(root, "text"), "body")
    _body(make, body, terms, _Style("", "termEntry", "langSet", "tig"))
    return serialise(root, '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">')


def _header(make: Builder, header: etree._Element, prefix: str) -> None:
    description = make.add(header, prefix + "fileDesc")
    title = make.add(description, prefix + "titleStmt")
    make.add(title, prefix + "title", "Controlled glossary, Arabic to English")
    source = make.add(description, prefix + "sourceDesc")
    make.add(source, prefix + "p", "Catalogues of Arabic forms and their English")


def _body(make: Builder, body: etree._Element, terms: Sequence[Term], style: _Style) -> None:
    concepts: dict[str, list[Term]] = {}
    for term in terms:
        concepts.setdefault(term.key, []).append(term)
    for number, (key, forms) in enumerate(concepts.items(), 1):
        concept = make.add(body, style.prefix + style.concept, id=f"c{number}")
        subject = forms[0].catalogue
        if subject:
            style.category(make, concept, "descrip", "subjectField", subject)
        for item in dict.fromkeys(i for f in forms for i in fact(f, "wikidata")):
            style.category(
                make, concept, "xref", "externalCrossReference", item,
                target=f"https://www.wikidata.org/entity/{item}",
            )  # fmt: skip
        make.add(concept, style.prefix + "note", f"key: {key}")
        english = _english(forms)
        ids = {text: f"c{number}-en{n}" for n, text in enumerate(english, 1)}
        section = make.add(concept, style.prefix + style.language, lang="ar")
        for place, form in enumerate(forms):
            group = make.add(section, style.prefix + style.term)
            make.add(group, style.prefix + "term", form.arabic)
            if form.approved:
                status = _ADMITTED if place else _PREFERRED
                style.category(make, group, "termNote", "administrativeStatus", status)
            if form.english:
                style.category(
                    make, group, "ref", "crossReference", form.english, target=ids[form.english]
                )
            for note in _notes(form, subject):
                make.add(group, style.prefix + "note", note)
        if english:
            section = make.add(concept, style.prefix + style.language, lang="en")
            for text, status in english.items():
                group = make.add(section, style.prefix + style.term, id=ids[text])
                make.add(group, style.prefix + "term", text)
                if status:
                    style.category(make, group, "termNote", "administrativeStatus", status)


def _notes(form: Term, subject: str) -> Iterator[str]:
    if not form.approved:
        yield _PROPOSED
    if form.catalogue and form.catalogue != subject:
        yield f"catalogue: {form.catalogue}"
    yield from form.lines
    yield from (f"# {line}" for line in form.comments)
    yield from (f"#: {line}" for line in form.references)


def _english(forms: Iterable[Term]) -> dict[str, str]:
    """The English terms of a concept with their status; the first approved one is preferred."""
    forms = list(forms)
    found: dict[str, str] = {}
    for form in forms:
        if form.english:
            status = _PREFERRED if _PREFERRED not in found.values() else _ADMITTED
            found.setdefault(form.english, status if form.approved else "")
    for form in forms:
        for text in fact(form, "also"):
            found.setdefault(text, _ADMITTED)
    for form in forms:
        for text in fact(form, "forbidden"):
            found.setdefault(text, _DEPRECATED)
    return found


@dataclass(slots=True)
class _Read:
    """A term of a concept as it is read."""

    text: str
    status: str
    target: str
    notes: list[str]
    id: str
    line: int


def read_tbx(data: bytes, where: str) -> list[Term]:
    """The entries of a TBX file of either edition and style.

    Raises G0403 (no TBX), G0405 (no concept has both Arabic and English).
    """
    root = parse_xml(data, where)
    if local(root) not in ("tbx", "martif"):
        raise BilingualError(
            "G0403", f"no TBX: the root is <{local(root)}>, not <tbx> or <martif>", where
        )
    terms: list[Term] = []
    concepts = [e for e in root.iter() if local(e) in ("conceptEntry", "termEntry")]
    for concept in concepts:
        terms += _concept(concept, where)
    if concepts and not terms:
        raise BilingualError(
            "G0405", "no concept has Arabic (xml:lang=ar); export both languages", where
        )
    return terms


def _categories(element: etree._Element, name: str) -> list[str]:
    return [
        text_of(child)
        for child in element.iterchildren()
        if local(child) == name or child.get("type") == name
    ]


def _concept(concept: etree._Element, where: str) -> Iterator[Term]:
    arabic: list[_Read] = []
    english: list[_Read] = []
    for section in concept.iterchildren():
        language = (section.get(LANG) or section.get("lang") or "").lower().split("-")[0]
        if local(section) in ("langSec", "langSet") and language in ("ar", "en"):
            (arabic if language == "ar" else english).extend(_terms(section))
    subjects = _categories(concept, "subjectField")
    notes = [text_of(n) for n in concept.iterchildren() if local(n) == "note"]
    keys = [n.removeprefix("key: ") for n in notes if n.startswith("key: ")]
    addresses = [c.get("target") or text_of(c) for c in concept.iterchildren()]
    items = [m[1] for a in addresses if (m := _ITEM.search(a))]
    by_id = {term.id: term.text for term in english if term.id}
    usable = [t for t in english if t.status not in (_DEPRECATED, _SUPERSEDED)]
    usable.sort(key=lambda t: t.status != _PREFERRED)
    others = [t.text for t in usable[1:]]
    refused = [t.text for t in english if t.status == _DEPRECATED]
    for form in arabic:
        plain = [n for n in form.notes if n != _PROPOSED]
        lines = [n for n in plain if not n.startswith(("# ", "#: ", "catalogue: "))]
        stems = [n.removeprefix("catalogue: ") for n in plain if n.startswith("catalogue: ")]
        linked = by_id.get(form.target)
        ours = linked is not None or (bool(keys) and not english)
        if not ours:
            lines += [n for n in notes if n not in lines and not n.startswith("key: ")]
            lines += [f"also: {' | '.join(others)}"] if others else []
            lines += [f"forbidden: {' | '.join(refused)}"] if refused else []
            lines += [f"wikidata: {items[0]}"] if items else []
        first = usable[0].text if usable else ""
        yield Term(
            key=keys[0] if keys else "",
            arabic=form.text,
            english=linked if linked is not None else "" if ours else first,
            # A file that gives no status at all says nothing against its terms.
            approved=_PROPOSED not in form.notes,
            catalogue=(stems or subjects or [""])[0],
            lines=tuple(line if ":" in line else f"note: {line}" for line in lines),
            comments=tuple(n.removeprefix("# ") for n in plain if n.startswith("# ")),
            references=tuple(n.removeprefix("#: ") for n in plain if n.startswith("#: ")),
            where=f"{where}:{form.line}",
        )


def _terms(section: etree._Element) -> Iterator[_Read]:
    for group in section.iter():
        if local(group) not in ("termSec", "tig", "ntig"):
            continue
        inner = list(group.iter())
        texts = [text_of(e) for e in inner if local(e) == "term"]
        if not texts or not texts[0]:
            continue
        status = [
            text_of(e)
            for e in inner
            if local(e) == "administrativeStatus" or e.get("type") == "administrativeStatus"
        ]
        targets = [
            e.get("target") or ""
            for e in inner
            if local(e) == "crossReference" or e.get("type") == "crossReference"
        ]
        notes = [text_of(e) for e in inner if local(e) == "note"]
        line = group.sourceline or 0
        yield _Read(
            texts[0],
            status[0] if status else "",
            targets[0] if targets else "",
            notes,
            group.get("id") or "",
            line if isinstance(line, int) else 0,
        )
