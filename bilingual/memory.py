"""What reviewers approved in every document, found again by its Arabic.

An exact match (after cleaning) may stand in another edition, marked as such; a near one is only
ever offered to a person.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Self

from bilingual.document import Finding, Severity
from bilingual.errors import BilingualError
from bilingual.files import read_bytes
from bilingual.review import MemoryMatch, Unit, read_review
from bilingual.review.alike import Alike
from bilingual.script import clean, fold

__all__ = ["Memory", "MemoryMatch"]


@dataclass(frozen=True, slots=True)
class _Held:
    unit: Unit
    path: str
    folded: str


class Memory:
    """Reviewed units of many documents. Where reviewers differ the latest date wins, then path.

    A unit without a date counts as the oldest, a date without a time zone as UTC.
    """

    def __init__(self, units: Iterable[tuple[str, Unit]], findings: Iterable[Finding] = ()) -> None:
        """Make a memory of (path, unit) pairs; paths only order and name them.

        ``findings`` are those of reading, and are given on.
        """
        by_text: defaultdict[str, list[_Held]] = defaultdict(list)
        for path, unit in units:
            text = clean(unit.arabic).text
            if text:
                by_text[text].append(_Held(unit, path, fold(text).text))
        self._best: dict[str, _Held] = {}
        differ: list[Finding] = []
        for text, held in by_text.items():
            held.sort(key=lambda h: (h.path, h.unit.segment))
            held.sort(key=lambda h: _moment(h.unit.reviewed), reverse=True)
            self._best[text] = held[0]
            others = {h.unit.english: h for h in reversed(held)}
            others.pop(held[0].unit.english)
            if others:
                differ.append(_disagreement(held[0], others.values()))
        self._texts = sorted(self._best)
        self._alike = Alike([self._best[text].folded for text in self._texts])
        self.findings = (*findings, *sorted(differ, key=lambda f: f.message))
        """R0401: reviewers gave one Arabic text different English, and which was taken; R0402:
        a catalogue that cannot be read."""

    @classmethod
    def from_catalogues(cls, paths: Iterable[Path]) -> Self:
        """The memory of review catalogues.

        One that cannot be read is left out and told in ``findings``: it is no reason not to
        build other articles, and its own article will say what is wrong with it.
        """
        units: list[tuple[str, Unit]] = []
        findings: list[Finding] = []
        for path in sorted(set(paths)):
            try:
                catalogue = read_review(read_bytes(path), str(path))
            except BilingualError as error:
                message = f"left out of the memory: {error}"
                findings.append(Finding("R0402", Severity.WARNING, message))
                continue
            units += [(str(path), unit) for unit in catalogue.units()]
        return cls(units, findings)

    def __len__(self) -> int:
        return len(self._best)

    @cached_property
    def sha256(self) -> str:
        """Of all that is remembered: with another digest a document may come out otherwise."""
        content = repr([(text, held.unit) for text, held in sorted(self._best.items())])
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()

    def exact(self, text: str) -> MemoryMatch | None:
        """What is remembered for this very text (marks, controls and white space aside)."""
        held = self._best.get(clean(text).text)
        return None if held is None else _match(held, 1.0)

    def near(self, text: str, threshold: float = 0.75, limit: int = 3) -> list[MemoryMatch]:
        """Remembered units whose folded Arabic is like this one's, the nearest first.

        The score is 1 - (insertions and deletions) / (length of both), as rapidfuzz's ``ratio``.
        See ``Alike`` for what is not looked at.
        """
        key = fold(clean(text).text).text
        if not key:
            return []
        found = self._alike.near(key, threshold * 100)
        best = sorted(found, key=lambda hit: (-hit[0], self._texts[hit[1]]))[:limit]
        return [_match(self._best[self._texts[i]], score / 100) for score, i in best]


def _moment(date: str) -> datetime:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _match(held: _Held, score: float) -> MemoryMatch:
    unit = held.unit
    return MemoryMatch(
        unit.arabic,
        unit.english,
        score,
        unit.state,
        unit.reviewer,
        unit.reviewed,
        unit.document,
        unit.segment,
    )


def _place(held: _Held) -> str:
    who = f" ({held.unit.reviewer})" if held.unit.reviewer else ""
    return f"“{held.unit.english}” in {Path(held.path).name} {held.unit.segment}{who}"


def _disagreement(taken: _Held, others: Iterable[_Held]) -> Finding:
    rest = "; ".join(_place(other) for other in others)
    return Finding(
        "R0401", Severity.NOTE, f"reviewers differ: {_place(taken)} is taken, not {rest}"
    )
