"""Where controlled forms stand in an English sentence, and which mention each of them answers.

Every occurrence answers at most one mention: an entity that the Arabic names twice must stand
in the English twice. Longer forms are claimed first, so that *UN* inside *UN Security Council*
is not counted as a mention of the United Nations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bilingual.citations import english_forms
from bilingual.document import EntityKind, Mention

__all__ = ["Span", "forbidden_spans", "locate", "occurrences", "surplus"]

Span = tuple[int, int]


@lru_cache(maxsize=16384)
def _pattern(form: str, inflects: bool) -> re.Pattern[str]:
    """A form as it may stand in running text: whole words, a capital where a headline has one."""
    out: list[str] = []
    fresh = True
    for char in form:
        if char.isspace():
            out.append(r"\s+")
        elif char in "'’":
            out.append("['’]")
        elif fresh and char.islower() and len(char.upper()) == 1:
            out.append(f"[{char}{char.upper()}]")
        else:
            out.append(re.escape(char))
        fresh = char.isspace() or char in '-“"('
    if inflects and form[-1:].islower() and not form.endswith("s"):
        # terrorist, terrorists; party, parties; truce, truces; clash, clashes
        last = out.pop()
        out.append("(?:y|ies)" if last == "y" else f"{last}(?:s|es)?")
    return re.compile(r"(?<!\w)" + "".join(out) + r"(?!\w)")


def occurrences(form: str, text: str, *, inflects: bool = False) -> list[Span]:
    """The spans at which a form stands in a text as whole words, left to right.

    ``inflects``: its plural serves too, as it does for a term, never for a name.
    """
    if not form.strip():
        return []
    return [match.span() for match in _pattern(form.strip(), inflects).finditer(text)]


def _inflects(mention: Mention) -> bool:
    return mention.kind is EntityKind.TERM


def _claims(text: str, mentions: Sequence[Mention]) -> list[tuple[Span, str]]:
    """Occurrences of any mention's forms, none overlapping another, longest first claimed."""
    forms = {(form, _inflects(m)) for m in mentions for form in english_forms(m)}
    found = [
        (end - start, start, end, form)
        for form, inflects in forms
        for start, end in occurrences(form, text, inflects=inflects)
    ]
    found.sort(key=lambda f: (-f[0], f[1], f[3]))
    claimed: list[tuple[Span, str]] = []
    for _, start, end, form in found:
        # Two forms may be the same words in other letter case: both are kept for one span.
        if all(end <= s or start >= e or (start, end) == (s, e) for (s, e), _ in claimed):
            claimed.append(((start, end), form))
    return claimed


def locate(text: str, mentions: Sequence[Mention]) -> tuple[Span | None, ...]:
    """For each mention the span of a form of it in the text, or None; no two spans overlap.

    As many mentions as possible are answered (a maximum matching, Kuhn 1955); mentions with the
    same forms take their occurrences in the order of the Arabic.
    """
    wanted = [english_forms(m) for m in mentions]
    by_span: dict[Span, set[str]] = {}
    for span, form in _claims(text, mentions):
        by_span.setdefault(span, set()).add(form)
    spans = sorted(by_span)
    options = [
        # The controlled form before an accepted one.
        sorted(
            (s for s in spans if not by_span[s].isdisjoint(forms)),
            key=lambda s, forms=forms: (forms[0] not in by_span[s], s),  # type: ignore[misc]
        )
        for forms in wanted
    ]
    owner: dict[Span, int] = {}

    def place(mention: int, tried: set[Span]) -> bool:
        for span in options[mention]:
            if span in tried:
                continue
            tried.add(span)
            if span not in owner or place(owner[span], tried):
                owner[span] = mention
                return True
        return False

    for index in sorted(range(len(mentions)), key=lambda i: (not mentions[i].approved, i)):
        place(index, set())
    result: list[Span | None] = [None] * len(mentions)
    groups: dict[tuple[str, ...], list[int]] = {}
    for taken, index in owner.items():
        result[index] = taken
    for index, forms in enumerate(wanted):
        if result[index] is not None:
            groups.setdefault(forms, []).append(index)
    for members in groups.values():
        ordered = sorted(s for i in members if (s := result[i]) is not None)
        for index, span in zip(members, ordered, strict=True):
            result[index] = span
    return tuple(result)


def surplus(text: str, mentions: Sequence[Mention], spans: Sequence[Span | None]) -> dict[str, int]:
    """How often each controlled form stands in the text without a mention it answers."""
    taken = [span for span in spans if span is not None]
    extra: dict[str, int] = {}
    for form, inflects in {(m.target, _inflects(m)) for m in mentions}:
        free = sum(
            all(end <= s or start >= e for s, e in taken)
            for start, end in occurrences(form, text, inflects=inflects)
        )
        if free:
            extra[form] = free
    return extra


def forbidden_spans(text: str, mention: Mention) -> list[Span]:
    """Where English stands that the glossary forbids for a mention."""
    allowed = [s for form in english_forms(mention) for s in occurrences(form, text)]
    return [
        (start, end)
        for form in mention.forbidden
        for start, end in occurrences(form, text)
        # A forbidden word inside a controlled form is part of that form.
        if not any(s <= start and end <= e for s, e in allowed)
    ]
