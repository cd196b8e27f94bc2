"""The variable table of a CTranslate2 ``model.bin``, and the layer whose attention it returns.

A model returns the attention of the heads named by ``decoder/alignment_layer`` and
``decoder/alignment_heads``. Packages trained without alignment carry the converter's default, head
0 of the last layer, which was never taught to align; both numbers can be changed in memory.
Layout: CTranslate2 ``python/ctranslate2/specs/model_spec.py``, ``ModelSpec.serialize``.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from bilingual.errors import BilingualError

__all__ = ["Variable", "check_variables", "decoder_layers", "variables", "with_alignment"]

_LAYER = "decoder/alignment_layer"
_HEADS = "decoder/alignment_heads"


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: its name, shape, and where its bytes lie."""

    name: str
    shape: tuple[int, ...]
    start: int
    size: int


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, kind: str) -> int:
        value: int
        (value,) = struct.unpack_from("<" + kind, self.data, self.at)
        self.at += struct.calcsize("<" + kind)
        return value

    def text(self) -> str:
        length = self.number("H")
        raw = self.data[self.at : self.at + length]
        self.at += length
        return raw.rstrip(b"\0").decode("utf-8")


def variables(data: bytes) -> Iterator[Variable]:
    """The variables of a model, in order. Raises E0007 when the table does not fit the file."""
    try:
        reader = _Reader(data)
        version = reader.number("I")
        reader.text()
        reader.number("I")
        for _ in range(reader.number("I")):
            name = reader.text()
            shape = tuple(reader.number("I") for _ in range(reader.number("B")))
            kind, size = reader.number("B"), reader.number("I")
            if version < 4:  # then: bytes an item and items; since: type and bytes
                size *= kind
            start = reader.at
            reader.at += size
            if reader.at > len(data):
                raise ValueError(f"{name} ends after the end of the file")
            yield Variable(name, shape, start, size)
    except (struct.error, ValueError) as error:
        raise BilingualError("E0007", f"model.bin is damaged: {error}") from error


def check_variables(data: bytes, where: str = "") -> None:
    """Raise E0007 when the table of a model does not fit its file."""
    try:
        if not any(True for v in list(variables(data)) if v.name):
            raise BilingualError("E0007", "model.bin is damaged: it has no variables")
    except BilingualError as error:
        raise BilingualError(error.code, error.message, where) from error


def decoder_layers(data: bytes) -> int:
    """How many layers the decoder has. Raises E0007."""
    found = (re.match(r"decoder/layer_\d+/", v.name) for v in variables(data))
    return len({match.group() for match in found if match})


def with_alignment(data: bytes, layer: int, heads: int) -> bytes:
    """The model, made to return the mean attention of the first ``heads`` heads of ``layer``.

    ``layer`` counts from the end when negative; ``heads`` 0 is all of them. A model without the
    two variables is returned as it is. Raises E0007.
    """
    patched = bytearray(data)
    for variable in variables(data):
        value = {_LAYER: layer, _HEADS: heads}.get(variable.name)
        if value is not None and variable.size in (1, 2, 4):
            patched[variable.start : variable.start + variable.size] = value.to_bytes(
                variable.size, "little", signed=True
            )
    return bytes(patched)
