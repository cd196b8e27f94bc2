"""Checkpoint to CTranslate2: averaged weights, int8, with the alignment head named."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from .model import ModelConfig, positions
from .tokenizer import never_written

NEVER = -1e4  # output bias of pieces that English never holds
Weights = dict[str, NDArray[np.float32]]


def averaged_weights(
    checkpoints: list[Path], which: str = "average"
) -> tuple[ModelConfig, Weights]:
    """The mean over the checkpoints (one a worker) of their weights, by parameter name.

    ``which``: "average", the moving averages, or "masters", the last weights: the better choice
    after a run that fell to a learning rate of zero over fewer steps than the average looks back.
    """
    if not checkpoints:
        raise FileNotFoundError("no checkpoint*.pt in the work folder: train first")
    weights: Weights = {}
    shape: dict[str, Any] = {}
    for path in checkpoints:
        saved: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        state, shape = saved["optimiser"], saved["shape"]
        for name, tensor in zip(state["names"], state[which], strict=True):
            share = tensor.numpy() / np.float32(len(checkpoints))
            weights[name] = weights[name] + share if name in weights else share
    return ModelConfig(**shape), weights


def trained_tokens(checkpoints: list[Path]) -> int:
    """Target tokens of all workers together."""
    saved = (torch.load(p, map_location="cpu", weights_only=True) for p in checkpoints)
    return sum(int(checkpoint["tokens"]) for checkpoint in saved)


def _linear(spec: Any, weights: Weights, *names: str) -> None:
    spec.weight = np.concatenate([weights[f"{n}.weight"] for n in names])
    spec.bias = np.concatenate([weights[f"{n}.bias"] for n in names])


def _norm(spec: Any, weights: Weights, name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def export(config: ModelConfig, weights: Weights, sp: SentencePieceProcessor, folder: Path,
           quantization: str = "int8") -> None:  # fmt: skip
    """Write a CTranslate2 model folder; q, k, v (in cross-attention k, v) are fused."""
    spec = transformer_spec.TransformerSpec.from_config(
        (config.encoder_layers, config.decoder_layers),
        config.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
        alignment_layer=-1,
        alignment_heads=1,
    )
    place = positions(config.positions, config.width).numpy()
    embedding = weights["embedding.weight"]
    encoder, decoder = spec.encoder, spec.decoder
    encoder.embeddings[0].weight = decoder.embeddings.weight = decoder.projection.weight = embedding
    pieces = [sp.id_to_piece(i) for i in range(sp.get_piece_size())]
    bias = weights["output_bias"].copy()
    bias[never_written(pieces)] = NEVER
    decoder.projection.bias = bias
    for side, name in ((encoder, "encoder"), (decoder, "decoder")):
        side.position_encodings.encodings = place
        side.scale_embeddings = True
        _norm(side.layer_norm, weights, f"{name}_norm")
    for i, layer in enumerate(encoder.layer):
        at = f"encoder.{i}"
        _norm(layer.self_attention.layer_norm, weights, f"{at}.attention_norm")
        _linear(
            layer.self_attention.linear[0],
            weights,
            f"{at}.attention.query",
            f"{at}.attention.key_value",
        )
        _linear(layer.self_attention.linear[1], weights, f"{at}.attention.output")
        _feed(layer.ffn, weights, at)
    for i, layer in enumerate(decoder.layer):
        at = f"decoder.{i}"
        _norm(layer.self_attention.layer_norm, weights, f"{at}.self_norm")
        inner = f"{at}.self_attention"
        _linear(layer.self_attention.linear[0], weights, f"{inner}.query", f"{inner}.key_value")
        _linear(layer.self_attention.linear[1], weights, f"{inner}.output")
        _norm(layer.attention.layer_norm, weights, f"{at}.cross_norm")
        for j, part in enumerate(("query", "key_value", "output")):
            _linear(layer.attention.linear[j], weights, f"{at}.cross_attention.{part}")
        _feed(layer.ffn, weights, at)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_bos = False
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization=quantization)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _feed(spec: Any, weights: Weights, at: str) -> None:
    _norm(spec.layer_norm, weights, f"{at}.feed_norm")
    _linear(spec.linear_0, weights, f"{at}.feed.inner")
    _linear(spec.linear_1, weights, f"{at}.feed.outer")
