"""Layer 3: what no schema sees. Pointers, alignment, both sides of a link, the Arabic itself."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilingual.document import Severity
from bilingual.tei.compact import Names, Rows
from bilingual.tei.events import Element
from bilingual.tei.pointers import PointerChecker
from bilingual.tei.problem import Problem
from bilingual.tei.provisions import PROVISIONS
from bilingual.tei.source_check import SourceChecker

__all__ = ["LinkChecker"]

_MOST = 10_000
_NAMED = {"persName", "orgName", "placeName", "term", "ref"}
_SIDES = {"text.ar": "ar", "text.en": "en"}
_NONE = 0xFFFFFFFF


class _Link(NamedTuple):
    group: str
    type: str
    size: str
    targets: tuple[int, ...]
    line: int


class _Sentences:
    """What a link has to compare of each sentence; a sentence is the number of its identifier."""

    def __init__(self) -> None:
        self.ids = array("I")
        self.corresp = Rows()
        self.names = Rows()
        """What its names point to."""
        self.whens = Rows()
        self.numbers = Rows()
        self.empty = bytearray()
        self._rows = array("I")
        """By identifier: its row in the others."""

    def row(self, number: int) -> int | None:
        """The row of an identifier; None when it is no sentence."""
        if number >= len(self._rows) or self._rows[number] == _NONE:
            return None
        return self._rows[number]

    def add(self, number: int) -> None:
        """Give an identifier the row that is filled next."""
        while len(self._rows) <= number:
            self._rows.append(_NONE)
        if self._rows[number] == _NONE:
            self._rows[number] = len(self.ids)


class _Open:
    """A sentence that is being read."""

    def __init__(self, element: Element, side: str) -> None:
        self.id = element.id
        self.side = side
        self.corresp = element.pointers("corresp")
        self.empty = False
        self.names: set[str] = set()
        self.whens: set[str] = set()
        self.numbers: set[str] = set()


class LinkChecker:
    """Follows a file and says at its end what points nowhere or contradicts itself."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._pointers = PointerChecker()
        self._source = SourceChecker()
        self._values = Names()
        """What names point to, dates, numbers."""
        self._sentences = _Sentences()
        self._current: _Open | None = None
        self._side = ""
        self._group: Element | None = None
        self._functions = 0
        self._ptrs: dict[int, int] = {}
        self._members = Rows()
        self._links = Rows()
        """Group, type, size (of ``_words``), line, targets."""
        self._words: dict[str, int] = {}
        self._missed: set[tuple[int, int]] = set()
        self._mentions: dict[int, int] = {}
        """Arabic name to what it points to."""
        self._rendered = array("Q")
        """Arabic name and English sentence that renders it."""
        self._spans: list[tuple[int, int]] = []

    # -- the stream -----------------------------------------------------------------------

    def start(self, element: Element) -> None:
        """Note what the element is, points to and belongs to."""
        tag = element.tag
        if tag == "text" and element.id in _SIDES:
            self._side = _SIDES[element.id]
        elif tag == "text" and element.get("type") in {"source", "translation"}:
            self._side = "ar" if element.get("type") == "source" else "en"
        self._pointers.start(element, self._side)
        self._source.start(element, self._side)
        if tag == "linkGrp":
            self._open_group(element)
        elif tag == "ptr" and self._group is not None:
            self._ptrs[self._number(element.id)] = len(self._members)
            self._members.append(self._locals(element.pointers("target")))
        elif tag == "link" and self._group is not None:
            self._link(element)
        elif tag == "s" and self._side:
            self._current = _Open(element, self._side)
        if self._current is not None:
            self._inside(element, self._current)
        elif tag == "span":
            self._span(element)

    def text(self, data: str, parent: Element | None, line: int) -> None:
        """Text of the Arabic body is the source; text of an ``idno`` an identifier."""
        self._source.text(data)

    def end(self, element: Element) -> None:
        """Close what ``start`` opened."""
        tag = element.tag
        self._source.end(tag)
        if tag == "s":
            if self._current is not None:
                self._close(self._current)
            self._current = None
        elif tag == "linkGrp":
            self._group = None
        elif tag == "text" and element.id in _SIDES:
            self._side = ""

    # -- what start() and end() delegate --------------------------------------------------

    def _error(self, code: str, line: int, element: str, message: str, mend: str) -> None:
        if len(self.problems) < _MOST:
            self.problems.append(Problem(code, line, element, message, mend))

    def _number(self, name: str) -> int:
        return self._pointers.number(name)

    def _name(self, number: int) -> str:
        return self._pointers.names[number]

    def _locals(self, pointers: Iterable[str]) -> list[int]:
        return [self._number(pointer[1:]) for pointer in pointers if pointer.startswith("#")]

    def _open_group(self, element: Element) -> None:
        self._group = element
        self._functions = len(element.get("targFunc").split())
        domains = [p for p in element.pointers("domains") if p.startswith("#")]
        if self._functions and len(domains) != self._functions:
            message = f"domains names {len(domains)} elements, targFunc {self._functions} functions"
            mend = "give one domain for each function"
            self._error("T0407", element.line, "linkGrp", message, mend)

    def _link(self, element: Element) -> None:
        assert self._group is not None
        pointers = element.pointers("target")
        targets = self._locals(pointers)
        if self._functions and len(pointers) != self._functions:
            message = (
                f"a link has {len(pointers)} targets, its group "
                f"{self._functions} functions ({self._group.get('targFunc')})"
            )
            mend = "gather the sentences of one side in a ptr and point to that"
            self._error("T0406", element.line, "link", message, mend)
            return
        if len(targets) != self._functions:
            return  # a pointer that is no local one is reported with the pointers
        group = self._group.get("type")
        if group == "missed":
            self._missed.add((targets[0], targets[1]))
            return
        words = (group, element.get("type"), element.get("n"))
        numbers = [self._words.setdefault(word, len(self._words)) for word in words]
        self._links.append([*numbers, element.line, *targets])

    def _inside(self, element: Element, sentence: _Open) -> None:
        tag = element.tag
        if tag == "gap":
            sentence.empty = True
        elif tag == "ref" and element.get("type") in PROVISIONS:
            return
        elif tag in _NAMED:
            to = element.get("target") if tag == "ref" else element.get("ref")
            sentence.names.add(to)
            if sentence.side == "ar" and element.id:
                self._mentions[self._number(element.id)] = self._values.add(to)
            elif sentence.side == "en":
                self._renders(element, sentence.id)
            self._pointers.record(to, element)
        elif tag == "date":
            whens = [element.get("when"), element.get("from"), element.get("to")]
            sentence.whens.update(when for when in whens if when)
        elif tag == "num":
            sentence.numbers.add(_number(element.get("value")))

    def _renders(self, element: Element, sentence: str) -> None:
        for name in self._locals(element.pointers("corresp")):
            self._rendered.append(name << 32 | self._number(sentence))

    def _close(self, sentence: _Open) -> None:
        """Keep a sentence; the first of those that share an identifier is the one meant."""
        if not sentence.id:
            return
        number, rows = self._number(sentence.id), self._sentences
        if rows.row(number) is not None:
            return
        rows.add(number)
        rows.ids.append(number)
        rows.empty.append(sentence.empty)
        rows.corresp.append(self._locals(sentence.corresp))
        rows.names.append(self._values.add(name) for name in sentence.names)
        rows.whens.append(self._values.add(when) for when in sentence.whens)
        rows.numbers.append(self._values.add(value) for value in sentence.numbers)

    def _span(self, element: Element) -> None:
        """A name kept beside the text: its side and sentence are those of its first anchor."""
        anchor = element.get("from").removeprefix("#")
        sentence = anchor.rpartition(".m")[0]
        to = element.pointers("source") or element.pointers("corresp")[:1]
        value = self._values.add(to[0] if to else "")
        self._spans.append((self._number(sentence), value))
        if anchor.startswith("ar."):
            self._mentions[self._number(element.id)] = value
        else:
            self._renders(element, sentence)

    # -- the end --------------------------------------------------------------------------

    def finish(self) -> list[Problem]:
        """Everything found, by line."""
        self.problems += self._pointers.finish()
        self._crossing: dict[int, set[int]] = {}
        for name, to in self._spans:
            self._crossing.setdefault(name, set()).add(to)
        self._silent = {
            (sentence, self._mentions[mention])
            for mention, sentence in self._missed
            if mention in self._mentions
        }
        self._kinds = list(self._words)
        for link, left, right in self._check_links():
            self._check_sides(link, left, right)
        self._check_coverage()
        self._check_missed()
        self.problems += self._source.finish()
        return sorted(self.problems, key=lambda p: (p.line, p.code))

    def _all_links(self) -> Iterator[_Link]:
        for i in range(len(self._links)):
            yield self._get_link(i)

    def _get_link(self, row: int) -> _Link:
        group, type_, size, line, *targets = self._links[row]
        return _Link(
            self._kinds[group], self._kinds[type_], self._kinds[size], tuple(targets), line
        )

    def _gathered(self, name: int) -> tuple[int, ...]:
        row = self._ptrs.get(name)
        return (name,) if row is None else self._members[row]

    def _line(self, sentence: int) -> int:
        found = self._pointers.found(sentence)
        return found[1] if found else 0

    def _check_links(self) -> Iterator[tuple[_Link, tuple[int, ...], tuple[int, ...]]]:
        for link in self._all_links():
            sides = [self._gathered(target) for target in link.targets]
            good = True
            places = ("ar", "source"), ("en", "translation")
            for members, (side, place) in zip(sides, places, strict=False):
                for name in members:
                    found = self._pointers.found(name)
                    if found is None:
                        good = False  # reported as a pointer
                    elif found[2] != side:
                        good = False
                        message = f"#{self._name(name)} stands as {place} but is not in text.{side}"
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
            row = self._sentences.row(name)
            found = self._pointers.found(name)
            return (found is not None and found[0] == "anchor") or (
                row is not None and self._sentences.empty[row] == 1
            )

        return all(nothing(name) for name in members)

    def _check_type(self, link: _Link, sides: list[tuple[int, ...]]) -> None:
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
        unused = len(self._links)
        uses = array("Q", [unused]) * len(self._pointers.names)
        again: dict[int, list[int]] = {}
        for row, link in enumerate(self._all_links()):
            if link.group != "translation":
                continue
            for name in (n for target in link.targets for n in self._gathered(target)):
                if uses[name] != unused:
                    first = self._get_link(uses[name]).line
                    again.setdefault(name, [first]).append(link.line)
                else:
                    uses[name] = row
        for row, number in enumerate(self._sentences.ids):
            line = self._line(number)
            if uses[number] == unused:
                message = f"the sentence {self._name(number)} is in no alignment link"
                mend = "link it; an omission or addition is a link too"
                self._error("T0404", line, "s", message, mend)
            elif number in again:
                lines = again[number]
                shown = ", ".join(str(line) for line in lines[:5])
                message = (
                    f"the sentence {self._name(number)} is in {len(lines)} links (lines {shown})"
                )
                mend = "gather the sentences in a ptr so that one link holds them"
                self._error("T0405", line, "s", message, mend)
            else:
                self._check_corresp(row, number, self._get_link(uses[number]))

    def _check_corresp(self, row: int, number: int, link: _Link) -> None:
        wanted = self._gathered(link.targets[0])
        found, corresp = self._pointers.found(number), self._sentences.corresp[row]
        if found is None or found[2] != "en" or not corresp or number in wanted:
            return
        if sorted(corresp) != sorted(wanted):
            message = f"corresp of {self._name(number)} contradicts its link on line {link.line}"
            mend = f"write corresp={' '.join('#' + self._name(name) for name in wanted)!r}"
            self._error("T0410", found[1], "s", message, mend)

    def _check_sides(self, link: _Link, left: tuple[int, ...], right: tuple[int, ...]) -> None:
        if link.type:
            return
        arabic = [name for name in left if self._sentences.row(name) is not None]
        english = [name for name in right if self._sentences.row(name) is not None]
        if not arabic or not english:
            return
        ours, theirs = self._pointed(arabic), self._pointed(english)
        line = self._line(english[0])
        extra = sorted(self._values[value] for value in theirs - ours)
        for name in extra:
            message = f"the English of {self._name(english[0])} names {name}, its Arabic does not"
            mend = "remove the mark or mark the Arabic too"
            self._error("T0413", line, "s", message, mend)
        absent = {v for v in ours - theirs if not any((s, v) in self._silent for s in right)}
        for name in sorted(self._values[value] for value in absent):
            message = f"the Arabic of {self._name(arabic[0])} names {name}, its English does not"
            mend = "mark it in the English or record it in the linkGrp of type missed"
            self._error("T0413", line, "s", message, mend)
        rows = self._sentences
        self._compare("T0501", "dates (date/@when)", rows.whens, arabic, english)
        self._compare("T0502", "numbers (num/@value)", rows.numbers, arabic, english)

    def _gather(self, rows: Rows, sentences: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for sentence in sentences:
            row = self._sentences.row(sentence)
            if row is not None:
                found.update(rows[row])
        return found

    def _pointed(self, sentences: list[int]) -> set[int]:
        """What the names of sentences point to, those that cross others too."""
        found = self._gather(self._sentences.names, sentences)
        for sentence in sentences:
            found |= self._crossing.get(sentence, set())
        return found

    def _compare(
        self, code: str, what: str, rows: Rows, arabic: list[int], english: list[int]
    ) -> None:
        ours, theirs = self._gather(rows, arabic), self._gather(rows, english)
        if ours == theirs or len(self.problems) >= _MOST:
            return
        shown = [", ".join(sorted(self._values[v] for v in side)) for side in (ours, theirs)]
        message = (
            f"the {what} of {self._name(english[0])} differ: "
            f"Arabic {shown[0] or 'none'}, English {shown[1] or 'none'}"
        )
        mend, line = "compare the two sentences", self._line(english[0])
        self.problems.append(Problem(code, line, "s", message, mend, Severity.WARNING))

    def _check_missed(self) -> None:
        rendered = {
            pair
            for packed in self._rendered
            if (pair := (packed >> 32, packed & _NONE)) in self._missed
        }
        for mention, sentence in sorted(self._missed):
            found = self._pointers.found(mention)
            line, name = found[1] if found else 0, self._name(mention)
            if found is not None and mention not in self._mentions:
                message = f"#{name} is recorded as missed but is no name of the Arabic"
                self._error("T0414", line, found[0], message, "point to the marked name")
            elif (mention, sentence) in rendered:
                message = f"#{name} is recorded as missed, but {self._name(sentence)} renders it"
                mend = "remove the link of type missed or the mark in the English"
                self._error("T0414", line, found[0] if found else "", message, mend)


def _number(value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number)
