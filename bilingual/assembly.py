"""English sentences of an edition from where they come: the machine, a reviewer, the memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bilingual.document import (
    Decision,
    Link,
    Mention,
    Origin,
    Outcome,
    ReviewState,
    Segment,
    Translation,
)
from bilingual.review import MemoryMatch, ReviewResult
from bilingual.script import has_arabic
from bilingual.terminology import Rendering, locate

__all__ = ["lay_in", "of_machine", "of_memory"]


def of_machine(
    segment: Segment, mentions: Sequence[Mention], rendering: Rendering, text: str
) -> Translation:
    """The engine's sentence for a segment, its decisions on the document's own mentions."""
    decisions = tuple(
        replace(decision, mention=mention)
        for decision, mention in zip(rendering.decisions, mentions, strict=True)
    )
    return Translation(
        segment.id,
        rendering.text,
        segment.paragraph,
        state=ReviewState.MT,
        origin=Origin.MACHINE if has_arabic(text) else Origin.COPIED,
        decisions=decisions,
    )


def of_memory(segment: Segment, mentions: Sequence[Mention], match: MemoryMatch) -> Translation:
    """The sentence a person wrote for the same Arabic in another document."""
    return Translation(
        segment.id,
        match.english,
        segment.paragraph,
        state=match.state,
        origin=Origin.MEMORY,
        decisions=_decide(mentions, match.english),
        reviewer=match.reviewer,
        reviewed=match.reviewed,
    )


def lay_in(
    segments: Sequence[Segment],
    mentions: Sequence[Sequence[Mention]],
    review: ReviewResult,
    translations: Sequence[Translation],
    links: Sequence[Link],
) -> tuple[tuple[Translation, ...], list[Link]]:
    """Reviewers' sentences among the machine's, in the order of the Arabic, their terms found."""
    order = [s.id for s in segments]
    every, ordered = review.lay_in(order, translations, links)
    found = dict(zip(order, mentions, strict=True))
    reviewed = {t.id for t in review.translations}
    english = {t.id: t for t in every}
    for link in ordered:
        if link.sources and reviewed.issuperset(link.targets):
            here = [m for segment in link.sources for m in found[segment]]
            english |= {t.id: t for t in _share(here, [english[i] for i in link.targets])}
    return tuple(english[t.id] for t in every), list(ordered)


def _decide(mentions: Sequence[Mention], english: str) -> tuple[Decision, ...]:
    """What a person's English holds of the glossary: nothing is enforced on it."""
    return tuple(
        Decision(mention, Outcome.MISSED)
        if span is None
        else Decision(mention, Outcome.KEPT, *span, english[slice(*span)])
        for mention, span in zip(mentions, locate(english, mentions), strict=True)
    )


def _share(mentions: Sequence[Mention], sentences: Sequence[Translation]) -> list[Translation]:
    """Each mention decided in the first sentence that has it, in the last when none does."""
    left = list(mentions)
    out: list[Translation] = []
    for place, sentence in enumerate(sentences, 1):
        decisions = _decide(left, sentence.text)
        if place < len(sentences):
            decisions = tuple(d for d in decisions if d.outcome is not Outcome.MISSED)
        decided = {d.mention for d in decisions}
        left = [m for m in left if m not in decided]
        out.append(replace(sentence, decisions=decisions))
    return out
