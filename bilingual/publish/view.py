"""What every publication shows of an edition: rows of aligned sentences cut into runs.

Pure functions of an ``Edition``. Nothing is added to a text and nothing taken away: the runs of
a sentence, joined, are the sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bilingual.document import (
    Decision,
    Edition,
    Entity,
    Finding,
    Form,
    Link,
    LinkType,
    Mention,
    Outcome,
    Segment,
    SegmentKind,
    Translation,
)
from bilingual.script import is_arabic_letter

__all__ = [
    "HEADINGS",
    "Row",
    "Run",
    "Sentence",
    "all_entities",
    "first_row_is_title",
    "joined",
    "occurrences",
    "rows",
    "title_ar",
    "title_en",
]

_MISSED_CODE = "C0006"
"""Of the check that reports missed mentions."""
HEADINGS = frozenset({SegmentKind.HEADLINE, SegmentKind.SUBHEADLINE})


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one sentence: plain, or the words of one mention."""

    text: str
    decision: Decision | None = None

    @property
    def missed(self) -> bool:
        """Whether these words name something the English does not hold as it should."""
        return self.decision is not None and self.decision.outcome is Outcome.MISSED


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one side."""

    id: str
    runs: tuple[Run, ...]
    translation: Translation | None = None
    """Of the English side; None on the Arabic."""

    @property
    def text(self) -> str:
        """The words, unchanged."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    """One alignment link, ready to be set side by side."""

    number: int
    id: str
    link: Link
    kind: SegmentKind
    paragraph: int
    opens: bool
    """Whether a paragraph begins here."""
    sources: tuple[Sentence, ...]
    targets: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    """Of its segments, without those that only repeat a missed mention."""
    missed: tuple[Decision, ...]

    @property
    def arabic(self) -> str:
        """The Arabic sentences, one space between two."""
        return " ".join(s.text for s in self.sources)

    @property
    def english(self) -> str:
        """The English sentences, one space between two."""
        return " ".join(s.text for s in self.targets)

    @property
    def ratio(self) -> str:
        """How many sentences stand against how many, ``2:1``."""
        return f"{len(self.sources)}:{len(self.targets)}"


def _cut(text: str, offset: int, marks: Iterable[tuple[int, int, Decision]]) -> tuple[Run, ...]:
    """Cut ``text``, which begins at ``offset``, at its marks; of two that overlap, the first."""
    runs: list[Run] = []
    done = offset
    end_of_text = offset + len(text)
    for start, end, decision in sorted(marks, key=lambda m: (m[0], -m[1], m[2].mention.key)):
        if start < done or end > end_of_text or start >= end:
            continue
        if start > done:
            runs.append(Run(text[done - offset : start - offset]))
        runs.append(Run(text[start - offset : end - offset], decision))
        done = end
    if done < end_of_text:
        runs.append(Run(text[done - offset :]))
    return tuple(runs)


# Letters that do not join the one after them (Joining_Type R and U, ArabicShaping.txt).
_UNJOINED = frozenset("ءآأؤإاٱٲٳٵدذرزوةۃڈڌڍڎڏڐڑڒړڔڕږژڙۀۄۅۆۇۈۉۊۋۍۏےۓ")


def _first_letter(text: Iterable[str]) -> str:
    """The first character that is no mark upon another (Joining_Type T)."""
    return next((c for c in text if unicodedata.category(c) != "Mn"), " ")


def _join(before: str, after: str) -> bool:
    """Whether the last letter of one text joins the first of the next."""
    last, first = _first_letter(reversed(before)), _first_letter(after)
    return (
        (is_arabic_letter(last) or last == "\u0640")
        and last not in _UNJOINED
        and (is_arabic_letter(first) or first == "\u0640")
        and first != "ء"
    )


def joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs for setting type: no mark begins or ends between two letters that join.

    Not every engine shapes across the border of an element, and a proclitic torn from its word
    cannot be read; so the letters joined to a mention go with it. The text stays the same.
    """
    texts = [run.text for run in runs]
    for n, run in enumerate(runs):
        if run.decision is None:
            continue
        words = texts[n]
        if n and runs[n - 1].decision is None:
            before = texts[n - 1]
            while before and _join(before, words):
                before, words = before[:-1], before[-1] + words
            texts[n - 1] = before
        if n + 1 < len(runs) and runs[n + 1].decision is None:
            after = texts[n + 1]
            while after and (_join(words, after) or unicodedata.category(after[0]) == "Mn"):
                words, after = words + after[0], after[1:]
            texts[n + 1] = after
        texts[n] = words
    return tuple(Run(t, r.decision) for t, r in zip(texts, runs, strict=True) if t)


def _arabic(edition: Edition, segment: Segment, decisions: Sequence[Decision]) -> Sentence:
    marks = [(d.mention.start, d.mention.end, d) for d in decisions]
    return Sentence(segment.id, _cut(edition.segment_text(segment), segment.start, marks))


