"""A segment as the search sees it: its Arabic words, its English, and the attention between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bilingual.engine.base import Alignment
from bilingual.glossary.scan import ScannedText
from bilingual.script import fold
from bilingual.suggest.words import without_proclitic

__all__ = [
    "WORD",
    "Line",
    "Word",
    "around",
    "bare_text",
    "capital_rates",
    "english_of",
    "key_of",
    "trace",
    "words_of",
]

WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_ENGLISH = re.compile(r"\w+(?:[-’'.]\w+)*")
_ARTICLES_AND_SUCH = "a an the of to in on at by for from with and or but as"
_SMALL = frozenset(_ARTICLES_AND_SUCH.split())


@dataclass(slots=True)
class Word:
    """A word of a cleaned segment."""

    start: int
    end: int
    text: str
    key: str
    """Folded, as written."""
    bare: str
    """Folded, without its proclitic."""
    joined: bool
    """Only a blank stands between it and the word before."""
    english: int = -1
    """The English word that looks at it most."""
    capital: bool = False


@dataclass(slots=True)
class Line:
    """A cleaned segment, its words, its English."""

    text: ScannedText
    segment: str
    clean: str
    words: list[Word]
    english: str
    spans: list[tuple[int, int]]
    masses: list[list[float]]
    """``masses[e][a]``: attention of English word e on Arabic word a."""


def key_of(word: str) -> str:
    """A word folded, with ه for ة."""
    return fold(word).text.replace("ة", "ه")


def words_of(
    cleaned: str, covered: Sequence[tuple[int, int]], bank: Counter[str]
) -> Iterator[Word]:
    """The words of a cleaned segment outside the spans covered; ``bank`` counts all words."""
    before = -2
    for m in WORD.finditer(cleaned):
        if any(a < m.end() and m.start() < b for a, b in covered):
            continue
        key = key_of(m[0])
        joined = before >= 0 and cleaned[before : m.start()] == " "
        yield Word(m.start(), m.end(), m[0], key, without_proclitic(key, bank), joined)
        before = m.end()


def trace(line: Line, alignment: Alignment) -> None:
    """Which English word each Arabic word became, by the attention between them."""
    spans = [m.span() for m in _ENGLISH.finditer(line.english)]
    sources = [
        [i for i, (s, e) in enumerate(alignment.source_spans) if s < w.end and e > w.start]
        for w in line.words
    ]
    masses = []
    for start, end in spans:
        rows = [
            alignment.weights[t]
            for t, (s, e) in enumerate(alignment.target_spans)
            if s < end and e > start and t < len(alignment.weights)
        ]
        size = max(1, len(rows))
        masses.append(
            [sum(row[i] for row in rows for i in own if i < len(row)) / size for own in sources]
        )
    line.spans, line.masses = spans, masses
    # Articles and prepositions look at the noun they belong to: they are not what it became.
    full = [e for e, (s, t) in enumerate(spans) if line.english[s:t].lower() not in _SMALL]
    for a, word in enumerate(line.words):
        best = max(full, key=lambda e: masses[e][a], default=-1)
        if best >= 0 and masses[best][a] >= 0.15:
            word.english = best
            start, end = spans[best]
            text = line.english[start:end]
            # A capital at the start of a sentence says nothing.
            opens = start == 0 or line.english[:start].rstrip()[-1:] in '"“«.:?!'
            word.capital = text[:1].isupper() and not (opens and text[1:].islower())
            if opens and text[:1].isupper() and text[1:].islower():
                word.english = -1


def capital_rates(lines: Iterable[Line]) -> dict[str, float]:
    """How often the English of a word has a capital, where that can be told."""
    seen: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for line in lines:
        for word in line.words:
            if word.english >= 0:
                seen[word.bare] += 1
                capital[word.bare] += word.capital
    return {word: capital[word] / count for word, count in seen.items()}


def bare_text(word: Word) -> str:
    """A word as the text spells it, less its proclitic."""
    if word.key == word.bare:
        return word.text
    rest = word.text[len(word.text) - len(word.bare) :]
    if len(word.text) > len(word.bare) and key_of(rest) == word.bare:
        return rest
    return "ال" + word.text[word.key.find("لل") + 2 :]  # للأمم: the article's alef is not written


def english_of(line: Line, start: int, end: int) -> str:
    """The run of English words that look at these Arabic words more than at the rest."""
    hits = []
    for e in range(len(line.spans)):
        row = line.masses[e]
        inside = sum(row[start:end])
        if inside >= 0.4 and inside >= 0.5 * sum(row):
            hits.append(e)
    if not hits:
        return ""
    runs: list[list[int]] = [[hits[0]]]
    for e in hits[1:]:
        gap = line.english[line.spans[runs[-1][-1]][1] : line.spans[e][0]]
        small = all(w.lower() in _SMALL for w in _ENGLISH.findall(gap))
        if e - runs[-1][-1] <= 3 and small and not re.search(r"[.,;:!?\"“”()]", gap):
            runs[-1].append(e)
        else:
            runs.append([e])
    best = max(runs, key=len)
    while best and line.english[slice(*line.spans[best[0]])].lower() in _SMALL:
        best = best[1:]
    while best and line.english[slice(*line.spans[best[-1]])].lower() in _SMALL:
        best = best[:-1]
    return line.english[line.spans[best[0]][0] : line.spans[best[-1]][1]] if best else ""


def around(text: str, start: int, end: int) -> str:
    """The words around a span, cut at blanks."""
    left, right = max(0, start - 40), min(len(text), end + 40)
    while left > 0 and not text[left - 1].isspace():
        left -= 1
    while right < len(text) and not text[right].isspace():
        right += 1
    return f"{'…' if left else ''}{text[left:right]}{'…' if right < len(text) else ''}"
