"""Figures of an edition, and what must be said of how its English was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bilingual.disclosure import statement
from bilingual.document import (
    Edition,
    EntityKind,
    LinkType,
    Origin,
    Outcome,
    ReviewState,
    Severity,
)

__all__ = ["Report", "disclosure_ar", "disclosure_en", "report"]


@dataclass(frozen=True, slots=True)
class Report:
    """Counts; every mapping holds all its keys, zeros included."""

    segments: int
    sentences: int
    links: int
    other_than_one_to_one: int
    omissions: int
    additions: int
    states: Mapping[ReviewState, int]
    origins: Mapping[Origin, int]
    outcomes: Mapping[EntityKind, Mapping[Outcome, int]]
    """Of the approved mentions, for the kinds that occur, in the order of ``EntityKind``."""
    approved: int
    met: int
    """Approved mentions whose English is a controlled or an accepted form."""
    proposed: int
    """Mentions of entries not approved: matched and reported only."""
    severities: Mapping[Severity, int]

    @property
    def recall(self) -> float | None:
        """Term recall over the approved mentions; None when there are none."""
        return self.met / self.approved if self.approved else None

    @property
    def reviewed(self) -> int:
        """English sentences a person has answered for."""
        return self.states[ReviewState.POST_EDITED] + self.states[ReviewState.APPROVED]

    def total(self, outcome: Outcome) -> int:
        """Approved mentions of all kinds with this outcome."""
        return sum(row[outcome] for row in self.outcomes.values())


def report(edition: Edition) -> Report:
    """Count an edition."""
    decisions = [d for t in edition.translations for d in t.decisions]
    approved = [d for d in decisions if d.mention.approved]
    found = Counter((d.mention.kind, d.outcome) for d in approved)
    kinds = [k for k in EntityKind if any(found[k, o] for o in Outcome)]
    states = Counter(t.state for t in edition.translations)
    origins = Counter(t.origin for t in edition.translations)
    types = Counter(k.type for k in edition.links)
    severities = Counter(f.severity for f in edition.findings)
    return Report(
        segments=len(edition.segments),
        sentences=len(edition.translations),
        links=len(edition.links),
        other_than_one_to_one=sum(
            1 for k in edition.links if (len(k.sources), len(k.targets)) != (1, 1)
        ),
        omissions=types[LinkType.OMISSION],
        additions=types[LinkType.ADDITION],
        states={s: states[s] for s in ReviewState},
        origins={o: origins[o] for o in Origin},
        outcomes={k: {o: found[k, o] for o in Outcome} for k in kinds},
        approved=len(approved),
        met=sum(1 for d in approved if d.outcome is not Outcome.MISSED),
        proposed=len(decisions) - len(approved),
        severities={s: severities[s] for s in Severity},
    )


def disclosure_en(figures: Report) -> str:
    """How the English was made, from the review states alone."""
    return _statement(figures)[0]


def disclosure_ar(figures: Report) -> str:
    """The same in Arabic."""
    return _statement(figures)[1]


def _statement(figures: Report) -> tuple[str, str]:
    machine = figures.origins[Origin.MACHINE] + figures.origins[Origin.COPIED]
    edited, approved = figures.states[ReviewState.POST_EDITED], figures.states[ReviewState.APPROVED]
    return statement(figures.sentences, machine, edited, approved)
