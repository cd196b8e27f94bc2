"""An Argos package run through CTranslate2 and SentencePiece directly.

Decodes as argostranslate 1.11 does (same beam, length penalty, detokeniser), so that one sentence
gives the same English; unlike it, all texts of a call share batches, long texts are divided
rather than cut off, and every piece knows its characters.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from bilingual.engine.base import Alignment, DecodeOptions, Hypothesis, PackageInfo
from bilingual.engine.divide import divide, is_looping
from bilingual.engine.modelbin import check_variables, decoder_layers, with_alignment
from bilingual.engine.packages import LoadedPackage, load
from bilingual.engine.pieces import PieceModel, Span
from bilingual.errors import BilingualError

if TYPE_CHECKING:
    from ctranslate2 import Translator

__all__ = ["ArgosEngine"]

_UNKNOWN = "<unk>"
_Pieces = list[str]
_Rows = list[list[float]]


@dataclass(frozen=True, slots=True)
class _Decoded:
    """The n best of one chunk: pieces and scores, best first."""

    hypotheses: list[_Pieces]
    scores: list[float]
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class _Chunk:
    span: Span
    pieces: _Pieces
    decoded: _Decoded


def _available_cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1


class ArgosEngine:
    """Implements ``Engine``. ``package`` is anything that ``packages.load`` takes.

    ``threads`` is the number of cores used, all that the process may use when None; each decodes
    batches of its own. ``device`` and ``compute_type`` are CTranslate2's. Raises E0001 to E0009.
    """

    def __init__(
        self,
        package: LoadedPackage | PackageInfo | Path | str | None = None,
        options: DecodeOptions | None = None,
        *,
        threads: int | None = None,
        device: str = "cpu",
        compute_type: str = "default",
    ) -> None:
        if not isinstance(package, LoadedPackage):
            package = load(package)
        self._info = package.info
        self._options = options or _own_options(package.info)
        self._threads = max(1, threads if threads is not None else _available_cores())
        self._device = device
        self._compute_type = compute_type
        self._pieces = PieceModel(package.sentencepiece, self._where)
        self._translator = self._load_translator(package.model)
        self._aligner_lock = Lock()
        self._loaded_aligners: list[tuple[Translator, bool]] = []
        prefix = package.info.metadata.get("target_prefix", "")
        self._prefix = prefix if isinstance(prefix, str) else ""

    @property
    def _where(self) -> str:
        return str(self._info.path) if self._info.location == "path" else ""

    def _load_translator(self, model: dict[str, bytes]) -> Translator:
        # Imported here, and not with the module, so that the command line starts at once.
        import ctranslate2

        # A table that lies about its sizes would have CTranslate2 ask for any amount of memory.
        check_variables(model["model.bin"], self._where)
        try:
            _check_vocabularies(model)
            return ctranslate2.Translator(
                "model",
                device=self._device,
                compute_type=self._compute_type,
                inter_threads=self._threads if self._device == "cpu" else 1,
                intra_threads=1 if self._device == "cpu" else 0,
                files=model,
            )
        except (RuntimeError, ValueError, MemoryError) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise BilingualError(
                "E0007", f"CTranslate2 cannot load the model: {reason}", self._where
            ) from error

    def _aligners(self) -> list[tuple[Translator, bool]]:
        """The same model, once for each layer that aligns, and whether that layer runs ahead.

        Loaded when first asked for, and apart from the one that translates: unknown pieces are
        copied from the source by the attention that the package itself names.
        """
        with self._aligner_lock:
            if not self._loaded_aligners:
                files = load(self._info).model
                for layer, heads, ahead in _alignment_views(self._info, files["model.bin"]):
                    model = with_alignment(files["model.bin"], layer, heads)
                    translator = self._load_translator({**files, "model.bin": model})
                    self._loaded_aligners.append((translator, ahead))
            return self._loaded_aligners

    @property
    def name(self) -> str:
        """``ctranslate2 4.8.5``."""
        import ctranslate2

        return f"ctranslate2 {ctranslate2.__version__}"

    @property
    def package(self) -> PackageInfo:
        """The model it runs."""
        return self._info

    @property
    def options(self) -> DecodeOptions:
        """How it decodes."""
        return self._options

    def translate(
        self, texts: Sequence[str], *, hypotheses: int = 1
    ) -> list[tuple[Hypothesis, ...]]:
        """For each text its ``hypotheses`` best translations; see ``Engine.translate``.

        Equal texts are decoded once. A text of more than ``max_pieces`` pieces is divided at ؛ or
        ، (else at white space) and its parts are joined with a space; the k-th translation joins
        the k-th of each part.
        """
        unique = list(dict.fromkeys(texts))
        found = dict(zip(unique, self._translate(unique, max(1, hypotheses)), strict=True))
        return [found[text] for text in texts]

    def _translate(self, texts: list[str], count: int) -> list[tuple[Hypothesis, ...]]:
        spans = [
            self._chunk_spans(text, pieces)
            for text, pieces in zip(texts, self._pieces.encode(texts), strict=True)
        ]
        flat = [(i, span) for i, parts in enumerate(spans) for span in parts]
        chunks: list[list[_Chunk]] = [[] for _ in texts]
        for (i, _), chunk in zip(
            flat, self._decode_spans([(texts[i], span) for i, span in flat], count), strict=True
        ):
            chunks[i].extend(chunk)
        return [self._join(text, parts, count) for text, parts in zip(texts, chunks, strict=True)]

    def _chunk_spans(self, text: str, pieces: _Pieces) -> list[Span]:
        if len(pieces) <= self._options.max_pieces:
            return [(0, len(text))] if pieces and not text.isspace() else []
        return divide(text, self._pieces.encode_spans(text)[1], self._options.max_pieces)

    def _decode_spans(self, jobs: list[tuple[str, Span]], count: int) -> list[list[_Chunk]]:
        """The chunks of each job: one, or two or more where the English was too long for one."""
        sources = self._pieces.encode([text[a:b] for text, (a, b) in jobs])
        decoded = self._decode(sources, count)
        odd = [i for i, d in enumerate(decoded) if is_looping(d.hypotheses[0])
               and not is_looping(sources[i])]  # fmt: skip
        for i, again in zip(odd, self._decode_again([sources[i] for i in odd], count), strict=True):
            if not is_looping(again.hypotheses[0]):
                decoded[i] = again
        out: list[list[_Chunk]] = []
        for job, source, result in zip(jobs, sources, decoded, strict=True):
            chunk = [_Chunk(job[1], source, result)]
            full = len(result.hypotheses[0]) >= self._options.max_decoding_pieces
            out.append(self._halve(job, source, count) or chunk if full else chunk)
        return out

    def _halve(self, job: tuple[str, Span], source: _Pieces, count: int) -> list[_Chunk]:
        """The decode of a text in two parts, because its English did not end in the room given."""
        text, (start, end) = job
        if len(source) < 8:
            return []
        inner = self._pieces.encode_spans(text[start:end])[1]
        halves = divide(text[start:end], inner, -(-len(inner) // 2))
        if len(halves) < 2:
            return []
        jobs = [(text, (start + a, start + b)) for a, b in halves]
        return [chunk for part in self._decode_spans(jobs, count) for chunk in part]

    def _decode(self, sources: list[_Pieces], count: int, **extra: Any) -> list[_Decoded]:
        if not sources:
            return []
        results = [_result(r) for r in self._run(sources, count, **extra)]
        # In batches CTranslate2 looks up the source of a first unknown piece in a neighbour's
        # attention; alone it does not. Unknown pieces are rare, so those texts go alone.
        for i, result in enumerate(results):
            if any(_UNKNOWN in pieces for pieces in result.hypotheses):
                again = self._run([sources[i]], count, replace_unknowns=True, **extra)
                results[i] = _result(again[0])
        return results

    def _decode_again(self, sources: list[_Pieces], count: int) -> list[_Decoded]:
        again = self._decode(sources, count, no_repeat_ngram_size=4, repetition_penalty=1.1)
        return [_Decoded(d.hypotheses, d.scores, repaired=True) for d in again]

    def _run(self, sources: list[_Pieces], count: int, **extra: Any) -> list[Any]:
        """Decode, every batch made of sources of one length.

        Padding changes the last bits of a float, and with int8 now and then a score by a
        hundredth; without it a text gives the same words whatever else shares its batch.
        """
        options = self._options
        by_length: dict[int, list[int]] = {}
        for i, source in enumerate(sources):
            by_length.setdefault(len(source), []).append(i)
        pending: list[tuple[list[int], list[Any]]] = []
        # Longest first, so that no core is left with a long batch at the end.
        for length in sorted(by_length, reverse=True):
            size = max(1, options.max_batch_tokens // length)
            members = by_length[length]
            for batch in (members[j : j + size] for j in range(0, len(members), size)):
                found = self._translator.translate_batch(
                    [sources[i] for i in batch],
                    target_prefix=[[self._prefix]] * len(batch) if self._prefix else None,
                    asynchronous=True,
                    beam_size=max(count, options.beam_size),
                    num_hypotheses=count,
                    length_penalty=options.length_penalty,
                    max_decoding_length=options.max_decoding_pieces,
                    max_input_length=0,
                    return_scores=True,
                    **extra,
                )
                pending.append((batch, found))
        results: list[Any] = [None] * len(sources)
        for batch, found in pending:
            for i, result in zip(batch, found, strict=True):
                results[i] = result.result()
        return results

    def _join(self, text: str, chunks: list[_Chunk], count: int) -> tuple[Hypothesis, ...]:
        if not chunks:
            return (Hypothesis("", 0.0),)
        keep = "_" in text
        out: list[Hypothesis] = []
        for k in range(min(count, max(len(c.decoded.hypotheses) for c in chunks))):
            best = [min(k, len(c.decoded.hypotheses) - 1) for c in chunks]
            pieces = [tuple(self._strip_prefix(c.decoded.hypotheses[b]))
                      for c, b in zip(chunks, best, strict=True)]  # fmt: skip
            out.append(
                Hypothesis(
                    text=_join_texts(self._pieces.decode(p, keep_underscores=keep) for p in pieces),
                    score=sum(c.decoded.scores[b] for c, b in zip(chunks, best, strict=True)),
                    chunks=tuple(pieces),
                    spans=tuple(c.span for c in chunks),
                    repaired=any(c.decoded.repaired for c in chunks),
                )
            )
        return tuple(out)

    def _strip_prefix(self, pieces: _Pieces) -> _Pieces:
        return pieces[1:] if self._prefix and pieces[:1] == [self._prefix] else pieces

    def align(self, texts: Sequence[str], chosen: Sequence[Hypothesis]) -> list[Alignment]:
        """Attention of one hypothesis of each text; see ``Engine.align``.

        Beam search returns a wrong first row for every text of a batch but one, so the hypothesis
        is forced through a greedy pass. A hypothesis without ``chunks`` is cut into pieces anew.
        """
        sources: list[tuple[_Pieces, list[Span]]] = []
        targets: list[_Pieces] = []
        counts: list[int] = []
        for text, hypothesis in zip(texts, chosen, strict=True):
            parts = self._chunks_of(text, hypothesis)
            counts.append(len(parts))
            for (start, end), pieces in parts:
                source, spans = self._pieces.encode_spans(text[start:end])
                sources.append((source, [(start + a, start + b) for a, b in spans]))
                targets.append(pieces)
        rows = iter(self._attention([source for source, _ in sources], targets))
        following = iter(zip(sources, targets, strict=True))
        return [
            self._alignment(text, hypothesis, [(*next(following), next(rows)) for _ in range(n)])
            for text, hypothesis, n in zip(texts, chosen, counts, strict=True)
        ]

    def _chunks_of(self, text: str, hypothesis: Hypothesis) -> list[tuple[Span, _Pieces]]:
        chunks = [list(pieces) for pieces in hypothesis.chunks]
        if not chunks and hypothesis.text:
            chunks = self._pieces.encode([hypothesis.text])
        spans = list(hypothesis.spans)
        if len(spans) != len(chunks):
            spans = self._chunk_spans(text, self._pieces.encode([text])[0])
        if len(spans) != len(chunks):
            spans, chunks = [(0, len(text))], [[p for pieces in chunks for p in pieces]]
        return list(zip(spans, chunks, strict=True))

    def _attention(self, sources: list[_Pieces], targets: list[_Pieces]) -> list[_Rows]:
        """For each pair the rows of attention, one a target piece, over the source pieces."""
        pairs = [i for i, (s, t) in enumerate(zip(sources, targets, strict=True)) if s and t]
        views = []
        for translator, ahead in self._aligners() if pairs else []:
            found = self._force(translator, [(sources[i], targets[i]) for i in pairs])
            views.append([rows[1:] + rows[-1:] for rows in found] if ahead else found)
        out: list[_Rows] = [[] for _ in sources]
        for k, i in enumerate(pairs):
            out[i] = _mean([view[k] for view in views])
        return out

    def _force(self, translator: Translator, pairs: list[tuple[_Pieces, _Pieces]]) -> list[_Rows]:
        prefix = [self._prefix] if self._prefix else []
        sources = [source for source, _ in pairs]
        forced = [prefix + target for _, target in pairs]
        by_length: dict[int, list[int]] = {}
        for i, target in enumerate(forced):
            by_length.setdefault(len(target), []).append(i)
        out: list[_Rows] = [[] for _ in sources]
        for length, group in by_length.items():
            results = translator.translate_batch(
                [sources[i] for i in group],
                target_prefix=[forced[i] for i in group],
                max_batch_size=self._options.max_batch_tokens,
                batch_type="tokens",
                beam_size=1,
                max_decoding_length=length,
                max_input_length=0,
                return_attention=True,
            )
            for i, result in zip(group, results, strict=True):
                out[i] = result.attention[0][len(prefix) : length]
        return out

    def _alignment(
        self,
        text: str,
        hypothesis: Hypothesis,
        parts: list[tuple[tuple[_Pieces, list[Span]], _Pieces, _Rows]],
    ) -> Alignment:
        source_spans = [span for (_, spans), _, _ in parts for span in spans]
        target_spans: list[Span] = []
        weights: list[tuple[float, ...]] = []
        before = at = 0
        for (_, spans), pieces, rows in parts:
            part, inner = self._pieces.decode_spans(pieces, keep_underscores="_" in text)
            if len(parts) > 1:
                part = part.strip()
            # Where the chunk stands in the joined text; _join_texts puts one space between.
            found = hypothesis.text.find(part, at)
            at = found if found >= 0 else at
            lead = len(self._pieces.decode(pieces, keep_underscores="_" in text)) - len(
                self._pieces.decode(pieces, keep_underscores="_" in text).lstrip()
            )
            shift = at - (lead if len(parts) > 1 else 0)
            limit = len(hypothesis.text)
            target_spans += [
                (min(max(a + shift, 0), limit), min(max(b + shift, 0), limit)) for a, b in inner
            ]
            after = len(source_spans) - before - len(spans)
            weights += [(0.0,) * before + tuple(row) + (0.0,) * after for row in rows]
            before += len(spans)
            at += len(part)
        return Alignment(tuple(source_spans), tuple(target_spans), tuple(weights))


def _own_options(info: PackageInfo) -> DecodeOptions:
    """The defaults, with the longest source that the package itself says it does well."""
    most = info.metadata.get("max_pieces")
    if isinstance(most, int) and 16 <= most <= DecodeOptions().max_pieces:
        return DecodeOptions(max_pieces=most)
    return DecodeOptions()


def _result(found: Any) -> _Decoded:
    return _Decoded([list(pieces) for pieces in found.hypotheses], list(found.scores))


def _check_vocabularies(model: dict[str, bytes]) -> None:
    """Raise ValueError for an empty vocabulary: CTranslate2 loads it, and then writes nothing."""
    for name, data in model.items():
        if "vocabulary" in name and data.strip() in (b"", b"[]"):
            raise ValueError(f"{name} is empty")


def _mean(views: list[_Rows]) -> _Rows:
    if len(views) == 1:
        return views[0]
    return [
        [sum(weights) / len(views) for weights in zip(*rows, strict=True)]
        for rows in zip(*views, strict=True)
    ]


def _alignment_views(info: PackageInfo, model: bytes) -> list[tuple[int, int, bool]]:
    """Layer, number of heads (0 is all) and whether it attends to the piece just read.

    ``metadata.json`` may name them: ``"alignment": [[-1, 0, false]]``. A decoder of two layers has
    both averaged: the lower follows the piece that was read, the upper the piece to be written
    (measured on names of a gold alignment: F1 0.73 together, 0.69 apart, 0.62 as packed). Deeper
    ones align best in the layer before the last (Garg et al. 2019, arXiv 1909.02074).
    """
    named = info.metadata.get("alignment")
    if isinstance(named, list):
        views = [
            (view[0], view[1], view[2])
            for view in named
            if isinstance(view, list) and [type(v) for v in view] == [int, int, bool]
        ]
        if views:
            return views
    layers = decoder_layers(model)
    if layers == 2:
        return [(-1, 0, False), (-2, 0, True)]
    return [(-2 if layers > 2 else -1, 0, False)]


def _join_texts(parts: Iterable[str]) -> str:
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    return " ".join(part for part in (p.strip() for p in parts) if part)
