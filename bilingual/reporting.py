"""What a person wants to know of an edition, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bilingual.document import Edition, Outcome, ReviewState, Severity

__all__ = ["NOTHING", "Report", "report"]


@dataclass(frozen=True, slots=True)
class Report:
    """Counts over one edition, or over many added up; ``as_json`` gives them to a machine."""

    segments: int
    mentions: int
    """Approved glossary mentions in the Arabic."""
    outcomes: Mapping[str, int]
    """Of the approved mentions: kept, chosen, inlined, projected, missed."""
    proposed: int
    """Mentions of entries that nobody has approved: reported, never enforced."""
    errors: int
    warnings: int
    findings: Mapping[str, int]
    """How often each check has spoken, by code."""
    review: Mapping[str, int]
    """Sentences by review state: mt, post-edited, approved."""

    def __add__(self, other: Report) -> Report:
        return Report(
            self.segments + other.segments,
            self.mentions + other.mentions,
            _sum(self.outcomes, other.outcomes),
            self.proposed + other.proposed,
            self.errors + other.errors,
            self.warnings + other.warnings,
            dict(sorted(_sum(self.findings, other.findings).items())),
            _sum(self.review, other.review),
        )

    @property
    def term_recall(self) -> float:
        """Share of the approved mentions whose controlled or accepted form is in the English."""
        if not self.mentions:
            return 1.0
        return 1 - self.outcomes[Outcome.MISSED.value] / self.mentions

    def as_json(self) -> dict[str, object]:
        """Plain values, in a fixed order."""
        return {
            "segments": self.segments,
            "mentions": self.mentions,
            "term_recall": round(self.term_recall, 4),
            "outcomes": dict(self.outcomes),
            "proposed": self.proposed,
            "errors": self.errors,
            "warnings": self.warnings,
            "findings": dict(self.findings),
            "review": dict(self.review),
        }


def report(edition: Edition) -> Report:
    """Count one edition."""
    decisions = [d for t in edition.translations for d in t.decisions]
    outcomes = Counter(d.outcome for d in decisions if d.mention.approved)
    severities = Counter(f.severity for f in edition.findings)
    review = Counter(t.state for t in edition.translations)
    return Report(
        segments=len(edition.segments),
        mentions=sum(outcomes.values()),
        outcomes={o.value: outcomes[o] for o in Outcome},
        proposed=sum(1 for d in decisions if not d.mention.approved),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        findings=dict(sorted(Counter(f.code for f in edition.findings).items())),
        review={s.value: review[s] for s in ReviewState},
    )


NOTHING = Report(
    0, 0, {o.value: 0 for o in Outcome}, 0, 0, 0, {}, {s.value: 0 for s in ReviewState}
)
"""The report of no edition: where a sum starts."""


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    # Outcomes and states keep the order of their definition, codes that of the alphabet.
    names = list(one) + sorted(set(other) - set(one))
    return {name: one.get(name, 0) + other.get(name, 0) for name in names}
