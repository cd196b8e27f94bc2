"""Reading an edition back, ours without loss, another's as far as it uses the same constructs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from bilingual.document import (
    Decision,
    Edition,
    Finding,
    Link,
    LinkType,
    Mention,
    Origin,
    Outcome,
    ReviewState,
    Segment,
    SegmentKind,
    Severity,
    SourceText,
    Translation,
)
from bilingual.errors import BilingualError
from bilingual.tei.events import listen
from bilingual.tei.grammar import known_names, line_of, parser, text_of
from bilingual.tei.layout import kind_of_block
from bilingual.tei.names import TEI_NS, XML_ID, XML_LANG, decode_id
from bilingual.tei.problem import Problem
from bilingual.tei.read_header import Head, read_header
from bilingual.tei.read_register import Lexicon, read_register

__all__ = ["read", "read_with_report", "source_text"]

_T = f"{{{TEI_NS}}}"
_BLOCKS = {"p", "ab", "head", "byline", "dateline", "trailer", "l", "item", "closer", "opener"}
_NAMED = {"persName", "orgName", "placeName", "term", "ref"}
_PARAGRAPH = re.compile(r"(?:ar|en)\.p(\d+)(?:\.b\d+)?")
_PLACE = re.compile(r"(\d+)-(\d+)")


@dataclass(slots=True)
class _Name:
    """A marked name: its element's facts and its span."""

    id: str
    tag: str
    type: str
    to: str
    corresp: list[str]
    ana: list[str]
    start: int
    end: int
    paired: bool = False


@dataclass(slots=True)
class _Sentence:
    id: str
    paragraph: int
    kind: SegmentKind
    start: int
    end: int
    ana: list[str]
    resp: list[str]
    corresp: list[str]
    gap: bool = False
    names: list[_Name] = field(default_factory=list)


@dataclass(slots=True)
class _Side:
    """One text read end to end."""

    text: str
    sentences: list[_Sentence]
    anchors: dict[str, int]


def read(path: Path) -> Edition:
    """The edition a file holds; ``write`` gives the same bytes again for a file of ours.

    Raises F0001 when the file cannot be read, a T00 code when it is no safe XML, T0601 when it
    holds no source text.
    """
    return read_with_report(path)[0]


def read_with_report(path: Path) -> tuple[Edition, list[Problem]]:
    """The edition a file holds, and what of the file is not in it (codes T06, by line)."""
    root = _parse(path)
    reader = _Reader(root, str(path))
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
    return _walk(_bodies(root)[0], "ar", _characters(root)).text


def _parse(path: Path) -> etree._Element:
    try:
        with path.open("rb") as stream:
            problems = listen(stream, [])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BilingualError("F0001", f"cannot read: {reason}", str(path)) from error
    if problems:
        found = problems[0]
        mend = f"; {found.mend}" if found.mend else ""
        raise BilingualError(found.code, found.message + mend, f"{path}:{found.line}")
    return etree.parse(path, parser()).getroot()


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _characters(root: etree._Element) -> dict[str, str]:
    found = {}
    for char in root.iterfind(f"{_T}teiHeader//{_T}char"):
        prop = char.find(f"{_T}localProp")
        value = prop.get("value", "") if prop is not None else ""
        if re.fullmatch(r"U\+[0-9A-F]{4,6}", value) and int(value[2:], 16) <= 0x10FFFF:
            found[f"#{char.get(XML_ID)}"] = chr(int(value[2:], 16))
    return found


def plain_text(element: etree._Element, characters: dict[str, str]) -> str:
    """The text of an element, with the characters that XML cannot hold."""
    parts = [element.text or ""]
    for child in element:
        if _local(child) == "g":
            parts.append(characters.get(child.get("ref", ""), "\ufffd"))
        else:
            parts.append(plain_text(child, characters))
        parts.append(child.tail or "")
    return "".join(parts)


def _bodies(root: etree._Element) -> tuple[etree._Element, etree._Element | None]:
    """The bodies of the source and of the translation, by type or else by language."""
    texts = [t for t in root.iter(f"{_T}text") if t.find(f"{_T}body") is not None]

    def pick(type_: str, language: str) -> etree._Element | None:
        for text in texts:
            if text.get("type") == type_:
                return text.find(f"{_T}body")
        for text in texts:
            if (text.get(XML_LANG) or "").partition("-")[0] == language:
                return text.find(f"{_T}body")
        return None

    source = pick("source", "ar")
    if source is None:
        mend = 'mark it as <text type="source" xml:lang="ar">'
        raise BilingualError("T0601", f"the file holds no Arabic text; {mend}", root.base or "")
    return source, pick("translation", "en")


