"""One document: text in, Edition out. The one place that knows the order of the steps.

A document is *prepared* (segments, mentions, what reviewers already wrote), the segments that
are left are *rendered* into English, and an edition is *assembled*. Preparing and assembling
need no engine, and rendering knows no document, so that many documents can share a batch and
equal segments are decoded once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bilingual.cache import Cache
from bilingual.checks import check_translation
from bilingual.document import (
    Decision,
    Edition,
    Entity,
    Finding,
    Link,
    Mention,
    Metadata,
    Origin,
    Outcome,
    ReviewState,
    Segment,
    Signature,
    SourceText,
    Translation,
)
from bilingual.engine.base import Engine
from bilingual.glossary import Glossary
from bilingual.memory import Memory
from bilingual.review import MemoryMatch, ReviewCatalogue, ReviewResult
from bilingual.script import has_arabic
from bilingual.segmentation import VERSION as SEGMENTER_VERSION
from bilingual.segmentation import segment as segment_text
from bilingual.terminology import VERSION as TERMINOLOGY_VERSION
from bilingual.terminology import Rendering, Request, locate, plain, render
from bilingual.version import __version__

__all__ = ["Pipeline", "Prepared", "RenderCount"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document before its machine translation."""

    source: SourceText
    segments: tuple[Segment, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    """Those of each segment, offsets into the source text."""
    requests: tuple[Request | None, ...]
    """What the engine is asked for each segment; None where a person's words stand."""
    review: ReviewResult | None
    remembered: Mapping[str, MemoryMatch]
    """By segment: reviewed English of the same Arabic in another document."""
    findings: tuple[Finding, ...]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class RenderCount:
    """What a call of ``Pipeline.render`` had to do."""

    segments: int
    """Asked for."""
    repeated: int
    """Equal to an earlier one of the same call, so done once."""
    cached: int
    """Found in the cache."""
    decoded: int
    """Decoded by the engine, each counted once however many passes it took."""
    decoded_pieces: int
    """Target pieces of the decoded segments, all passes."""

    def __add__(self, other: RenderCount) -> RenderCount:
        return RenderCount(
            self.segments + other.segments,
            self.repeated + other.repeated,
            self.cached + other.cached,
            self.decoded + other.decoded,
            self.decoded_pieces + other.decoded_pieces,
        )


NOTHING_RENDERED = RenderCount(0, 0, 0, 0, 0)


class Pipeline:
    """The steps, bound to one engine, one glossary and what is remembered.

    Without a ``glossary`` none is applied. ``cache`` keeps machine translations from run to
    run; ``memory`` holds reviewed segments of other documents.
    """

    def __init__(
        self,
        engine: Engine,
        glossary: Glossary | None = None,
        *,
        cache: Cache | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.engine = engine
        self.glossary = glossary
        self.cache = cache
        self.memory = memory
        self._signature: Signature | None = None

    @property
    def signature(self) -> Signature:
        """Versions and options of everything that has a say in the words."""
        if self._signature is None:
            package = self.engine.package
            self._signature = Signature(
                bilingual=__version__,
                segmenter=f"bilingual-segment {SEGMENTER_VERSION}",
                engine=self.engine.name,
                package=f"{package.name} {package.version}",
                package_sha256=package.sha256,
                glossary_sha256=self.glossary.sha256 if self.glossary is not None else "",
                options={
                    **self.engine.options.as_mapping(),
                    "terminology": TERMINOLOGY_VERSION,
                },
            )
        return self._signature

    def find(self, text: str, segments: Sequence[Segment] | None = None) -> tuple[Mention, ...]:
        """The glossary's mentions in a text; none without a glossary."""
        return self.glossary.mentions(text, segments) if self.glossary is not None else ()

    def prepare(
        self,
        source: SourceText,
        *,
        metadata: Metadata | None = None,
        review: ReviewCatalogue | None = None,
    ) -> Prepared:
        """Segment a text, find its mentions, and lay in what people have already written."""
        segments = segment_text(source.text)
        mentions = _by_segment(segments, self.find(source.text, segments))
        findings: tuple[Finding, ...] = ()
        if self.glossary is not None:
            findings = self.glossary.findings(source.text, segments)
        texts = [source.text[s.start : s.end] for s in segments]
        reviewed: ReviewResult | None = None
        if review is not None:
            reviewed = review.apply(segments, texts, document=source.name, memory=self.memory)
            findings += reviewed.findings
        remembered: dict[str, MemoryMatch] = {}
        requests: list[Request | None] = []
        for segment, text, here in zip(segments, texts, mentions, strict=True):
            request: Request | None = None
            if reviewed is None or not reviewed.covers(segment.id):
                match = self.memory.exact(text) if self.memory is not None else None
                # Words a reviewer has begun, or set back, are not overtaken from elsewhere.
                busy = reviewed is not None and reviewed.withholds(segment.id)
                if match is not None and not busy:
                    remembered[segment.id] = match
                else:
                    request = Request(text, tuple(_shift(m, -segment.start) for m in here))
            requests.append(request)
        return Prepared(
            source,
            segments,
            mentions,
            tuple(requests),
            reviewed,
            remembered,
            findings,
            metadata if metadata is not None else Metadata(),
        )

    def render(
        self, requests: Sequence[Request], *, cache: Cache | None = None
    ) -> tuple[list[Rendering], RenderCount]:
        """English for each request, in order; equal ones are decoded once, known ones never.

        ``cache`` takes the place of the pipeline's own for this call.
        """
        cache = self.cache if cache is None else cache
        distinct = list(dict.fromkeys(requests))
        done: dict[Request, Rendering] = {}
        keys: dict[Request, str] = {}
        if cache is not None:
            keys = {r: self._cache_key(r) for r in distinct}
            stored = cache.get_many(list(keys.values()))
            for request, key in keys.items():
                if key in stored:
                    rendering = _thaw(request, stored[key])
                    if rendering is not None:
                        done[request] = rendering
        cached = len(done)
        missing = [r for r in distinct if r not in done]
        # Without a glossary there is no ladder to climb: the engine's words as they come.
        fresh = (render if self.glossary is not None else plain)(missing, self.engine)
        done.update(zip(missing, fresh, strict=True))
        if cache is not None and missing:
            cache.put_many({keys[r]: _freeze(done[r]) for r in missing})
        count = RenderCount(
            segments=len(requests),
            repeated=len(requests) - len(distinct),
            cached=cached,
            decoded=sum(1 for r in fresh if r.decodes),
            decoded_pieces=sum(r.pieces for r in fresh),
        )
        return [done[r] for r in requests], count

    def assemble(self, prepared: Prepared, renderings: Sequence[Rendering]) -> Edition:
        """Make the edition of a prepared document.

        ``renderings`` answer the requests that are not None, in order.
        """
        waiting = iter(renderings)
        made: list[Translation] = []
        links: list[Link] = []
        for segment, mentions, request in zip(
            prepared.segments, prepared.mentions, prepared.requests, strict=True
        ):
            if request is not None:
                text = prepared.source.text[segment.start : segment.end]
                made.append(_machine(segment, mentions, next(waiting), text))
            elif segment.id in prepared.remembered:
                made.append(_remembered(segment, mentions, prepared.remembered[segment.id]))
            else:
                continue
            links.append(Link((segment.id,), (segment.id,)))
        translations = tuple(made)
        if prepared.review is not None:
            translations, links = _lay_in(prepared, prepared.review, translations, links)
        findings = (*prepared.findings, *self._check(prepared, translations, links))
        return Edition(
            source=prepared.source,
            segments=prepared.segments,
            translations=translations,
            links=tuple(links),
            entities=self._entities(prepared),
            findings=findings,
            metadata=prepared.metadata,
            signature=self.signature,
        )

    def build(
        self,
        source: SourceText,
        *,
        metadata: Metadata | None = None,
        review: ReviewCatalogue | None = None,
    ) -> Edition:
        """The edition of one document."""
        prepared = self.prepare(source, metadata=metadata, review=review)
        renderings, _ = self.render([r for r in prepared.requests if r is not None])
        return self.assemble(prepared, renderings)

    def _entities(self, prepared: Prepared) -> tuple[Entity, ...]:
        if self.glossary is None:
            return ()
        keys = sorted({m.key for here in prepared.mentions for m in here})
        entities = (self.glossary.entity(key) for key in keys)
        return tuple(e for e in entities if e is not None)

    def _check(
        self, prepared: Prepared, translations: Sequence[Translation], links: Sequence[Link]
    ) -> list[Finding]:
        segments = {s.id: s for s in prepared.segments}
        english = {t.id: t for t in translations}
        findings: list[Finding] = []
        for link in links:
            if not link.sources or not link.targets:
                continue
            sides = [segments[i] for i in link.sources]
            targets = [english[i] for i in link.targets]
            findings += check_translation(
                " ".join(prepared.source.text[s.start : s.end] for s in sides),
                " ".join(t.text for t in targets),
                [d for t in targets for d in t.decisions],
                link.sources[0],
                sides[0].kind,
            )
        return findings

    def _cache_key(self, request: Request) -> str:
        made_by = [
            self.engine.name,
            self.engine.package.sha256,
            sorted(self.engine.options.as_mapping().items()),
            TERMINOLOGY_VERSION if self.glossary is not None else "plain",
        ]
        forms = [
            [m.start, m.end, m.kind, m.target, m.accepted, m.approved, m.forbidden]
            for m in request.mentions
        ]
        payload = json.dumps([made_by, request.text, forms], ensure_ascii=True)
        return hashlib.sha256(payload.encode("ascii")).hexdigest()


def _by_segment(
    segments: Sequence[Segment], mentions: Sequence[Mention]
) -> tuple[tuple[Mention, ...], ...]:
    """The mentions of each segment; both come in order of place, and none crosses a border."""
    out: list[tuple[Mention, ...]] = []
    i = 0
    for segment in segments:
        here: list[Mention] = []
        while i < len(mentions) and mentions[i].start < segment.end:
            here.append(mentions[i])
            i += 1
        out.append(tuple(here))
    return tuple(out)


def _shift(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)


def _machine(
    segment: Segment, mentions: Sequence[Mention], rendering: Rendering, text: str
) -> Translation:
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


def _remembered(segment: Segment, mentions: Sequence[Mention], match: MemoryMatch) -> Translation:
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


def _lay_in(
    prepared: Prepared,
    review: ReviewResult,
    translations: Sequence[Translation],
    links: Sequence[Link],
) -> tuple[tuple[Translation, ...], list[Link]]:
    """Reviewers' sentences among the machine's, in the order of the Arabic, their terms found."""
    order = [s.id for s in prepared.segments]
    every, ordered = review.lay_in(order, translations, links)
    mentions = dict(zip(order, prepared.mentions, strict=True))
    reviewed = {t.id for t in review.translations}
    english = {t.id: t for t in every}
    for link in ordered:
        if link.sources and reviewed.issuperset(link.targets):
            here = [m for segment in link.sources for m in mentions[segment]]
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


def _freeze(rendering: Rendering) -> bytes:
    decisions = [[d.outcome, d.start, d.end, d.form] for d in rendering.decisions]
    return json.dumps([rendering.text, decisions], ensure_ascii=False).encode("utf-8")


def _thaw(request: Request, data: bytes) -> Rendering | None:
    """What was stored, or None when it cannot be what this request was answered with."""
    try:
        text, stored = json.loads(data)
        decisions = tuple(
            Decision(mention, Outcome(outcome), start, end, form)
            for mention, (outcome, start, end, form) in zip(request.mentions, stored, strict=True)
        )
    except (ValueError, TypeError):
        return None
    return Rendering(text, decisions, decodes=0)
