"""The controlled glossary: the catalogues of a folder, as one object that finds its forms."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from bilingual.document import Entity, EntityKind, Finding, Form, Mention, Segment, Severity
from bilingual.errors import BilingualError
from bilingual.glossary.catalogue import catalogue_paths, read_catalogue
from bilingual.glossary.entry import Entry, MatchMode
from bilingual.glossary.match import Matcher
from bilingual.glossary.resolutions import (
    ResolutionForms,
    computed_entity,
    find_resolutions,
    resolution_forms,
)
from bilingual.script import fold

__all__ = ["Glossary"]

_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")


class Glossary:
    """An immutable set of entries. ``len()`` counts entries, one for each Arabic form."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """From entries, as they are; :meth:`load` also checks that they agree."""
        self._entries = tuple(entries)

    @classmethod
    def empty(cls) -> Glossary:
        """A glossary of nothing; resolution numbers are still recognised."""
        return cls()

    @classmethod
    def load(cls, path: str | Path) -> Glossary:
        """The catalogues of a folder, or a single ``.po``.

        Raises G0001 (nothing there), what :func:`read_catalogue` raises, and G0005 where one
        Arabic form stands, approved and without a condition, under two keys.
        """
        place = Path(path)
        entries: list[Entry] = []
        owners: dict[str, tuple[Entry, Path]] = {}
        for catalogue in catalogue_paths(place):
            for entry in read_catalogue(catalogue):
                entries.append(entry)
                if not entry.approved or entry.conditional:
                    continue
                form = entry.arabic if entry.match is MatchMode.EXACT else fold(entry.arabic).text
                first, where = owners.setdefault(form, (entry, catalogue))
                if first.key != entry.key or first.kind != entry.kind:
                    raise BilingualError(
                        "G0005",
                        f"{entry.arabic!r} is a form of {entry.key} ({entry.kind}) here and of "
                        f"{first.key} ({first.kind}) at {where}:{first.line}; keep one, make one "
                        "fuzzy, or give them context: lines",
                        f"{catalogue}:{entry.line}",
                    )
        return cls(entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"Glossary({len(self)} entries)"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in the order of the catalogues."""
        return self._entries

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """The entities by key; facts of their entries merged, the first of a name winning."""
        groups: dict[str, list[Entry]] = {}
        for entry in self._entries:
            if entry.match is not MatchMode.BLOCK:
                groups.setdefault(entry.key, []).append(entry)
        return MappingProxyType({key: _entity(key, group) for key, group in groups.items()})

    def entity(self, key: str) -> Entity | None:
        """The entity of a mention's key.

        A resolution without an entry is computed from its symbol: its ``catalogue`` is empty,
        which says that it is not in the glossary.
        """
        return self.entities.get(key) or computed_entity(key)

    @cached_property
    def matcher(self) -> Matcher:
        """The trie of all forms but the resolutions, which are recognised by number."""
        return Matcher(e for e in self._entries if e.kind is not EntityKind.RESOLUTION)

    @cached_property
    def _resolutions(self) -> dict[int, ResolutionForms]:
        return resolution_forms(self._entries)

    @cached_property
    def sha256(self) -> str:
        """Of the approved content, whatever its order and the translators' own notes."""
        content = sorted(
            json.dumps(
                [
                    e.key, e.kind, e.arabic, e.english, e.accepted, e.forbidden, e.match,
                    e.context, e.after, e.not_after, e.before, e.not_before,
                    sorted(e.facts.items()),
                ],
                ensure_ascii=False,
            )
            for e in self._entries
            if e.approved
        )  # fmt: skip
        return hashlib.sha256("\n".join(content).encode("utf-8", "surrogatepass")).hexdigest()

    def mentions(self, text: str, segments: Sequence[Segment] | None = None) -> tuple[Mention, ...]:
        """Every mention in the text, by place, none overlapping another.

        Offsets are into ``text``. None crosses a border of the segments given, nor a line end.
        """
        return self.analyse(text, segments)[0]

    def findings(self, text: str, segments: Sequence[Segment] | None = None) -> tuple[Finding, ...]:
        """What is to be said of the resolution numbers in the text.

        G0301 (error) a number no year holds, G0302 (warning) a year that is not the number's,
        G0303 (note) a resolution the glossary has no entry for.
        """
        return self.analyse(text, segments)[1]

    def analyse(
        self, text: str, segments: Sequence[Segment] | None = None
    ) -> tuple[tuple[Mention, ...], tuple[Finding, ...]]:
        """``mentions`` and ``findings`` of a text, which is searched once for both."""
        found: list[Mention] = []
        said: list[Finding] = []
        for base, piece, segment in _pieces(text, segments):
            mentions, problems = self._mentions(piece, base)
            found.extend(mentions)
            said.extend(replace(p, segment=segment) for p in problems)
            said.extend(
                Finding("G0303", Severity.NOTE, f"{m.key} is not in the glossary", segment,
                        m.start, m.end)
                for m in mentions
                if m.kind is EntityKind.RESOLUTION and m.key not in self.entities
            )  # fmt: skip
        return tuple(found), tuple(said)

    def _mentions(self, piece: str, base: int) -> tuple[list[Mention], list[Finding]]:
        mapped = fold(piece)
        resolutions, problems = find_resolutions(piece, self._resolutions, mapped)
        spans = [(m.start, m.end) for m in resolutions]
        matches = self.matcher.find(piece, spans, mapped) if self._entries else []
        # A form that holds a whole reference (a committee named by its resolution) won over it.
        starts = [m.start for m in matches]
        kept = [
            m
            for m in resolutions
            if not (place := bisect_right(starts, m.start)) or matches[place - 1].end <= m.start
        ]
        mentions = [replace(m, start=m.start + base, end=m.end + base) if base else m for m in kept]
        mentions += [
            Mention(
                start=m.start + base,
                end=m.end + base,
                surface=piece[m.start : m.end],
                key=m.entry.key,
                kind=m.entry.kind,
                target=m.entry.english,
                accepted=m.entry.accepted,
                approved=m.entry.approved,
                forbidden=m.entry.forbidden,
            )
            for m in matches
        ]
        if kept:
            mentions.sort(key=lambda m: m.start)
        findings = [
            replace(p, start=(p.start or 0) + base, end=(p.end or 0) + base) for p in problems
        ]
        return mentions, findings


def _pieces(text: str, segments: Sequence[Segment] | None) -> Iterator[tuple[int, str, str]]:
    """(offset, text, id of the segment) of what is searched by itself."""
    if segments is None:
        for line in _LINE.finditer(text):
            yield line.start(), line[0], ""
        return
    for segment in sorted(segments, key=lambda s: s.start):
        for line in _LINE.finditer(text, segment.start, segment.end):
            yield line.start(), line[0], segment.id


def _entity(key: str, entries: Sequence[Entry]) -> Entity:
    facts: dict[str, str] = {}
    for entry in entries:
        for name, value in entry.facts.items():
            facts.setdefault(name, value)
    return Entity(
        key=key,
        kind=entries[0].kind,
        forms=tuple(Form(e.arabic, e.english, e.accepted, e.approved) for e in entries),
        facts=MappingProxyType(facts),
        catalogue=entries[0].catalogue,
    )