class _Walker:
    """Collects the text of a body with the places of its sentences, names and anchors."""

    def __init__(self, side: str, characters: dict[str, str]) -> None:
        self.side = side
        self.characters = characters
        self.parts: list[str] = []
        self.length = 0
        self.sentences: list[_Sentence] = []
        self.anchors: dict[str, int] = {}
        self.paragraph = 0
        self.count = 0
        self.kind = SegmentKind.BODY
        self.current: _Sentence | None = None
        self.ids: set[str] = set()

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)

    def element(self, element: etree._Element) -> None:
        tag = _local(element)
        if tag == "g":
            self.add(self.characters.get(element.get("ref", ""), "\ufffd"))
            return
        sentence = name = None
        if tag in _BLOCKS and self.current is None:
            self.open_block(element, tag)
        if self.current is None and (tag in {"s", "seg"} or self.is_bare(element, tag)):
            sentence = self.current = self.open_sentence(element, tag)
        elif tag == "gap" and self.current is not None:
            self.current.gap = True
        elif tag in _NAMED and self.current is not None:
            name = self.open_name(element, tag)
            self.current.names.append(name)
        elif tag == "anchor" and element.get(XML_ID):
            self.anchors[element.get(XML_ID, "")] = self.length
        self.add(element.text)
        for child in element:
            self.element(child)
            self.add(child.tail)
        if name is not None:
            name.end = self.length
        if sentence is not None:
            sentence.end = self.length
            self.current = None

    def open_block(self, element: etree._Element, tag: str) -> None:
        self.count += 1
        match = _PARAGRAPH.fullmatch(element.get(XML_ID) or "")
        self.paragraph = int(match[1]) if match else self.count
        self.kind = kind_of_block(tag, element.get("type") or "")

    def is_bare(self, element: etree._Element, tag: str) -> bool:
        """A block with words and no sentences is taken as one sentence."""
        if tag not in _BLOCKS or (tag == "ab" and element.get("type") == "space"):
            return False
        if any(
            _local(d) in {"s", "seg"} or _local(d) in _BLOCKS for d in element.iterdescendants()
        ):
            return False
        return bool(text_of(element).strip())

    def open_sentence(self, element: etree._Element, tag: str) -> _Sentence:
        identifier = element.get(XML_ID) or ""
        name = identifier.removeprefix(f"{self.side}.")
        if name != identifier:
            name = decode_id(name)
        if not name or name in self.ids:
            name = f"p{self.paragraph}.s{len(self.sentences) + 1}"
        self.ids.add(name)
        function = element.get("function")
        kind = self.kind
        if function in {k.value for k in SegmentKind}:
            kind = SegmentKind(function)
        own = tag in {"s", "seg"}
        sentence = _Sentence(
            name,
            self.paragraph,
            kind,
            self.length,
            self.length,
            (element.get("ana") or "").split() if own else [],
            (element.get("resp") or "").split() if own else [],
            (element.get("corresp") or "").split(),
        )
        self.sentences.append(sentence)
        return sentence

    def open_name(self, element: etree._Element, tag: str) -> _Name:
        to = element.get("target") if tag == "ref" else element.get("ref")
        return _Name(
            element.get(XML_ID) or "",
            tag,
            element.get("type") or "",
            (to or "").split(" ")[0],
            (element.get("corresp") or "").split(),
            (element.get("ana") or "").split(),
            self.length,
            self.length,
        )


def _walk(body: etree._Element, side: str, characters: dict[str, str]) -> _Side:
    walker = _Walker(side, characters)
    walker.add(body.text)
    for child in body:
        walker.element(child)
        walker.add(child.tail)
    return _Side("".join(walker.parts), walker.sentences, walker.anchors)


