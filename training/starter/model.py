"""A pre-norm transformer in the shape CTranslate2 can run.

Deep encoder, shallow decoder, sinusoidal positions, ReLU, one embedding matrix for source, target
and output. Attention is written out: on a CPU in bf16 it is twice as fast as the fused kernel's
backward pass at these sizes, and one head's weights can be read for guided alignment.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import linear, relu

PAD = 0


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Sizes; heads are 64 wide."""

    vocabulary: int = 8000
    width: int = 256
    encoder_layers: int = 6
    decoder_layers: int = 2
    dropout: float = 0.0
    positions: int = 512

    @property
    def heads(self) -> int:
        return self.width // 64

    @property
    def feed_forward(self) -> int:
        return 4 * self.width


def positions(count: int, width: int) -> Tensor:
    """Sinusoidal encodings, sines first: ``count`` × ``width``."""
    place = torch.arange(count)[:, None]
    angle = place / torch.pow(10000, 2 * torch.arange(width // 2)[None] / width)
    return torch.cat([angle.sin(), angle.cos()], 1)


class Attention(nn.Module):
    """Multi-head attention; ``bias`` is added to the scores (0 or a large negative number)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.output = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """The attended values, and the weights: batch × heads × queries × keys."""
        batch, queries, width = x.shape
        keys = memory.shape[1]
        q = self.query(x).view(batch, queries, self.heads, -1).transpose(1, 2)
        k, v = self.key_value(memory).view(batch, keys, 2, self.heads, -1).unbind(2)
        scores = (q * (q.shape[-1] ** -0.5)) @ k.permute(0, 2, 3, 1) + bias
        weights = torch.softmax(scores, -1)
        mixed = (weights @ v.transpose(1, 2)).transpose(1, 2).reshape(batch, queries, width)
        return self.output(mixed), weights


class FeedForward(nn.Module):
    """Two layers with a ReLU between."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.outer(relu(self.inner(x)))
        return out


class EncoderLayer(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(config.width)
        self.attention = Attention(config.width, config.heads)
        self.feed_norm = nn.LayerNorm(config.width)
        self.feed = FeedForward(config.width, config.feed_forward)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        y = self.attention_norm(x)
        x = x + self.dropout(self.attention(y, y, bias)[0])
        out: Tensor = x + self.dropout(self.feed(self.feed_norm(x)))
        return out


class DecoderLayer(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.self_norm = nn.LayerNorm(config.width)
        self.self_attention = Attention(config.width, config.heads)
        self.cross_norm = nn.LayerNorm(config.width)
        self.cross_attention = Attention(config.width, config.heads)
        self.feed_norm = nn.LayerNorm(config.width)
        self.feed = FeedForward(config.width, config.feed_forward)
        self.dropout = nn.Dropout(config.dropout)

    def forward(
        self, y: Tensor, memory: Tensor, causal: Tensor, bias: Tensor
    ) -> tuple[Tensor, Tensor]:
        z = self.self_norm(y)
        y = y + self.dropout(self.self_attention(z, z, causal)[0])
        attended, weights = self.cross_attention(self.cross_norm(y), memory, bias)
        y = y + self.dropout(attended)
        return y + self.dropout(self.feed(self.feed_norm(y))), weights


class Transformer(nn.Module):
    """Source and target piece numbers in, logits and the alignment head's weights out."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocabulary, config.width, padding_idx=PAD)
        nn.init.normal_(self.embedding.weight, std=config.width**-0.5)
        self.encoder = nn.ModuleList(EncoderLayer(config) for _ in range(config.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(config) for _ in range(config.decoder_layers))
        self.encoder_norm = nn.LayerNorm(config.width)
        self.decoder_norm = nn.LayerNorm(config.width)
        self.output_bias = nn.Parameter(torch.zeros(config.vocabulary))
        self.dropout = nn.Dropout(config.dropout)
        self.register_buffer("place", positions(config.positions, config.width), persistent=False)

    def embed(self, pieces: Tensor) -> Tensor:
        """Scaled embeddings with positions."""
        x = self.embedding(pieces) * math.sqrt(self.config.width)
        place: Tensor = self.get_buffer("place")[: pieces.shape[1]].to(x.dtype)
        out: Tensor = self.dropout(x + place)
        return out

    def forward(self, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """``source``: batch × S; ``target``: batch × T, starting with ``<s>``.

        Returns logits (batch × T × vocabulary) and head 0 of the last cross-attention
        (batch × T × S): the head the package names as its alignment head.
        """
        dtype = self.embedding.weight.dtype
        bias = torch.zeros(source.shape, dtype=dtype, device=source.device)
        bias = bias.masked_fill(source == PAD, -1e4)[:, None, None, :]
        size = target.shape[1]
        causal = torch.full((size, size), -1e4, dtype=dtype, device=source.device).triu(1)
        x = self.embed(source)
        for layer in self.encoder:
            x = layer(x, bias)
        memory = self.encoder_norm(x)
        y = self.embed(target)
        weights = y
        for layer in self.decoder:
            y, weights = layer(y, memory, causal, bias)
        logits = linear(self.decoder_norm(y), self.embedding.weight, self.output_bias)
        return logits, weights[:, 0]
