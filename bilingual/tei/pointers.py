"""Identifiers and pointers of an edition: each identifier once, each pointer to something."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from bilingual.tei.compact import Names
from bilingual.tei.events import Element
from bilingual.tei.problem import Problem

__all__ = ["PointerChecker"]

_POINTERS = frozenset(
    ("target", "corresp", "ana", "resp", "who", "ref", "decls", "rendition", "domains")
) | {"from", "to", "source", "change"}
_MOST = 10_000
"""Problems told of one file; a large file that is wrong throughout has millions."""
_URI_SCHEMES = {"http", "https", "mailto", "urn", "doi", "ftp", "file", "data", "tag", "info"}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_RECORD = {"persName": "person", "orgName": "org", "placeName": "place", "term": "label"}
_SIDES = ("", "ar", "en")


class PointerChecker:
    """Numbers the identifiers of a file and follows its pointers."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.names = Names()
        self._met = array("Q")
        """By name: line, element and side in one number; 0 where it has not been met."""
        self._used = array("Q")
        """By name: line, attribute and element of the first pointer that came before it."""
        self._words: list[str] = []
        self._numbers: dict[str, int] = {}
        self._prefixes: dict[str, tuple[re.Pattern[str], int]] = {}
        self._foreign: dict[str, tuple[str, str, int]] = {}
        self._records = array("Q")
        """Name, and the line and element that point to it as to a record."""

    def number(self, name: str) -> int:
        """The number of an identifier, met or only pointed to."""
        number = self.names.add(name)
        if number == len(self._met):
            self._met.append(0)
            self._used.append(0)
        return number

    def found(self, number: int) -> tuple[str, int, str] | None:
        """Element, line and side of an identifier; None when it is nowhere."""
        packed = self._met[number]
        if not packed:
            return None
        return self._words[packed >> 2 & 0xFFFF], packed >> 18, _SIDES[packed & 3]

    def start(self, element: Element, side: str) -> None:
        """Note what the element is and points to."""
        if element.id:
            self._identify(element, side)
        if element.tag == "prefixDef":
            self._prefix(element)
        for name, value in element.attributes.items():
            if name not in _POINTERS or (name in {"from", "to"} and element.tag != "span"):
                continue
            for pointer in value.split():
                if pointer[:1] != "#":
                    self._foreign.setdefault(pointer, (element.tag, name, element.line))
                    continue
                number = self.number(pointer[1:])
                if not self._met[number] and not self._used[number]:
                    word = self._word(name) << 16 | self._word(element.tag)
                    self._used[number] = element.line << 32 | word

    def record(self, to: str, element: Element) -> None:
        """A name that points to a record; of which kind is only known at the end."""
        if element.tag in _RECORD and to.startswith("#"):
            self._records.append(self.number(to[1:]))
            self._records.append(element.line << 16 | self._word(element.tag))

    def _word(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = min(len(self._words), 0xFFFF)
            self._words.append(word)
        return number

    def _error(self, code: str, line: int, element: str, message: str, mend: str) -> None:
        if len(self.problems) < _MOST:
            self.problems.append(Problem(code, line, element, message, mend))

    def _identify(self, element: Element, side: str) -> None:
        number = self.number(element.id)
        before = self.found(number)
        if before is not None:
            message = (
                f"the identifier {element.id} stands already on line {before[1]} ({before[0]})"
            )
            mend = "give one of the two another xml:id and mend its pointers"
            self._error("T0006", element.line, element.tag, message, mend)
            return
        word = self._word(element.tag)
        self._met[number] = element.line << 18 | word << 2 | _SIDES.index(side)

    def _prefix(self, element: Element) -> None:
        name, pattern = element.get("ident"), element.get("matchPattern")
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            message = f"the pattern of the prefix {name} cannot be read ({error})"
            self._error("T0402", element.line, "prefixDef", message, "mend matchPattern")
            compiled = re.compile(".*")
        self._prefixes[name] = (compiled, element.line)

    def finish(self) -> Iterator[Problem]:
        """Everything found."""
        for number, used in enumerate(self._used):
            if not used or self._met[number]:
                continue
            tag, name = self._words[used & 0xFFFF], self._words[used >> 16 & 0xFFFF]
            message = f"{tag}/@{name} points to #{self.names[number]}, which is nowhere in the file"
            mend = "mend the pointer or give the element its xml:id"
            self._error("T0401", used >> 32, tag, message, mend)
        for pointer, (tag, name, line) in self._foreign.items():
            self._check_foreign(pointer, tag, name, line)
        for i in range(0, len(self._records), 2):
            found = self.found(self._records[i])
            line, tag = self._records[i + 1] >> 16, self._words[self._records[i + 1] & 0xFFFF]
            if found is not None and found[0] != _RECORD[tag]:
                name = self.names[self._records[i]]
                message = f"{tag} points to #{name}, which is a {found[0]}, not a {_RECORD[tag]}"
                mend = f"point to the {_RECORD[tag]}, or use the element for a {found[0]}"
                self._error("T0412", line, tag, message, mend)
        yield from self.problems

    def _check_foreign(self, pointer: str, tag: str, name: str, line: int) -> None:
        scheme = _SCHEME.match(pointer)
        if scheme is None or scheme[1].lower() in _URI_SCHEMES:
            return
        prefix = self._prefixes.get(scheme[1])
        if prefix is None:
            message = f"the prefix {scheme[1]}: of {tag}/@{name} is not declared"
            mend = f"declare it: prefixDef ident={scheme[1]!r} in listPrefixDef"
            self._error("T0402", line, tag, message, mend)
        elif not prefix[0].fullmatch(pointer[scheme.end() :]):
            message = f"{pointer} does not match the pattern of the prefix {scheme[1]}"
            self._error("T0402", line, tag, message, "mend the pointer or matchPattern")
