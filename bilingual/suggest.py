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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bilingual.document import EntityKind
from bilingual.engine.base import Alignment, Engine
from bilingual.files import read_bytes
from bilingual.glossary import Glossary
from bilingual.glossary.exchange.merge import key_for, new_catalogue
from bilingual.glossary.folder import CatalogueFile, identity
from bilingual.glossary.scan import ScannedText
from bilingual.po import Message, parse
from bilingual.script import clean, fold, has_arabic
from bilingual.suggest_words import (
    FOLLOWS_NAME,
    HEADS,
    NAME_LINKS,
    PERSON_TITLES,
    STOP,
    is_nisba,
    without_proclitic,
)

__all__ = ["Suggestion", "suggest", "with_suggestions"]

_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_ENGLISH = re.compile(r"\w+(?:[-’'.]\w+)*")
_LONGEST = 5
_AT_ONCE = 256
"""Segments aligned together: attention is large, and is not kept."""
_CAPITAL = 0.25
"""Share of its traced places at which the English of a name has a capital: a small model loses
many."""
_FRAME = "من {}"
_FRAMED = re.compile(r"^(?:(?:from|of|in|the|a|an|by|to|one|some)\s+)+", re.IGNORECASE)
_ARTICLES_AND_SUCH = "a an the of to in on at by for from with and or but as"
_SMALL = frozenset(_ARTICLES_AND_SUCH.split())


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


@dataclass(slots=True)
class _Word:
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
class _Line:
    """A cleaned segment, its words, its English."""

    text: ScannedText
    segment: str
    clean: str
    words: list[_Word]
    english: str
    spans: list[tuple[int, int]]
    masses: list[list[float]]
    """``masses[e][a]``: attention of English word e on Arabic word a."""


def suggest(
    texts: Sequence[ScannedText], engine: Engine, glossary: Glossary | None = None
) -> list[Suggestion]:
    """Proposals for what the glossary lacks, the most used first."""
    glossary = glossary or Glossary.empty()
    lines, resolutions = _prepare(texts, engine, glossary)
    found: dict[tuple[str, ...], tuple[EntityKind, set[str]]] = {}

    def take(words: Sequence[_Word], kind: EntityKind, evidence: str) -> None:
        key = (words[0].bare, *(w.key for w in words[1:]))
        known = found.setdefault(key, (kind, set()))
        known[1].add(evidence)

    proper = _proper(lines, engine)
    for line in lines:
        for words, kind, evidence in _by_heads(line, proper):
            take(words, kind, evidence)
        for words in _capitals(line, proper):
            take(words, EntityKind.OTHER, "capital")
    for words in _repeated(lines):
        take(words, EntityKind.TERM, "repeated")
    _add_surnames(found, lines)
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


def _proper(lines: Sequence[_Line], engine: Engine) -> frozenset[str]:
    """The words that are names by their English: in the sentences, and after a preposition."""
    rates = _capital_rates(lines)
    likely = [
        w
        for w in dict.fromkeys(word.bare for line in lines for word in line.words)
        if rates.get(w, 1.0) >= _CAPITAL and w not in STOP and len(w) > 2 and w.isalpha()
    ]
    spelled = {w.bare: _bare_text(w) for line in lines for w in line.words}
    alone = _in_frame([spelled[w] for w in likely], engine)
    return frozenset(w for w in likely if alone[spelled[w]][:1].isupper())


def _prepare(
    texts: Sequence[ScannedText], engine: Engine, glossary: Glossary
) -> tuple[list[_Line], list[Suggestion]]:
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
                        old.context if old else _around(cleaned, mention.start, mention.end),
                        mention.key,
                    )
            raw.append((text, segment.id, cleaned))
            covered.append(here)
    bank = Counter(_key(m[0]) for _, _, cleaned in raw for m in _WORD.finditer(cleaned))
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
            words = list(_words(cleaned, spans, bank))
            line = _Line(text, segment_id, cleaned, words, best.text, [], [])
            _trace(line, alignment)
            lines.append(line)
    return lines, list(cited.values())


