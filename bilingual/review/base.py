"""What the review of a document gives and takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bilingual.document import Finding, Link, ReviewState, Translation

__all__ = ["MemoryMatch", "ReviewResult", "ReviewStatus", "TranslationMemory", "Unit"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of Arabic and the English a person answers for."""

    arabic: str
    english: str
    state: ReviewState
    reviewer: str = ""
    reviewed: str = ""
    """ISO 8601 date or date-time; empty when unknown."""
    document: str = ""
    """Stem of the article."""
    segment: str = ""


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """A remembered unit for some Arabic, and how near its own Arabic is."""

    arabic: str
    english: str
    score: float
    """1.0 for the same text after cleaning."""
    state: ReviewState
    reviewer: str = ""
    reviewed: str = ""
    document: str = ""
    segment: str = ""


class TranslationMemory(Protocol):
    """What the review asks of a memory; ``bilingual.memory.Memory`` is one."""

    def exact(self, text: str) -> MemoryMatch | None:
        """What is remembered for this very Arabic."""
        ...

    def near(self, text: str, threshold: float = ..., limit: int = ...) -> Sequence[MemoryMatch]:
        """Remembered units whose Arabic is like ``text``, the nearest first."""
        ...


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """What reviewers decided, for the segments it ``covers``; the machine does the rest."""

    translations: tuple[Translation, ...] = ()
    """Reviewed sentences in the order of the Arabic, added ones among them."""
    links: tuple[Link, ...] = ()
    """In the same order: translations (n:m), omissions and additions."""
    findings: tuple[Finding, ...] = ()
    covered: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    """Segments whose words wait for a person (a draft, a conflict): the memory keeps off them."""
    anchors: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    """For an added sentence, the segment it stands at, and whether before its sentences."""

    def covers(self, segment: str) -> bool:
        """Whether the segment with this id needs no machine translation."""
        return segment in self.covered

    def withholds(self, segment: str) -> bool:
        """Whether a person is at work on this segment, so that nothing from elsewhere fits."""
        return segment in self.withheld

    def lay_in(
        self, order: Sequence[str], translations: Sequence[Translation], links: Sequence[Link]
    ) -> tuple[tuple[Translation, ...], tuple[Link, ...]]:
        """The reviewed sentences and links among the machine's.

        ``order`` are the ids of all segments; ``translations`` and ``links`` are those of the
        segments not covered, each link with at least one source.
        """
        places = {segment: place for place, segment in enumerate(order)}
        keyed: list[tuple[int, int, int, Link]] = []
        for link in (*links, *self.links):
            if link.sources:
                place, side = min(places[s] for s in link.sources), 0
            else:
                anchor, before = self.anchors[link.targets[0]]
                place, side = places[anchor], -1 if before else 1
            keyed.append((place, side, len(keyed), link))
        ordered = tuple(link for *_, link in sorted(keyed, key=lambda item: item[:3]))
        english = {t.id: t for t in (*translations, *self.translations)}
        return tuple(english[target] for link in ordered for target in link.targets), ordered


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """How far the review of one document is. Counts are of messages, that is of segments."""

    document: str
    total: int
    approved: int
    post_edited: int
    reused: int
    """Reviewed elsewhere: taken from the translation memory."""
    copied: int
    """Nothing to translate."""
    unreviewed: int
    """Machine translation nobody touched, or nothing at all."""
    drafts: int
    """Words of a person, still fuzzy: begun, or the Arabic has changed since."""
    conflicts: int
    """Two versions left by a merge, for a person to decide."""
    words_left: int
    """Arabic words of the segments still to be reviewed."""
    obsolete: int
    """Kept, but without a place in the article."""

    @property
    def done(self) -> bool:
        """Whether nothing is left to review."""
        return not (self.unreviewed or self.drafts or self.conflicts)

    def as_mapping(self) -> dict[str, object]:
        """For JSON: every count, and ``done``."""
        counts = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**counts, "done": self.done}
