"""Projection: attention maps an Arabic name to English words, and those words are replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bilingual.document import EntityKind, Mention
from bilingual.engine.base import Alignment
from bilingual.numerals import Number
from bilingual.terminology.spans import Span

__all__ = ["Edit", "apply", "number_edits", "propose"]

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# A name is never written over these alone, and a window never ends in one.
_FUNCTION_WORDS = (
    "a an the of to in on at by for from with and or but as is are was were be been that this"
    " these those it its he she his her they their them who which what not no had has have will"
    " would also said says say between against into over under about after before during while"
    " than then there where when if so such all any both each other more most only"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
# Words at the end of a name that make English put "the" before it.
_HEADS = (
    "council nations states federation republic union kingdom emirates front army ministry forces"
    " force government group organization organisation party committee mission authority embassy"
    " department assembly east gulf pentagon un league agency conference congress process court"
    " commission bank fund office parliament house brigade movement process talks sea river"
    " desert strip bank netherlands philippines kremlin eu us uk"
)
_ARTICLE_HEADS = frozenset(_HEADS.split())
_NAMES = frozenset(
    {EntityKind.PERSON, EntityKind.PLACE, EntityKind.RESOLUTION, EntityKind.ORGANISATION}
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of the English and what is to stand there; ``strength`` orders rival edits."""

    start: int
    end: int
    text: str
    strength: float
    mention: int = -1


def _words(text: str) -> list[Span]:
    spans = []
    for match in _WORD.finditer(text):
        word = match.group()
        end = match.end()
        if tail := _POSSESSIVE.search(word):
            end = match.start() + tail.start()
        if end > match.start():
            spans.append((match.start(), end))
    return spans


def _masses(words: Sequence[Span], alignment: Alignment, span: Span) -> list[float]:
    """How much of each English word's attention lies on a span of the Arabic."""
    on = [
        i
        for i, (s, e) in enumerate(alignment.source_spans)
        if s < span[1] and e > span[0] and s < e
    ]
    out = []
    for start, end in words:
        rows = [
            alignment.weights[t]
            for t, (s, e) in enumerate(alignment.target_spans)
            if s < end and e > start and t < len(alignment.weights)
        ]
        total = sum(sum(row) for row in rows)
        on_span = sum(row[i] for row in rows for i in on if i < len(row))
        out.append(on_span / total if total else 0.0)
    return out


def _takes_article(mention: Mention) -> bool:
    if mention.kind not in (EntityKind.ORGANISATION, EntityKind.PLACE):
        return False
    words = mention.target.split()
    return words[-1].lower() in _ARTICLE_HEADS or " of " in mention.target


def _alike(a: str, b: str) -> float:
    return fuzz.ratio(a.lower(), b.lower()) / 100.0


def _is_adjective_of(word: str, name: str) -> bool:
    """*Syrian* for *Syria*, *Turkish* for *Turkey*: an adjective stands before its noun."""
    a, b = word.lower(), name.lower()
    return (
        a != b
        and a[:3] == b[:3]
        and bool(re.search(r"(?:n|i|ish|ese|ch|ic)$", a))
        and fuzz.ratio(a, b) >= 60
    )


