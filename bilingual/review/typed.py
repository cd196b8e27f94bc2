"""The English of an edition as a reviewer would type it, marks included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bilingual.document import Decision, Edition, Link, LinkType, ReviewState, Translation
from bilingual.review.message import one_line

__all__ = ["English", "typed_english"]

_ADDED = re.compile(r"(p\d+\.s\d+)\.a\d+$")


@dataclass(frozen=True, slots=True)
class English:
    """What the edition has for one segment."""

    own: str
    """Its sentences, a line each, or its mark."""
    text: str
    """The same with the sentences added to it."""
    first: Translation | None
    decisions: tuple[Decision, ...]

    @property
    def machine(self) -> bool:
        """Whether no person answers for it."""
        return self.first is not None and self.first.state is ReviewState.MT


def typed_english(edition: Edition) -> dict[str, English]:
    """For each segment its English as a reviewer would write it, marks included."""
    translations = {t.id: t for t in edition.translations}
    own: dict[str, list[str]] = {}
    first: dict[str, Translation | None] = {}
    decisions: dict[str, tuple[Decision, ...]] = {}
    for link in edition.links:
        targets = [translations[target] for target in link.targets]
        for place, source in enumerate(link.sources):
            own[source] = _own_lines(link, targets, place)
            first[source] = targets[0] if targets else None
            decisions[source] = tuple(d for t in targets for d in t.decisions)
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for segment, leads, translation in _additions(edition, translations):
        side = before if leads else after
        side.setdefault(segment, []).append(f"[add] {one_line(translation.text)}")
    return {
        s: English(
            "\n".join(lines),
            "\n".join([*before.get(s, ()), *lines, *after.get(s, ())]),
            first[s],
            decisions[s],
        )
        for s, lines in own.items()
    }


def _additions(
    edition: Edition, translations: Mapping[str, Translation]
) -> Iterator[tuple[str, bool, Translation]]:
    """Added sentences: the segment each stands at, and whether before its own English.

    The one that its id names (``p2.s1.a1``), else the one before it in its paragraph.
    """
    places = {s.id: n for n, s in enumerate(edition.segments)}
    paragraphs = {s.id: s.paragraph for s in edition.segments}
    seen: set[str] = set()
    last = ""
    waiting: list[Translation] = []
    for link in edition.links:
        if link.sources:
            seen.update(link.sources)
            for translation in waiting:
                yield link.sources[0], True, translation
            waiting = []
            last = max(link.sources, key=places.__getitem__)
            continue
        for target in link.targets:
            translation = translations[target]
            named = _ADDED.match(target)
            if named is not None and named[1] in places:
                yield named[1], named[1] not in seen, translation
            elif last and (
                paragraphs[last] == translation.paragraph or last == edition.segments[-1].id
            ):
                yield last, False, translation
            else:
                waiting.append(translation)
    for translation in waiting:
        yield last or edition.segments[0].id, False, translation


def _own_lines(link: Link, targets: Sequence[Translation], place: int) -> list[str]:
    if link.type is LinkType.OMISSION or not targets:
        return ["[omit]"]
    return [one_line(t.text) for t in targets] if place == 0 else ["[merge]"]
