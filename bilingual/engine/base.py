"""What the library asks of a translation engine; nothing here knows a glossary or TEI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

__all__ = ["Alignment", "DecodeOptions", "Engine", "Hypothesis", "PackageInfo"]


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """An Argos package: what its ``metadata.json`` says, and what it is by its bytes."""

    name: str
    """``translate-ar_en``."""
    version: str
    source_language: str
    target_language: str
    sha256: str
    """Of ``model.bin`` and ``sentencepiece.model``, in that order."""
    location: str
    """``starter``, ``installed`` or ``path``: where it was found, never a machine path."""
    path: Path
    card: str = ""
    """README.md of the package, Markdown; empty when it has none."""
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    """How an engine decodes; the defaults are those of argostranslate 1.11, so texts agree."""

    beam_size: int = 4
    length_penalty: float = 0.2
    max_batch_tokens: int = 2048
    max_pieces: int = 150
    """Longer sources are divided at ؛ or ، (else at white space) and joined again. A package may
    name a lower number, ``max_pieces`` in its ``metadata.json``: a small model translates the
    parts of a long sentence better than the whole."""
    max_decoding_pieces: int = 256

    def as_mapping(self) -> dict[str, str]:
        """Those options that change the words, for the signature of an edition."""
        return {
            "beam": str(self.beam_size),
            "length-penalty": f"{self.length_penalty:g}",
            "max-pieces": str(self.max_pieces),
        }


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation of one text. ``score`` is Σ log p / length^penalty: no probability."""

    text: str
    score: float
    chunks: tuple[tuple[str, ...], ...] = ()
    """The target pieces, one tuple for each chunk the source was divided into."""
    spans: tuple[tuple[int, int], ...] = ()
    """Characters of the source that each chunk translates; empty when not known."""
    repaired: bool = False
    """Decoded a second time with repetition forbidden, because the first ran in circles."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Attention of one hypothesis: which source characters each target character came from.

    ``source_spans`` and ``target_spans`` are ``[start, end)`` in characters of the text given
    to the engine and of the hypothesis, one for each piece; ``weights[t][s]`` is the attention
    of target piece ``t`` on source piece ``s``. A row sums to 1 at the most: what is missing lies
    on the end of the sentence, as for words that translate nothing. Spans hold no white space, so
    that of a bare space is empty; pieces of one character share its span.
    """

    source_spans: tuple[tuple[int, int], ...]
    target_spans: tuple[tuple[int, int], ...]
    weights: tuple[tuple[float, ...], ...]


@runtime_checkable
class Engine(Protocol):
    """Translates Arabic text to English. Thread-safe; results come in the order of the texts."""

    @property
    def name(self) -> str:
        """``ctranslate2 4.8.5``."""
        ...

    @property
    def package(self) -> PackageInfo:
        """The model it runs."""
        ...

    @property
    def options(self) -> DecodeOptions:
        """How it decodes."""
        ...

    def translate(
        self, texts: Sequence[str], *, hypotheses: int = 1
    ) -> list[tuple[Hypothesis, ...]]:
        """For each text its ``hypotheses`` best translations (fewer when there are no more).

        Texts are taken as they are: clean them first (``script.clean``). An empty text gives
        one empty hypothesis. All texts of a call share batches.
        """
        ...

    def align(self, texts: Sequence[str], chosen: Sequence[Hypothesis]) -> list[Alignment]:
        """Attention of one hypothesis of each text, from a forced greedy pass."""
        ...