def _digits(surface: str) -> str:
    found = re.search(r"\d+", fold(surface).text)
    return found[0] if found else surface


def _key(word: str) -> str:
    return fold(word).text.replace("ة", "ه")


def _words(cleaned: str, covered: Sequence[tuple[int, int]], bank: Counter[str]) -> Iterator[_Word]:
    before = -2
    for m in _WORD.finditer(cleaned):
        if any(a < m.end() and m.start() < b for a, b in covered):
            continue
        key = _key(m[0])
        joined = before >= 0 and cleaned[before : m.start()] == " "
        yield _Word(m.start(), m.end(), m[0], key, without_proclitic(key, bank), joined)
        before = m.end()


def _trace(line: _Line, alignment: Alignment) -> None:
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


def _capital_rates(lines: Iterable[_Line]) -> dict[str, float]:
    """How often the English of a word has a capital, where that can be told."""
    seen: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for line in lines:
        for word in line.words:
            if word.english >= 0:
                seen[word.bare] += 1
                capital[word.bare] += word.capital
    return {word: capital[word] / count for word, count in seen.items()}


def _usable(word: _Word) -> bool:
    return word.key not in STOP and not word.key.isdigit() and len(word.key) > 1


def _by_heads(line: _Line, proper: frozenset[str]) -> Iterator[tuple[list[_Word], EntityKind, str]]:
    """Titles with the names after them, and names of bodies, meetings and places."""
    words = line.words
    for i, word in enumerate(words):
        title = word.bare in PERSON_TITLES
        if not title and word.bare not in HEADS:
            continue
        j = _reach(words, i, proper)
        if j - i > 1:
            kind = EntityKind.TITLE if title else EntityKind.ORGANISATION
            yield words[i:j], kind, "title" if title else "office"
        if title:
            name = _name(words, _after_place(words, j, proper))
            if name:
                yield name, EntityKind.PERSON, "title"


def _reach(words: Sequence[_Word], i: int, proper: frozenset[str]) -> int:
    """Where a title or the name of a body ends that begins at a word."""
    j = i + 1
    while j < len(words) and j - i < _LONGEST and words[j].joined:
        word = words[j]
        if word.key == "باسم" and j == i + 1:
            pass
        elif word.key != word.bare:
            break
        elif _extends(word):
            if word.key in PERSON_TITLES and j > i + 1:
                break
        elif j == i + 1 or words[j - 1].key == "باسم" or words[j - 1].bare in HEADS:
            # A noun without its article goes on only in an annexation, or ends it as a name.
            head = word.bare in HEADS or word.bare in PERSON_TITLES
            if words[j - 1].bare.startswith("ال"):
                break  # a noun with the article heads no annexation: a name begins here
            if not head and word.bare not in proper:
                break
            if not head:
                j += 1
                break
        else:
            break
        j += 1
    while j > i + 1 and (words[j - 1].key == "باسم" or (
        words[j - 1].key in HEADS and not words[j - 1].key.startswith("ال"))
    ):  # fmt: skip
        j -= 1
    return j


def _after_place(words: Sequence[_Word], j: int, proper: frozenset[str]) -> int:
    """Past "to Kuwait" between a title and its holder."""
    if (
        j + 1 < len(words)
        and words[j].key in ("لدي", "في", "الي")
        and words[j].joined
        and words[j + 1].joined
        and (words[j + 1].bare in proper or words[j + 1].key.startswith("ال"))
    ):
        return j + 2
    return j


def _extends(word: _Word) -> bool:
    return word.key.startswith("ال") and len(word.key) > 4 and word.key not in STOP


def _name(words: Sequence[_Word], start: int) -> list[_Word]:
    """The person named from a word on: two words, more where particles of names join them."""
    taken: list[_Word] = []
    full = 0
    for i in range(start, min(len(words), start + 6)):
        word = words[i]
        if not word.joined or not word.text.isalpha() or (
            not taken and (word.key.startswith("ال") or word.bare != word.key)
        ):  # fmt: skip
            break
        ends = word.key in STOP or word.key in FOLLOWS_NAME or _is_joined_on(word)
        if ends or word.bare in HEADS or word.bare in PERSON_TITLES:
            break
        taken.append(word)
        full += word.key not in NAME_LINKS
        follows = words[i + 1].key if i + 1 < len(words) and words[i + 1].joined else ""
        if full >= 2 and follows not in NAME_LINKS and word.key not in NAME_LINKS:
            break
    return taken if full >= 2 else []


