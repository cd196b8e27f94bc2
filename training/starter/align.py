"""Lexical alignment of subwords: IBM model 1 (Brown et al. 1993) in numpy, both directions.

It serves twice: as a dictionary from which the embeddings are initialised, and as the supervision
of one attention head (guided alignment), where a diagonal prior tells repeated pieces apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LexicalTable:
    """Sparse t(english | arabic) and a symmetrised score for pairs of piece numbers."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    forward: NDArray[np.float32]
    symmetric: NDArray[np.float32]
    vocabulary: int

    def save(self, path: Path) -> None:
        """Write as ``.npz``."""
        np.savez_compressed(
            path,
            source=self.source,
            target=self.target,
            forward=self.forward,
            symmetric=self.symmetric,
            vocabulary=np.array(self.vocabulary),
        )

    @classmethod
    def load(cls, path: Path) -> LexicalTable:
        """Read what ``save`` wrote."""
        z = np.load(path)
        return cls(z["source"], z["target"], z["forward"], z["symmetric"], int(z["vocabulary"]))

    def dense(self) -> NDArray[np.float16]:
        """The symmetric scores as a vocabulary × vocabulary matrix (128 MB at 8,000 pieces)."""
        out = np.zeros((self.vocabulary, self.vocabulary), np.float16)
        out[self.source, self.target] = self.symmetric
        return out

    def best(self, count: int = 4) -> dict[int, list[tuple[int, float]]]:
        """The ``count`` most likely translations of every source piece."""
        top: dict[int, list[tuple[int, float]]] = {}
        for i in np.lexsort((-self.forward, self.source)):
            entries = top.setdefault(int(self.source[i]), [])
            if len(entries) < count:
                entries.append((int(self.target[i]), float(self.forward[i])))
        return top


def _em(
    given: NDArray[np.int64],
    group: NDArray[np.int64],
    pair: NDArray[np.int64],
    pairs: int,
    pair_given: NDArray[np.int64],
    vocabulary: int,
    rounds: int,
) -> NDArray[np.float64]:
    t = np.full(pairs, 1.0 / vocabulary)
    groups = int(group.max()) + 1
    for _ in range(rounds):
        weight = t[pair]
        total = np.bincount(group, weights=weight, minlength=groups)
        weight /= total[group]
        count = np.bincount(pair, weights=weight, minlength=pairs)
        norm = np.bincount(pair_given, weights=count, minlength=vocabulary)
        t = count / np.maximum(norm[pair_given], 1e-12)
    return t


def ibm1(
    sources: Sequence[Sequence[int]],
    targets: Sequence[Sequence[int]],
    vocabulary: int,
    rounds: int = 6,
    floor: float = 0.01,
) -> LexicalTable:
    """Estimate both directions on sets of pieces; piece 0 stands for the empty word.

    Pairs whose probability stays under ``floor`` in both directions are dropped.
    """
    left, right, by_target, by_source = [], [], [], []
    offset_t = offset_s = 0
    for source, target in zip(sources, targets, strict=True):
        s = np.array([0, *sorted(set(source))], np.int64)
        t = np.array([0, *sorted(set(target))], np.int64)
        left.append(np.repeat(s, len(t)))
        right.append(np.tile(t, len(s)))
        by_target.append(np.tile(np.arange(len(t)), len(s)) + offset_t)
        by_source.append(np.repeat(np.arange(len(s)), len(t)) + offset_s)
        offset_t += len(t)
        offset_s += len(s)
    src, tgt = np.concatenate(left), np.concatenate(right)
    unique, pair = np.unique(src * vocabulary + tgt, return_inverse=True)
    pair_src, pair_tgt = unique // vocabulary, unique % vocabulary
    size = len(unique)
    forward = _em(src, np.concatenate(by_target), pair, size, pair_src, vocabulary, rounds)
    backward = _em(tgt, np.concatenate(by_source), pair, size, pair_tgt, vocabulary, rounds)
    keep = ((forward > floor) | (backward > floor)) & (pair_src > 0) & (pair_tgt > 0)
    return LexicalTable(
        pair_src[keep],
        pair_tgt[keep],
        forward[keep].astype(np.float32),
        np.sqrt(forward[keep] * backward[keep]).astype(np.float32),
        vocabulary,
    )
