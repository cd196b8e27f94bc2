"""The types of the glossary: an entry of a catalogue, and how it is recognised."""

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
    """As folded, and ه also stands for ة (forms of several words do so anyway)."""
    EXACT = "exact"
    """Letter for letter as written."""
    CONTEXT = "context"
    """As folded, but only with one of ``context`` in the same segment."""
    BLOCK = "block"
    """Recognised so that nothing inside it is, and then not reported: a false friend."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalogue: an Arabic form of an entity and its controlled English.

    ``after``, ``not_after``, ``before`` and ``not_before`` speak of the word next to the form on
    that side; a ``*`` at the start or end of a word stands for any letters. A single letter in
    ``after`` means the proclitic glued to the form.
    """

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
    after: tuple[str, ...] = ()
    """``after:`` words, one of which must stand right before the form."""
    not_after: tuple[str, ...] = ()
    """``not-after:`` words that must not stand right before it."""
    before: tuple[str, ...] = ()
    """``before:`` words, one of which must follow the form."""
    not_before: tuple[str, ...] = ()
    """``not-before:`` words that must not follow it."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Every other ``name: value`` line."""
    catalogue: str = ""
    """Stem of the PO file."""
    line: int = 0
    """1-based line where the message begins in that file; 0 when unknown."""

    @property
    def conditional(self) -> bool:
        """Whether the form needs something beside it to be recognised."""
        return bool(self.context or self.after or self.before)
