"""TMX 1.4b: the aligned pairs for a translation memory.

A unit a link; a sentence without its other side is no memory and is left out. Review state,
origin and the kind of the unit are ``prop`` elements, a reviewer's remark a ``note``. See the
TMX 1.4b Specification (LISA OSCAR, 2005).
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from bilingual.document import Edition
from bilingual.publish import view
from bilingual.publish.markup import LANG, add, date_time, save

__all__ = ["tmx"]

_DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def _stamp(value: str) -> str:
    """``YYYYMMDDThhmmssZ``, the only form TMX knows."""
    parts = date_time(value)
    return "{}{}{}T{}{}{}Z".format(*parts) if parts else ""


def tmx(edition: Edition, path: Path) -> None:
    """Write the translation memory. Raises F0002 when the place cannot be written."""
    root = etree.Element("tmx", version="1.4")
    header = add(
        root,
        "header",
        creationtool="bilingual",
        creationtoolversion=edition.signature.bilingual or "0",
        segtype="sentence",
        attributes={"o-tmf": "bilingual"},
        adminlang="en",
        srclang="ar",
        datatype="plaintext",
        creationdate=_stamp(edition.metadata.date),
    )
    facts = (
        ("title", view.title_en(edition)),
        ("source", edition.metadata.source_url),
        ("source-sha256", edition.source.sha256),
        ("signature", str(edition.signature)),
    )
    for name, value in facts:
        if value:
            add(header, "prop", value, type=f"x-{name}")
    body = add(root, "body")
    for row in view.rows(edition):
        if not row.sources or not row.targets:
            continue
        translations = [s.translation for s in row.targets if s.translation is not None]
        reviewed = max((t.reviewed for t in translations), default="")
        reviewer = next((t.reviewer for t in translations if t.reviewer), "")
        several = len(row.sources) > 1
        unit = add(
            body,
            "tu",
            tuid=row.id,
            segtype="block" if several else "",
            changedate=_stamp(reviewed),
            changeid=reviewer,
        )
        for translation in translations:
            if translation.note:
                add(unit, "note", translation.note)
        add(unit, "prop", row.kind.value, type="x-kind")
        for state in dict.fromkeys(t.state.value for t in translations):
            add(unit, "prop", state, type="x-state")
        for origin in dict.fromkeys(t.origin.value for t in translations):
            add(unit, "prop", origin, type="x-origin")
        for language, text in (("ar", row.arabic), ("en", row.english)):
            add(add(unit, "tuv", attributes={LANG: language}), "seg", text)
    save(root, path, _DOCTYPE)