def _capitals(line: _Line, proper: frozenset[str]) -> Iterator[list[_Word]]:
    """Runs of words that are names by their English, cut where one name ends."""
    run: list[_Word] = []
    for word in line.words:
        if run and not (_goes_on(run, word) and word.bare in proper):
            if _is_name(run):
                yield run
            run = []
        if word.bare in proper and _usable(word) and has_arabic(word.text):
            opens = word.bare not in PERSON_TITLES and not (not run and is_nisba(word.bare))
            run = [*run, word] if opens else []
    if run and _is_name(run):
        yield run


def _goes_on(run: Sequence[_Word], word: _Word) -> bool:
    """Whether a word can be of the same name: one article, or none, and at most an adjective."""
    last = run[-1]
    if not word.joined or word.key != word.bare or len(run) == _LONGEST or _is_joined_on(word):
        return False
    if last.bare.startswith("ال") and not word.key.startswith("ال"):
        return False
    return word.bare not in HEADS and word.bare not in PERSON_TITLES


def _is_joined_on(word: _Word) -> bool:
    """Whether a word begins with "and", most likely: names seldom begin with that letter."""
    return word.key.startswith("و") and len(word.key) > 3


def _is_name(run: Sequence[_Word]) -> bool:
    return len(run) > 1 or (run[0].bare not in HEADS and run[0].bare not in PERSON_TITLES)


def _repeated(lines: Sequence[_Line]) -> list[list[_Word]]:
    """Runs of two to four words that come twice or more, and are built as terms are."""
    places: dict[tuple[str, ...], list[list[_Word]]] = defaultdict(list)
    for line in lines:
        for i in range(len(line.words)):
            for size in range(2, _LONGEST):
                words = line.words[i : i + size]
                if len(words) < size or not all(w.joined for w in words[1:]):
                    break
                if all(map(_usable, words)) and _is_term(words):
                    key = (words[0].bare, *(w.key for w in words[1:]))
                    places[key].append(words)
    return [found[0] for found in places.values() if len(found) > 1]


def _is_term(words: Sequence[_Word]) -> bool:
    """An annexation (مكافحة الإرهاب) or a noun with its adjective, to its definite end."""
    last = words[-1].key
    if not all(w.key.isalpha() for w in words):
        return False
    if any(w.key != w.bare or _is_joined_on(w) for w in words[1:]):
        return False
    if not last.startswith("ال"):
        return False
    # An annexation may have a second bare noun (وقف إطلاق النار) before its definite end.
    chain = [w.key.startswith("ال") for w in words]
    first = words[0].bare
    ordered = chain == sorted(chain) and chain.count(False) <= 2
    return ordered and first not in FOLLOWS_NAME and len(first) > 2


def _add_surnames(
    found: dict[tuple[str, ...], tuple[EntityKind, set[str]]],
    lines: Sequence[_Line],
) -> None:
    """The last word of a full name, where it also stands alone."""
    people = {key for key, (kind, _) in found.items() if kind is EntityKind.PERSON}
    last = {key[-1]: key for key in people if key[-1] not in NAME_LINKS}
    firsts = {key[:-1][-1] for key in people}
    for line in lines:
        before = ""
        for word in line.words:
            alone = before not in firsts or not word.joined
            if word.bare in last and alone and len(word.bare) > 3:
                found.setdefault((word.bare,), (EntityKind.PERSON, set()))[1].add("title")
            before = word.bare


_Places = list[tuple[_Line, int, int]]


