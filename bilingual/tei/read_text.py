"""The text of a body, end to end, with the places of its sentences, names and anchors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from bilingual.document import SegmentKind
from bilingual.errors import BilingualError
from bilingual.tei.grammar import text_of
from bilingual.tei.layout import kind_of_block
from bilingual.tei.names import TEI_NS, XML_ID, XML_LANG, decode_id
from bilingual.tei.provisions import PROVISIONS

__all__ = ["Name", "Sentence", "Side", "bodies", "characters", "local", "plain_text", "walk"]

_T = f"{{{TEI_NS}}}"
_BLOCKS = {"p", "ab", "head", "byline", "dateline", "trailer", "l", "item", "closer", "opener"}
_NAMED = {"persName", "orgName", "placeName", "term", "ref"}
_PARAGRAPH = re.compile(r"(?:ar|en)\.p(\d+)(?:\.b\d+)?")


@dataclass(slots=True)
class Name:
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
class Sentence:
    """A sentence: its attributes, its span, the names in it."""

    id: str
    paragraph: int
    kind: SegmentKind
    start: int
    end: int
    ana: list[str]
    resp: list[str]
    corresp: list[str]
    gap: bool = False
    names: list[Name] = field(default_factory=list)


@dataclass(slots=True)
class Side:
    """One text read end to end."""

    text: str
    sentences: list[Sentence]
    anchors: dict[str, int]


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def characters(root: etree._Element) -> dict[str, str]:
    """The characters that XML cannot hold, by the pointer to their declaration."""
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
        if local(child) == "g":
            parts.append(characters.get(child.get("ref", ""), "\ufffd"))
        else:
            parts.append(plain_text(child, characters))
        parts.append(child.tail or "")
    return "".join(parts)


def bodies(root: etree._Element) -> tuple[etree._Element, etree._Element | None]:
    """The bodies of the source and of the translation, by type or else by language.

    Raises T0601 when there is no source.
    """
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
        self.sentences: list[Sentence] = []
        self.anchors: dict[str, int] = {}
        self.paragraph = 0
        self.count = 0
        self.kind = SegmentKind.BODY
        self.current: Sentence | None = None
        self.ids: set[str] = set()

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)

    def element(self, element: etree._Element) -> None:
        tag = local(element)
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
        elif tag in _NAMED and element.get("type") in PROVISIONS:
            pass  # computed again from the text and the name of its whole
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
        if any(local(d) in {"s", "seg"} or local(d) in _BLOCKS for d in element.iterdescendants()):
            return False
        return bool(text_of(element).strip())

    def open_sentence(self, element: etree._Element, tag: str) -> Sentence:
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
        sentence = Sentence(
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

    def open_name(self, element: etree._Element, tag: str) -> Name:
        to = element.get("target") if tag == "ref" else element.get("ref")
        return Name(
            element.get(XML_ID) or "",
            tag,
            element.get("type") or "",
            (to or "").split(" ")[0],
            (element.get("corresp") or "").split(),
            (element.get("ana") or "").split(),
            self.length,
            self.length,
        )


def walk(body: etree._Element, side: str, characters: dict[str, str]) -> Side:
    """Read the body of the ``side`` ``ar`` or ``en``."""
    walker = _Walker(side, characters)
    walker.add(body.text)
    for child in body:
        walker.element(child)
        walker.add(child.tail)
    return Side("".join(walker.parts), walker.sentences, walker.anchors)
