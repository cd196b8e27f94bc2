"""Reading an edition back, ours without loss, another's as far as it uses the same constructs."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from bilingual.document import (
    Edition,
    Finding,
    Link,
    Origin,
    ReviewState,
    Segment,
    Severity,
    SourceText,
    Translation,
)
from bilingual.errors import BilingualError
from bilingual.tei.events import listen
from bilingual.tei.grammar import line_of, parser
from bilingual.tei.names import TEI_NS, XML_ID, decode_id
from bilingual.tei.problem import Problem
from bilingual.tei.read_header import Head, read_header
from bilingual.tei.read_links import read_links
from bilingual.tei.read_names import read_decisions
from bilingual.tei.read_register import Lexicon, read_register
from bilingual.tei.read_strangers import strangers
from bilingual.tei.read_text import Name, Side, bodies, characters, local, plain_text, walk

__all__ = ["read", "read_with_report", "source_text"]

_T = f"{{{TEI_NS}}}"
_PLACE = re.compile(r"(\d+)-(\d+)")
_LARGEST = 256 << 20
"""Bytes; a tree and the edition take some ten times the size of the file."""


def read(path: Path) -> Edition:
    """The edition a file holds; ``write`` gives the same bytes again for a file of ours.

    Raises F0001 when the file cannot be read, a T00 code when it is no safe XML or too large to be
    held whole (T0009), T0601 when it holds no source text.
    """
    return read_with_report(path)[0]


def read_with_report(path: Path) -> tuple[Edition, list[Problem]]:
    """The edition a file holds, and what of the file is not in it (codes T06, by line)."""
    root = _parse(path)
    reader = Reader(root, str(path))
    return reader.edition(), sorted(reader.report, key=lambda p: (p.line, p.code))


def source_text(origin: Path | etree._Element | etree._ElementTree) -> str:
    """The Arabic of an edition, character for character the source file's text.

    Raises what ``read`` raises.
    """
    if isinstance(origin, Path):
        root = _parse(origin)
    elif isinstance(origin, etree._Element):
        root = origin
    else:
        root = origin.getroot()
    return walk(bodies(root)[0], "ar", characters(root)).text


def _parse(path: Path) -> etree._Element:
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            message = (
                f"the file has {size >> 20} MiB, and no more than {_LARGEST >> 20} are read at "
                "once; divide the edition (validating it has no such limit)"
            )
            raise BilingualError("T0009", message, str(path))
        with path.open("rb") as stream:
            problems = listen(stream, [])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BilingualError("F0001", f"cannot read: {reason}", str(path)) from error
    if problems:
        found = problems[0]
        mend = f"; {found.mend}" if found.mend else ""
        raise BilingualError(found.code, found.message + mend, f"{path}:{found.line}")
    # By its descriptor: a file's name may be no UTF-8, which lxml wants of a path.
    with os.fdopen(os.open(path, os.O_RDONLY), "rb") as stream:
        return etree.parse(stream, parser()).getroot()


class Reader:
    """Puts the parts of a file together."""

    def __init__(self, root: etree._Element, path: str) -> None:
        self.root = root
        self.path = path
        self.report: list[Problem] = []
        self.characters = characters(root)
        source, translation = bodies(root)
        self.arabic = walk(source, "ar", self.characters)
        self.english = Side("", [], {})
        if translation is not None:
            self.english = walk(translation, "en", self.characters)
        else:
            self.remark("T0602", root, "the file holds no English text")
        # xml:id of a sentence to (side, id of ours)
        self.names: dict[str, tuple[str, str]] = {}
        for side, text, body in (("ar", self.arabic, source), ("en", self.english, translation)):
            if body is not None:
                self._name_sentences(side, text, body)
        self.head: Head = read_header(root)
        self.lexicon: Lexicon = read_register(root)
        self._add_spans()

    def remark(self, code: str, element: etree._Element, message: str) -> None:
        """Note something that the edition does not hold."""
        self.report.append(
            Problem(code, line_of(element), local(element), message, "", Severity.NOTE)
        )

    def _name_sentences(self, side: str, text: Side, body: etree._Element) -> None:
        marked = [e for e in body.iter(f"{_T}s", f"{_T}seg") if e.get(XML_ID)]
        if len(marked) == len(text.sentences):
            for element, sentence in zip(marked, text.sentences, strict=True):
                self.names[element.get(XML_ID, "")] = (side, sentence.id)
            return
        known = {sentence.id for sentence in text.sentences}
        for element in body.iter(f"{_T}*"):
            identifier = element.get(XML_ID) or ""
            name = decode_id(identifier.removeprefix(f"{side}."))
            for wanted in (name, identifier):
                if wanted in known:
                    self.names[identifier] = (side, wanted)
                    break

    def _add_spans(self) -> None:
        """Names that cross others stand beside the text, from anchor to anchor."""
        for span in self.root.iterfind(f".//{_T}spanGrp/{_T}span"):
            begin = (span.get("from") or "").removeprefix("#")
            end = (span.get("to") or "").removeprefix("#")
            for side in (self.arabic, self.english):
                if begin in side.anchors and end in side.anchors:
                    self._add_span(span, side, side.anchors[begin], side.anchors[end])

    def _add_span(self, span: etree._Element, side: Side, start: int, end: int) -> None:
        corresp = (span.get("corresp") or "").split()
        tag = span.get("type") or "term"
        to = (span.get("source") or "").split(" ")[0]
        if tag != "ref" and corresp:
            to = corresp.pop(0)
        ana = (span.get("ana") or "").split()
        name = Name(
            span.get(XML_ID) or "", tag, span.get("subtype") or "", to, corresp, ana, start, end
        )
        place = bisect_right(side.sentences, start, key=lambda s: s.start) - 1
        if place >= 0 and end <= side.sentences[place].end:
            side.sentences[place].names.append(name)
            return
        self.remark("T0605", span, f"the span {name.id} lies in no sentence")

    # -- the whole ------------------------------------------------------------------------

    def translations(self, links: tuple[Link, ...]) -> Iterator[Translation]:
        """The sentences of the English with state, origin, reviewer and remark."""
        decisions = read_decisions(
            self.root,
            self.arabic,
            self.english,
            self.names,
            links,
            self.lexicon,
            lambda message: self.remark("T0606", self.root, message),
        )
        xml_ids = {name: key for key, (side, name) in self.names.items() if side == "en"}
        notes = {}
        for note in self.root.iterfind(f".//{_T}standOff/{_T}note"):
            if note.get("type") == "review":
                notes[(note.get("target") or "").removeprefix("#")] = plain_text(
                    note, self.characters
                )
        for sentence in self.english.sentences:
            if sentence.gap:
                continue
            identifier = xml_ids.get(sentence.id, "")
            reviewer = next(
                (self.head.reviewers[r[1:]] for r in sentence.resp if r[1:] in self.head.reviewers),
                "",
            )
            state = _state(sentence.ana)
            yield Translation(
                sentence.id,
                self.english.text[sentence.start : sentence.end],
                sentence.paragraph,
                state,
                _origin(sentence.ana),
                tuple(decisions[sentence.id]),
                reviewer,
                self.head.reviewed.get((identifier, state.value), ""),
                notes.get(identifier, ""),
            )

    def findings(self) -> Iterator[Finding]:
        """The findings noted beside the texts."""
        for note in self.root.iterfind(f".//{_T}standOff/{_T}note"):
            if note.get("type") != "finding":
                continue
            target = (note.get("target") or "").removeprefix("#")
            place = _PLACE.fullmatch(note.get("n") or "")
            severity = (note.get("ana") or "").removeprefix("#sev.")
            known = severity in {s.value for s in Severity}
            yield Finding(
                decode_id(note.get("subtype") or ""),
                Severity(severity) if known else Severity.NOTE,
                plain_text(note, self.characters),
                self.names[target][1] if target in self.names else "",
                int(place[1]) if place else None,
                int(place[2]) if place else None,
            )

    def edition(self) -> Edition:
        """Everything together."""
        links = read_links(
            self.root,
            self.arabic,
            self.english,
            self.names,
            self.remark,
            ours=self.head.name is not None,
        )
        segments = tuple(
            Segment(s.id, s.start, s.end, s.kind, s.paragraph) for s in self.arabic.sentences
        )
        head = self.head
        name = Path(self.path).name.split(".")[0] if head.name is None else head.name
        source = SourceText(self.arabic.text, name, head.encoding, head.sha256, self.path)
        edition = Edition(
            source,
            segments,
            tuple(self.translations(links)),
            links,
            self.lexicon.entities,
            tuple(self.findings()),
            head.metadata,
            head.signature,
        )
        for code, element, message in strangers(self.root):
            self.remark(code, element, message)
        return edition


def _state(ana: list[str]) -> ReviewState:
    for state in ReviewState:
        if f"#rev.{state.value}" in ana:
            return state
    return ReviewState.MT


def _origin(ana: list[str]) -> Origin:
    for origin in Origin:
        if f"#or.{origin.value}" in ana:
            return origin
    return Origin.MACHINE
