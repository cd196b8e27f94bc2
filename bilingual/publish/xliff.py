"""XLIFF 2.1: the edition as a file for translation editors, states and glossary included.

A unit a link, one segment in each. Segment states are those of section 4.7.2.11: translated
(machine), reviewed (corrected by a person), final (approved). Names and terms are ``mrk`` of
type term; with the Glossary module (5.4) they carry the controlled form, with the Metadata
module (5.6) the kind, the outcome and where the words come from. Characters that XML does not
allow are ``cp`` elements. See OASIS XLIFF Version 2.1 (2018).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from bilingual.document import Edition, ReviewState
from bilingual.publish import view
from bilingual.publish.legible import legible
from bilingual.publish.markup import XML, Names, add, append_text, save

__all__ = ["xliff"]

CORE = "urn:oasis:names:tc:xliff:document:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"

# lxml's stubs do not know the default namespace.
_PREFIXES: Any = {None: CORE, "gls": GLOSSARY, "mda": METADATA}
_STATES = {
    ReviewState.MT: "translated",
    ReviewState.POST_EDITED: "reviewed",
    ReviewState.APPROVED: "final",
}
_ORDER = tuple(ReviewState)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _q(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def _write(parent: etree._Element, text: str) -> None:
    """Text as it is, with a ``cp`` for what XML forbids."""
    done = 0
    for match in _FORBIDDEN.finditer(text):
        _raw(parent, text[done : match.start()])
        etree.SubElement(parent, _q(CORE, "cp"), hex=f"{ord(match[0]):04X}")
        done = match.end()
    _raw(parent, text[done:])


def _raw(parent: etree._Element, text: str) -> None:
    # append_text would show what XML allows and nothing shows; here every character is kept.
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


class _Unit:
    """One unit under construction: names for its marks, and its glossary."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.marks = 0
        self.glossary: dict[str, tuple[etree._Element, str]] = {}

    def side(
        self, parent: etree._Element, sentences: Sequence[view.Sentence], arabic: bool
    ) -> None:
        for n, sentence in enumerate(sentences):
            if n:
                append_text(parent, " ")
            for run in sentence.runs:
                if run.decision is None:
                    _write(parent, run.text)
                    continue
                self.marks += 1
                mark = add(parent, _q(CORE, "mrk"), id=f"m{self.marks}", type="term")
                mention = run.decision.mention
                mark.set("value", legible(mention.target if arabic else mention.surface))
                _write(mark, run.text)
                self.entry(run, mark.get("id") or "", arabic)

    def entry(self, run: view.Run, mark: str, arabic: bool) -> None:
        """The glossary entry of a mark; a glossary comes first in its unit."""
        decision = run.decision
        if decision is None:
            return
        mention = decision.mention
        name = f"{mention.key} {mention.start}"
        if arabic and name not in self.glossary:
            holder = self.element.find(_q(GLOSSARY, "glossary"))
            if holder is None:
                holder = etree.Element(_q(GLOSSARY, "glossary"))
                self.element.insert(0, holder)
            entry = add(holder, _q(GLOSSARY, "glossEntry"), ref=f"#{mark}")
            add(entry, _q(GLOSSARY, "term"), mention.surface, source=mention.key)
            form = add(entry, _q(GLOSSARY, "translation"), mention.target, source=mention.key)
            for other in mention.accepted:
                add(entry, _q(GLOSSARY, "translation"), other, source=mention.key)
            facts = add(entry, _q(METADATA, "metadata"))
            group = add(facts, _q(METADATA, "metaGroup"), category="bilingual")
            for key, value in (
                ("kind", mention.kind.value),
                ("outcome", decision.outcome.value),
                ("approved", "yes" if mention.approved else "no"),
            ):
                add(group, _q(METADATA, "meta"), value, type=key)
            self.glossary[name] = (form, mark)
        elif not arabic and name in self.glossary:
            self.glossary[name][0].set("ref", f"#{mark}")


def _unit(file: etree._Element, row: view.Row, names: Names) -> None:
    translations = [s.translation for s in row.targets if s.translation is not None]
    element = add(file, _q(CORE, "unit"), id=names(row.id), type=f"bilingual:{row.kind}")
    unit = _Unit(element)
    notes = [t.note for t in translations if t.note]
    notes += [f"{f.code} {f.severity.value}: {f.message}" for f in row.findings]
    facts = add(element, _q(METADATA, "metadata"))
    group = add(facts, _q(METADATA, "metaGroup"), category="bilingual")
    pairs = [("link", row.link.type.value), ("ratio", row.ratio)]
    for translation in translations:
        pairs += [("state", translation.state.value), ("origin", translation.origin.value)]
        pairs += [("reviewer", translation.reviewer), ("reviewed", translation.reviewed)]
    for name, value in pairs:
        if value:
            add(group, _q(METADATA, "meta"), value, type=name)
    if notes:
        holder = add(element, _q(CORE, "notes"))
        for note in notes:
            add(holder, _q(CORE, "note"), note)
    segment = add(element, _q(CORE, "segment"), id="s1")
    if translations:
        # Of several sentences the least reviewed speaks for the segment.
        state = min((t.state for t in translations), key=_ORDER.index)
        segment.set("state", _STATES[state])
        segment.set("subState", f"bilingual:{state.value}")
    elif row.sources:
        segment.set("state", "initial")
        segment.set("subState", "bilingual:omission")
    unit.side(add(segment, _q(CORE, "source")), row.sources, arabic=True)
    if row.targets:
        unit.side(add(segment, _q(CORE, "target")), row.targets, arabic=False)


def xliff(edition: Edition, path: Path) -> None:
    """Write the file. Raises F0002 when the place cannot be written."""
    root = etree.Element(
        _q(CORE, "xliff"),
        {"version": "2.1", "srcLang": "ar", "trgLang": "en", f"{{{XML}}}space": "preserve"},
        nsmap=_PREFIXES,
    )
    original = edition.metadata.source_url or edition.source.name
    file = add(root, _q(CORE, "file"), id="f1", original=original, srcDir="rtl", trgDir="ltr")
    facts = add(file, _q(METADATA, "metadata"))
    group = add(facts, _q(METADATA, "metaGroup"), category="bilingual")
    for name, value in (
        ("title-ar", view.title_ar(edition)),
        ("title-en", view.title_en(edition)),
        ("source-sha256", edition.source.sha256),
        ("signature", str(edition.signature)),
    ):
        if value:
            add(group, _q(METADATA, "meta"), value, type=name)
    general = [f for f in edition.findings if not f.segment]
    if general:
        notes = add(file, _q(CORE, "notes"))
        for finding in general:
            add(
                notes,
                _q(CORE, "note"),
                f"{finding.code} {finding.severity.value}: {finding.message}",
            )
    names = Names()
    for row in view.rows(edition):
        _unit(file, row, names)
    if not len(names):
        add(add(file, _q(CORE, "unit"), id="empty"), _q(CORE, "segment")).append(
            etree.Element(_q(CORE, "source"))
        )
    save(root, path)