def _occurrences(
    lines: Sequence[_Line], found: Iterable[tuple[str, ...]]
) -> dict[tuple[str, ...], _Places]:
    wanted = set(found)
    places: dict[tuple[str, ...], _Places] = {key: [] for key in wanted}
    for line in lines:
        keys = [w.key for w in line.words]
        for i, word in enumerate(line.words):
            for size in range(1, _LONGEST + 2):
                if i + size > len(line.words) or (size > 1 and not line.words[i + size - 1].joined):
                    break
                key = (word.bare, *keys[i + 1 : i + size])
                if key in wanted:
                    places[key].append((line, i, i + size))
    return places


def _without_parts(counted: dict[tuple[str, ...], _Places]) -> dict[tuple[str, ...], _Places]:
    """Less what occurs only inside a longer proposal."""
    spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for places in counted.values():
        for line, start, end in places:
            spans[id(line)].add((start, end))

    def is_part(line: _Line, start: int, end: int) -> bool:
        return any(a <= start and end <= b and b - a > end - start for a, b in spans[id(line)])

    return {
        key: places
        for key, places in counted.items()
        if any(not is_part(*place) for place in places)
    }


def _suggestion(places: _Places, kind: EntityKind, evidence: set[str]) -> Suggestion:
    line, start, end = places[0]
    written = Counter(_written(p) for p in places)
    english = Counter(e for p in places if (e := _english(*p)))
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
        _around(line.clean, words[0].start, words[-1].end),
    )


def _written(place: tuple[_Line, int, int]) -> str:
    line, start, end = place
    words = line.words[start:end]
    if words[0].key != words[0].bare:
        return " ".join([_bare_text(words[0]), *(w.text for w in words[1:])])
    return line.clean[words[0].start : words[-1].end]


def _bare_text(word: _Word) -> str:
    """A word as the text spells it, less its proclitic."""
    if word.key == word.bare:
        return word.text
    rest = word.text[len(word.text) - len(word.bare) :]
    if len(word.text) > len(word.bare) and _key(rest) == word.bare:
        return rest
    return "ال" + word.text[word.key.find("لل") + 2 :]  # للأمم: the article's alef is not written


def _english(line: _Line, start: int, end: int) -> str:
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


def _around(text: str, start: int, end: int) -> str:
    left, right = max(0, start - 40), min(len(text), end + 40)
    while left > 0 and not text[left - 1].isspace():
        left -= 1
    while right < len(text) and not text[right].isspace():
        right += 1
    return f"{'…' if left else ''}{text[left:right]}{'…' if right < len(text) else ''}"


def with_suggestions(path: Path, suggestions: Sequence[Suggestion]) -> tuple[CatalogueFile, int]:
    """A catalogue with the proposals it lacks added as ``fuzzy``, and how many they are.

    The catalogue is made when there is none. Raises F0001, G0101, G0102.
    """
    if path.exists():
        data = read_bytes(path)
        file = CatalogueFile(path, data, parse(data, str(path), family="G"))
    else:
        file = new_catalogue(path)
    held = {identity(m)[1] for m in file.catalogue.messages}
    new = []
    for s in suggestions:
        if s.arabic in held:
            continue
        held.add(s.arabic)
        kind = () if s.kind is EntityKind.OTHER else (f"kind: {s.kind.value}",)
        note = f"note: proposed by {', '.join(s.evidence)}; {s.count} {_uses(s.count)}"
        new.append(
            Message(
                msgid=s.arabic,
                msgstr=s.english,
                msgctxt=s.key or key_for(s.english, s.arabic),
                extracted=(*kind, note),
                references=_wrapped(s.places),
                flags=("fuzzy",),
            )
        )
    messages = (*file.catalogue.messages, *new)
    return replace(file, catalogue=file.catalogue.with_messages(messages)), len(new)


def _uses(count: int) -> str:
    return "use" if count == 1 else "uses"


def _wrapped(places: Sequence[str]) -> tuple[str, ...]:
    lines: list[str] = []
    for place in places:
        if lines and len(lines[-1]) + 1 + len(place) <= 76:
            lines[-1] += f" {place}"
        else:
            lines.append(place)
    return tuple(lines)
