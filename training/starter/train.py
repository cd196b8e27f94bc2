"""Training: one code path for CUDA and CPU, resumable after a kill.

bf16 weights with fp32 masters, label smoothing, subword sampling on the source, guided alignment
of one head. The learning rate holds, then falls linearly to zero as the budget (target tokens, or
minutes, whichever is nearer its end) runs out.
"""

from __future__ import annotations

import random
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from sentencepiece import SentencePieceProcessor
from torch import Tensor
from torch.nn.functional import cross_entropy

from .align import LexicalTable
from .model import PAD, ModelConfig, Transformer
from .optimiser import Optimiser
from .peers import Peers
from .tokenizer import BOS, EOS

Pair = tuple[str, str]
Example = tuple[list[int], list[int]]
_LATIN = re.compile("[A-Za-z]")
_ARABIC = re.compile("[\u0621-\u064a]")


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """Settings of a run. ``rate`` is AdamW's peak; ``hold`` the budget's share before decay."""

    tokens: float = 60e6
    minutes: float = 1e9
    batch_tokens: int = 4800
    rate: float = 8e-4
    warmup: int = 200
    hold: float = 0.4
    smoothing: float = 0.1
    sampling: float = 0.3
    alpha: float = 0.15
    guided: float = 0.05
    longest: int = 160
    save_every: int = 200
    exchange_every: int = 20
    seed: int = 1


def encode(
    pairs: Sequence[Pair], sp: SentencePieceProcessor, config: TrainConfig, rng: random.Random
) -> list[Example]:
    """Piece numbers of both sides; a share of purely Arabic sources is segmented by sampling.

    Latin text is never sampled: the pieces of a name must be the same on both sides to be copied.
    """
    sources: list[list[int]] = sp.encode([a for a, _ in pairs], num_threads=1)
    sampled = [
        i
        for i, (a, _) in enumerate(pairs)
        if not _LATIN.search(a) and rng.random() < config.sampling
    ]
    again = sp.encode(
        [pairs[i][0] for i in sampled],
        enable_sampling=True, alpha=config.alpha, nbest_size=-1, num_threads=1,
    )  # fmt: skip
    for i, pieces in zip(sampled, again, strict=True):
        sources[i] = pieces
    targets: list[list[int]] = sp.encode([e for _, e in pairs], num_threads=1)
    return [
        ([*s, EOS], [BOS, *t, EOS])
        for s, t in zip(sources, targets, strict=True)
        if 0 < len(s) < config.longest and 0 < len(t) < config.longest
    ]


def batches(examples: list[Example], limit: int, rng: random.Random) -> list[list[Example]]:
    """Group by length so that padded size stays under ``limit`` tokens a side; shuffled."""
    ordered = sorted(examples, key=lambda x: max(len(x[0]), len(x[1])) + 2 * rng.random())
    out: list[list[Example]] = []
    batch: list[Example] = []
    widest = 0
    for example in ordered:
        size = max(len(example[0]), len(example[1]))
        if batch and max(widest, size) * (len(batch) + 1) > limit:
            out.append(batch)
            batch, widest = [], 0
        batch.append(example)
        widest = max(widest, size)
    if batch:
        out.append(batch)
    rng.shuffle(out)
    return out


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """A rectangle of piece numbers, padded on the right."""
    widest = max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (widest - len(row))] for row in rows])


def dictionary_init(model: Transformer, table: LexicalTable, sp: SentencePieceProcessor) -> None:
    """Start each Arabic piece's embedding near the mix of its English translations' embeddings."""
    with torch.no_grad():
        weight = model.embedding.weight
        start = weight.clone()
        for piece, translations in table.best().items():
            if not _ARABIC.search(sp.id_to_piece(piece)):
                continue
            mix = torch.zeros(weight.shape[1])
            for target, probability in translations:
                mix += probability * start[target]
            if mix.norm() > 0:
                weight[piece] = 0.85 * mix / mix.norm() + 0.5 * start[piece] / start[piece].norm()


def guided_loss(weights: Tensor, source: Tensor, labels: Tensor, table: Tensor) -> Tensor:
    """Cross-entropy between the alignment head and lexical links with a diagonal prior.

    Rows without a sure link (padding, ``</s>``, words the table does not know) count nothing.
    """
    batch, rows, columns = weights.shape
    link = table[
        source[:, None, :].expand(batch, rows, columns),
        labels[:, :, None].expand(batch, rows, columns),
    ]
    link = link.float()
    length_s = (source != PAD).sum(1).clamp(min=1)[:, None, None]
    length_t = (labels != PAD).sum(1).clamp(min=1)[:, None, None]
    where = torch.arange(columns, device=link.device)[None, None] / length_s
    when = torch.arange(rows, device=link.device)[None, :, None] / length_t
    link = link * torch.exp(-5.0 * (where - when).abs())
    total = link.sum(-1)
    sure = (total > 0.02) & (labels != PAD) & (labels != EOS)
    wanted = link / total.clamp(min=1e-6)[..., None]
    loss = -(wanted * (weights.float() + 1e-6).log()).sum(-1)
    return (loss * sure).sum() / sure.sum().clamp(min=1)


