"""Which runs of words may be a name or a term, by the words themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bilingual.document import EntityKind
from bilingual.script import has_arabic
from bilingual.suggest.line import Line, Word
from bilingual.suggest.words import (
    FOLLOWS_NAME,
    HEADS,
    NAME_LINKS,
    PERSON_TITLES,
    STOP,
    is_nisba,
)

__all__ = ["LONGEST", "add_surnames", "by_heads", "capitals", "repeated"]

LONGEST = 5
"""Words of a proposal, at most."""


def _usable(word: Word) -> bool:
    return word.key not in STOP and not word.key.isdigit() and len(word.key) > 1


def by_heads(line: Line, proper: frozenset[str]) -> Iterator[tuple[list[Word], EntityKind, str]]:
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


def _reach(words: Sequence[Word], i: int, proper: frozenset[str]) -> int:
    """Where a title or the name of a body ends that begins at a word."""
    j = i + 1
    while j < len(words) and j - i < LONGEST and words[j].joined:
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


def _after_place(words: Sequence[Word], j: int, proper: frozenset[str]) -> int:
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


def _extends(word: Word) -> bool:
    return word.key.startswith("ال") and len(word.key) > 4 and word.key not in STOP


def _name(words: Sequence[Word], start: int) -> list[Word]:
    """The person named from a word on: two words, more where particles of names join them."""
    taken: list[Word] = []
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


def capitals(line: Line, proper: frozenset[str]) -> Iterator[list[Word]]:
    """Runs of words that are names by their English, cut where one name ends."""
    run: list[Word] = []
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


def _goes_on(run: Sequence[Word], word: Word) -> bool:
    """Whether a word can be of the same name: one article, or none, and at most an adjective."""
    last = run[-1]
    if not word.joined or word.key != word.bare or len(run) == LONGEST or _is_joined_on(word):
        return False
    if last.bare.startswith("ال") and not word.key.startswith("ال"):
        return False
    return word.bare not in HEADS and word.bare not in PERSON_TITLES


def _is_joined_on(word: Word) -> bool:
    """Whether a word begins with "and", most likely: names seldom begin with that letter."""
    return word.key.startswith("و") and len(word.key) > 3


def _is_name(run: Sequence[Word]) -> bool:
    return len(run) > 1 or (run[0].bare not in HEADS and run[0].bare not in PERSON_TITLES)


def repeated(lines: Sequence[Line]) -> list[list[Word]]:
    """Runs of two to four words that come twice or more, and are built as terms are."""
    places: dict[tuple[str, ...], list[list[Word]]] = defaultdict(list)
    for line in lines:
        for i in range(len(line.words)):
            for size in range(2, LONGEST):
                words = line.words[i : i + size]
                if len(words) < size or not all(w.joined for w in words[1:]):
                    break
                if all(map(_usable, words)) and _is_term(words):
                    key = (words[0].bare, *(w.key for w in words[1:]))
                    places[key].append(words)
    return [found[0] for found in places.values() if len(found) > 1]


def _is_term(words: Sequence[Word]) -> bool:
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


def add_surnames(
    found: dict[tuple[str, ...], tuple[EntityKind, set[str]]],
    lines: Sequence[Line],
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
