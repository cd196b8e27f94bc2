"""The translators' loop: one PO catalogue a document, out and back without a lost word.

``export`` writes an edition as a catalogue for Poedit, Weblate or any editor of PO files;
``read_review`` reads what came back, and ``ReviewCatalogue.apply`` gives the reviewed sentences
with their links. See ``docs/review.md`` for what a translator can write.
"""

from bilingual.review.base import (
    MemoryMatch,
    ReviewResult,
    ReviewStatus,
    TranslationMemory,
    Unit,
)
from bilingual.review.catalogue import ReviewCatalogue, read_review
from bilingual.review.export import export

__all__ = [
    "MemoryMatch",
    "ReviewCatalogue",
    "ReviewResult",
    "ReviewStatus",
    "TranslationMemory",
    "Unit",
    "export",
    "read_review",
]
