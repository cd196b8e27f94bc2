"""What the types of the edition are called in print, and the facts printed of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from bilingual.document import (
    Edition,
    Entity,
    EntityKind,
    Form,
    Origin,
    Outcome,
    ReviewState,
)
from bilingual.publish import view
from bilingual.publish.legible import legible

__all__ = [
    "KIND_NAMES",
    "ORIGIN_NAMES",
    "OUTCOME_MEANING",
    "STATE_NAMES",
    "IndexEntry",
    "edition_facts",
    "index",
    "made_with",
    "source_facts",
    "state_line",
    "symbol_url",
    "wikidata",
]

KIND_NAMES: Mapping[EntityKind, tuple[str, str]] = {
    EntityKind.PERSON: ("person", "Persons"),
    EntityKind.ORGANISATION: ("organisation", "Organisations"),
    EntityKind.PLACE: ("place", "Places"),
    EntityKind.RESOLUTION: ("resolution", "Resolutions"),
    EntityKind.TERM: ("term", "Terms"),
    EntityKind.TITLE: ("title", "Titles"),
    EntityKind.DATE: ("date", "Dates"),
    EntityKind.OTHER: ("other", "Others"),
}
OUTCOME_MEANING: Mapping[Outcome, str] = {
    Outcome.KEPT: "the engine wrote the controlled form itself",
    Outcome.CHOSEN: "taken from another of the engine’s versions",
    Outcome.INLINED: "brought out by decoding again with the form in place",
    Outcome.PROJECTED: "put in place of the engine’s words",
    Outcome.MISSED: "not found in the English",
}
STATE_NAMES: Mapping[ReviewState, str] = {
    ReviewState.MT: "machine translation, not reviewed",
    ReviewState.POST_EDITED: "corrected by a person",
    ReviewState.APPROVED: "approved by a person",
}
ORIGIN_NAMES: Mapping[Origin, str] = {
    Origin.MACHINE: "decoded by the engine",
    Origin.COPIED: "copied, nothing to translate",
    Origin.REVIEW: "a reviewer’s words",
    Origin.MEMORY: "from the translation memory",
}


def state_line(sentence: view.Sentence) -> str:
    """What a person should know of one English sentence, in a line."""
    translation = sentence.translation
    if translation is None:
        return ""
    said = STATE_NAMES[translation.state]
    if translation.origin in (Origin.COPIED, Origin.MEMORY):
        said += f" ({ORIGIN_NAMES[translation.origin]})"
    if translation.reviewer:
        said += f"; {translation.reviewer}"
    if translation.reviewed:
        said += f", {translation.reviewed}"
    return said


def wikidata(entity: Entity) -> str:
    """The item's number when the fact is one, else empty."""
    item = entity.facts.get("wikidata", "")
    return item if item[:1] == "Q" and item[1:].isascii() and item[1:].isdigit() else ""


def symbol_url(entity: Entity) -> str:
    """Where the United Nations publishes a resolution, from its symbol."""
    if entity.kind is not EntityKind.RESOLUTION or "/" not in entity.key:
        return ""
    return "https://undocs.org/" + quote(legible(entity.key), safe="/()")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One entity as the index prints it."""

    entity: Entity
    name: str
    arabic: str
    also: tuple[Form, ...]
    approved: bool
    facts: tuple[tuple[str, str], ...]
    title_ar: str
    wikidata: str
    url: str
    rows: tuple[view.Row, ...]


def index(
    edition: Edition, found: tuple[view.Row, ...]
) -> list[tuple[EntityKind, list[IndexEntry]]]:
    """The entities by kind, then by their English, each with the rows that mention it."""
    places = view.occurrences(found)
    groups: dict[EntityKind, list[IndexEntry]] = {}
    for entity in view.all_entities(edition):
        forms = entity.forms
        groups.setdefault(entity.kind, []).append(
            IndexEntry(
                entity=entity,
                name=(forms[0].english if forms else "") or entity.key,
                arabic=forms[0].arabic if forms else "",
                also=forms[1:],
                approved=any(f.approved for f in forms),
                facts=tuple(
                    (k, v) for k, v in entity.facts.items() if k not in ("wikidata", "title-ar")
                ),
                title_ar=entity.facts.get("title-ar", ""),
                wikidata=wikidata(entity),
                url=symbol_url(entity),
                rows=places.get(entity.key, ()),
            )
        )
    for entries in groups.values():
        entries.sort(key=lambda e: (e.name.casefold(), e.entity.key))
    return [(kind, groups[kind]) for kind in EntityKind if kind in groups]


def _filled(facts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in facts if value]


def source_facts(edition: Edition) -> list[tuple[str, str]]:
    """What is known of the source, in order."""
    meta, source = edition.metadata, edition.source
    return _filled(
        [
            ("Title", view.title_ar(edition)),
            ("Author", meta.author),
            ("Publisher", meta.source_publisher),
            ("Date", meta.source_date),
            ("Address", meta.source_url),
            ("Rights", meta.source_rights),
            ("File", source.name),
            ("SHA-256", source.sha256),
        ]
    )


def edition_facts(edition: Edition) -> list[tuple[str, str]]:
    """What the publisher says of the edition, in order."""
    meta = edition.metadata
    return _filled(
        [
            ("Title", view.title_en(edition)),
            ("Publisher", meta.publisher),
            ("Editor", meta.editor),
            ("Edition", meta.edition),
            ("Date", meta.date),
            ("Licence", meta.licence),
            ("Licence text", meta.licence_url),
            ("Identifier", meta.identifier),
        ]
    )


def made_with(edition: Edition) -> list[tuple[str, str]]:
    """Versions and options that made the English."""
    sign = edition.signature
    return _filled(
        [
            ("bilingual", sign.bilingual),
            ("Segmenter", sign.segmenter),
            ("Engine", sign.engine),
            ("Package", sign.package),
            ("Package SHA-256", sign.package_sha256),
            ("Glossary SHA-256", sign.glossary_sha256 or "no glossary"),
            *((name, value) for name, value in sorted(sign.options.items())),
        ]
    )
