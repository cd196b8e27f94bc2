"""Marking spans inside a sentence without ever altering or breaking its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from bilingual.tei.names import ILLEGAL, char_id

__all__ = ["Mark", "add_text", "fill", "nest"]


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around ``[start, end)`` of a text; an empty span makes an empty element.

    ``rank`` orders marks that cross or coincide: the lower number stays, or stands outside.
    """

    start: int
    end: int
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    rank: int = 0


def nest(marks: Iterable[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Split marks into those that nest, in document order, and those that would cross them.

    Of two that cross, the one of lower rank stays; of equal rank, the first and longer one.
    Time is that of sorting.
    """
    kept: list[Mark | None] = []
    crossing: list[Mark] = []
    stack: list[tuple[int, Mark]] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.rank)):
        while stack and stack[-1][1].end <= mark.start:
            stack.pop()
        refused = False
        while stack and stack[-1][1].end < mark.end:
            place, other = stack[-1]
            if other.rank <= mark.rank:
                refused = True
                break
            kept[place] = None
            crossing.append(other)
            stack.pop()
        if refused:
            crossing.append(mark)
            continue
        stack.append((len(kept), mark))
        kept.append(mark)
    return [m for m in kept if m is not None], crossing


def add_text(parent: etree._Element, text: str) -> None:
    """Append text after what ``parent`` holds; a character XML refuses becomes a ``g``."""
    place = 0
    for match in ILLEGAL.finditer(text):
        _append(parent, text[place : match.start()])
        etree.SubElement(parent, "g", ref=f"#{char_id(match[0])}")
        place = match.end()
    _append(parent, text[place:] if place else text)


def _append(parent: etree._Element, text: str) -> None:
    if not text:
        return
    try:
        last = parent[-1]  # len() would count all children each time
    except IndexError:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def fill(parent: etree._Element, text: str, marks: Sequence[Mark]) -> None:
    """Append ``text`` to ``parent`` with marks that nest, in the order ``nest`` gives."""
    stack: list[tuple[int, etree._Element]] = [(len(text), parent)]
    place = 0
    for mark in marks:
        while len(stack) > 1 and stack[-1][0] <= mark.start:
            end, element = stack.pop()
            add_text(element, text[place:end])
            place = end
        add_text(stack[-1][1], text[place : mark.start])
        place = mark.start
        stack.append((mark.end, etree.SubElement(stack[-1][1], mark.tag, dict(mark.attributes))))
    while stack:
        end, element = stack.pop()
        add_text(element, text[place:end])
        place = max(place, end)
