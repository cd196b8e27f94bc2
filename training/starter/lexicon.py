"""The project's own lexicon and corpus, read from ``training/corpus``.

``pairs_*.tsv`` hold sentence pairs, ``lex_*.tsv`` blocks and templates, ``lemma_*.tsv`` lemmas with
the forms a grammar needs. Cells are separated by `` ||| ``; see ``SPEC.md`` and ``LEXICON.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import english

_CELLS = re.compile(r"\s*\|\|\|\s*")
_WIDTH = {"noun": 7, "adj": 4, "verb": 8, "adv": 3, "expr": 3}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun with its plural; ``plural`` is empty for a noun without one."""

    singular: str
    feminine: bool
    english: str
    plural: str
    english_plural: str
    human: bool


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective in both genders."""

    masculine: str
    feminine: str
    english: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with its frame: ``direct`` object or not, preposition on each side, clause or not."""

    past: str
    present: str
    masdar: str
    base: str
    simple_past: str
    english_noun: str
    direct: bool
    preposition: str
    english_preposition: str
    clause: str

    def did(self, plural: bool) -> str:
        """English past, agreeing."""
        return english.past(self.base, self.simple_past, plural)

    def does(self, plural: bool) -> str:
        """English present, agreeing."""
        return english.present(self.base, plural)

    @property
    def done(self) -> str:
        """English past participle."""
        return english.participle(self.base, self.simple_past)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the grammar and the templates draw on."""

    nouns: tuple[Noun, ...]
    adjectives: tuple[Adjective, ...]
    verbs: tuple[Verb, ...]
    adverbs: tuple[tuple[str, str], ...]
    expressions: tuple[tuple[str, str], ...]
    blocks: dict[str, tuple[tuple[str, str], ...]]


def rows(path: Path) -> Iterator[list[str]]:
    """Cells of every line that is not blank."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield [cell.strip() for cell in _CELLS.split(line.rstrip("\n"))]


def read_verb(cells: list[str]) -> Verb:
    """One verb line; frames are ``intr obj أن إن``, ``PREP => prep`` and ``obj+PREP => prep``."""
    _, past, present, masdar, base, simple_past, noun, frame = cells
    direct = frame == "obj" or frame.startswith("obj+")
    clause = frame if frame in {"أن", "إن"} else ""
    left, _, right = frame.removeprefix("obj+").partition("=>") if "=>" in frame else ("", "", "")
    return Verb(
        past, present, masdar, base, simple_past, noun, direct, left.strip(), right.strip(), clause
    )  # fmt: skip


def read_lexicon(folder: Path) -> Lexicon:
    """Read ``lemma_*.tsv`` and ``lex_*.tsv``. Raises ``ValueError`` on a malformed line."""
    nouns: dict[Noun, None] = {}
    adjectives: dict[Adjective, None] = {}
    verbs: dict[Verb, None] = {}
    adverbs: dict[tuple[str, str], None] = {}
    expressions: dict[tuple[str, str], None] = {}
    for path in sorted(folder.glob("lemma_*.tsv")):
        for cells in rows(path):
            kind = cells[0]
            if _WIDTH.get(kind) != len(cells):
                raise ValueError(
                    f"{path.name}: {' ||| '.join(cells)[:60]!r}: wrong number of cells"
                )
            if kind == "noun":
                _, singular, gender, english, plural, english_plural, human = cells
                plural = "" if plural == "-" else plural
                nouns[
                    Noun(singular, gender == "f", english, plural, english_plural, human == "h")
                ] = None
            elif kind == "adj":
                adjectives[Adjective(*cells[1:])] = None
            elif kind == "verb":
                verbs[read_verb(cells)] = None
            else:
                (adverbs if kind == "adv" else expressions)[(cells[1], cells[2])] = None
    blocks: dict[str, dict[tuple[str, str], None]] = {}
    for path in sorted(folder.glob("lex_*.tsv")):
        for cells in rows(path):
            if len(cells) != 3:
                raise ValueError(
                    f"{path.name}: {' ||| '.join(cells)[:60]!r}: wrong number of cells"
                )
            blocks.setdefault(cells[0], {})[(cells[1], cells[2])] = None
    return Lexicon(
        tuple(nouns),
        tuple(adjectives),
        tuple(verbs),
        tuple(adverbs),
        tuple(expressions),
        {name: tuple(entries) for name, entries in blocks.items()},
    )


def read_pairs(folder: Path) -> list[tuple[str, str]]:
    """The project's own sentence pairs, in file order."""
    pairs = []
    for path in sorted(folder.glob("pairs_*.tsv")):
        for cells in rows(path):
            if len(cells) == 2:
                pairs.append((cells[0], cells[1]))
    return pairs


def citation_pairs(lexicon: Lexicon) -> list[tuple[str, str]]:
    """Lemmas alone, each form with its English: vocabulary in its shortest context."""
    pairs = [*lexicon.adverbs, *lexicon.expressions]
    for noun in lexicon.nouns:
        pairs.append((noun.singular, noun.english))
        if noun.plural:
            pairs.append((noun.plural, noun.english_plural))
    for adjective in lexicon.adjectives:
        pairs += [(adjective.masculine, adjective.english), (adjective.feminine, adjective.english)]
    for verb in lexicon.verbs:
        pairs.append((verb.past, f"he {verb.simple_past}"))
        pairs.append((verb.present, f"he {english.third_person(verb.base)}"))
        pairs.append((verb.masdar, verb.english_noun))
    return pairs
