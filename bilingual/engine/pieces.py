"""SentencePiece with exact character offsets, detokenising as argostranslate does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilingual.errors import BilingualError

__all__ = ["PieceModel", "Span"]

Span = tuple[int, int]
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = "\u2581"


class PieceModel:
    """One SentencePiece model, used for both languages. Thread-safe. Raises E0008."""

    def __init__(self, proto: bytes, where: str = "") -> None:
        # Imported here: loading it costs a tenth of a second, and --help must not pay.
        from sentencepiece import SentencePieceProcessor

        try:
            if not proto:
                raise ValueError("the file is empty")
            self._model = SentencePieceProcessor()
            self._model.LoadFromSerializedProto(proto)
        except (RuntimeError, OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise BilingualError(
                "E0008", f"sentencepiece.model cannot be used: {reason}", where
            ) from error

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """The pieces of each text."""
        clean = [_SURROGATE.sub("\ufffd", text) for text in texts]
        pieces: list[list[str]] = self._model.encode(clean, return_type=str) if clean else []
        return pieces

    def encode_spans(self, text: str) -> tuple[list[str], list[Span]]:
        """The pieces of a text and the characters each came from, white space left out.

        The normaliser may turn one character into several pieces (U+FDFA, bytes of an emoji):
        each of them has the span of that character.
        """
        found = self._model.encode(_SURROGATE.sub("\ufffd", text), return_type="offset_mapping")
        return list(found["pieces"]), _spread(text, found["pieces"], found["offsets"])

    def decode(self, pieces: Sequence[str], *, keep_underscores: bool = False) -> str:
        """The text of pieces, as argostranslate 1.11 writes it.

        That turns every ``_`` into a space, which would break addresses and user names:
        ``keep_underscores`` leaves them, for sources that hold one themselves.
        """
        raw: str = self._model.decode(list(pieces))
        return self._finish(raw, keep_underscores).removeprefix(" ")

    def decode_spans(
        self, pieces: Sequence[str], *, keep_underscores: bool = False
    ) -> tuple[str, list[Span]]:
        """As ``decode``, with the characters that each piece became, white space left out."""
        found = self._model.decode(list(pieces), return_type="offset_mapping")
        text = self._finish(found["text"], keep_underscores)
        shift = 1 if text.startswith(" ") else 0
        spans = [(max(a - shift, 0), max(b - shift, 0)) for a, b in found["offsets"]]
        return text[shift:], _spread(text[shift:], pieces, spans)

    @staticmethod
    def _finish(text: str, keep_underscores: bool) -> str:
        text = text.replace(_MARK, " ")
        return text if keep_underscores else text.replace("_", " ")


def _spread(text: str, pieces: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """Spans without white space; an empty one takes over the character that it is a part of."""
    out: list[Span] = []
    following: Span | None = None
    for piece, (start, end) in zip(reversed(pieces), reversed(spans), strict=True):
        if start == end:
            # Pieces of one character: only the last carries it.
            inside = piece != _MARK and following is not None and following[0] <= start
            out.append(following if inside and following is not None else (start, end))
            continue
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        following = (start, end)
        out.append(following)
    out.reverse()
    return out
