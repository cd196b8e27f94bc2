"""Layer 3: what no schema sees. Pointers, alignment, both sides of a link, the Arabic itself."""

from __future__ import annotations

from bilingual.tei.alignment import check_alignment
from bilingual.tei.events import Element
from bilingual.tei.facts import Facts
from bilingual.tei.pointers import PointerChecker
from bilingual.tei.problem import Problem
from bilingual.tei.provisions import PROVISIONS
from bilingual.tei.source_check import SourceChecker

__all__ = ["LinkChecker"]

_MOST = 10_000
_NAMED = {"persName", "orgName", "placeName", "term", "ref"}
_SIDES = {"text.ar": "ar", "text.en": "en"}


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
        self._facts = Facts(self._pointers)
        self._current: _Open | None = None
        self._side = ""
        self._group: Element | None = None
        self._functions = 0

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
            members = self._facts.locals(element.pointers("target"))
            self._facts.add_gathering(self._facts.number(element.id), members)
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
        targets = self._facts.locals(pointers)
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
            self._facts.missed.add((targets[0], targets[1]))
            return
        self._facts.add_link(group, element.get("type"), element.get("n"), targets, element.line)

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
                self._facts.mentions[self._facts.number(element.id)] = self._facts.values.add(to)
            elif sentence.side == "en":
                self._renders(element, sentence.id)
            self._pointers.record(to, element)
        elif tag == "date":
            whens = [element.get("when"), element.get("from"), element.get("to")]
            sentence.whens.update(when for when in whens if when)
        elif tag == "num":
            sentence.numbers.add(_number(element.get("value")))

    def _renders(self, element: Element, sentence: str) -> None:
        for name in self._facts.locals(element.pointers("corresp")):
            self._facts.add_rendering(name, self._facts.number(sentence))

    def _close(self, sentence: _Open) -> None:
        """Keep a sentence; the first of those that share an identifier is the one meant."""
        if not sentence.id:
            return
        number, rows = self._facts.number(sentence.id), self._facts.sentences
        if rows.row(number) is not None:
            return
        rows.add(number)
        rows.ids.append(number)
        rows.empty.append(sentence.empty)
        rows.corresp.append(self._facts.locals(sentence.corresp))
        rows.names.append(self._facts.values.add(name) for name in sentence.names)
        rows.whens.append(self._facts.values.add(when) for when in sentence.whens)
        rows.numbers.append(self._facts.values.add(value) for value in sentence.numbers)

    def _span(self, element: Element) -> None:
        """A name kept beside the text: its side and sentence are those of its first anchor."""
        anchor = element.get("from").removeprefix("#")
        sentence = anchor.rpartition(".m")[0]
        to = element.pointers("source") or element.pointers("corresp")[:1]
        value = self._facts.values.add(to[0] if to else "")
        self._facts.spans.append((self._facts.number(sentence), value))
        if anchor.startswith("ar."):
            self._facts.mentions[self._facts.number(element.id)] = value
        else:
            self._renders(element, sentence)

    def finish(self) -> list[Problem]:
        """Everything found, by line."""
        self.problems += self._pointers.finish()
        self.problems += check_alignment(self._facts)
        self.problems += self._source.finish()
        return sorted(self.problems, key=lambda p: (p.line, p.code))


def _number(value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number)
