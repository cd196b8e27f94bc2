"""Writing an edition as TEI, part by part, so that memory does not grow with the document."""

from __future__ import annotations

import io
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from bilingual.document import (
    Decision,
    Edition,
    LinkType,
    Mention,
    Outcome,
    Segment,
    SegmentKind,
    Translation,
)
from bilingual.errors import BilingualError
from bilingual.files import open_atomic
from bilingual.tei.header import Reviewers, add, build_header
from bilingual.tei.layout import Slot, arrange, block_kind
from bilingual.tei.marks import Mark, add_text, fill, nest
from bilingual.tei.names import (
    ELEMENT_OF_KIND,
    TEI_NS,
    XML_ID,
    XML_LANG,
    XML_WHITE,
    encode_id,
    slug,
    unique,
)
from bilingual.tei.register import Register, build_register, register_elements
from bilingual.tei.spans import computed

__all__ = ["to_bytes", "write"]

_SCHEMA = "https://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
_PROLOGUE = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="{_SCHEMA}" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>
<?xml-model href="{_SCHEMA}" type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"?>
"""
_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def write(edition: Edition, path: Path) -> None:
    """Write an edition to a file, at once or not at all.

    Raises F0002 when the place cannot be written, T0101 to T0104 when the edition contradicts
    itself.
    """
    plan = _Plan(edition)
    with open_atomic(path) as stream:
        _Writer(stream, plan).run()


def to_bytes(edition: Edition) -> bytes:
    """The same bytes that ``write`` puts into a file."""
    stream = io.BytesIO()
    _Writer(stream, _Plan(edition)).run()
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Gap:
    """The English side of an omission: a sentence that says that nothing stands there."""

    id: str
    sources: tuple[str, ...]
    paragraph: int


@dataclass(slots=True)
class _Block:
    """A paragraph, heading or line of one side."""

    id: str
    kind: SegmentKind
    first: int
    """Items ``[first, last)`` of its side."""
    last: int


@dataclass(slots=True)
class _Named:
    """The names of one sentence that nest, and the anchors of those that cross others."""

    marks: list[Mark] = field(default_factory=list)


class _Plan:
    """What has to be known of the whole edition before its first byte is written."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.segments = {segment.id: segment for segment in edition.segments}
        self.translations = {translation.id: translation for translation in edition.translations}
        self._check()
        self.reviewers = Reviewers.of(edition.translations)
        self.sources_of: dict[str, list[str]] = {}
        for link in edition.links:
            if link.type is LinkType.TRANSLATION:
                for target in link.targets:
                    self.sources_of.setdefault(target, []).extend(link.sources)
        self.items = self._english_items()
        self.anchors: dict[str, list[str]] = {}
        """Id of a segment (or empty: the start) to the additions that follow it."""
        self.anchor_of: dict[str, str] = {}
        self._place_additions()
        self.mention_ids: dict[Mention, str] = {}
        self.named: dict[str, _Named] = {}
        """``ar.ID`` or ``en.ID`` of a sentence to its names."""
        self.spans: list[dict[str, str]] = []
        self.missed: list[tuple[str, str, str]] = []
        mentions = self._number_mentions()
        self.register: Register = build_register(edition, mentions)
        self._mark_arabic(mentions)
        self._mark_english()
        self.arabic_blocks = self._arabic_blocks()
        self.english_blocks = self._english_blocks()

    # -- checks ---------------------------------------------------------------------------

    def _check(self) -> None:
        edition = self.edition
        if len(self.segments) != len(edition.segments):
            raise BilingualError("T0101", "two segments have the same id", edition.source.name)
        if len(self.translations) != len(edition.translations):
            raise BilingualError("T0101", "two translations have the same id", edition.source.name)
        place = 0
        for segment in edition.segments:
            if not place <= segment.start <= segment.end <= len(edition.source.text):
                message = "the segment overlaps the one before it or leaves the text"
                raise BilingualError("T0102", message, segment.id)
            place = segment.end
        for link in edition.links:
            for side, known in ((link.sources, self.segments), (link.targets, self.translations)):
                for name in side:
                    if name not in known:
                        message = f"an alignment link names {name!r}, which does not exist"
                        raise BilingualError("T0103", message, name)
            if not link.sources and not link.targets:
                raise BilingualError(
                    "T0103", "an alignment link joins nothing", edition.source.name
                )

    # -- the English side -----------------------------------------------------------------

    def _english_items(self) -> list[Translation | _Gap]:
        """The translations in their order, with a gap after what precedes each omission."""
        targets: dict[str, list[str]] = {}
        omitted: dict[str, tuple[str, ...]] = {}
        for link in self.edition.links:
            if link.targets:
                for source in link.sources:
                    targets.setdefault(source, []).extend(link.targets)
            elif link.sources:
                omitted[link.sources[0]] = link.sources
        if not omitted:
            return list(self.edition.translations)
        gaps: dict[str, list[_Gap]] = {}
        taken: dict[str, None] = dict.fromkeys(self.translations)
        last = ""
        for segment in self.edition.segments:
            if segment.id in targets:
                last = targets[segment.id][-1]
            elif segment.id in omitted:
                name = segment.id if segment.id not in taken else unique(f"{segment.id}.gap", taken)
                taken[name] = None
                gap = _Gap(name, omitted[segment.id], segment.paragraph)
                gaps.setdefault(last, []).append(gap)
        items: list[Translation | _Gap] = list(gaps.get("", ()))
        for translation in self.edition.translations:
            items.append(translation)
            items += gaps.get(translation.id, ())
        return items

    def _place_additions(self) -> None:
        added = [link for link in self.edition.links if not link.sources]
        if not added:
            return
        first_of = {link.targets[0]: link for link in added}
        last = ""
        for translation in self.edition.translations:
            if translation.id in first_of:
                name = f"ar.a.{encode_id(translation.id)}"
                self.anchors.setdefault(last, []).append(name)
                for target in first_of[translation.id].targets:
                    self.anchor_of[target] = name
            elif translation.id in self.sources_of:
                last = self.sources_of[translation.id][-1]

    # -- names ----------------------------------------------------------------------------

    def _number_mentions(self) -> list[Mention]:
        """Every mention once, by place, with an identifier inside its segment."""
        found = {d.mention: None for t in self.edition.translations for d in t.decisions}
        mentions = sorted(found, key=lambda m: (m.start, m.end, m.key, m.target, m.kind))
        starts = [segment.start for segment in self.edition.segments]
        count: dict[str, int] = {}
        for mention in mentions:
            place = bisect_right(starts, mention.start) - 1
            segment = self.edition.segments[place] if place >= 0 else None
            if segment is None or not mention.start < mention.end <= segment.end:
                message = f"the mention {mention.surface!r} lies in no segment"
                raise BilingualError("T0104", message, self.edition.source.name)
            count[segment.id] = count.get(segment.id, 0) + 1
            self.mention_ids[mention] = f"ar.{encode_id(segment.id)}.m{count[segment.id]}"
        return mentions

    def _mark_arabic(self, mentions: list[Mention]) -> None:
        missed: set[Mention] = set()
        found: set[Mention] = set()
        for translation in self.edition.translations:
            for decision in translation.decisions:
                absent = decision.outcome is Outcome.MISSED
                (missed if absent else found).add(decision.mention)
        missed -= found
        by_segment: dict[str, list[Mark]] = {}
        starts = [segment.start for segment in self.edition.segments]
        for mention in mentions:
            segment = self.edition.segments[bisect_right(starts, mention.start) - 1]
            form = f"#{self.register.form(mention)}"
            attributes = {XML_ID: self.mention_ids[mention]}
            attributes |= self.register.attributes(mention, [form])
            if mention in missed:
                attributes["ana"] = _ana(mention, Outcome.MISSED)
            mark = Mark(
                mention.start - segment.start,
                mention.end - segment.start,
                ELEMENT_OF_KIND[mention.kind],
                attributes,
            )
            by_segment.setdefault(segment.id, []).append(mark)
        for name, marks in by_segment.items():
            self.named[f"ar.{encode_id(name)}"] = self._nest(marks)

    def _mark_english(self) -> None:
        for translation in self.edition.translations:
            if not translation.decisions:
                continue
            sentence = f"en.{encode_id(translation.id)}"
            marks = []
            for number, decision in enumerate(_in_order(translation), start=1):
                mention = decision.mention
                ana = _ana(mention, decision.outcome)
                arabic = f"#{self.mention_ids[mention]}"
                if decision.start is None or decision.end is None:
                    self.missed.append((ana, arabic, f"#{sentence}"))
                    continue
                if not 0 <= decision.start <= decision.end <= len(translation.text):
                    message = f"the rendering of {mention.surface!r} leaves the English sentence"
                    raise BilingualError("T0104", message, translation.id)
                attributes = self.register.attributes(mention, [arabic])
                attributes |= {"ana": ana, XML_ID: f"{sentence}.m{number}"}
                marks.append(
                    Mark(decision.start, decision.end, ELEMENT_OF_KIND[mention.kind], attributes)
                )
            if marks:
                self.named[sentence] = self._nest(marks)

    def _nest(self, marks: list[Mark]) -> _Named:
        """Names that cross another one are kept as anchors in the text and a span beside it."""
        inside, crossing = nest(marks)
        for mark in crossing:
            attributes = dict(mark.attributes)
            identifier = attributes.pop(XML_ID)
            pointers = [attributes.pop("ref", ""), attributes.pop("corresp", "")]
            span = {XML_ID: identifier, "type": mark.tag}
            if "type" in attributes:
                span["subtype"] = attributes["type"]
            if "target" in attributes and attributes["target"] not in pointers[1]:
                span["source"] = attributes["target"]
            span |= {"from": f"#{identifier}.b", "to": f"#{identifier}.e"}
            span["corresp"] = " ".join(p for p in pointers if p)
            if "ana" in attributes:
                span["ana"] = attributes["ana"]
            self.spans.append(span)
            for place, end in ((mark.start, "b"), (mark.end, "e")):
                anchor = {XML_ID: f"{identifier}.{end}"}
                inside.append(Mark(place, place, "anchor", anchor))
        return _Named(inside)

    # -- blocks ---------------------------------------------------------------------------

    def _arabic_blocks(self) -> list[_Block]:
        segments = self.edition.segments
        return _group([s.paragraph for s in segments], [s.kind for s in segments], "ar")

    def _english_blocks(self) -> list[_Block]:
        kinds = []
        for item in self.items:
            sources = item.sources if isinstance(item, _Gap) else self.sources_of.get(item.id, ())
            kinds.append(self.segments[sources[0]].kind if sources else SegmentKind.BODY)
        return _group([item.paragraph for item in self.items], kinds, "en")

    def sources(self, item: Translation | _Gap) -> list[str]:
        """The segments an English sentence answers to."""
        if isinstance(item, _Gap):
            return list(item.sources)
        return list(dict.fromkeys(self.sources_of.get(item.id, ())))