class Schedule:
    """Learning rate from progress: tokens spent or minutes gone, whichever is further."""

    def __init__(self, config: TrainConfig, elapsed: float = 0.0) -> None:
        self.config = config
        self.started = time.time() - elapsed

    def elapsed(self) -> float:
        """Seconds trained, over all resumptions."""
        return time.time() - self.started

    def progress(self, tokens: float) -> float:
        """0 at the start, 1 when the budget is spent."""
        return max(tokens / self.config.tokens, self.elapsed() / 60 / self.config.minutes)

    def rate(self, step: int, tokens: float) -> float:
        """Warm-up, hold, linear fall to zero."""
        left = (1 - self.progress(tokens)) / (1 - self.config.hold)
        return self.config.rate * min(1.0, step / self.config.warmup) * max(0.0, min(1.0, left))


def run(
    epochs: Iterator[list[Pair]],
    sp: SentencePieceProcessor,
    checkpoint: Path,
    shape: ModelConfig,
    config: TrainConfig,
    table: LexicalTable,
    log: Callable[[str], None] = print,
    peers: Peers | None = None,
) -> None:
    """Train until the budget is spent or SIGTERM/SIGINT arrives; a later call resumes."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(config.seed)
    rng = random.Random(time.time_ns())
    model = Transformer(shape)
    if not checkpoint.exists():
        dictionary_init(model, table, sp)
    model.to(device)
    optimiser = Optimiser(model)
    tokens, elapsed = 0, 0.0
    if checkpoint.exists():
        saved: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
        optimiser.restore(saved["optimiser"])
        tokens, elapsed = int(saved["tokens"]), float(saved["elapsed"])
        log(f"resumed at step {optimiser.step_count}, {tokens / 1e6:.2f} M target tokens")
    model.to(torch.bfloat16)
    optimiser.push()
    optimiser.parameters = [p for _, p in model.named_parameters()]
    links = torch.from_numpy(table.dense()).to(device) if config.guided else None
    schedule = Schedule(config, elapsed)
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

    def save() -> None:
        beside = checkpoint.with_suffix(".part")
        torch.save(
            {
                "optimiser": optimiser.state(),
                "tokens": tokens,
                "elapsed": schedule.elapsed(),
                "shape": asdict(shape),
            },
            beside,
        )
        beside.replace(checkpoint)

    losses = aligned = counted = 0.0
    since = time.time()
    while not stopping and schedule.progress(tokens) < 1:
        pairs = next(epochs)
        grouped = batches(encode(pairs, sp, config, rng), config.batch_tokens, rng)
        log(f"epoch of {len(pairs)} pairs in {len(grouped)} batches")
        for batch in grouped:
            source = padded([s for s, _ in batch]).to(device)
            target = padded([t for _, t in batch]).to(device)
            labels = target[:, 1:]
            logits, weights = model(source, target[:, :-1])
            count = int((labels != PAD).sum())
            loss = (
                cross_entropy(
                    logits.reshape(-1, logits.shape[-1]).float(),
                    labels.reshape(-1),
                    ignore_index=PAD,
                    label_smoothing=config.smoothing,
                    reduction="sum",
                )
                / count
            )
            losses += loss.item() * count
            if links is not None:
                extra = guided_loss(weights, source, labels, links)
                aligned += extra.item() * count
                loss = loss + config.guided * extra
            loss.backward()
            rate = schedule.rate(optimiser.step_count + 1, tokens)
            norm = optimiser.step(rate)
            tokens += count
            counted += count
            step = optimiser.step_count
            if step % 50 == 0:
                speed = counted / (time.time() - since)
                log(
                    f"step {step} loss {losses / counted:.3f} guided {aligned / counted:.3f} "
                    f"norm {norm:.2f} rate {rate:.2e} {speed:.0f} tokens/s {tokens / 1e6:.2f} M"
                )
                losses = aligned = counted = 0.0
                since = time.time()
            if peers is not None and step % config.exchange_every == 0:
                peers.exchange(optimiser.masters)
                optimiser.push()
            if step % config.save_every == 0:
                save()
            if stopping or schedule.progress(tokens) >= 1:
                break
    save()
    log(f"saved at step {optimiser.step_count}, {tokens / 1e6:.2f} M target tokens")
