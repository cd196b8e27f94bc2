"""What changes between two states of a glossary: entries, and segments before they are published.

A segment changes where what the engine is asked to do for it changes: its mentions, their
English, whether they are approved. Reviewed English never changes by itself; a segment whose
English says already what the new glossary wants is named as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from bilingual.document import Edition, Mention, Origin, ReviewState, Segment
from bilingual.glossary.entry import Entry
from bilingual.glossary.glossary import Glossary
from bilingual.glossary.scan import ScannedText

__all__ = ["Effect", "EntryChange", "SegmentChange", "changed_segments", "diff_entries"]

_UNSAID = ("catalogue", "line")


class Effect(StrEnum):
    """What a change of the glossary does to a segment."""

    DECODED = "decoded again"
    """Its English is made anew."""
    SAID = "says so already"
    """Made anew, but the English published has all forms that are wanted now."""
    REVIEWED = "reviewed"
    """A person's words stand; only what is said of them changes."""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that differs; one side is None where it was not there."""

    old: Entry | None
    new: Entry | None

    @property
    def key(self) -> str:
        """Of the entity."""
        entry = self.new or self.old
        assert entry is not None
        return entry.key

    @property
    def arabic(self) -> str:
        """The form."""
        entry = self.new or self.old
        assert entry is not None
        return entry.arabic

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of what differs; empty for an entry added or removed."""
        if self.old is None or self.new is None:
            return ()
        return tuple(f.name for f in fields(Entry) if f.name not in _UNSAID
                     and getattr(self.old, f.name) != getattr(self.new, f.name))  # fmt: skip


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """A segment whose mentions differ under the two glossaries."""

    text: str
    """Name of the text or edition."""
    segment: str
    arabic: str
    before: tuple[Mention, ...]
    """Those only the old glossary finds, or finds otherwise; offsets into the source text."""
    after: tuple[Mention, ...]
    english: str = ""
    """As published; empty for a bare text."""
    effect: Effect = Effect.DECODED


def diff_entries(old: Glossary, new: Glossary) -> tuple[EntryChange, ...]:
    """Entries changed or added in the order of the new glossary, then those removed."""
    before = {(e.key, e.arabic): e for e in old.entries}
    after = {(e.key, e.arabic): e for e in new.entries}
    changes = [
        change
        for name, entry in after.items()
        for change in (EntryChange(before.get(name), entry),)
        if change.old is None or change.fields
    ]
    gone = [EntryChange(entry, None) for name, entry in before.items() if name not in after]
    return (*changes, *gone)


def changed_segments(
    old: Glossary, new: Glossary, texts: Iterable[ScannedText | Edition]
) -> Iterator[SegmentChange]:
    """The segments of texts and editions that the new glossary treats otherwise, in order."""
    for text in texts:
        if isinstance(text, Edition):
            name, source, segments = text.source.name, text.source.text, text.segments
        else:
            name, source, segments = text.name, text.text, tuple(text.segments)
        before = _by_segment(old.mentions(source, segments), segments)
        after = _by_segment(new.mentions(source, segments), segments)
        for segment, was, now in zip(segments, before, after, strict=True):
            gone = tuple(m for m in was if _asked(m) not in set(map(_asked, now)))
            come = tuple(m for m in now if _asked(m) not in set(map(_asked, was)))
            if not gone and not come:
                continue
            english, effect = "", Effect.DECODED
            if isinstance(text, Edition):
                english, effect = _published(text, segment, come)
            yield SegmentChange(
                name, segment.id, source[segment.start : segment.end], gone, come, english, effect
            )


def _asked(mention: Mention) -> tuple[object, ...]:
    """What of a mention decides on the English (with the key, which is published)."""
    return (
        mention.start, mention.end, mention.key, mention.kind, mention.target, mention.accepted,
        mention.approved, mention.forbidden,
    )  # fmt: skip


def _by_segment(
    mentions: Sequence[Mention], segments: Sequence[Segment]
) -> list[tuple[Mention, ...]]:
    found: list[tuple[Mention, ...]] = []
    place = 0
    ordered = sorted(range(len(segments)), key=lambda i: segments[i].start)
    by_index: dict[int, tuple[Mention, ...]] = {}
    for i in ordered:
        here = []
        while place < len(mentions) and mentions[place].start < segments[i].end:
            here.append(mentions[place])
            place += 1
        by_index[i] = tuple(here)
    found.extend(by_index[i] for i in range(len(segments)))
    return found


def _published(edition: Edition, segment: Segment, wanted: Sequence[Mention]) -> tuple[str, Effect]:
    ids = [t for link in edition.links if segment.id in link.sources for t in link.targets]
    made = [t for t in edition.translations if t.id in ids]
    english = " ".join(t.text for t in made)
    if made and all(
        t.state is not ReviewState.MT or t.origin in (Origin.REVIEW, Origin.MEMORY) for t in made
    ):
        return english, Effect.REVIEWED
    approved = [m for m in wanted if m.approved]
    if approved and all(
        any(_stands(form, english) for form in (m.target, *m.accepted))
        and not any(_stands(form, english) for form in m.forbidden)
        for m in approved
    ):
        return english, Effect.SAID
    return english, Effect.DECODED


def _stands(form: str, english: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", english, re.IGNORECASE) is not None