def _in_order(translation: Translation) -> list[Decision]:
    def key(decision: Decision) -> tuple[int, int, str, str, int]:
        mention = decision.mention
        return (mention.start, mention.end, mention.key, mention.target, decision.start or 0)

    return sorted(translation.decisions, key=key)


def _ana(mention: Mention, outcome: Outcome) -> str:
    return f"#{'gl' if mention.approved else 'prop'}.{outcome.value}"


def _group(paragraphs: list[int], kinds: list[SegmentKind], side: str) -> list[_Block]:
    blocks = []
    taken: dict[str, None] = {}
    place = 0
    for paragraph, members in groupby(paragraphs):
        size = sum(1 for _ in members)
        name = f"{side}.p{paragraph}"
        number = 2
        while name in taken:
            name = f"{side}.p{paragraph}.b{number}"
            number += 1
        taken[name] = None
        kind = block_kind(kinds[place : place + size])
        blocks.append(_Block(name, kind, place, place + size))
        place += size
    return blocks


class _Writer:
    """Serialises a plan; holds one block at a time."""

    def __init__(self, stream: BinaryIO, plan: _Plan) -> None:
        self.stream = stream
        self.plan = plan
        self.edition = plan.edition
        self.date = plan.edition.metadata.source_date

    def run(self) -> None:
        root = f"ed.{slug(self.edition.source.name)}"
        self.stream.write(_PROLOGUE.encode())
        self.start("TEI", {"xmlns": TEI_NS, XML_ID: root, XML_LANG: "en"})
        self.stream.write(b"\n  ")
        self.element(build_header(self.edition, self.plan.reviewers))
        self.stream.write(b"\n")
        self.stand_off()
        self.stream.write(b"  <text>\n    <group>\n")
        self.arabic()
        self.english()
        self.stream.write(b"    </group>\n  </text>\n</TEI>\n")

    # -- serialising ----------------------------------------------------------------------

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A start tag; xmlns is written as it is given."""
        namespace = attributes.pop("xmlns", "")
        empty = etree.tostring(etree.Element(tag, attributes), encoding="unicode")
        head = empty[: -len("/>")]
        if namespace:
            head = head.replace(f"<{tag}", f'<{tag} xmlns="{namespace}"', 1)
        self.stream.write(f"{head}>".encode())

    def element(self, element: etree._Element) -> None:
        self.stream.write(etree.tostring(element, encoding="UTF-8", xml_declaration=False))

    def white(self, text: str) -> None:
        """White space between elements; a carriage return would else be lost in parsing."""
        self.stream.write(text.replace("\r", "&#13;").encode())

    def part(self, element: etree._Element, level: int) -> None:
        """An element on lines of its own."""
        etree.indent(element, "  ", level=level)
        self.stream.write(b"  " * level)
        self.element(element)
        self.stream.write(b"\n")

    def line(self, level: int, tag: str, text: str = "", /, **attributes: str) -> None:
        element = etree.Element(tag)
        holder = add(element, tag, text, **attributes)
        self.stream.write(b"  " * level)
        self.element(holder)
        self.stream.write(b"\n")

    # -- standOff -------------------------------------------------------------------------

    def stand_off(self) -> None:
        edition = self.edition
        notes = any(translation.note for translation in edition.translations)
        if not (self.plan.register.entities or edition.links or edition.findings or notes):
            return  # an empty standOff is invalid
        self.stream.write(b"  <standOff>\n")
        for element in register_elements(self.plan.register):
            self.part(element, 2)
        self.links()
        self.paragraph_links()
        if self.plan.missed:
            self.group(
                "missed", "mention sentence", "Names and terms without their controlled form"
            )
            for ana, mention, sentence in self.plan.missed:
                self.line(3, "link", ana=ana, target=f"{mention} {sentence}")
            self.stream.write(b"    </linkGrp>\n")
        if self.plan.spans:
            self.stream.write(b'    <spanGrp type="mention">\n')
            for span in self.plan.spans:
                self.stream.write(b"      ")
                self.element(etree.Element("span", span))
                self.stream.write(b"\n")
            self.stream.write(b"    </spanGrp>\n")
        self.notes()
        self.stream.write(b"  </standOff>\n")

    def group(self, type_: str, functions: str, words: str) -> None:
        self.stream.write(b"    ")
        attributes = {"type": type_, "targFunc": functions, "domains": "#text.ar #text.en"}
        if type_ == "translation":
            attributes |= {"evaluate": "all", "resp": "#resp.mt"}
        self.start("linkGrp", attributes)
        self.stream.write(b"\n")
        self.line(3, "desc", words, lang="en")

    def joined(self, ids: list[str], prefix: str) -> tuple[str, list[str]]:
        """A pointer to one element, or to a ``ptr`` that gathers several; and those to write."""
        if len(ids) == 1:
            return f"#{ids[0]}", []
        name = f"{prefix}.{'ar' if ids[0].startswith('ar.') else 'en'}"
        return f"#{name}", [name, " ".join(f"#{i}" for i in ids)]

    def links(self) -> None:
        if not self.edition.links:
            return
        self.group("translation", "source translation", "Sentence alignment, Arabic to English")
        gaps = {item.sources: item.id for item in self.plan.items if isinstance(item, _Gap)}
        for number, link in enumerate(self.edition.links, start=1):
            sources = [f"ar.{encode_id(s)}" for s in link.sources]
            targets = [f"en.{encode_id(t)}" for t in link.targets]
            size = f"{len(sources)}:{len(targets)}"
            type_ = "" if link.type is LinkType.TRANSLATION else link.type.value
            if not targets:
                targets = [f"en.{encode_id(gaps[link.sources])}"]
            if not sources:
                sources = [self.plan.anchor_of[link.targets[0]]]
            self.link(f"al.{number}", sources, targets, size, type_)
        self.stream.write(b"    </linkGrp>\n")

    def link(
        self, name: str, left: list[str], right: list[str], size: str, type_: str = ""
    ) -> None:
        pointers = []
        for side in (left, right):
            pointer, group = self.joined(side, name)
            pointers.append(pointer)
            if group:
                self.line(3, "ptr", id=group[0], target=group[1])
        self.line(3, "link", id=name, type=type_, n=size, target=" ".join(pointers))

    def paragraph_links(self) -> None:
        """Blocks that share an alignment link, gathered into groups that share none."""
        arabic_of = {}
        for block in self.plan.arabic_blocks:
            for segment in self.edition.segments[block.first : block.last]:
                arabic_of[segment.id] = block.id
        groups = _Groups()
        for block in self.plan.english_blocks:
            for item in self.plan.items[block.first : block.last]:
                for source in self.plan.sources(item):
                    groups.join(arabic_of[source], block.id)
        members: dict[str, tuple[list[str], list[str]]] = {}
        for side, blocks in enumerate((self.plan.arabic_blocks, self.plan.english_blocks)):
            for block in blocks:
                if block.id in groups:
                    members.setdefault(groups.find(block.id), ([], []))[side].append(block.id)
        if not members:
            return
        self.group("paragraph", "source translation", "Paragraphs and headings")
        for number, (left, right) in enumerate(members.values(), start=1):
            self.link(f"par.{number}", left, right, f"{len(left)}:{len(right)}")
        self.stream.write(b"    </linkGrp>\n")

    def notes(self) -> None:
        for finding in self.edition.findings:
            place = ""
            if finding.start is not None and finding.end is not None:
                place = f"{finding.start}-{finding.end}"
            target = ""
            if finding.segment in self.plan.segments:
                target = f"#ar.{encode_id(finding.segment)}"
            elif finding.segment in self.plan.translations:
                target = f"#en.{encode_id(finding.segment)}"
            element = etree.Element("note", type="finding", subtype=encode_id(finding.code))
            if place:
                element.set("n", place)
            if target:
                element.set("target", target)
            element.set("ana", f"#sev.{finding.severity.value}")
            add_text(element, finding.message)
            self.stream.write(b"    ")
            self.element(element)
            self.stream.write(b"\n")
        for translation in self.edition.translations:
            if translation.note:
                element = etree.Element("note", type="review")
                element.set("target", f"#en.{encode_id(translation.id)}")
                element.set("resp", self.plan.reviewers.resp(translation))
                add_text(element, translation.note)
                self.stream.write(b"    ")
                self.element(element)
                self.stream.write(b"\n")

    # -- the Arabic -----------------------------------------------------------------------

    def arabic(self) -> None:
        self.stream.write(b"      ")
        self.start(
            "text",
            {
                XML_ID: "text.ar",
                "type": "source",
                XML_LANG: "ar",
                "decls": "#src.ar",
                "rendition": "#rtl",
            },
        )
        self.stream.write(b"\n        <body>")
        text, segments = self.edition.source.text, self.edition.segments
        blocks = self.plan.arabic_blocks
        if not blocks:
            element = etree.Element("ab", type="space")
            add_text(element, text)
            self.element(element)
        slots = arrange([block.kind for block in blocks])
        gap_before, lead = _split_gap(text[: segments[0].start]) if blocks else ("", "")
        self.white(gap_before)
        number = 0
        is_open = False
        for i, (block, slot) in enumerate(zip(blocks, slots, strict=True)):
            is_open = self.divide(slot, is_open)
            element = self.block(slot, block.id)
            add_text(element, lead)
            if i == 0:
                self.additions(element, "")
            place = segments[block.first].start
            for segment in segments[block.first : block.last]:
                number += 1
                add_text(element, text[place : segment.start])
                self.arabic_sentence(element, segment, block.kind, number)
                self.additions(element, segment.id)
                place = segment.end
            following = segments[block.last].start if block.last < len(segments) else len(text)
            tail, between, lead = _divide_gap(text[place:following], block.last < len(segments))
            add_text(element, tail)
            self.element(element)
            self.white(between)
        if is_open:
            self.stream.write(b"</div>")
        self.stream.write(b"</body>\n      </text>\n")

    def divide(self, slot: Slot, is_open: bool) -> bool:
        if slot.closes and is_open:
            self.stream.write(b"</div>")
            is_open = False
        if slot.opens:
            self.stream.write(b'<div type="section">')
            is_open = True
        return is_open

    def block(self, slot: Slot, name: str) -> etree._Element:
        element = etree.Element(slot.tag, {XML_ID: name})
        if slot.type:
            element.set("type", slot.type)
        return element

    def additions(self, parent: etree._Element, after: str) -> None:
        for name in self.plan.anchors.get(after, ()):
            etree.SubElement(parent, "anchor", {XML_ID: name})

    def arabic_sentence(
        self, parent: etree._Element, segment: Segment, kind: SegmentKind, number: int
    ) -> None:
        name = f"ar.{encode_id(segment.id)}"
        element = etree.SubElement(parent, "s", {XML_ID: name, "n": str(number)})
        if segment.kind is not kind:
            element.set("function", segment.kind.value)
        text = self.edition.segment_text(segment)
        self.fill(element, text, name, "ar")

    def fill(self, element: etree._Element, text: str, name: str, language: str) -> None:
        named = self.plan.named.get(name)
        names = named.marks if named else []
        inside, _ = nest([*names, *computed(text, language, self.date, names)])
        fill(element, text, inside)

    # -- the English ----------------------------------------------------------------------

    def english(self) -> None:
        self.stream.write(b"      ")
        self.start(
            "text",
            {
                XML_ID: "text.en",
                "type": "translation",
                XML_LANG: "en",
                "resp": "#resp.mt",
                "corresp": "#text.ar",
                "rendition": "#ltr",
            },
        )
        self.stream.write(b"\n        <body>\n")
        blocks = self.plan.english_blocks
        if not blocks:
            self.stream.write(b'<ab type="space"/>\n')
        arabic_of = {}
        for block in self.plan.arabic_blocks:
            for segment in self.edition.segments[block.first : block.last]:
                arabic_of[segment.id] = block.id
        number = 0
        is_open = False
        slots = arrange([block.kind for block in blocks])
        for block, slot in zip(blocks, slots, strict=True):
            is_open = self.divide(slot, is_open)
            element = self.block(slot, block.id)
            items = self.plan.items[block.first : block.last]
            sources = [arabic_of[s] for item in items for s in self.plan.sources(item)]
            if sources:
                element.set("corresp", " ".join(f"#{name}" for name in dict.fromkeys(sources)))
            for i, item in enumerate(items):
                number += 1
                if i:
                    add_text(element, " ")
                self.english_sentence(element, item, block.kind, number)
            self.element(element)
            self.stream.write(b"\n")
        if is_open:
            self.stream.write(b"</div>\n")
        self.stream.write(b"        </body>\n      </text>\n")

    def english_sentence(
        self, parent: etree._Element, item: Translation | _Gap, kind: SegmentKind, number: int
    ) -> None:
        name = f"en.{encode_id(item.id)}"
        element = etree.SubElement(parent, "s", {XML_ID: name, "n": str(number)})
        sources = self.plan.sources(item)
        its_kind = self.plan.segments[sources[0]].kind if sources else kind
        if its_kind is not kind:
            element.set("function", its_kind.value)
        pointers = [f"#ar.{encode_id(s)}" for s in sources]
        if not isinstance(item, _Gap) and item.id in self.plan.anchor_of:
            pointers.append(f"#{self.plan.anchor_of[item.id]}")
        if pointers:
            element.set("corresp", " ".join(pointers))
        if isinstance(item, _Gap):
            etree.SubElement(element, "gap", reason="untranslated")
            return
        ana = f"#rev.{item.state.value}"
        if item.origin.value != "machine":
            ana += f" #or.{item.origin.value}"
        element.set("ana", ana)
        resp = self.plan.reviewers.resp(item)
        element.set("resp", resp)
        if item.id in self.plan.anchor_of:
            element = etree.SubElement(element, "supplied", resp=resp)
        self.fill(element, item.text, name, "en")


class _Groups:
    """Disjoint sets of names (union by hanging, paths halved)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._parent

    def find(self, name: str) -> str:
        parent = self._parent
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        self._parent[self.find(one)] = self.find(other)


def _split_gap(gap: str) -> tuple[str, str]:
    """White space before the first block, and what of it has to stand inside the block."""
    tail, between, lead = _divide_gap(gap, True)
    return ("", tail + between + lead) if tail else (between, lead)


def _divide_gap(gap: str, more: bool) -> tuple[str, str, str]:
    """What stands between two blocks: inside the first, between them, inside the second.

    Between elements XML has only its own four blanks; others (no-break space, separators,
    controls) stand inside the block on whose line they are.
    """
    if not gap.strip(XML_WHITE):
        return "", gap, ""
    cut = max((gap.rfind(c) for c in _LINE_ENDS), default=-1) + 1 if more else len(gap)
    rest, lead = gap[:cut], gap[cut:]
    if not lead.strip(XML_WHITE):
        rest, lead = gap, ""
    inside = len(rest.rstrip(XML_WHITE))
    return rest[:inside], rest[inside:], lead
