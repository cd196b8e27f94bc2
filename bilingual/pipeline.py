"""One document: text in, Edition out. The one place that knows the order of the steps.

A document is *prepared* (segments, mentions, what reviewers already wrote), the segments that
are left are *rendered* into English, and an edition is *assembled*. Preparing and assembling
need no engine, and rendering knows no document, so that many documents can share a batch and
equal segments are decoded once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bilingual.assembly import lay_in, of_machine, of_memory
from bilingual.cache import Cache
from bilingual.checks import check_translation
from bilingual.document import (
    Edition,
    Entity,
    Finding,
    Link,
    Mention,
    Metadata,
    Segment,
    Signature,
    SourceText,
    Translation,
)
from bilingual.engine.base import Engine
from bilingual.glossary import Glossary
from bilingual.memory import Memory
from bilingual.rendering import NOTHING_RENDERED, RenderCount, render_all
from bilingual.review import MemoryMatch, ReviewCatalogue, ReviewResult
from bilingual.segmentation import VERSION as SEGMENTER_VERSION
from bilingual.segmentation import segment as segment_text
from bilingual.terminology import VERSION as TERMINOLOGY_VERSION
from bilingual.terminology import Rendering, Request
from bilingual.version import __version__

__all__ = ["NOTHING_RENDERED", "Pipeline", "Prepared", "RenderCount"]


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
        found: tuple[Mention, ...] = ()
        findings: tuple[Finding, ...] = ()
        if self.glossary is not None:
            found, findings = self.glossary.analyse(source.text, segments)
        mentions = _by_segment(segments, found)
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
        return render_all(requests, self.engine, ladder=self.glossary is not None, cache=cache)

    def assemble(self, prepared: Prepared, renderings: Sequence[Rendering]) -> Edition:
        """Make the edition of a prepared document.

        ``renderings`` answer the requests that are not None, in order.
        """
        waiting = iter(renderings)
        made: list[Translation] = []
        for segment, mentions, request in zip(
            prepared.segments, prepared.mentions, prepared.requests, strict=True
        ):
            if request is not None:
                text = prepared.source.text[segment.start : segment.end]
                made.append(of_machine(segment, mentions, next(waiting), text))
            elif segment.id in prepared.remembered:
                made.append(of_memory(segment, mentions, prepared.remembered[segment.id]))
        translations, links = tuple(made), [Link((t.id,), (t.id,)) for t in made]
        if prepared.review is not None:
            translations, links = lay_in(
                prepared.segments, prepared.mentions, prepared.review, translations, links
            )
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
