"""Names and terms a glossary lacks, proposed from texts and their machine translation.

Four kinds of evidence, none of which needs a tagger:

* ``title``: words that name an office (السفير, وزير ...) begin a title, and a name follows it;
* ``office``: words that head the names of bodies, meetings and places (مجلس, منظمة, مؤتمر ...);
* ``repeated``: runs of words that come back, definite as terms and names are;
* ``capital``: words whose English, traced by attention, is written with a capital, and still
  is when they are translated after a preposition, where no sentence begins;
* ``resolution``: a number cited beside قرار.

What is found is a proposal to a person: it goes into a catalogue as ``fuzzy``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bilingual.document import EntityKind
from bilingual.engine.base import Engine
from bilingual.glossary import Glossary
from bilingual.glossary.scan import ScannedText
from bilingual.script import clean, fold, has_arabic
from bilingual.suggest.candidates import LONGEST, add_surnames, by_heads, capitals, repeated
from bilingual.suggest.line import (
    WORD,
    Line,
    Word,
    around,
    bare_text,
    capital_rates,
    english_of,
    key_of,
    trace,
    words_of,
)
from bilingual.suggest.words import STOP

__all__ = ["Suggestion", "suggest"]

_AT_ONCE = 256
"""Segments aligned together: attention is large, and is not kept."""
_CAPITAL = 0.25
"""Share of its traced places at which the English of a name has a capital: a small model loses
many."""
_FRAME = "من {}"
_FRAMED = re.compile(r"^(?:(?:from|of|in|the|a|an|by|to|one|some)\s+)+", re.IGNORECASE)
Places = list[tuple[Line, int, int]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry the glossary lacks. ``english`` is the machine's, and may be wrong."""

    arabic: str
    english: str
    kind: EntityKind
    count: int
    places: tuple[str, ...]
    """``article:p5.s3``, each once."""
    evidence: tuple[str, ...]
    context: str
    key: str = ""
    """A symbol for a resolution; else made of the English when written."""


def suggest(
    texts: Sequence[ScannedText], engine: Engine, glossary: Glossary | None = None
) -> list[Suggestion]:
    """Proposals for what the glossary lacks, the most used first."""
    glossary = glossary or Glossary.empty()
    lines, resolutions = prepare(texts, engine, glossary)
    found: dict[tuple[str, ...], tuple[EntityKind, set[str]]] = {}

    def take(words: Sequence[Word], kind: EntityKind, evidence: str) -> None:
        key = (words[0].bare, *(w.key for w in words[1:]))
        known = found.setdefault(key, (kind, set()))
        known[1].add(evidence)

    proper = _proper(lines, engine)
    for line in lines:
        for words, kind, evidence in by_heads(line, proper):
            take(words, kind, evidence)
        for words in capitals(line, proper):
            take(words, EntityKind.OTHER, "capital")
    for words in repeated(lines):
        take(words, EntityKind.TERM, "repeated")
    add_surnames(found, lines)
    kept = _without_parts(_occurrences(lines, found))
    suggestions = [_suggestion(places, *found[key]) for key, places in kept.items()]
    alone = _in_frame([s.arabic for s in suggestions], engine)
    named = [replace(s, english=alone[s.arabic] or s.english) for s in suggestions]
    merged = [s for s in (*map(_kinded, named), *resolutions) if s.english and not _is_doubtful(s)]
    return sorted(merged, key=lambda s: (-s.count, s.arabic))


def _in_frame(texts: Iterable[str], engine: Engine) -> dict[str, str]:
    """The English of each text after a preposition, the preposition and articles taken off."""
    distinct = list(dict.fromkeys(texts))
    framed = engine.translate([_FRAME.format(text) for text in distinct])
    return {
        text: _FRAMED.sub("", best[0].text.strip()).rstrip(" .,")
        for text, best in zip(distinct, framed, strict=True)
    }


def _is_doubtful(s: Suggestion) -> bool:
    """A single word seen once, whose first letter may be "and" or "to" or "with"."""
    return (
        s.count == 1
        and s.evidence == ("capital",)
        and " " not in s.arabic
        and (len(s.arabic) < 4 or s.arabic[0] in "وبل")
    )


def _kinded(s: Suggestion) -> Suggestion:
    if s.kind is EntityKind.OTHER and not any(w[:1].isupper() for w in s.english.split()):
        return replace(s, kind=EntityKind.TERM)
    return s


def _proper(lines: Sequence[Line], engine: Engine) -> frozenset[str]:
    """The words that are names by their English: in the sentences, and after a preposition."""
    rates = capital_rates(lines)
    likely = [
        w
        for w in dict.fromkeys(word.bare for line in lines for word in line.words)
        if rates.get(w, 1.0) >= _CAPITAL and w not in STOP and len(w) > 2 and w.isalpha()
    ]
    spelled = {w.bare: bare_text(w) for line in lines for w in line.words}
    alone = _in_frame([spelled[w] for w in likely], engine)
    return frozenset(w for w in likely if alone[spelled[w]][:1].isupper())


