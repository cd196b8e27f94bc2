"""The alignment of an edition: each sentence in one link, the same names on both sides."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from bilingual.document import Severity
from bilingual.tei.compact import Rows
from bilingual.tei.facts import Facts, Link
from bilingual.tei.problem import Problem

__all__ = ["check_alignment"]

_MOST = 10_000


def check_alignment(facts: Facts) -> list[Problem]:
    """What contradicts itself among sentences, links and names."""
    return _Alignment(facts).run()


class _Alignment:
    def __init__(self, facts: Facts) -> None:
        self.problems: list[Problem] = []
        self._facts = facts
        self._crossing: dict[int, set[int]] = {}
        for name, to in facts.spans:
            self._crossing.setdefault(name, set()).add(to)
        self._silent = {
            (sentence, facts.mentions[mention])
            for mention, sentence in facts.missed
            if mention in facts.mentions
        }

    def run(self) -> list[Problem]:
        for link, left, right in self._check_links():
            self._check_sides(link, left, right)
        self._check_coverage()
        self._check_missed()
        return self.problems

    def _error(self, code: str, line: int, element: str, message: str, mend: str) -> None:
        if len(self.problems) < _MOST:
            self.problems.append(Problem(code, line, element, message, mend))

    def _check_links(self) -> Iterator[tuple[Link, tuple[int, ...], tuple[int, ...]]]:
        for link in self._facts.links():
            sides = [self._facts.gathered(target) for target in link.targets]
            good = True
            places = ("ar", "source"), ("en", "translation")
            for members, (side, place) in zip(sides, places, strict=False):
                for name in members:
                    found = self._facts.pointers.found(name)
                    if found is None:
                        good = False  # reported as a pointer
                    elif found[2] != side:
                        good = False
                        message = (
                            f"#{self._facts.name(name)} stands as {place} but is not in text.{side}"
                        )
                        mend = "the first target is the Arabic, the second the English"
                        self._error("T0403", link.line, "link", message, mend)
            if link.size and good:
                numbers = [
                    "0" if self._nothing(members) else str(len(members)) for members in sides
                ]
                if link.size != ":".join(numbers):
                    message = f"n says {link.size}, the targets are {':'.join(numbers)}"
                    self._error("T0408", link.line, "link", message, "mend n or the targets")
            if link.group == "translation" and good:
                self._check_type(link, sides)
                yield link, sides[0], sides[1]

    def _nothing(self, members: tuple[int, ...]) -> bool:
        def nothing(name: int) -> bool:
            row = self._facts.sentences.row(name)
            found = self._facts.pointers.found(name)
            return (found is not None and found[0] == "anchor") or (
                row is not None and self._facts.sentences.empty[row] == 1
            )

        return all(nothing(name) for name in members)

    def _check_type(self, link: Link, sides: list[tuple[int, ...]]) -> None:
        omitted, added = self._nothing(sides[1]), self._nothing(sides[0])
        wanted = "omission" if omitted else "addition" if added else ""
        if link.type != wanted:
            what = {
                "omission": "the English side is a gap",
                "addition": "the Arabic side is an anchor",
                "": "both sides have words",
            }[wanted]
            message = f"type is {link.type or 'absent'}, but {what}"
            mend = f"write type={wanted!r}" if wanted else "remove type"
            self._error("T0409", link.line, "link", message, mend)

    def _check_coverage(self) -> None:
        unused = self._facts.link_count()
        uses = array("Q", [unused]) * len(self._facts.pointers.names)
        again: dict[int, list[int]] = {}
        for row, link in enumerate(self._facts.links()):
            if link.group != "translation":
                continue
            for name in (n for target in link.targets for n in self._facts.gathered(target)):
                if uses[name] != unused:
                    first = self._facts.link(uses[name]).line
                    again.setdefault(name, [first]).append(link.line)
                else:
                    uses[name] = row
        for row, number in enumerate(self._facts.sentences.ids):
            line = self._facts.line(number)
            if uses[number] == unused:
                message = f"the sentence {self._facts.name(number)} is in no alignment link"
                mend = "link it; an omission or addition is a link too"
                self._error("T0404", line, "s", message, mend)
            elif number in again:
                lines = again[number]
                shown = ", ".join(str(at) for at in lines[:5])
                sentence = self._facts.name(number)
                message = f"the sentence {sentence} is in {len(lines)} links (lines {shown})"
                mend = "gather the sentences in a ptr so that one link holds them"
                self._error("T0405", line, "s", message, mend)
            else:
                self._check_corresp(row, number, self._facts.link(uses[number]))

    def _check_corresp(self, row: int, number: int, link: Link) -> None:
        wanted = self._facts.gathered(link.targets[0])
        found, corresp = self._facts.pointers.found(number), self._facts.sentences.corresp[row]
        if found is None or found[2] != "en" or not corresp or number in wanted:
            return
        if sorted(corresp) != sorted(wanted):
            message = (
                f"corresp of {self._facts.name(number)} contradicts its link on line {link.line}"
            )
            mend = f"write corresp={' '.join('#' + self._facts.name(name) for name in wanted)!r}"
            self._error("T0410", found[1], "s", message, mend)

    def _check_sides(self, link: Link, left: tuple[int, ...], right: tuple[int, ...]) -> None:
        if link.type:
            return
        arabic = [name for name in left if self._facts.sentences.row(name) is not None]
        english = [name for name in right if self._facts.sentences.row(name) is not None]
        if not arabic or not english:
            return
        ours, theirs = self._pointed(arabic), self._pointed(english)
        line = self._facts.line(english[0])
        extra = sorted(self._facts.values[value] for value in theirs - ours)
        for name in extra:
            message = (
                f"the English of {self._facts.name(english[0])} names {name}, its Arabic does not"
            )
            mend = "remove the mark or mark the Arabic too"
            self._error("T0413", line, "s", message, mend)
        absent = {v for v in ours - theirs if not any((s, v) in self._silent for s in right)}
        for name in sorted(self._facts.values[value] for value in absent):
            message = (
                f"the Arabic of {self._facts.name(arabic[0])} names {name}, its English does not"
            )
            mend = "mark it in the English or record it in the linkGrp of type missed"
            self._error("T0413", line, "s", message, mend)
        rows = self._facts.sentences
        self._compare("T0501", "dates (date/@when)", rows.whens, arabic, english)
        self._compare("T0502", "numbers (num/@value)", rows.numbers, arabic, english)

    def _gather(self, rows: Rows, sentences: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for sentence in sentences:
            row = self._facts.sentences.row(sentence)
            if row is not None:
                found.update(rows[row])
        return found

    def _pointed(self, sentences: list[int]) -> set[int]:
        """What the names of sentences point to, those that cross others too."""
        found = self._gather(self._facts.sentences.names, sentences)
        for sentence in sentences:
            found |= self._crossing.get(sentence, set())
        return found

    def _compare(
        self, code: str, what: str, rows: Rows, arabic: list[int], english: list[int]
    ) -> None:
        ours, theirs = self._gather(rows, arabic), self._gather(rows, english)
        if ours == theirs or len(self.problems) >= _MOST:
            return
        shown = [", ".join(sorted(self._facts.values[v] for v in side)) for side in (ours, theirs)]
        message = (
            f"the {what} of {self._facts.name(english[0])} differ: "
            f"Arabic {shown[0] or 'none'}, English {shown[1] or 'none'}"
        )
        mend, line = "compare the two sentences", self._facts.line(english[0])
        self.problems.append(Problem(code, line, "s", message, mend, Severity.WARNING))

    def _check_missed(self) -> None:
        rendered = self._facts.renderings(self._facts.missed)
        for mention, sentence in sorted(self._facts.missed):
            found = self._facts.pointers.found(mention)
            line, name = found[1] if found else 0, self._facts.name(mention)
            if found is not None and mention not in self._facts.mentions:
                message = f"#{name} is recorded as missed but is no name of the Arabic"
                self._error("T0414", line, found[0], message, "point to the marked name")
            elif (mention, sentence) in rendered:
                message = (
                    f"#{name} is recorded as missed, but {self._facts.name(sentence)} renders it"
                )
                mend = "remove the link of type missed or the mark in the English"
                self._error("T0414", line, found[0] if found else "", message, mend)
