"""Layer 2: the Schematron rules of TEI that touch the profile, and the profile's own.

TEI's Schematron is written for XSLT 2; its rules that can apply here are restated: sentences
do not nest (``s``), a link has two targets at least (``link``), a gloss list is pairs of label
and item (``list``), ``span`` has ``from`` before ``to`` (``span``), ``date`` does not mix
``when`` with a range (``att.datable``).
"""

from __future__ import annotations

from bilingual.tei.compact import Names
from bilingual.tei.events import Element
from bilingual.tei.names import TAXONOMIES, XML_WHITE, is_date
from bilingual.tei.problem import Problem
from bilingual.tei.provisions import PROVISIONS

__all__ = ["RuleChecker"]

_BLOCKS = {"p", "ab", "head", "byline", "dateline", "trailer"}
_NAMES = {"persName", "orgName", "placeName", "term", "ref"}
_MOST = 10_000
_STATES = tuple(f"#{name}" for name, _ in TAXONOMIES[0][2])
_ORIGINS = tuple(f"#{name}" for name, _ in TAXONOMIES[1][2])
_OUTCOMES = tuple(f"#{name}" for t in (2, 3) for name, _ in TAXONOMIES[t][2])


class RuleChecker:
    """Follows a file and tells what the grammar cannot say."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._side = ""
        self._last_child: dict[int, str] = {}
        self._disclosed: set[str] = set()
        self._notes_line = 1
        self._sentences = False
        self._states: set[str] = set()
        self._changed = Names()
        """The sentences that revisionDesc names; it stands before all of them."""
        self._changes: list[int] = []
        """By number of a changed sentence: its states, one bit each."""
        self._words: list[str] = []
        self._status = ("", 0)
        self._texts: list[str] = []

    def _error(self, code: str, element: Element, message: str, mend: str) -> None:
        self._add(Problem(code, element.line, element.tag, message, mend))

    def _add(self, problem: Problem) -> None:
        if len(self.problems) < _MOST:
            self.problems.append(problem)

    # -- the stream -----------------------------------------------------------------------

    def start(self, element: Element) -> None:
        """Check an element by itself and against those it stands in."""
        tag, parent = element.tag, element.parent
        if tag == "text" and element.get("type") in {"source", "translation"}:
            self._side = "ar" if element.get("type") == "source" else "en"
            self._text(element)
        elif tag == "s":
            self._sentence(element)
        elif tag == "div":
            if _inside(element, {"p", "ab"}):
                self._error("T0305", element, "div in a paragraph", "close the paragraph first")
        elif tag in _BLOCKS and self._side and _inside(element, _BLOCKS):
            message = f"{tag} inside another block"
            self._error("T0305", element, message, "close the block before it")
        elif tag == "link":
            if len(element.pointers("target")) < 2:
                message = "a link with fewer than two targets"
                self._error("T0302", element, message, "give both sides, or remove the link")
        elif tag in {"label", "item"} and parent is not None and parent.tag == "list":
            self._pair(element, parent)
        elif tag == "span":
            self._span(element)
        elif tag == "date":
            self._date(element)
        elif tag == "ref" and element.get("type") in PROVISIONS and not element.get("n"):
            message = f"a {element.get('type')} is cited without its number"
            self._error("T0316", element, message, "give the number in n, as in n='2 3'")
        elif tag == "note" and parent is not None and parent.tag == "notesStmt":
            if element.get("type") == "disclosure":
                self._disclosed.add(element.get("xml:lang"))
        elif tag == "notesStmt":
            self._notes_line = element.line
        elif tag == "revisionDesc":
            self._status = (element.get("status"), element.line)
        elif tag == "change":
            self._change(element)
        elif tag == "gap" and (parent is None or parent.tag != "s"):
            self._error("T0310", element, "gap outside an s", "put it into the English s")
        elif tag in {"gap", "supplied"} and self._side == "ar":
            message = f"{tag} in the Arabic, which is the source unchanged"
            self._error("T0310", element, message, "only the English may have it")
        if tag in _NAMES and self._side and _inside(element, {"s"}):
            self._name(element)

    def text(self, data: str, parent: Element | None, line: int) -> None:
        """No words outside a sentence, no invisible control in the English."""
        if parent is None or not self._side:
            return
        if parent.tag in _BLOCKS and data.strip(XML_WHITE):
            words = data.strip()
            # White space that XML does not know as such may stand between sentences.
            if words and any(c.isprintable() and not c.isspace() for c in words):
                message = f"text outside an s in {parent.tag}: {words[:30]!r}"
                problem = Problem("T0304", line, parent.tag, message, "put it into an s")
                self._add(problem)

    def end(self, element: Element) -> None:
        """Check what only the end of an element shows."""
        tag = element.tag
        if tag == "text":
            if element.get("type") in {"source", "translation"}:
                self._side = ""
        elif tag == "list" and self._last_child.pop(id(element), "") == "label":
            message = "the gloss list ends with a label that has no item"
            self._error("T0303", element, message, "add the English item")

    # -- rules ----------------------------------------------------------------------------

    def _text(self, element: Element) -> None:
        type_, language = element.get("type"), element.get("xml:lang").partition("-")[0]
        if type_ in self._texts:
            message = f"a second text of type {type_}"
            self._error("T0315", element, message, "an edition has one source, one translation")
        elif language != {"source": "ar", "translation": "en"}[type_]:
            message = f"the text of type {type_} is in {language or 'no language'}"
            self._error("T0315", element, message, "the source is ar, the translation en")
        self._texts.append(type_)

    def _sentence(self, element: Element) -> None:
        if _inside(element, {"s"}):
            self._error("T0301", element, "an s inside an s", "close the outer s first")
        if self._side != "en":
            return
        ana = element.pointers("ana")
        states = [name for name in ana if name in _STATES]
        strangers = [name for name in ana if name not in _STATES and name not in _ORIGINS]
        if strangers:
            message = f"ana of an s holds {strangers[0]}, which is no review state"
            self._error("T0306", element, message, f"use one of {', '.join(_STATES)}")
        if len(states) > 1:
            message = f"an s in two review states ({' '.join(states)})"
            self._error("T0306", element, message, "keep one")
        state = states[0].removeprefix("#rev.") if states else ""
        self._sentences = True
        if state:
            self._states.add(state)
        # A sentence may also name its change itself (att.global.change).
        if not element.get("change"):
            self._reviewed(element, state)

    def _change(self, element: Element) -> None:
        status = element.get("status")
        if status not in self._words:
            self._words.append(status)
        bit = 1 << self._words.index(status)
        for target in element.pointers("target"):
            number = self._changed.add(target.removeprefix("#"))
            if number == len(self._changes):
                self._changes.append(0)
            self._changes[number] |= bit

    def _reviewed(self, element: Element, state: str) -> None:
        reviewed = state in {"post-edited", "approved"}
        if reviewed and set(element.get("resp").split()) <= {"#resp.mt"}:
            message = f"a sentence is {state}, but resp names no reviewer"
            self._error("T0312", element, message, "add the respStmt of the reviewer to resp")
        number = self._changed.find(element.id)
        bits = self._changes[number] if number >= 0 else 0
        known = {word for i, word in enumerate(self._words) if bits >> i & 1}
        if reviewed and not known:
            message = f"{element.id} is {state}, but no change of revisionDesc names it"
            mend = "add a change with who, status and target"
            self._error("T0313", element, message, mend)
        elif state and known & {"approved", "post-edited"} and state not in known:
            message = f"{element.id} is {state}, revisionDesc says {min(known)}"
            mend = "make ana of the s and status of the change agree"
            self._error("T0313", element, message, mend)

    def _name(self, element: Element) -> None:
        ana = element.pointers("ana")
        wrong = [name for name in ana if name not in _OUTCOMES]
        if wrong:
            message = f"ana of a name holds {wrong[0]}, which is no glossary decision"
            self._error("T0307", element, message, "use a category of tax.gloss or tax.proposed")
        missed = [name for name in ana if name.endswith(".missed")]
        if self._side == "ar" and ana and not missed and not wrong:
            message = "a glossary decision on the Arabic; only missed stands there"
            self._error("T0307", element, message, "move it to the English name")
        if self._side == "en" and missed:
            message = "a name that stands in the English cannot be missed"
            self._error("T0307", element, message, "say how it came there, or remove the mark")

    def _pair(self, element: Element, parent: Element) -> None:
        before = self._last_child.get(id(parent), "")
        if element.tag == "item" and before != "label":
            message = "an item of a gloss list without its label"
            self._error("T0303", element, message, "put the Arabic label before it")
        if element.tag == "label" and before == "label":
            message = "two labels of a gloss list in a row"
            self._error("T0303", element, message, "put the English item between them")
        self._last_child[id(parent)] = element.tag

    def _span(self, element: Element) -> None:
        if element.get("target") and (element.get("from") or element.get("to")):
            message = "span with target and from or to"
            self._error("T0308", element, message, "keep from and to")
        if element.get("to") and not element.get("from"):
            self._error("T0308", element, "span with to and no from", "add from")

    def _date(self, element: Element) -> None:
        when = element.get("when")
        if when and (element.get("from") or element.get("to")):
            message = "date with when and a range"
            self._error("T0309", element, message, "keep when, or from and to")
        values = [when, element.get("from"), element.get("to")]
        for value in values:
            if len(value) >= 10 and value[:4].isdigit() and not is_date(value):
                message = f"{value} is no day of the calendar"
                self._error("T0309", element, message, "write the date as YYYY-MM-DD")
        if all(len(v) == 10 for v in values[1:]) and values[1] > values[2]:
            message = f"the range ends ({values[2]}) before it begins ({values[1]})"
            self._error("T0309", element, message, "exchange from and to")

    def finish(self) -> list[Problem]:
        """Everything found, after the rules that need the whole file."""
        absent = {"ar", "en"} - self._disclosed
        if self._sentences and absent:
            message = f"no disclosure note in {' and '.join(sorted(absent))}"
            mend = "write the edition again; the note is derived from the review states"
            self._add(Problem("T0311", self._notes_line, "notesStmt", message, mend))
        status, line = self._status
        if status == "approved" and self._states - {"approved"}:
            message = "revisionDesc says approved, but some sentences are not"
            mend = "set status to candidate or draft"
            self._add(Problem("T0314", line, "revisionDesc", message, mend))
        return sorted(self.problems, key=lambda p: (p.line, p.code))


def _inside(element: Element, tags: set[str]) -> bool:
    parent = element.parent
    while parent is not None:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False
