"""Where the forms of a glossary occur in texts, and what nearly is one of them.

``#:`` lines hold occurrences as ``article:p5.s3`` (document and segment), so that an editor shows
an entry in its context. Only these lines are ever written, and only where they differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bilingual.glossary.entry import Entry
from bilingual.glossary.folder import CatalogueFile, identity, rewrite
from bilingual.glossary.glossary import Glossary
from bilingual.glossary.near import Neighbours, ScannedText, around
from bilingual.glossary.resolutions import find_resolutions, number_of, resolution_forms
from bilingual.po import Message
from bilingual.script import fold

__all__ = ["NearMiss", "ScanReport", "ScannedText", "Use", "find_uses", "scan", "with_references"]

_WIDTH = 79
_REFERENCE = re.compile("\u2068[^\u2069]*\u2069\\S*|\\S+")
_OURS = re.compile(r"(?P<name>.+):p(?P<p>\d+)\.s(?P<s>\d+)\Z")


@dataclass(frozen=True, slots=True)
class Use:
    """One occurrence of a form."""

    entry: Entry
    text: str
    """Name of the text."""
    segment: str
    start: int
    end: int
    """Span in the text."""
    surface: str
    context: str
    """Words around it, on one line."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A spelling one letter away from a form, found where no form was: a proposal to a person."""

    surface: str
    entry: Entry
    count: int
    where: str
    """The first place, ``article:p5.s3``."""
    context: str


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan found. ``uses`` are in the order of the texts."""

    uses: tuple[Use, ...]
    near_misses: tuple[NearMiss, ...]

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """How often each form (key, Arabic) occurs, the most used first."""
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for use in self.uses:
            counts[use.entry.key, use.entry.arabic] += 1
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    @property
    def unapproved(self) -> dict[tuple[str, str], Use]:
        """The first use of every form in use that nobody has approved."""
        found: dict[tuple[str, str], Use] = {}
        for use in self.uses:
            if not use.entry.approved:
                found.setdefault((use.entry.key, use.entry.arabic), use)
        return found


def find_uses(glossary: Glossary, text: ScannedText) -> Iterator[Use]:
    """Every occurrence of an entry in a text, none overlapping another, by place."""
    known = resolution_forms(glossary.entries)
    for segment in text.segments:
        piece = text.text[segment.start : segment.end]
        mapped = fold(piece)
        cited, _ = find_resolutions(piece, known, mapped)
        spans = [(m.start, m.end) for m in cited]
        matches = glossary.matcher.find(piece, spans, mapped)
        found = [(m.start, m.end, m.entry) for m in matches]
        for mention in cited:
            number = number_of(mention.key)
            forms = known.get(number[0]) if number else None
            if forms is None or any(a <= mention.start < b for a, b, _ in found):
                continue
            council = forms.council is not None and mention.target == forms.council.english
            entry = forms.council if council else forms.bare or forms.council
            if entry is not None:
                found.append((mention.start, mention.end, entry))
        for start, end, entry in sorted(found, key=lambda f: f[0]):
            yield Use(
                entry,
                text.name,
                segment.id,
                segment.start + start,
                segment.start + end,
                piece[start:end],
                around(piece, start, end),
            )


def scan(glossary: Glossary, texts: Sequence[ScannedText]) -> ScanReport:
    """Search texts for all forms of a glossary, and for spellings one letter away from one."""
    neighbours = Neighbours(glossary.entries)
    uses: list[Use] = []
    misses: dict[tuple[str, str], NearMiss] = {}
    for text in texts:
        here = list(find_uses(glossary, text))
        uses += here
        covered = [(u.start, u.end) for u in here]
        for surface, entry, segment, context in neighbours.find(text, covered):
            key = (fold(surface).text, entry.key)
            first = misses.get(key)
            misses[key] = (
                NearMiss(surface, entry, 1, f"{text.reference}:{segment}", context)
                if first is None
                else replace(first, count=first.count + 1)
            )
    ordered = sorted(misses.values(), key=lambda m: (-m.count, m.where, m.surface))
    return ScanReport(tuple(uses), tuple(ordered))


def with_references(
    file: CatalogueFile, uses: Iterable[Use], texts: Sequence[ScannedText]
) -> CatalogueFile:
    """The catalogue with the occurrences in these texts; those in other texts stay as they are."""
    names = {text.name: text.reference for text in texts}
    scanned = set(names.values())
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for use in uses:
        if use.entry.catalogue == file.path.stem:
            places[use.entry.key, use.entry.arabic].append(f"{names[use.text]}:{use.segment}")
    return rewrite(file, lambda message: _referred(message, places, scanned))


def _referred(
    message: Message, places: Mapping[tuple[str, str], list[str]], scanned: set[str]
) -> Message:
    old = [ref for line in message.references for ref in _REFERENCE.findall(line)]
    foreign = [ref for ref in old if _OURS.match(ref) is None]
    kept = [ref for ref in old if (m := _OURS.match(ref)) and m["name"] not in scanned]
    ours = sorted({*kept, *places.get(identity(message), ())}, key=_place)
    new = [*dict.fromkeys(foreign), *ours]
    if new == old:
        return message
    return replace(message, references=tuple(_lines(new)))


def _place(reference: str) -> tuple[str, int, int]:
    found = _OURS.match(reference)
    assert found is not None
    return found["name"], int(found["p"]), int(found["s"])


def _lines(references: Sequence[str]) -> Iterator[str]:
    line = ""
    for reference in references:
        if line and len(line) + 1 + len(reference) + len("#: ") > _WIDTH:
            yield line
            line = ""
        line = f"{line} {reference}" if line else reference
    if line:
        yield line