def _english(translation: Translation) -> Sentence:
    marks = [
        (d.start, d.end, d)
        for d in translation.decisions
        if d.start is not None and d.end is not None
    ]
    return Sentence(translation.id, _cut(translation.text, 0, marks), translation)


def _complete(edition: Edition) -> list[Link]:
    """The links, and one for each sentence that no link holds: nothing may be left out."""
    order = {s.id: n for n, s in enumerate(edition.segments)}
    linked = {i for link in edition.links for i in link.sources}
    loose = deque(s for s in edition.segments if s.id not in linked)
    links: list[Link] = []
    for link in edition.links:
        first = min((order[i] for i in link.sources if i in order), default=-1)
        while loose and order[loose[0].id] < first:
            links.append(Link((loose.popleft().id,), (), LinkType.OMISSION))
        links.append(link)
    links.extend(Link((s.id,), (), LinkType.OMISSION) for s in loose)
    answered = {i for link in edition.links for i in link.targets}
    links.extend(
        Link((), (t.id,), LinkType.ADDITION) for t in edition.translations if t.id not in answered
    )
    return links


def rows(edition: Edition) -> Iterator[Row]:
    """The rows of an edition, in order of its links."""
    segments = {s.id: s for s in edition.segments}
    translations = {t.id: t for t in edition.translations}
    findings: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in edition.findings:
        findings[finding.segment].append(finding)
    told: set[str] = {""}
    number, paragraph = 0, 0
    for link in _complete(edition):
        left = [segments[i] for i in link.sources if i in segments]
        right = [translations[i] for i in link.targets if i in translations]
        if not left and not right:
            continue
        number += 1
        here = left[0].paragraph if left else right[0].paragraph
        decisions = [d for t in right for d in t.decisions]
        ids = dict.fromkeys([*(s.id for s in left), *(t.id for t in right)])
        missed = tuple(d for d in decisions if d.outcome is Outcome.MISSED)
        # A check that says of a missed mention only that it is missed says nothing new here.
        spans = {(d.mention.start, d.mention.end) for d in missed}
        notes = [
            f
            for i in ids
            if i not in told
            for f in findings[i]
            if f.code != _MISSED_CODE and (f.start is None or (f.start, f.end) not in spans)
        ]
        told.update(ids)
        yield Row(
            number=number,
            id=next(iter(ids)),
            link=link,
            kind=left[0].kind if left else SegmentKind.BODY,
            paragraph=here,
            opens=here != paragraph,
            sources=tuple(_arabic(edition, s, decisions) for s in left),
            targets=tuple(_english(t) for t in right),
            findings=tuple(notes),
            missed=missed,
        )
        paragraph = here


def _from_mentions(key: str, mentions: Sequence[Mention]) -> Entity:
    forms = dict.fromkeys(
        Form(m.surface, m.target, m.accepted, m.approved)
        for m in sorted(mentions, key=lambda m: m.start)
    )
    return Entity(key, mentions[0].kind, tuple(forms))


def all_entities(edition: Edition) -> tuple[Entity, ...]:
    """The entities of the edition, and those its decisions name without a record, by key."""
    known = {e.key: e for e in edition.entities}
    strangers: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in edition.mentions:
        if mention.key not in known:
            strangers[mention.key].append(mention)
    known.update({key: _from_mentions(key, found) for key, found in strangers.items()})
    return tuple(known[key] for key in sorted(known))


def occurrences(found: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    """For the key of each entity, the rows that mention it, each once."""
    places: defaultdict[str, dict[int, Row]] = defaultdict(dict)
    for row in found:
        for sentence in row.targets:
            for decision in sentence.translation.decisions if sentence.translation else ():
                places[decision.mention.key].setdefault(row.number, row)
    return {key: tuple(at.values()) for key, at in places.items()}


_SPACE = re.compile(r"\s+")


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _headline(edition: Edition) -> Segment | None:
    return next((s for s in edition.segments if s.kind in HEADINGS), None)


def title_ar(edition: Edition) -> str:
    """The Arabic title: the publisher's, else the first headline, else empty."""
    if edition.metadata.title_ar:
        return _one_line(edition.metadata.title_ar)
    head = _headline(edition)
    return _one_line(edition.segment_text(head)) if head else ""


def title_en(edition: Edition) -> str:
    """The English title: the publisher's, else that of the first headline, else the file's name."""
    if edition.metadata.title_en:
        return _one_line(edition.metadata.title_en)
    head = _headline(edition)
    if head is not None:
        targets = next((k.targets for k in edition.links if head.id in k.sources), ())
        by_id = {t.id: t.text for t in edition.translations if t.id in targets}
        text = _one_line(" ".join(by_id[i] for i in targets if i in by_id))
        if text:
            return text
    return edition.source.name


def first_row_is_title(edition: Edition, found: Sequence[Row]) -> bool:
    """Whether the first row is the title, and so need not be printed above it."""
    return bool(
        found
        and found[0].kind is SegmentKind.HEADLINE
        and _one_line(found[0].arabic) == title_ar(edition)
        and _one_line(found[0].english) == title_en(edition)
    )
