"""Names and terms a glossary lacks, proposed from texts and their machine translation."""

from bilingual.suggest.propose import Suggestion, suggest
from bilingual.suggest.writing import with_suggestions

__all__ = ["Suggestion", "suggest", "with_suggestions"]
