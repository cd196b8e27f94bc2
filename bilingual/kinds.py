"""What each line of an article is: headline, byline, dateline, body, source line, boilerplate.

Lines are judged by their own words first (the tables below), then by where they stand: what is
short and without a stop before the first paragraph is a headline or goes with it, what is so
between paragraphs is a sub-headline. When in doubt a line is body, for body is translated as it
stands and loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilingual import kind_rules as rules
from bilingual.document import SegmentKind as Kind

__all__ = ["line_kinds", "sentence_kind"]

_LONG = 240
"""Characters; longer lines are body, whatever they hold."""
_HEADLINE_WORDS = 26
_SUBHEADLINE_WORDS = 14
_RUN_OF_HEADINGS = 3
"""More lines than these in a row, all short and without a stop, are wrapped text or a list."""

_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")

# --- shape ------------------------------------------------------------------------------------
_CLOSERS = "\"'«»“”„‟‘’‚‛‹›)]} "
_QUOTES = '«»“”"'
_STOPS = ".!?؟…۔"
_OPEN_ENDS = "،؛:,;"
_PLAIN_WORDS = 10
"""A longer line that ends in a stop is a sentence: no credit, no date."""
_ITEM = re.compile(r"(?:[-–—•*·▪●]\s|\(?\d{1,3}\s?[-.)]|[اأ-ي]\s?[-)]\s)")


class _Line:
    """A line, what its shape says, and (made on first use) the key its words are judged by."""

    __slots__ = ("_key", "end", "gap", "quoted", "text", "unfinished", "words")

    def __init__(self, text: str, gap: bool) -> None:
        self.text = text
        self.gap = gap
        self.words = len(text.split())
        bare = text.rstrip(_CLOSERS)
        self.end = bare[-1:]
        self.unfinished = self.end not in _STOPS + _OPEN_ENDS or (
            bare.endswith("..") and not bare.endswith("...")
        )
        self.quoted = text[:1] in _QUOTES and text[-1:] in _QUOTES
        self._key: str | None = None

    @property
    def key(self) -> str:
        if self._key is None:
            self._key = rules.folded(self.text)
        return self._key


def line_kinds(lines: Sequence[tuple[str, bool]]) -> list[Kind]:
    """The kind of each line of an article, given with whether a blank line stands before it."""
    kinds: list[Kind | None] = []
    shapes: list[_Line | None] = []
    for text, gap in lines:
        shape = _Line(text, gap) if len(text) <= _LONG else None
        shapes.append(shape)
        kinds.append(Kind.BODY if shape is None else _own_kind(shape))
    _related_links(shapes, kinds)
    first_body = _front(shapes, kinds)
    _middle(shapes, kinds, first_body)
    _tail(shapes, kinds)
    return [kind or Kind.BODY for kind in kinds]


def sentence_kind(kind: Kind, line: str, start: int, end: int) -> Kind:
    """The kind of one sentence of a line of several: a credit or footer may end a paragraph."""
    if kind is not Kind.BODY or end < len(line) or start == 0 or end - start > 90:
        return kind
    own = _own_kind(_Line(line[start:end], False))
    return own if own in (Kind.SOURCE, Kind.BOILERPLATE) else kind


def _own_kind(line: _Line) -> Kind | None:
    """What a line is by its own words; None when only its place can tell."""
    if line.words > _PLAIN_WORDS and line.end in _STOPS:
        return Kind.BOILERPLATE if rules.is_boilerplate_sentence(line.text) else None
    key = line.key
    if not _WORD.search(key):
        return Kind.BOILERPLATE
    if not _LETTER.search(key):
        if rules.DATE_PROOF.search(key) and rules.DATE_LINE.match(key):
            return Kind.DATELINE
        return Kind.NUMBER if rules.NUMBER.match(key) else None
    for kind, limit, patterns in rules.BY_WORDS:
        if line.words <= limit and any(p.match(key) for p in patterns):
            return kind
    if rules.DATE_LINE.match(key) and rules.DATE_PROOF.search(key) and line.words <= 14:
        return Kind.DATELINE
    return None


def _related_links(lines: Sequence[_Line | None], kinds: list[Kind | None]) -> None:
    """Titles of other articles, listed under a line that says so."""
    left = 0
    for i, line in enumerate(lines):
        if line is not None and line.words <= 4 and rules.RELATED_HEADER.match(line.key):
            left = 5
        elif left and line is not None and line.unfinished and kinds[i] is None:
            kinds[i] = Kind.BOILERPLATE
            left -= 1
        else:
            left = 0


def _is_heading(line: _Line | None, words: int) -> bool:
    return (
        line is not None
        and line.unfinished
        and line.words <= words
        and not _ITEM.match(line.text)
        and line.text[:1] not in "،؛:"
    )


def _front(lines: Sequence[_Line | None], kinds: list[Kind | None]) -> int:
    """Name what stands before the first paragraph; the index of that paragraph."""
    candidates: list[int] = []
    body = len(lines)
    for i, line in enumerate(lines):
        if kinds[i] is not None and line is not None:
            continue
        if _is_heading(line, _HEADLINE_WORDS) or (not candidates and _asks(line, lines, kinds, i)):
            candidates.append(i)
            continue
        body = i
        break
    if len(lines) == len(candidates) == 1:
        return 0  # a line alone: nothing says that it is a headline
    for place, i in enumerate(candidates):
        line = lines[i]
        if line is None or line.words > 8:
            continue
        if rules.PLACE_ALONE.match(line.key):
            kinds[i] = Kind.DATELINE
        elif place and any(p.match(line.key) for p in rules.SIGNATURES):
            kinds[i] = Kind.BYLINE
    candidates = [i for i in candidates if kinds[i] is None]
    if len(candidates) > _RUN_OF_HEADINGS:
        # A list or wrapped text; at most its first line, set apart, is a headline.
        first = candidates[0]
        after = lines[first + 1] if first + 1 < len(lines) else None
        if after is not None and after.gap:
            kinds[first] = Kind.HEADLINE
        return candidates[-1] + 1
    head = 1 if len(candidates) > 1 and _is_kicker(*(lines[i] for i in candidates[:2])) else 0
    for place, i in enumerate(candidates):
        kinds[i] = Kind.HEADLINE if place == head else Kind.SUBHEADLINE
    return body


def _asks(
    line: _Line | None, lines: Sequence[_Line | None], kinds: Sequence[Kind | None], i: int
) -> bool:
    """A first line that asks or exclaims is a headline where a longer one follows."""
    if line is None or line.words > 16 or line.end not in ("؟", "?", "!", "…"):
        return False
    for following, kind in zip(lines[i + 1 : i + 6], kinds[i + 1 : i + 6], strict=True):
        if following is None or kind is None:
            return line.text[:1] not in _QUOTES and (
                following is None or following.words > line.words
            )
    return False


def _is_kicker(first: _Line | None, second: _Line | None) -> bool:
    """A short line, or a quotation, over the headline."""
    if first is None or second is None or second.quoted:
        return False
    short = first.words <= 3 and not any(c.isdigit() for c in first.text)
    return first.quoted or (short and second.words >= first.words + 2)


def _middle(lines: Sequence[_Line | None], kinds: list[Kind | None], first_body: int) -> None:
    """Short lines without a stop, between paragraphs: sub-headlines, at most a few in a row."""
    i = first_body
    while i < len(lines):
        if kinds[i] is not None or not _is_heading(lines[i], _SUBHEADLINE_WORDS):
            i += 1
            continue
        stop = i
        while (
            stop < len(lines)
            and kinds[stop] is None
            and _is_heading(lines[stop], _SUBHEADLINE_WORDS)
        ):
            stop += 1
        if stop - i <= _RUN_OF_HEADINGS and _opens(lines, kinds, i, stop):
            for j in range(i, stop):
                kinds[j] = Kind.SUBHEADLINE
        i = stop


def _opens(
    lines: Sequence[_Line | None], kinds: Sequence[Kind | None], start: int, stop: int
) -> bool:
    """Whether lines ``start`` to ``stop`` stand over a paragraph and after a whole one."""
    if stop >= len(lines) or kinds[stop] not in (None, Kind.BODY):
        return False
    following, before = lines[stop], lines[start - 1] if start else None
    if following is not None and following.words < 6:
        return False
    if before is None or kinds[start - 1] not in (None, Kind.BODY):
        return True
    return before.end in _STOPS or (before.unfinished and before.words > _SUBHEADLINE_WORDS)


def _tail(lines: Sequence[_Line | None], kinds: list[Kind | None]) -> None:
    """Signatures after the last paragraph; lines among boilerplate, which are of it too."""
    last = len(lines) - 1
    while last >= 0 and kinds[last] in (Kind.BOILERPLATE, Kind.SOURCE, Kind.NUMBER, Kind.DATELINE):
        last -= 1
    line = lines[last] if last > 0 else None
    if (
        line is not None
        and kinds[last] is None
        and line.unfinished
        and any(p.match(line.key) for p in (rules.GIVEN_NAMES, rules.PROFESSION))
        and line.words <= 6
    ):
        kinds[last] = Kind.BYLINE
    for i, here in enumerate(lines):
        if (
            kinds[i] is None
            and i > 1
            and here is not None
            and kinds[i - 1] is Kind.BOILERPLATE
            and here.words <= 16
            and rules.SUBSCRIBE.match(here.key)
        ):
            kinds[i] = Kind.BOILERPLATE