def prepare(
    texts: Sequence[ScannedText], engine: Engine, glossary: Glossary
) -> tuple[list[Line], list[Suggestion]]:
    raw: list[tuple[ScannedText, str, str]] = []
    cited: dict[str, Suggestion] = {}
    covered: list[list[tuple[int, int]]] = []
    for text in texts:
        for segment in text.segments:
            cleaned = clean(text.text[segment.start : segment.end]).text
            if not has_arabic(cleaned):
                continue
            here = []
            for mention in glossary.mentions(cleaned):
                here.append((mention.start, mention.end))
                if mention.kind is EntityKind.RESOLUTION and mention.key not in glossary.entities:
                    place = f"{text.reference}:{segment.id}"
                    old = cited.get(mention.key)
                    # A number of a list stands without the word that makes it an entry.
                    cites = "قرار" in mention.surface
                    surface = mention.surface if cites else f"القرار {_digits(mention.surface)}"
                    cited[mention.key] = Suggestion(
                        surface if old is None else old.arabic,
                        mention.target if old is None else old.english,
                        EntityKind.RESOLUTION,
                        1 + (old.count if old else 0),
                        tuple(dict.fromkeys((*(old.places if old else ()), place))),
                        ("resolution",),
                        old.context if old else around(cleaned, mention.start, mention.end),
                        mention.key,
                    )
            raw.append((text, segment.id, cleaned))
            covered.append(here)
    bank = Counter(key_of(m[0]) for _, _, cleaned in raw for m in WORD.finditer(cleaned))
    lines = []
    for first in range(0, len(raw), _AT_ONCE):
        batch = raw[first : first + _AT_ONCE]
        sources = [cleaned for _, _, cleaned in batch]
        chosen = [best[0] for best in engine.translate(sources)]
        aligned = engine.align(sources, chosen)
        here_covered = covered[first : first + _AT_ONCE]
        for (text, segment_id, cleaned), spans, best, alignment in zip(
            batch, here_covered, chosen, aligned, strict=True
        ):
            words = list(words_of(cleaned, spans, bank))
            line = Line(text, segment_id, cleaned, words, best.text, [], [])
            trace(line, alignment)
            lines.append(line)
    return lines, list(cited.values())


def _digits(surface: str) -> str:
    found = re.search(r"\d+", fold(surface).text)
    return found[0] if found else surface


def _occurrences(
    lines: Sequence[Line], found: Iterable[tuple[str, ...]]
) -> dict[tuple[str, ...], Places]:
    wanted = set(found)
    places: dict[tuple[str, ...], Places] = {key: [] for key in wanted}
    for line in lines:
        keys = [w.key for w in line.words]
        for i, word in enumerate(line.words):
            for size in range(1, LONGEST + 2):
                if i + size > len(line.words) or (size > 1 and not line.words[i + size - 1].joined):
                    break
                key = (word.bare, *keys[i + 1 : i + size])
                if key in wanted:
                    places[key].append((line, i, i + size))
    return places


def _without_parts(counted: dict[tuple[str, ...], Places]) -> dict[tuple[str, ...], Places]:
    """Less what occurs only inside a longer proposal."""
    spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for places in counted.values():
        for line, start, end in places:
            spans[id(line)].add((start, end))

    def is_part(line: Line, start: int, end: int) -> bool:
        return any(a <= start and end <= b and b - a > end - start for a, b in spans[id(line)])

    return {
        key: places
        for key, places in counted.items()
        if any(not is_part(*place) for place in places)
    }


def _suggestion(places: Places, kind: EntityKind, evidence: set[str]) -> Suggestion:
    line, start, end = places[0]
    written = Counter(_written(p) for p in places)
    english = Counter(e for p in places if (e := english_of(*p)))
    best = max(english, key=lambda e: (english[e], -len(e))) if english else ""
    words = line.words[start:end]
    names = tuple(dict.fromkeys(f"{p[0].text.reference}:{p[0].segment}" for p in places))
    return Suggestion(
        max(written, key=lambda w: (written[w], w)),
        best,
        kind,
        len(places),
        names,
        tuple(sorted(evidence)),
        around(line.clean, words[0].start, words[-1].end),
    )


def _written(place: tuple[Line, int, int]) -> str:
    line, start, end = place
    words = line.words[start:end]
    if words[0].key != words[0].bare:
        return " ".join([bare_text(words[0]), *(w.text for w in words[1:])])
    return line.clean[words[0].start : words[-1].end]
