"""The habits of ParlaMint's machine-translated corpora: two TEI files, source and translation.

Every sentence of the translation points at its source with ``@corresp="mt-src:ID"``, the
prefix declared in the header; a sentence and its only translation bear the same id. Names are
``name`` of type PER, ORG, LOC or MISC. What ParlaMint has no place for (links of n to m, the
glossary's decisions, the review state of a sentence) stays in the master.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from bilingual.document import Edition, EntityKind
from bilingual.publish import view
from bilingual.publish.markup import LANG, Names, add, append_text, save
from bilingual.publish.plain_tei import Side, add_body, add_header, mark, new_tei, q, sides

__all__ = ["parlamint"]

_TYPES = {
    EntityKind.PERSON: "PER",
    EntityKind.ORGANISATION: "ORG",
    EntityKind.PLACE: "LOC",
    EntityKind.RESOLUTION: "MISC",
}


def _name(parent: etree._Element, run: view.Run) -> None:
    kind = _TYPES.get(run.decision.mention.kind) if run.decision else None
    if kind is None:
        append_text(parent, run.text)
    else:
        mark(parent, run, "name", type=kind)


def _file(edition: Edition, side: Side, source: Side, identifier: str, path: Path) -> None:
    translation = side is not source
    name = f"{identifier}-{side.language}" if translation else identifier
    extra = {"corresp": f"mt-src:{identifier}"} if translation else {}
    root = new_tei(name, side.language, **extra)
    prefixes = (
        [("mt-src", f"{path.name}.parlamint.xml#$1", "The source of the translation.")]
        if translation
        else []
    )
    languages = [side.language]
    add_header(root, edition, languages, [(side.language, side.sentences)], prefixes)
    text = add(root, q("text"), attributes={LANG: side.language})
    add_body(text, side, _name, "", "mt-src:" if translation else "")
    suffix = f"-{side.language}" if translation else ""
    save(root, path.with_name(f"{path.name}.parlamint{suffix}.xml"))


def parlamint(edition: Edition, path: Path) -> None:
    """Write ``path.parlamint.xml`` and ``path.parlamint-en.xml``. Raises F0002."""
    arabic, english = sides(edition)
    identifier = Names()(edition.source.name or "edition")
    _file(edition, arabic, arabic, identifier, path)
    _file(edition, english, arabic, identifier, path)
