"""The Arabic of an edition against what its header says of the source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from bilingual.tei.events import Element
from bilingual.tei.problem import Problem

__all__ = ["SourceChecker"]

_MEND = "restore the Arabic from the source; only markup may change"


class SourceChecker:
    """Follows the Arabic body, character for character."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._body = False
        self._digest = hashlib.sha256()
        self._length = 0
        self._idno = ""
        self._idnos: dict[str, tuple[str, int]] = {}
        self._measure: tuple[int, int] | None = None
        self._chars: dict[str, str] = {}
        self._char = ""

    def start(self, element: Element, side: str) -> None:
        """Note what the header declares, and where the body begins."""
        tag = element.tag
        if tag == "body":
            self._body = side == "ar"
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

    def text(self, data: str) -> None:
        """Text of the Arabic body is the source; text of an ``idno`` an identifier."""
        if self._body:
            self._add_text(data)
        elif self._idno in {"sha256", "sha256-text"}:
            before, its_line = self._idnos[self._idno]
            self._idnos[self._idno] = (before + data, its_line)

    def end(self, tag: str) -> None:
        """Close what ``start`` opened."""
        if tag == "body":
            self._body = False
        elif tag == "idno":
            self._idno = ""
        elif tag == "char":
            self._char = ""

    def _add_text(self, data: str) -> None:
        self._digest.update(data.encode("utf-8", "surrogatepass"))
        self._length += len(data)

    def _add_char(self, element: Element) -> None:
        name = element.get("ref").removeprefix("#")
        value = self._chars.get(name, "")
        if not re.fullmatch(r"U\+[0-9A-F]{4,6}", value):
            message = f"the character {name} is not declared in charDecl"
            mend = "declare it as char with localProp codepoint"
            if len(self.problems) < 1000:
                self.problems.append(Problem("T0411", element.line, "g", message, mend))
            return
        self._add_text(chr(min(int(value[2:], 16), 0x10FFFF)))

    def finish(self) -> Iterator[Problem]:
        """Everything found."""
        yield from self.problems
        declared, line = self._idnos.get("sha256-text", ("", 0))
        if declared and declared.strip() != self._digest.hexdigest():
            message = "the Arabic is not the source: the text of its body has another sha256"
            yield Problem("T0415", line, "body", message, _MEND)
        if self._measure is not None and self._measure[0] != self._length:
            message = (
                f"the header counts {self._measure[0]} characters of Arabic, the body has "
                f"{self._length}"
            )
            yield Problem("T0415", self._measure[1], "measure", message, _MEND)
