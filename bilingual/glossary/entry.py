"""The glossary as objects: entries of the catalogues and the whole they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bilingual.document import EntityKind

__all__ = ["Entry", "MatchMode"]


class MatchMode(StrEnum):
    """How an Arabic form is recognised; the ``match:`` line of an entry."""

    FOLDED = "folded"
    """By its folded key, proclitics allowed (the default)."""
    TEH = "teh"
    """As folded, and ه also stands for ة."""
    EXACT = "exact"
    """Letter for letter as written."""
    CONTEXT = "context"
    """As folded, but only with one of ``context`` in the same segment."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalogue: an Arabic form of an entity and its controlled English."""

    key: str
    """``msgctxt``: the entity."""
    kind: EntityKind
    arabic: str
    """``msgid``."""
    english: str
    """``msgstr``."""
    approved: bool = True
    """False while the message is ``fuzzy``: matched and reported, never enforced."""
    accepted: tuple[str, ...] = ()
    """``also:`` other English that may stand."""
    forbidden: tuple[str, ...] = ()
    """``forbidden:`` English that must not appear."""
    match: MatchMode = MatchMode.FOLDED
    context: tuple[str, ...] = ()
    """``context:`` words, one of which must be in the segment."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Every other ``name: value`` line."""
    catalogue: str = ""
    """Stem of the PO file."""
    line: int = 0
    """1-based line of the message in that file; 0 when unknown."""
