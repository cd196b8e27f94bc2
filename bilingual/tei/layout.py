"""Where each line of an article stands in a TEI body: heads on top, footers at the bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bilingual.document import SegmentKind
from bilingual.tei.names import BLOCK_OF_KIND

__all__ = ["Slot", "arrange", "block_kind", "kind_of_block"]

_HEADS = {SegmentKind.HEADLINE, SegmentKind.SUBHEADLINE}
_LINES = {SegmentKind.BYLINE, SegmentKind.DATELINE}
_FOOTERS = {SegmentKind.SOURCE, SegmentKind.BOILERPLATE}


@dataclass(frozen=True, slots=True)
class Slot:
    """The element of one block, and what happens to divisions before it."""

    tag: str
    type: str = ""
    closes: bool = False
    """The open division ends before this block."""
    opens: bool = False
    """A division begins before this block."""


def block_kind(kinds: Iterable[SegmentKind]) -> SegmentKind:
    """The kind of a paragraph from those of its sentences: theirs if they agree, else body."""
    found = set(kinds)
    return found.pop() if len(found) == 1 else SegmentKind.BODY


def kind_of_block(tag: str, type_: str) -> SegmentKind:
    """The kind that an element stands for; the inverse of ``arrange`` for one block."""
    for kind, (its_tag, its_type) in BLOCK_OF_KIND.items():
        if (tag, type_) == (its_tag, its_type):
            return kind
    if tag == "ab" and type_ in {kind.value for kind in SegmentKind}:
        return SegmentKind(type_)
    return SegmentKind.BODY


def arrange(kinds: Sequence[SegmentKind]) -> list[Slot]:
    """An element for each block so that the sequence is a valid TEI ``body``.

    Heads, bylines and datelines keep their elements at the top of the body or of a division; a
    heading further down opens a division; source lines and boilerplate at the very end become
    ``trailer``. Where the content model has no place for a kind, an ``ab`` carries it as
    ``@type``. (TEI P5, ``body``, ``div``, ``model.divTop``, ``model.divBottom``.)
    """
    top = 0
    while top < len(kinds) and kinds[top] in _HEADS | _LINES:
        top += 1
    bottom = len(kinds)
    while bottom > top and kinds[bottom - 1] in _FOOTERS | _LINES:
        bottom -= 1
    if top == bottom == 0 and kinds:
        bottom = 1  # footers alone: a body needs something above its bottom
    slots: list[Slot] = []
    # A body of heads alone is invalid, a division of heads alone is not.
    wrapped = top == bottom and top > 0
    is_open = wrapped
    at_top = True
    for i, kind in enumerate(kinds):
        tag, type_ = BLOCK_OF_KIND[kind]
        closes = opens = False
        if i < top:
            opens = wrapped and i == 0
        elif i >= bottom:
            closes, is_open = is_open, False
        elif kind in _HEADS:
            if not at_top:
                closes, opens, is_open = is_open, True, True
            at_top = True
        elif not (kind in _LINES and at_top):
            if tag not in {"p", "ab"}:
                tag, type_ = "ab", kind.value
            at_top = False
        slots.append(Slot(tag, type_, closes, opens))
    return slots
