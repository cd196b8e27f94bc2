"""A file as a stream of events with exact lines; what could harm the reader is refused.

Expat is used because it reads any size in constant memory and knows the line of everything.
No entity is ever expanded: a document type declaration ends the reading (XML 1.0, 2.8; the
attacks are described in CWE-611 and CWE-776).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol
from xml.parsers import expat

from bilingual.tei.names import TEI_NS, XML_NS
from bilingual.tei.problem import Problem

__all__ = ["Element", "Listener", "listen"]

_CHUNK = 1 << 16
_MAX_DEPTH = 200


@dataclass(slots=True)
class Element:
    """An element that is open. TEI names have no prefix, ``xml:id`` and ``xml:lang`` theirs."""

    tag: str
    attributes: dict[str, str]
    line: int
    parent: Element | None = field(repr=False)

    @property
    def id(self) -> str:
        """Its identifier, or nothing."""
        return self.attributes.get("xml:id", "")

    def get(self, name: str) -> str:
        """An attribute, or nothing."""
        return self.attributes.get(name, "")

    def pointers(self, name: str) -> list[str]:
        """The pointers an attribute holds."""
        return self.attributes.get(name, "").split()


class Listener(Protocol):
    """Anything that follows the stream."""

    def start(self, element: Element) -> None:
        """An element opens."""

    def text(self, data: str, parent: Element | None, line: int) -> None:
        """Text inside an element, in as many pieces as the parser likes."""

    def end(self, element: Element) -> None:
        """An element closes."""


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _name(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    if uri == TEI_NS or not uri:
        return local if uri else f"{{}}{local}"
    return f"xml:{local}" if uri == XML_NS else f"{{{uri}}}{local}"


def listen(stream: BinaryIO, listeners: list[Listener]) -> list[Problem]:
    """Send a file through the listeners; the problems are those of the file as XML.

    Reading ends at the first of them: nothing after it can be trusted.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    stack: list[Element] = []
    starts = [listener.start for listener in listeners]
    texts = [listener.text for listener in listeners]
    ends = [listener.end for listener in listeners]

    def start(name: str, attributes: dict[str, str]) -> None:
        # A name without namespace is as foreign as one of another namespace.
        tag = _name(name)
        parent = stack[-1] if stack else None
        line = parser.CurrentLineNumber
        if parent is None:
            _check_root(tag, line)
        if len(stack) >= _MAX_DEPTH:
            message = f"elements are nested more than {_MAX_DEPTH} deep"
            raise _RefusedError(Problem("T0008", line, tag, message, "this is no edition"))
        element = Element(
            tag,
            {(_name(k) if " " in k else k): v for k, v in attributes.items()},
            line,
            parent,
        )
        stack.append(element)
        for call in starts:
            call(element)

    def end(name: str) -> None:
        element = stack.pop()
        for call in ends:
            call(element)

    def text(data: str) -> None:
        parent = stack[-1] if stack else None
        for call in texts:
            call(data, parent, parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse(parser)
    try:
        empty = True
        while chunk := stream.read(_CHUNK):
            empty = empty and not chunk.strip()
            parser.Parse(chunk, False)
        if empty:
            return [Problem("T0002", 0, "", "the file is empty", "write the edition again")]
        parser.Parse(b"", True)
    except _RefusedError as refused:
        return [refused.problem]
    except expat.ExpatError as error:
        return [_malformed(error, stack)]
    except (UnicodeError, LookupError) as error:
        line = parser.CurrentLineNumber
        return [Problem("T0007", line, "", f"unknown encoding ({error})", "save it as UTF-8")]
    return []


def _refuse(parser: expat.XMLParserType) -> Callable[[str, str | None, str | None, bool], None]:
    def doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
        what = "with entities or rules of its own" if internal else "that points outside the file"
        raise _RefusedError(
            Problem(
                "T0004",
                parser.CurrentLineNumber,
                name,
                f"a document type declaration {what} is refused",
                "remove the <!DOCTYPE ...>; an edition needs none",
            )
        )

    return doctype


def _check_root(tag: str, line: int) -> None:
    if tag == "TEI":
        return
    if tag.startswith("{") and tag.endswith("}TEI"):
        space = tag[1 : tag.index("}")] or "none"
        message = f"the root TEI is in the wrong namespace ({space})"
        raise _RefusedError(Problem("T0005", line, "TEI", message, f'declare xmlns="{TEI_NS}"'))
    shown = tag.rpartition("}")[2]
    message = f"the root element is {shown}, not TEI"
    raise _RefusedError(Problem("T0005", line, shown, message, "give a TEI edition"))


def _malformed(error: expat.ExpatError, stack: list[Element]) -> Problem:
    reason = expat.errors.messages.get(error.code, "not well-formed")
    where = stack[-1].tag if stack else ""
    cut = {"no element found", "unclosed token", "unclosed CDATA section"}
    if reason in cut or (reason == "partial character"):
        if not stack:
            message = "the file is not XML, or ends before its first element"
            return Problem("T0002", error.lineno, "", message, "give a TEI edition")
        opened = f"<{where}> of line {stack[-1].line} is still open"
        message = f"the file is cut off: it ends while {opened}"
        return Problem("T0003", error.lineno, where, message, "write the edition again")
    if not stack and reason in {"syntax error", "not well-formed (invalid token)"}:
        message = "the file is not XML"
        return Problem("T0002", error.lineno, "", message, "give a TEI edition")
    if reason in {"unknown encoding", "encoding specified in XML declaration is incorrect"}:
        return Problem("T0007", error.lineno, "", f"{reason}", "save it as UTF-8")
    if reason == "undefined entity":
        mend = "write the character itself"
        return Problem("T0004", error.lineno, where, "an entity that is not declared", mend)
    message = f"not well-formed XML: {reason} at column {error.offset + 1}"
    return Problem("T0003", error.lineno, where, message, "mend the markup at that place")
