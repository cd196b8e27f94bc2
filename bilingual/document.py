"""What every part of the library passes to the next: plain, frozen data.

Spans are ``[start, end)`` offsets in Python characters. Spans of the Arabic count into the
unchanged ``SourceText.text``; spans of the English count into the ``Translation.text`` they
belong to. This module imports nothing of the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Decision",
    "Edition",
    "Entity",
    "EntityKind",
    "Finding",
    "Form",
    "Link",
    "LinkType",
    "Mention",
    "Metadata",
    "Origin",
    "Outcome",
    "ReviewState",
    "Segment",
    "SegmentKind",
    "Severity",
    "Signature",
    "SourceText",
    "Translation",
]


class SegmentKind(StrEnum):
    """What a unit of the source is, in the terms of a newspaper page."""

    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    BYLINE = "byline"
    DATELINE = "dateline"
    BODY = "body"
    SOURCE = "source"
    BOILERPLATE = "boilerplate"
    NUMBER = "number"


class EntityKind(StrEnum):
    """What a glossary entry names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    RESOLUTION = "resolution"
    TERM = "term"
    TITLE = "title"
    DATE = "date"
    OTHER = "other"


class Outcome(StrEnum):
    """How a controlled form reached the English, or did not."""

    KEPT = "kept"
    CHOSEN = "chosen"
    INLINED = "inlined"
    PROJECTED = "projected"
    MISSED = "missed"


class ReviewState(StrEnum):
    """Who answers for an English sentence."""

    MT = "mt"
    POST_EDITED = "post-edited"
    APPROVED = "approved"


class Origin(StrEnum):
    """Where the words of an English sentence come from."""

    MACHINE = "machine"
    """Decoded by the engine (now, or earlier and cached)."""
    COPIED = "copied"
    """Nothing to translate (a number, Latin text): the source, its digits in ASCII."""
    REVIEW = "review"
    """A person's words, from the review catalogue of this document."""
    MEMORY = "memory"
    """A person's words for the same Arabic, from the translation memory."""


class LinkType(StrEnum):
    """What an alignment link says of its two sides."""

    TRANSLATION = "translation"
    OMISSION = "omission"
    ADDITION = "addition"


class Severity(StrEnum):
    """How much a finding matters: an error fails ``--strict``, a note never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded source file. ``text`` is never altered, not even its line ends."""

    text: str
    name: str
    """Stem of the file; names outputs and the edition."""
    encoding: str = "utf-8"
    sha256: str = ""
    """Of the bytes of the file, hexadecimal."""
    path: str = ""
    """As given by the caller, for messages only: it is never published."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A unit of the source: a sentence, or a heading, byline, footer on a line of its own.

    No white space stands at either end. ``id`` is ``p5.s3``: paragraph 5, sentence 3.
    """

    id: str
    start: int
    end: int
    kind: SegmentKind
    paragraph: int
    """1-based."""


@dataclass(frozen=True, slots=True)
class Form:
    """One Arabic form of an entity and the English it is given."""

    arabic: str
    english: str
    accepted: tuple[str, ...] = ()
    """Other English that may stand in the text instead."""
    approved: bool = True


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body, place, resolution or term of the glossary, with all its forms.

    ``facts`` are the machine-readable lines of the catalogue (``wikidata``, ``role``, ``title``,
    ``title-ar``, ``date``, ``vote`` ...), in the catalogue's order, a name at most once.
    """

    key: str
    kind: EntityKind
    forms: tuple[Form, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    catalogue: str = ""
    """Stem of the PO file it stands in; empty for one computed from the text."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An occurrence of an entity in the Arabic; glued proclitics stand outside the span."""

    start: int
    end: int
    surface: str
    key: str
    kind: EntityKind
    target: str
    """The controlled English form for this surface."""
    accepted: tuple[str, ...] = ()
    approved: bool = True
    """False: proposed in the glossary (or computed), so matched and reported, never enforced."""
    forbidden: tuple[str, ...] = ()
    """English that must not appear for it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one mention in the English."""

    mention: Mention
    outcome: Outcome
    start: int | None = None
    """Span in the English; None exactly when ``outcome`` is missed."""
    end: int | None = None
    form: str = ""
    """The English at that span."""


@dataclass(frozen=True, slots=True)
class Translation:
    """An English sentence. ``id`` is that of the Arabic segment it was made from, where one is."""

    id: str
    text: str
    paragraph: int
    state: ReviewState = ReviewState.MT
    origin: Origin = Origin.MACHINE
    decisions: tuple[Decision, ...] = ()
    reviewer: str = ""
    reviewed: str = ""
    """ISO 8601 date or date-time of the review; empty when unreviewed or unknown."""
    note: str = ""
    """A reviewer's remark."""


@dataclass(frozen=True, slots=True)
class Link:
    """An alignment link: ids of segments on the left, of translations on the right.

    One side is empty for an omission (no English) or an addition (no Arabic).
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    type: LinkType = LinkType.TRANSLATION


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check has to say of one link or of the document."""

    code: str
    severity: Severity
    message: str
    segment: str = ""
    """Id of the segment; empty when it concerns the whole document."""
    start: int | None = None
    """Span in the source text, where one is known."""
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the publisher says of the source and of the edition; every field may be empty."""

    title_ar: str = ""
    title_en: str = ""
    author: str = ""
    source_publisher: str = ""
    source_date: str = ""
    """ISO 8601 date of the article; relative dates of the text are resolved from it."""
    source_url: str = ""
    source_rights: str = ""
    publisher: str = ""
    editor: str = ""
    edition: str = ""
    date: str = ""
    """ISO 8601 date of the edition. Never the clock: outputs stay the same from run to run."""
    licence: str = ""
    licence_url: str = ""
    identifier: str = ""
    """A URI of the edition."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Versions and options that made a translation; same signature, same input, same words."""

    bilingual: str
    segmenter: str
    engine: str
    """Name and version of the engine, ``ctranslate2 4.8.5``."""
    package: str
    """Name and version of the model package, ``translate-ar_en 0.1``."""
    package_sha256: str = ""
    glossary_sha256: str = ""
    """Of the approved content of the catalogues; empty when none was used."""
    options: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = [
            f"bilingual:{self.bilingual}",
            f"segmenter:{self.segmenter}",
            f"engine:{self.engine}",
            f"package:{self.package}",
            f"package-sha256:{self.package_sha256[:12]}",
            f"glossary-sha256:{self.glossary_sha256[:12] or 'none'}",
            *(f"{name}:{value}" for name, value in sorted(self.options.items())),
        ]
        return "|".join(parts)


@dataclass(frozen=True, slots=True)
class Edition:
    """An aligned bilingual edition of one article: everything that is published, and why."""

    source: SourceText
    segments: tuple[Segment, ...]
    translations: tuple[Translation, ...]
    links: tuple[Link, ...]
    entities: tuple[Entity, ...]
    """Those that the text mentions, in order of key."""
    findings: tuple[Finding, ...]
    metadata: Metadata
    signature: Signature

    def segment_text(self, segment: Segment) -> str:
        """The Arabic of one segment, unchanged."""
        return self.source.text[segment.start : segment.end]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention in the Arabic, by place."""
        found = {d.mention for t in self.translations for d in t.decisions}
        return tuple(sorted(found, key=lambda m: (m.start, m.end)))
