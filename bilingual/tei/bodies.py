"""The two texts of an edition, block by block."""

from __future__ import annotations

from lxml import etree

from bilingual.document import Segment, SegmentKind, Translation
from bilingual.tei.layout import Slot, arrange
from bilingual.tei.marks import add_text, fill, nest
from bilingual.tei.names import XML_ID, XML_LANG, XML_WHITE, encode_id
from bilingual.tei.plan import Gap
from bilingual.tei.serial import Serial
from bilingual.tei.spans import computed

__all__ = ["BodyWriter"]

_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


class BodyWriter(Serial):
    """Writes the Arabic and the English."""

    # -- the Arabic -----------------------------------------------------------------------

    def arabic(self) -> None:
        """The source: its text, read end to end, is that of the source file."""
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
            is_open = self._divide(slot, is_open)
            element = self._block(slot, block.id)
            add_text(element, lead)
            if i == 0:
                self._additions(element, "")
            place = segments[block.first].start
            for segment in segments[block.first : block.last]:
                number += 1
                add_text(element, text[place : segment.start])
                self._arabic_sentence(element, segment, block.kind, number)
                self._additions(element, segment.id)
                place = segment.end
            following = segments[block.last].start if block.last < len(segments) else len(text)
            tail, between, lead = _divide_gap(text[place:following], block.last < len(segments))
            add_text(element, tail)
            self.element(element)
            self.white(between)
        if is_open:
            self.stream.write(b"</div>")
        self.stream.write(b"</body>\n      </text>\n")

    def _divide(self, slot: Slot, is_open: bool) -> bool:
        if slot.closes and is_open:
            self.stream.write(b"</div>")
            is_open = False
        if slot.opens:
            self.stream.write(b'<div type="section">')
            is_open = True
        return is_open

    def _block(self, slot: Slot, name: str) -> etree._Element:
        element = etree.Element(slot.tag, {XML_ID: name})
        if slot.type:
            element.set("type", slot.type)
        return element

    def _additions(self, parent: etree._Element, after: str) -> None:
        for name in self.plan.anchors.get(after, ()):
            etree.SubElement(parent, "anchor", {XML_ID: name})

    def _arabic_sentence(
        self, parent: etree._Element, segment: Segment, kind: SegmentKind, number: int
    ) -> None:
        name = f"ar.{encode_id(segment.id)}"
        element = etree.SubElement(parent, "s", {XML_ID: name, "n": str(number)})
        if segment.kind is not kind:
            element.set("function", segment.kind.value)
        text = self.edition.segment_text(segment)
        self._fill(element, text, name, "ar")

    def _fill(self, element: etree._Element, text: str, name: str, language: str) -> None:
        names = self.plan.names.marks.get(name, [])
        date = self.edition.metadata.source_date
        inside, _ = nest([*names, *computed(text, language, date, names)])
        fill(element, text, inside)

    # -- the English ----------------------------------------------------------------------

    def english(self) -> None:
        """The translation, block by block."""
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
        arabic_of = self.plan.arabic_block_of
        number = 0
        is_open = False
        slots = arrange([block.kind for block in blocks])
        for block, slot in zip(blocks, slots, strict=True):
            is_open = self._divide(slot, is_open)
            element = self._block(slot, block.id)
            items = self.plan.items[block.first : block.last]
            sources = [arabic_of[s] for item in items for s in self.plan.sources(item)]
            if sources:
                element.set("corresp", " ".join(f"#{name}" for name in dict.fromkeys(sources)))
            for i, item in enumerate(items):
                number += 1
                if i:
                    add_text(element, " ")
                self._english_sentence(element, item, block.kind, number)
            self.element(element)
            self.stream.write(b"\n")
        if is_open:
            self.stream.write(b"</div>\n")
        self.stream.write(b"        </body>\n      </text>\n")

    def _english_sentence(
        self, parent: etree._Element, item: Translation | Gap, kind: SegmentKind, number: int
    ) -> None:
        name = f"en.{encode_id(item.id)}"
        element = etree.SubElement(parent, "s", {XML_ID: name, "n": str(number)})
        sources = self.plan.sources(item)
        its_kind = self.plan.segments[sources[0]].kind if sources else kind
        if its_kind is not kind:
            element.set("function", its_kind.value)
        pointers = [f"#ar.{encode_id(s)}" for s in sources]
        if not isinstance(item, Gap) and item.id in self.plan.anchor_of:
            pointers.append(f"#{self.plan.anchor_of[item.id]}")
        if pointers:
            element.set("corresp", " ".join(pointers))
        if isinstance(item, Gap):
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
        self._fill(element, item.text, name, "en")


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
