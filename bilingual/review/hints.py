"""The ``#.`` lines that help a reviewer: forms, misses, checks, near matches, neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilingual.document import Decision, Edition, Finding, Outcome, Segment, SegmentKind
from bilingual.review.base import TranslationMemory
from bilingual.review.message import note, one_line
from bilingual.review.typed import English

__all__ = ["Hints"]

_NEIGHBOUR = 120  # characters of a neighbour that are shown


class Hints:
    """The ``#.`` lines that help a reviewer with one segment."""

    def __init__(
        self, edition: Edition, texts: Sequence[str], memory: TranslationMemory | None
    ) -> None:
        self._segments = edition.segments
        self._texts = texts
        self._memory = memory
        self._findings: dict[str, list[Finding]] = {}
        for finding in edition.findings:
            # What the catalogue itself made the build say is no news to who reads it here.
            if finding.segment and not finding.code.startswith("R"):
                self._findings.setdefault(finding.segment, []).append(finding)

    def lines(self, place: int, english: Mapping[str, English]) -> list[str]:
        """Hints for the segment at this place."""
        segment = self._segments[place]
        out: list[str] = []
        if segment.kind is not SegmentKind.BODY:
            out.append(note("kind", segment.kind))
        here = english.get(segment.id)
        out += _glossary(segment, here.decisions if here else ())
        for finding in self._findings.get(segment.id, ()):
            out.append(note("check", f"{finding.code} {finding.message}"))
        out += self._near(place)
        if place:
            out.append(note("before", _shortened(self._texts[place - 1])))
        if place + 1 < len(self._texts):
            out.append(note("after", _shortened(self._texts[place + 1])))
        return list(dict.fromkeys(out))

    def _near(self, place: int) -> list[str]:
        if self._memory is None:
            return []
        return [
            note(
                "memory",
                f"{match.score:.0%} {one_line(match.english)} | {one_line(match.arabic)}"
                f" | {match.document} {match.segment}",
            )
            for match in self._memory.near(self._texts[place])
            if match.score < 1.0
        ]


def _glossary(segment: Segment, decisions: Sequence[Decision]) -> list[str]:
    out: list[str] = []
    for decision in sorted(decisions, key=lambda d: d.mention.start):
        mention = decision.mention
        if not segment.start <= mention.start < segment.end:
            continue
        also = f" (also: {', '.join(mention.accepted)})" if mention.accepted else ""
        proposed = "" if mention.approved else " (proposed)"
        form = f"{mention.surface} = {mention.target}{also}{proposed}"
        out.append(note("glossary", form))
        if decision.outcome is Outcome.MISSED and mention.approved:
            out.append(note("missed", f"{mention.surface} = {mention.target}"))
    return out


def _shortened(text: str) -> str:
    text = one_line(text)
    if len(text) <= _NEIGHBOUR:
        return text
    return text[:_NEIGHBOUR].rpartition(" ")[0] + " …"
