"""Layer 3: what no schema sees. Pointers, alignment, both sides of a link, the Arabic itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sys import intern

from bilingual.document import Severity
from bilingual.tei.events import Element
from bilingual.tei.problem import Problem
from bilingual.tei.provisions import PROVISIONS

__all__ = ["LinkChecker"]

_POINTERS = frozenset(
    ("target", "corresp", "ana", "resp", "who", "ref", "decls", "rendition", "domains")
) | {"from", "to", "source", "change"}
_MOST = 10_000
"""Problems told of one file; a large file that is wrong throughout has millions."""
_URI_SCHEMES = {"http", "https", "mailto", "urn", "doi", "ftp", "file", "data", "tag", "info"}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_RECORD = {"persName": "person", "orgName": "org", "placeName": "place", "term": "label"}
_NAMED = {"persName", "orgName", "placeName", "term", "ref"}
_SIDES = {"text.ar": "ar", "text.en": "en"}


@dataclass(slots=True)
class _Sentence:
    """What a link has to compare of one sentence; lists only where there is something."""

    id: str
    side: str
    line: int
    corresp: tuple[str, ...]
    empty: bool = False
    names: set[str] | None = None
    """What its names point to."""
    whens: set[str] | None = None
    numbers: set[str] | None = None


@dataclass(slots=True)
class _Link:
    group: str
    type: str
    targets: tuple[str, ...]
    size: str
    line: int


class LinkChecker:
    """Follows a file and says at its end what points nowhere or contradicts itself."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._ids: dict[str, int] = {}
        """``xml:id`` to line, element and side in one number (a large file has millions)."""
        self._tags: list[str] = []
        self._tag_numbers: dict[str, int] = {}
        self.prefixes: dict[str, tuple[re.Pattern[str], int]] = {}
        self._pending: dict[str, tuple[str, str, int]] = {}
        """Pointers whose target has not been met: element, attribute and line of the first."""
        self._records: list[tuple[str, str, int]] = []
        self._sentences: dict[str, _Sentence] = {}
        self._current: _Sentence | None = None
        self._side = ""
        self._group: Element | None = None
        self._functions = 0
        self._domains: list[str] = []
        self._ptrs: dict[str, tuple[tuple[str, ...], int]] = {}
        self._links: list[_Link] = []
        self._missed: set[tuple[str, str]] = set()
        self._mentions: dict[str, tuple[str, str]] = {}
        """Arabic name (its id) to its sentence and what it points to."""
        self._rendered: set[tuple[str, str]] = set()
        self._spans: list[tuple[str, str]] = []
        self._silent: set[tuple[str, str]] = set()
        self._body = False
        self._digest = hashlib.sha256()
        self._length = 0
        self._idno = ""
        self._idnos: dict[str, tuple[str, int]] = {}
        self._measure: tuple[int, int] | None = None
        self._chars: dict[str, str] = {}
        self._char = ""

    # -- the stream -----------------------------------------------------------------------

    def start(self, element: Element) -> None:
        """Note what the element is, points to and belongs to."""
        tag = element.tag
        if tag == "text" and element.id in _SIDES:
            self._side = _SIDES[element.id]
        elif tag == "text" and element.get("type") in {"source", "translation"}:
            self._side = "ar" if element.get("type") == "source" else "en"
        if element.id:
            self._identify(element)
        self._pointers(element)
        if tag == "body":
            self._body = self._side == "ar"
        elif tag == "prefixDef":
            self._prefix(element)
        elif tag == "linkGrp":
            self._open_group(element)
        elif tag == "ptr" and self._group is not None:
            self._ptrs[element.id] = (tuple(_locals(element.pointers("target"))), element.line)
        elif tag == "link" and self._group is not None:
            self._link(element)
        elif tag == "s" and self._side:
            corresp = tuple(_locals(element.pointers("corresp")))
            self._current = _Sentence(element.id, self._side, element.line, corresp)
            if element.id:
                self._sentences.setdefault(element.id, self._current)
        elif tag == "measure" and element.get("unit") == "characters":
            if element.get("quantity").isascii() and element.get("quantity").isdigit():
                self._measure = (int(element.get("quantity")), element.line)
        elif tag == "idno":
            self._idno = element.get("type")
            self._idnos.setdefault(self._idno, ("", element.line))
        elif tag == "char":
            self._char = element.id
        elif tag == "localProp" and self._char:
            self._chars[self._char] = element.get("value")
        elif tag == "g" and self._body:
            self._add_char(element)
        if self._current is not None:
            self._inside(element, self._current)
        elif tag == "span":
            self._span(element)

    def text(self, data: str, parent: Element | None, line: int) -> None:
        """Text of the Arabic body is the source; text of an ``idno`` an identifier."""
        if self._body:
            self._add_text(data)
        elif self._idno:
            before, its_line = self._idnos[self._idno]
            self._idnos[self._idno] = (before + data, its_line)

    def end(self, element: Element) -> None:
        """Close what ``start`` opened."""
        tag = element.tag
        if tag == "s":
            self._current = None
        elif tag == "body":
            self._body = False
        elif tag == "linkGrp":
            self._group = None
        elif tag == "idno":
            self._idno = ""
        elif tag == "char":
            self._char = ""
        elif tag == "text" and element.id in _SIDES:
            self._side = ""

    # -- what start() delegates -----------------------------------------------------------

    def _error(self, code: str, line: int, element: str, message: str, mend: str) -> None:
        if len(self.problems) < _MOST:
            self.problems.append(Problem(code, line, element, message, mend))

    def _found(self, name: str) -> tuple[str, int, str] | None:
        """Element, line and side of an identifier."""
        packed = self._ids.get(name)
        if packed is None:
            return None
        return self._tags[packed >> 2 & 0xFF], packed >> 10, ("", "ar", "en")[packed & 3]

    def _identify(self, element: Element) -> None:
        before = self._found(element.id)
        if before is not None:
            message = (
                f"the identifier {element.id} stands already on line {before[1]} ({before[0]})"
            )
            mend = "give one of the two another xml:id and mend its pointers"
            self._error("T0006", element.line, element.tag, message, mend)
            return
        number = self._tag_numbers.get(element.tag)
        if number is None:
            number = self._tag_numbers[element.tag] = min(len(self._tags), 0xFF)
            self._tags.append(element.tag)
        side = ("", "ar", "en").index(self._side)
        self._ids[intern(element.id)] = element.line << 10 | number << 2 | side
        self._pending.pop(f"#{element.id}", None)

    def _pointers(self, element: Element) -> None:
        for name, value in element.attributes.items():
            if name not in _POINTERS or (name in {"from", "to"} and element.tag != "span"):
                continue
            for pointer in value.split():
                if pointer[:1] == "#" and pointer[1:] in self._ids:
                    continue
                if pointer not in self._pending:
                    self._pending[pointer] = (element.tag, name, element.line)

    def _prefix(self, element: Element) -> None:
        name, pattern = element.get("ident"), element.get("matchPattern")
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            message = f"the pattern of the prefix {name} cannot be read ({error})"
            self._error("T0402", element.line, "prefixDef", message, "mend matchPattern")
            compiled = re.compile(".*")
        self.prefixes[name] = (compiled, element.line)

    def _open_group(self, element: Element) -> None:
        self._group = element
        self._functions = len(element.get("targFunc").split())
        self._domains = _locals(element.pointers("domains"))
        if self._functions and len(self._domains) != self._functions:
            message = (
                f"domains names {len(self._domains)} elements, targFunc {self._functions} functions"
            )
            mend = "give one domain for each function"
            self._error("T0407", element.line, "linkGrp", message, mend)

    def _link(self, element: Element) -> None:
        assert self._group is not None
        targets = tuple(_locals(element.pointers("target")))
        if self._functions and len(element.pointers("target")) != self._functions:
            message = (
                f"a link has {len(element.pointers('target'))} targets, its group "
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
        link = _Link(group, element.get("type"), targets, element.get("n"), element.line)
        self._links.append(link)

    def _inside(self, element: Element, sentence: _Sentence) -> None:
        tag = element.tag
        if tag == "gap":
            sentence.empty = True
        elif tag == "ref" and element.get("type") in PROVISIONS:
            return
        elif tag in _NAMED:
            to = element.get("target") if tag == "ref" else element.get("ref")
            self._name(element, to, element.pointers("corresp"), sentence)
        elif tag == "date":
            whens = [element.get("when"), element.get("from"), element.get("to")]
            if sentence.whens is None:
                sentence.whens = set()
            sentence.whens.update(when for when in whens if when)
        elif tag == "num":
            if sentence.numbers is None:
                sentence.numbers = set()
            sentence.numbers.add(_number(element.get("value")))

    def _name(
        self, element: Element, to: str, corresp: list[str], sentence: _Sentence | None
    ) -> None:
        if sentence is not None:
            if sentence.names is None:
                sentence.names = set()
            sentence.names.add(intern(to))
            if sentence.side == "ar" and element.id:
                self._mentions[element.id] = (sentence.id, to)
            elif sentence.side == "en":
                for pointer in _locals(corresp):
                    self._rendered.add((pointer, sentence.id))
        wanted = _RECORD.get(element.tag)
        if wanted and to.startswith("#"):
            self._records.append((to[1:], element.tag, element.line))

    def _span(self, element: Element) -> None:
        """A name kept beside the text: its side and sentence are those of its first anchor."""
        anchor = element.get("from").removeprefix("#")
        sentence = anchor.rpartition(".m")[0]
        to = element.pointers("source") or element.pointers("corresp")[:1]
        self._spans.append((sentence, to[0] if to else ""))
        if anchor.startswith("ar."):
            self._mentions[element.id] = (sentence, to[0] if to else "")
        else:
            for pointer in _locals(element.pointers("corresp")):
                self._rendered.add((pointer, sentence))

    def _add_text(self, data: str) -> None:
        self._digest.update(data.encode("utf-8", "surrogatepass"))
        self._length += len(data)

    def _add_char(self, element: Element) -> None:
        name = element.get("ref").removeprefix("#")
        value = self._chars.get(name, "")
        if not re.fullmatch(r"U\+[0-9A-F]{4,6}", value):
            message = f"the character {name} is not declared in charDecl"
            mend = "declare it as char with localProp codepoint"
            self._error("T0411", element.line, "g", message, mend)
            return
        self._add_text(chr(min(int(value[2:], 16), 0x10FFFF)))

    # -- the end --------------------------------------------------------------------------

    def finish(self) -> list[Problem]:
        """Everything found, errors first where lines are equal."""
        self._check_pointers()
        self._check_records()
        for name, to in self._spans:
            if name in self._sentences:
                self._sentences[name].names = (self._sentences[name].names or set()) | {to}
        self._silent = {
            (sentence, self._mentions.get(mention, ("", ""))[1])
            for mention, sentence in self._missed
        }
        for link, left, right in self._check_links():
            self._check_sides(link, left, right)
        self._check_coverage()
        self._check_missed()
        self._check_text()
        return sorted(self.problems, key=lambda p: (p.line, p.code))

    def _check_pointers(self) -> None:
        for pointer, (tag, name, line) in self._pending.items():
            if pointer.startswith("#"):
                if pointer[1:] not in self._ids:
                    message = f"{tag}/@{name} points to {pointer}, which is nowhere in the file"
                    mend = "mend the pointer or give the element its xml:id"
                    self._error("T0401", line, tag, message, mend)
                continue
            scheme = _SCHEME.match(pointer)
            if scheme is None or scheme[1].lower() in _URI_SCHEMES:
                continue
            prefix = self.prefixes.get(scheme[1])
            if prefix is None:
                message = f"the prefix {scheme[1]}: of {tag}/@{name} is not declared"
                mend = f"declare it: prefixDef ident={scheme[1]!r} in listPrefixDef"
                self._error("T0402", line, tag, message, mend)
            elif not prefix[0].fullmatch(pointer[scheme.end() :]):
                message = f"{pointer} does not match the pattern of the prefix {scheme[1]}"
                self._error("T0402", line, tag, message, "mend the pointer or matchPattern")

    def _check_records(self) -> None:
        for name, tag, line in self._records:
            found = self._found(name)
            if found is not None and found[0] != _RECORD[tag]:
                message = f"{tag} points to #{name}, which is a {found[0]}, not a {_RECORD[tag]}"
                mend = f"point to the {_RECORD[tag]}, or use the element for a {found[0]}"
                self._error("T0412", line, tag, message, mend)

    def _members(self, name: str) -> tuple[str, ...]:
        group = self._ptrs.get(name)
        return group[0] if group is not None else (name,)

    def _check_links(self) -> Iterator[tuple[_Link, tuple[str, ...], tuple[str, ...]]]:
        for link in self._links:
            sides = [self._members(target) for target in link.targets]
            good = True
            places = ("ar", "source"), ("en", "translation")
            for members, (side, place) in zip(sides, places, strict=False):
                for name in members:
                    found = self._found(name)
                    if found is None:
                        good = False  # reported as a pointer
                    elif found[2] != side:
                        good = False
                        message = f"#{name} stands as {place} but is not in text.{side}"
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

    def _nothing(self, members: tuple[str, ...]) -> bool:
        def nothing(name: str) -> bool:
            sentence = self._sentences.get(name)
            found = self._found(name)
            return (found is not None and found[0] == "anchor") or (
                sentence is not None and sentence.empty
            )

        return all(nothing(name) for name in members)

    def _check_type(self, link: _Link, sides: list[tuple[str, ...]]) -> None:
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
        uses: dict[str, int] = {}
        again: dict[str, list[int]] = {}
        for number, link in enumerate(self._links):
            if link.group != "translation":
                continue
            for name in (n for target in link.targets for n in self._members(target)):
                if name in uses:
                    again.setdefault(name, [self._links[uses[name]].line]).append(link.line)
                else:
                    uses[name] = number
        for sentence in self._sentences.values():
            if sentence.id not in uses:
                message = f"the sentence {sentence.id} is in no alignment link"
                mend = "link it; an omission or addition is a link too"
                self._error("T0404", sentence.line, "s", message, mend)
                continue
            if sentence.id in again:
                lines = again[sentence.id]
                shown = ", ".join(str(line) for line in lines[:5])
                message = f"the sentence {sentence.id} is in {len(lines)} links (lines {shown})"
                mend = "gather the sentences in a ptr so that one link holds them"
                self._error("T0405", sentence.line, "s", message, mend)
                continue
            link = self._links[uses[sentence.id]]
            wanted = self._members(link.targets[0])
            if sentence.side != "en" or not sentence.corresp or sentence.id in wanted:
                continue
            if sorted(sentence.corresp) != sorted(wanted):
                message = f"corresp of {sentence.id} contradicts its link on line {link.line}"
                mend = f"write corresp={' '.join('#' + name for name in wanted)!r}"
                self._error("T0410", sentence.line, "s", message, mend)

    def _check_sides(self, link: _Link, left: tuple[str, ...], right: tuple[str, ...]) -> None:
        if link.type:
            return
        arabic = [self._sentences[name] for name in left if name in self._sentences]
        english = [self._sentences[name] for name in right if name in self._sentences]
        if not arabic or not english:
            return
        ours, theirs = _names(arabic), _names(english)
        line = english[0].line
        for name in sorted(theirs - ours):
            message = f"the English of {english[0].id} names {name}, its Arabic does not"
            mend = "remove the mark or mark the Arabic too"
            self._error("T0413", line, "s", message, mend)
        for name in sorted(ours - theirs):
            if not any((sentence, name) in self._silent for sentence in right):
                message = f"the Arabic of {arabic[0].id} names {name}, its English does not"
                mend = "mark it in the English or record it in the linkGrp of type missed"
                self._error("T0413", line, "s", message, mend)
        self._compare("T0501", "dates", "date/@when", arabic, english)
        self._compare("T0502", "numbers", "num/@value", arabic, english)

    def _compare(
        self,
        code: str,
        what: str,
        where: str,
        arabic: list[_Sentence],
        english: list[_Sentence],
    ) -> None:
        dates = code == "T0501"
        ours = sorted({v for s in arabic for v in (s.whens if dates else s.numbers) or ()})
        theirs = sorted({v for s in english for v in (s.whens if dates else s.numbers) or ()})
        if ours == theirs:
            return
        message = (
            f"the {what} of {english[0].id} differ ({where}): "
            f"Arabic {', '.join(ours) or 'none'}, English {', '.join(theirs) or 'none'}"
        )
        mend = "compare the two sentences"
        if len(self.problems) < _MOST:
            self.problems.append(
                Problem(code, english[0].line, "s", message, mend, Severity.WARNING)
            )

    def _check_missed(self) -> None:
        for mention, sentence in sorted(self._missed):
            found = self._found(mention)
            line = found[1] if found else 0
            if found is not None and mention not in self._mentions:
                message = f"#{mention} is recorded as missed but is no name of the Arabic"
                self._error("T0414", line, found[0], message, "point to the marked name")
            elif (mention, sentence) in self._rendered:
                message = f"#{mention} is recorded as missed, but {sentence} renders it"
                mend = "remove the link of type missed or the mark in the English"
                self._error("T0414", line, found[0] if found else "", message, mend)

    def _check_text(self) -> None:
        declared, line = self._idnos.get("sha256-text", ("", 0))
        if declared and declared.strip() != self._digest.hexdigest():
            message = "the Arabic is not the source: the text of its body has another sha256"
            mend = "restore the Arabic from the source; only markup may change"
            self._error("T0415", line, "body", message, mend)
        if self._measure is not None and self._measure[0] != self._length:
            message = (
                f"the header counts {self._measure[0]} characters of Arabic, the body has "
                f"{self._length}"
            )
            mend = "restore the Arabic from the source; only markup may change"
            self._error("T0415", self._measure[1], "measure", message, mend)


def _locals(pointers: Iterable[str]) -> list[str]:
    return [intern(pointer[1:]) for pointer in pointers if pointer.startswith("#")]


def _names(sentences: Iterable[_Sentence]) -> set[str]:
    return {name for sentence in sentences for name in sentence.names or ()}


def _number(value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number)
