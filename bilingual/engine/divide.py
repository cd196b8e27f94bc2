"""Dividing a text that is too long for the model, and telling a decode that runs in circles."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["divide", "is_looping"]

Span = tuple[int, int]


def _rank(text: str, at: int) -> int:
    """How good a place before the character ``at`` is for a cut: lower is better."""
    before = text[at - 1]
    if before in "؛;":
        return 0
    if before in "،,:" and text[at : at + 1].isspace():
        return 1
    if text[at].isspace():
        # A conjunction opens a clause more often than any other word does.
        return 2 if text[at + 1 : at + 2] in {"و", "ف"} else 3
    return 4


def divide(text: str, spans: Sequence[Span], limit: int) -> list[Span]:
    """Spans of the text, each of ``limit`` pieces at the most, cut at the best places.

    ``spans`` are the pieces' own. Cuts fall after ؛ where one is in reach, else after ، or a
    colon, before a conjunction, at white space, and inside a word only when nothing else is
    there. Parts are about equally long; no part has white space at its ends and nothing else is
    left out.
    """
    total = len(spans)
    parts: list[Span] = []
    first = 0
    while total - first > limit:
        remaining = -(-(total - first) // limit)
        aim = (total - first) / remaining
        low = first + max(1, int(aim * 0.5))
        best = min(
            (i for i in range(low, first + limit + 1) if _cuttable(spans, i)),
            key=lambda i: (_rank(text, spans[i - 1][1]), abs(i - first - aim)),
            default=first + limit,
        )
        parts.append((spans[first][0], spans[best - 1][1]))
        first = best
    if first < total:
        parts.append((spans[first][0], spans[total - 1][1]))
    trimmed = [_trim(text, part) for part in parts]
    return [part for part in trimmed if part[0] < part[1]]


def _cuttable(spans: Sequence[Span], i: int) -> bool:
    """Whether piece ``i`` starts where piece ``i - 1`` has ended, not inside one character."""
    return spans[i - 1][1] <= spans[i][0] and spans[i - 1][1] > 0


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_looping(pieces: Sequence[str]) -> bool:
    """Whether a decode runs in circles: one group of pieces over and over.

    Single pieces must repeat ten times (1,000,000,000 is written digit by digit), longer groups
    five, and the run must be a third of the whole.
    """
    total = len(pieces)
    for width in range(1, min(24, total // 5) + 1):
        times = 10 if width == 1 else 5
        need = max(width * (times - 1), total // 3)
        run = 0
        for i in range(width, total):
            run = run + 1 if pieces[i] == pieces[i - width] else 0
            if run >= need:
                return True
    return False