def propose(
    text: str,
    mention: Mention,
    index: int,
    alignment: Alignment,
    claimed: Sequence[Span],
) -> Edit | None:
    """The one compact run of English words that came from a mention, to be replaced by its form.

    ``mention`` has offsets into the text the engine was given. None when attention points at no
    such run, at two, or at words that are another decision's.
    """
    words = _words(text)
    if not words or mention.start >= mention.end:
        return None
    masses = _masses(words, alignment, (mention.start, mention.end))
    free = [all(e <= a or b <= s for s, e in claimed) for a, b in words]
    tokens = _tokens(mention.target)
    proper = any(word[:1].isupper() for word in mention.target.split())
    size = len(tokens)
    runs: list[tuple[float, int, int]] = []
    for i in range(len(words)):
        for j in range(i, min(len(words), i + size + 3)):
            if not free[j]:
                break
            if not all(_at_home(text, words, masses, k, tokens) for k in (i, j)):
                continue
            whole = text[words[i][0] : words[j][1]]
            if _BREAK.search(whole):
                continue
            mass = sum(masses[i : j + 1]) / (j - i + 1)
            likeness = _alike(whole, mention.target)
            named = any(text[a].isupper() or text[a].isdigit() for a, _ in words[i : j + 1])
            if mass >= (0.45 if named or not proper else 0.6) or (likeness >= 0.72 and mass >= 0.2):
                covered = min(sum(masses[i : j + 1]), size + 1)
                runs.append((1.2 * mass + 0.6 * likeness + 0.2 * covered, i, j))
    if not runs:
        return None
    strength, i, j = max(runs, key=lambda run: (run[0], -run[1]))
    if any((b < i or a > j) and other > 0.85 * strength for other, a, b in runs):
        return None
    return _edit(text, words, i, j, mention, index, strength, free)


_BREAK = re.compile('[,.;:!?“”"«»()]')


def _tokens(target: str) -> list[str]:
    return [token.lower() for token in re.findall(r"\w+", target) if len(token) > 1]


def _at_home(
    text: str, words: Sequence[Span], masses: Sequence[float], k: int, tokens: Sequence[str]
) -> bool:
    """Whether a word may begin or end a run: it came from the name, or is a word of the name."""
    word = text[slice(*words[k])].lower()
    if word in _FUNCTION:
        return False
    return masses[k] >= 0.5 or any(_alike(word, token) >= 0.75 for token in tokens)


def _edit(
    text: str,
    words: list[Span],
    i: int,
    j: int,
    mention: Mention,
    index: int,
    strength: float,
    free: list[bool],
) -> Edit:
    target = mention.target
    tokens = _tokens(target)
    # Words beside the run that say part of the name again must go with it.
    while (
        i > 0
        and free[i - 1]
        and text[words[i - 1][1] : words[i][0]] == " "
        and any(_alike(text[slice(*words[i - 1])], t) >= 0.8 for t in tokens)
    ):
        i -= 1
    while (
        j + 1 < len(words)
        and free[j + 1]
        and text[words[j][1] : words[j + 1][0]] == " "
        and any(_alike(text[slice(*words[j + 1])], t) >= 0.8 for t in tokens)
    ):
        j += 1
    start, end = words[i][0], words[j][1]
    if target.endswith(".") and text[end : end + 1] == ".":
        end += 1
    new = target
    before = text[:start]
    after = text[end:]
    article = re.search(r"(?:^|(?<=\s))(the|a|an) $", before, re.IGNORECASE)
    adjective = i == j and _is_adjective_of(text[start:end], target)
    if adjective and re.match(r" [a-z]", after):
        new = target + ("'" if target.endswith("s") else "'s")
        if article:
            start = article.start(1)
    elif _takes_article(mention):
        if not article and not re.search(r"['’]s? $|\b(?:its|his|their|of the) $", before):
            new = f"the {target}"
    elif article and mention.kind in _NAMES:
        start = article.start(1)
    if not text[:start].strip(" \"“'«(") and new[:1].islower():
        new = new[:1].upper() + new[1:]
    return Edit(start, end, new, strength, index)


def number_edits(
    text: str,
    missing: Sequence[Number],
    spurious: Sequence[Number],
    source: str,
    alignment: Alignment,
) -> list[Edit]:
    """A wrong figure put right, when one is wrong, one is wanting and attention joins the two."""
    wanting = [n for n in missing if n.digits]
    wrong = [n for n in spurious if n.digits]
    if len(wanting) != 1 or len(wrong) != 1:
        return []
    number, figure = wanting[0], wrong[0]
    mass = _masses([(figure.start, figure.end)], alignment, (number.start, number.end))[0]
    if mass < 0.3:
        return []
    digits = number.surface.replace("٬", ",").replace("٫", ".")
    return [Edit(figure.start, figure.end, digits, mass)]


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits made; they must not overlap."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
