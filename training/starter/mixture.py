"""The mixture of an epoch: natural pairs, our own, composed sentences, inlined English, neighbours.

``Mixture`` reads and cleans everything once; ``epoch`` draws a fresh mixture each time.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import cleaning, copying
from .grammar import Grammar
from .heldout import HeldOut
from .lexicon import Lexicon, citation_pairs, read_lexicon, read_pairs
from .manifest import Source
from .newspaper import mess
from .templates import Templates

Pair = tuple[str, str]
_NAME_BLOCKS = [
    "person_m",
    "person_f",
    "org_m",
    "org_f",
    "city",
    "country_f",
    "country_m",
    "np_m",
    "np_f",
]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many composed pairs an epoch holds."""

    templates: int = 34000
    grammar: int = 18000
    inlined: int = 45000
    identity: int = 3000
    renumbered: float = 0.5
    neighbours: float = 0.12


def read_tsv(path: Path) -> list[Pair]:
    """``arabic TAB english`` lines; further cells are ignored."""
    pairs = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 2:
                pairs.append((cleaning.tidy(cells[0]), cleaning.tidy(cells[1])))
    return pairs


class Mixture:
    """All training text, cleaned, licensed and checked against the held-out sets."""

    def __init__(
        self,
        sources: list[Source],
        data: Path,
        corpus: Path,
        held_out: HeldOut,
        seed: int,
        log: Callable[[str], None] = print,
    ) -> None:
        self.rng = random.Random(seed)
        self.natural: list[tuple[float, list[Pair]]] = []
        self.names: list[tuple[float, list[Pair]]] = []
        self.lexicon: Lexicon = read_lexicon(corpus)
        self.written: list[Pair] = []
        own_weight = 1.0
        for source in sources:
            if not source.used:
                continue
            if source.kind == "own":
                self.written, refused = held_out.refuse(read_pairs(corpus))
                own_weight = source.weight
                log(f"{source.name}: {len(self.written)} pairs, {refused} refused")
                continue
            name = source.kind == "names"
            pairs = list(dict.fromkeys(read_tsv(data / source.file)))
            clean = [p for p in pairs if cleaning.is_pair(*p, name=name)]
            kept, refused = held_out.refuse(clean)
            unclean = len(pairs) - len(clean)
            log(f"{source.name}: {len(kept)} pairs, {unclean} unclean, {refused} refused")
            if name:
                kept = [(a, cleaning.name_case(e)) if " " not in e else (a, e) for a, e in kept]
                self.names.append((source.weight, kept))
            else:
                tag = f"{source.tag} " if source.tag else ""
                self.natural.append((source.weight, [(tag + a, e) for a, e in kept]))
        self.own_weight = own_weight
        self.citations, _ = held_out.refuse(citation_pairs(self.lexicon))
        blocks = (p for key, ps in self.lexicon.blocks.items() if key != "sent" for p in ps)
        self.blocks, _ = held_out.refuse(blocks)
        every = [p for _, ps in self.names for p in ps]
        tokens = [p for p in every if " " not in p[0] and " " not in p[1]]
        self.grammar = Grammar(self.lexicon, self.rng)
        self.templates = Templates(self.lexicon, self.rng, tokens)
        self.name_pool = sorted({e for _, e in every if e[:1].isupper()})
        self.mentions = self._mentions(every)
        self.held_out = held_out

    def _mentions(self, every: list[Pair]) -> list[tuple[str, str, list[copying.Mention]]]:
        table: dict[str, str] = {}
        for block in _NAME_BLOCKS:
            for a, e in self.lexicon.blocks.get(block, ()):
                table.setdefault(a, e.removeprefix("the "))
        for a, e in every:
            if len(a.split()) <= 4 and e[:1].isupper():
                table.setdefault(a, e)
        table = {a: e for a, e in table.items() if len(a) > 3}
        found = []
        for a, e in [*self.written, *(p for _, ps in self.natural for p in ps)]:
            if not a.startswith("<"):
                mentions = copying.find_mentions(a, e, table)
                if mentions:
                    found.append((a, e, mentions))
        return found

    def _drawn(self, weight: float, pairs: list[Pair]) -> list[Pair]:
        whole = int(weight)
        share = int((weight - whole) * len(pairs))
        return pairs * whole + self.rng.sample(pairs, share)

    def epoch(self, sizes: Sizes = Sizes()) -> list[Pair]:
        """One epoch's pairs, shuffled, with fresh composed sentences and fresh mess."""
        rng = self.rng
        out = [p for weight, pairs in self.natural for p in self._drawn(weight, pairs)]
        out += self._drawn(self.own_weight, self.written)
        composed = [self.templates.sample(0.35) for _ in range(sizes.templates)]
        composed += [self.grammar.sample() for _ in range(sizes.grammar)]
        for a, e, mentions in rng.choices(
            self.mentions, k=min(sizes.inlined, 4 * len(self.mentions))
        ):
            some = rng.sample(mentions, rng.randint(1, min(3, len(mentions))))
            composed.append(copying.inline(a, e, some, rng, names=self.name_pool))
        kept, _ = self.held_out.refuse(composed)
        out = [
            copying.renumber(*p, rng) if rng.random() < sizes.renumbered else p
            for p in [*out, *kept]
        ]
        long = [p for p in out if len(p[0].split()) > 4 and not p[0].startswith("<")]
        for _ in range(int(len(long) * sizes.neighbours)):
            some_pairs = rng.sample(long, rng.choice([2, 2, 3]))
            out.append((" ".join(a for a, _ in some_pairs), " ".join(e for _, e in some_pairs)))
        out = [(mess(a, rng), e) for a, e in out]
        out += self.citations + self.blocks
        out += [p for weight, pairs in self.names for p in self._drawn(weight, pairs)]
        for _ in range(sizes.identity):
            name = copying.invented_name(rng) if rng.random() < 0.5 else rng.choice(self.name_pool)
            out.append((name, name))
        rng.shuffle(out)
        return out