class _Reader:
    """Puts the parts of a file together."""

    def __init__(self, root: etree._Element, path: str) -> None:
        self.root = root
        self.path = path
        self.report: list[Problem] = []
        self.characters = _characters(root)
        source, translation = _bodies(root)
        self.arabic = _walk(source, "ar", self.characters)
        self.english = _Side("", [], {})
        if translation is not None:
            self.english = _walk(translation, "en", self.characters)
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
            Problem(code, line_of(element), _local(element), message, "", Severity.NOTE)
        )

    def _name_sentences(self, side: str, text: _Side, body: etree._Element) -> None:
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

    def _add_span(self, span: etree._Element, side: _Side, start: int, end: int) -> None:
        corresp = (span.get("corresp") or "").split()
        tag = span.get("type") or "term"
        to = (span.get("source") or "").split(" ")[0]
        if tag != "ref" and corresp:
            to = corresp.pop(0)
        ana = (span.get("ana") or "").split()
        name = _Name(
            span.get(XML_ID) or "", tag, span.get("subtype") or "", to, corresp, ana, start, end
        )
        for sentence in side.sentences:
            if sentence.start <= start and end <= sentence.end:
                sentence.names.append(name)
                return
        self.remark("T0605", span, f"the span {name.id} lies in no sentence")

    # -- alignment ------------------------------------------------------------------------

    def links(self) -> tuple[Link, ...]:
        """The links of the linkGrp, or else those that ``@corresp`` says."""
        groups = [
            g for g in self.root.iterfind(f".//{_T}linkGrp") if g.get("type") == "translation"
        ]
        if not groups and self.head.name is not None:
            return ()  # a file of ours that has no links
        if not groups:
            if self.english.sentences:
                where = self.root.find(f".//{_T}standOff")
                message = "no linkGrp of type translation: alignment is taken from corresp"
                self.remark("T0603", self.root if where is None else where, message)
            return tuple(self._from_corresp())
        found = []
        for group in groups:
            pointers = {
                f"#{ptr.get(XML_ID)}": (ptr.get("target") or "").split()
                for ptr in group.iter(f"{_T}ptr")
            }
            for link in group.iter(f"{_T}link"):
                one = self._link(link, pointers)
                if one is not None:
                    found.append(one)
        return tuple(found)

    def _link(self, link: etree._Element, pointers: dict[str, list[str]]) -> Link | None:
        sides: dict[str, list[str]] = {"ar": [], "en": []}
        gaps = {sentence.id for sentence in self.english.sentences if sentence.gap}
        unknown = []
        for target in (link.get("target") or "").split():
            for pointer in pointers.get(target, [target]):
                name = pointer.removeprefix("#")
                if name in self.names:
                    side, identifier = self.names[name]
                    if side == "ar" or identifier not in gaps:
                        sides[side].append(identifier)
                elif name not in self.arabic.anchors and name not in self.english.anchors:
                    unknown.append(pointer)
        if unknown:
            self.remark("T0604", link, f"a link points to {unknown[0]}, which is no sentence")
        if not sides["ar"] and not sides["en"]:
            return None
        type_ = LinkType.TRANSLATION
        if not sides["en"]:
            type_ = LinkType.OMISSION
        elif not sides["ar"]:
            type_ = LinkType.ADDITION
        return Link(tuple(sides["ar"]), tuple(sides["en"]), type_)

    def _from_corresp(self) -> Iterator[Link]:
        """Sentences that share a corresp make one link; the rest of both sides stand alone."""
        by_sources: dict[tuple[str, ...], list[str]] = {}
        for sentence in self.english.sentences:
            sources = tuple(self.names[p[1:]][1] for p in sentence.corresp if p[1:] in self.names)
            by_sources.setdefault(sources or (f"\0{sentence.id}",), []).append(
                "" if sentence.gap else sentence.id
            )
        linked: set[str] = set()
        for sources, targets in by_sources.items():
            real = tuple(t for t in targets if t)
            if sources[0].startswith("\0"):
                if real:
                    yield Link((), real, LinkType.ADDITION)
                continue
            linked.update(sources)
            yield Link(sources, real, LinkType.TRANSLATION if real else LinkType.OMISSION)
        for sentence in self.arabic.sentences:
            if sentence.id not in linked:
                yield Link((sentence.id,), (), LinkType.OMISSION)

    # -- names ----------------------------------------------------------------------------

    def mentions(self) -> dict[int, Mention]:
        """The mention for each name of the Arabic (by identity), from the glossary's lines."""
        found = {}
        for sentence in self.arabic.sentences:
            for name in sentence.names:
                surface = self.arabic.text[name.start : name.end]
                mention = self.lexicon.mention(
                    name.tag, name.type, name.to, name.corresp, surface, name.start
                )
                if mention is not None:
                    found[id(name)] = mention
                elif name.tag != "ref" or name.type == "resolution":
                    message = f"the name {surface!r} points to no record"
                    self.remark("T0606", self.root, message)
        return found

    def decisions(self, links: tuple[Link, ...]) -> dict[str, list[Decision]]:
        """What became of each mention, by sentence of the English."""
        mentions = self.mentions()
        arabic = {sentence.id: sentence for sentence in self.arabic.sentences}
        by_id = {n.id: n for s in self.arabic.sentences for n in s.names if n.id}
        sources: dict[str, list[str]] = {}
        targets: dict[str, list[str]] = {}
        for link in links:
            for target in link.targets:
                sources.setdefault(target, []).extend(link.sources)
            for source in link.sources:
                targets.setdefault(source, []).extend(link.targets)
        found: dict[str, list[Decision]] = {}
        for sentence in self.english.sentences:
            found[sentence.id] = []
            candidates = [
                n for s in sources.get(sentence.id, ()) if s in arabic for n in arabic[s].names
            ]
            for name in sentence.names:
                partner = next((by_id[c[1:]] for c in name.corresp if c[1:] in by_id), None)
                if partner is None:
                    partner = next(
                        (n for n in candidates if n.to == name.to and not n.paired), None
                    )
                if partner is None or id(partner) not in mentions:
                    continue
                partner.paired = True
                start, end = name.start - sentence.start, name.end - sentence.start
                form = self.english.text[name.start : name.end]
                mention = mentions[id(partner)]
                found[sentence.id].append(Decision(mention, _outcome(name.ana), start, end, form))
        for mention_id, sentence_id in self._missed():
            if mention_id in by_id and sentence_id in found:
                name = by_id[mention_id]
                if id(name) in mentions:
                    name.paired = True
                    found[sentence_id].append(Decision(mentions[id(name)], Outcome.MISSED))
        for segment in self.arabic.sentences:
            for name in segment.names:
                if name.paired or id(name) not in mentions or not targets.get(segment.id):
                    continue
                # No record says what became of it: in the English there is no mark for it.
                found[targets[segment.id][0]].append(Decision(mentions[id(name)], Outcome.MISSED))
        return found

    def _missed(self) -> Iterator[tuple[str, str]]:
        for group in self.root.iterfind(f".//{_T}linkGrp"):
            if group.get("type") != "missed":
                continue
            for link in group.iter(f"{_T}link"):
                pointers = (link.get("target") or "").split()
                if len(pointers) == 2 and pointers[1][1:] in self.names:
                    yield pointers[0][1:], self.names[pointers[1][1:]][1]

    # -- the whole ------------------------------------------------------------------------

    def translations(self, links: tuple[Link, ...]) -> Iterator[Translation]:
        """The sentences of the English with state, origin, reviewer and remark."""
        decisions = self.decisions(links)
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
        links = self.links()
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
        self._report_strangers()
        return edition

    def _report_strangers(self) -> None:
        """Elements and attributes outside the profile: their text is kept, their meaning is not."""
        known = known_names()
        elements: Counter[str] = Counter()
        attributes: Counter[str] = Counter()
        first: dict[str, etree._Element] = {}
        for element in self.root.iter(etree.Element):
            tag = _local(element)
            if tag not in known or etree.QName(element).namespace != TEI_NS:
                elements[tag] += 1
                first.setdefault(tag, element)
                continue
            for attribute in element.attrib:
                shown = str(attribute).replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
                if shown not in known[tag]:
                    attributes[f"{tag}/@{shown}"] += 1
                    first.setdefault(f"{tag}/@{shown}", element)
        for tag, count in elements.items():
            message = f"{tag} ({count} times) is not in the profile: its text is kept, not its mark"
            self.remark("T0607", first[tag], message)
        for name, count in attributes.items():
            message = f"{name} ({count} times) is not in the profile and is dropped"
            self.remark("T0608", first[name], message)
        for tag in ("certainty",):
            found = list(self.root.iter(f"{_T}{tag}"))
            if found:
                self.remark("T0607", found[0], f"{tag} ({len(found)} times) is dropped")


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


def _outcome(ana: list[str]) -> Outcome:
    for outcome in Outcome:
        if f"#gl.{outcome.value}" in ana or f"#prop.{outcome.value}" in ana:
            return outcome
    return Outcome.KEPT
