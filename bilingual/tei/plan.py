"""What has to be known of a whole edition before its first byte is written."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from bilingual.document import Edition, LinkType, SegmentKind, Translation
from bilingual.errors import BilingualError
from bilingual.tei.header import Reviewers
from bilingual.tei.layout import block_kind
from bilingual.tei.names import encode_id, unique
from bilingual.tei.plan_names import place_names

__all__ = ["Block", "Gap", "Plan"]


@dataclass(frozen=True, slots=True)
class Gap:
    """The English side of an omission: a sentence that says that nothing stands there."""

    id: str
    sources: tuple[str, ...]
    paragraph: int


@dataclass(slots=True)
class Block:
    """A paragraph, heading or line of one side."""

    id: str
    kind: SegmentKind
    first: int
    """Items ``[first, last)`` of its side."""
    last: int


class Plan:
    """The order of both texts, and what stands between them."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.segments = {segment.id: segment for segment in edition.segments}
        self.translations = {translation.id: translation for translation in edition.translations}
        self._check()
        self.reviewers = Reviewers.of(edition.translations)
        self.sources_of: dict[str, list[str]] = {}
        for link in edition.links:
            if link.type is LinkType.TRANSLATION:
                for target in link.targets:
                    self.sources_of.setdefault(target, []).extend(link.sources)
        self.items = self._english_items()
        self.anchors: dict[str, list[str]] = {}
        """Id of a segment (or empty: the start) to the additions that follow it."""
        self.anchor_of: dict[str, str] = {}
        self._place_additions()
        self.names = place_names(edition)
        self.arabic_blocks = self._arabic_blocks()
        self.english_blocks = self._english_blocks()
        self.arabic_block_of = {
            segment.id: block.id
            for block in self.arabic_blocks
            for segment in edition.segments[block.first : block.last]
        }

    # -- checks ---------------------------------------------------------------------------

    def _check(self) -> None:
        edition = self.edition
        if len(self.segments) != len(edition.segments):
            raise BilingualError("T0101", "two segments have the same id", edition.source.name)
        if len(self.translations) != len(edition.translations):
            raise BilingualError("T0101", "two translations have the same id", edition.source.name)
        place = 0
        for segment in edition.segments:
            if not place <= segment.start <= segment.end <= len(edition.source.text):
                message = "the segment overlaps the one before it or leaves the text"
                raise BilingualError("T0102", message, segment.id)
            place = segment.end
        for link in edition.links:
            for side, known in ((link.sources, self.segments), (link.targets, self.translations)):
                for name in side:
                    if name not in known:
                        message = f"an alignment link names {name!r}, which does not exist"
                        raise BilingualError("T0103", message, name)
            if not link.sources and not link.targets:
                raise BilingualError(
                    "T0103", "an alignment link joins nothing", edition.source.name
                )

    # -- the English side -----------------------------------------------------------------

    def _english_items(self) -> list[Translation | Gap]:
        """The translations in their order, with a gap after what precedes each omission."""
        targets: dict[str, list[str]] = {}
        omitted: dict[str, tuple[str, ...]] = {}
        for link in self.edition.links:
            if link.targets:
                for source in link.sources:
                    targets.setdefault(source, []).extend(link.targets)
            elif link.sources:
                omitted[link.sources[0]] = link.sources
        if not omitted:
            return list(self.edition.translations)
        gaps: dict[str, list[Gap]] = {}
        taken: dict[str, None] = dict.fromkeys(self.translations)
        last = ""
        for segment in self.edition.segments:
            if segment.id in targets:
                last = targets[segment.id][-1]
            elif segment.id in omitted:
                name = segment.id if segment.id not in taken else unique(f"{segment.id}.gap", taken)
                taken[name] = None
                gap = Gap(name, omitted[segment.id], segment.paragraph)
                gaps.setdefault(last, []).append(gap)
        items: list[Translation | Gap] = list(gaps.get("", ()))
        for translation in self.edition.translations:
            items.append(translation)
            items += gaps.get(translation.id, ())
        return items

    def _place_additions(self) -> None:
        added = [link for link in self.edition.links if not link.sources]
        if not added:
            return
        first_of = {link.targets[0]: link for link in added}
        last = ""
        for translation in self.edition.translations:
            if translation.id in first_of:
                name = f"ar.a.{encode_id(translation.id)}"
                self.anchors.setdefault(last, []).append(name)
                for target in first_of[translation.id].targets:
                    self.anchor_of[target] = name
            elif translation.id in self.sources_of:
                last = self.sources_of[translation.id][-1]

    # -- blocks ---------------------------------------------------------------------------

    def _arabic_blocks(self) -> list[Block]:
        segments = self.edition.segments
        return _group([s.paragraph for s in segments], [s.kind for s in segments], "ar")

    def _english_blocks(self) -> list[Block]:
        kinds = []
        for item in self.items:
            sources = item.sources if isinstance(item, Gap) else self.sources_of.get(item.id, ())
            kinds.append(self.segments[sources[0]].kind if sources else SegmentKind.BODY)
        return _group([item.paragraph for item in self.items], kinds, "en")

    def sources(self, item: Translation | Gap) -> list[str]:
        """The segments an English sentence answers to."""
        if isinstance(item, Gap):
            return list(item.sources)
        return list(dict.fromkeys(self.sources_of.get(item.id, ())))


def _group(paragraphs: list[int], kinds: list[SegmentKind], side: str) -> list[Block]:
    blocks = []
    taken: dict[str, None] = {}
    place = 0
    for paragraph, members in groupby(paragraphs):
        size = sum(1 for _ in members)
        name = f"{side}.p{paragraph}"
        number = 2
        while name in taken:
            name = f"{side}.p{paragraph}.b{number}"
            number += 1
        taken[name] = None
        kind = block_kind(kinds[place : place + size])
        blocks.append(Block(name, kind, place, place + size))
        place += size
    return blocks
