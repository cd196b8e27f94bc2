"""What stands beside the texts: register, alignment, names not met, findings, remarks."""

from __future__ import annotations

from lxml import etree

from bilingual.document import LinkType
from bilingual.tei.marks import add_text
from bilingual.tei.names import encode_id
from bilingual.tei.plan import Gap
from bilingual.tei.register import register_elements
from bilingual.tei.serial import Serial

__all__ = ["StandOffWriter"]


class StandOffWriter(Serial):
    """Writes the ``standOff`` of an edition."""

    def run(self) -> None:
        """Write the ``standOff``, or nothing where it would be empty."""
        edition = self.edition
        notes = any(translation.note for translation in edition.translations)
        if not (self.plan.names.register.entities or edition.links or edition.findings or notes):
            return  # an empty standOff is invalid
        self.stream.write(b"  <standOff>\n")
        for element in register_elements(self.plan.names.register):
            self.part(element, 2)
        self._links()
        self._paragraph_links()
        if self.plan.names.missed:
            self._group(
                "missed", "mention sentence", "Names and terms without their controlled form"
            )
            for ana, mention, sentence in self.plan.names.missed:
                self.line(3, "link", ana=ana, target=f"{mention} {sentence}")
            self.stream.write(b"    </linkGrp>\n")
        if self.plan.names.spans:
            self.stream.write(b'    <spanGrp type="mention">\n')
            for span in self.plan.names.spans:
                self.stream.write(b"      ")
                self.element(etree.Element("span", span))
                self.stream.write(b"\n")
            self.stream.write(b"    </spanGrp>\n")
        self._notes()
        self.stream.write(b"  </standOff>\n")

    def _group(self, type_: str, functions: str, words: str) -> None:
        self.stream.write(b"    ")
        attributes = {"type": type_, "targFunc": functions, "domains": "#text.ar #text.en"}
        if type_ == "translation":
            attributes |= {"evaluate": "all", "resp": "#resp.mt"}
        self.start("linkGrp", attributes)
        self.stream.write(b"\n")
        self.line(3, "desc", words, lang="en")

    def _joined(self, ids: list[str], prefix: str) -> tuple[str, list[str]]:
        """A pointer to one element, or to a ``ptr`` that gathers several; and those to write."""
        if len(ids) == 1:
            return f"#{ids[0]}", []
        name = f"{prefix}.{'ar' if ids[0].startswith('ar.') else 'en'}"
        return f"#{name}", [name, " ".join(f"#{i}" for i in ids)]

    def _links(self) -> None:
        if not self.edition.links:
            return
        self._group("translation", "source translation", "Sentence alignment, Arabic to English")
        gaps = {item.sources: item.id for item in self.plan.items if isinstance(item, Gap)}
        for number, link in enumerate(self.edition.links, start=1):
            sources = [f"ar.{encode_id(s)}" for s in link.sources]
            targets = [f"en.{encode_id(t)}" for t in link.targets]
            size = f"{len(sources)}:{len(targets)}"
            type_ = "" if link.type is LinkType.TRANSLATION else link.type.value
            if not targets:
                targets = [f"en.{encode_id(gaps[link.sources])}"]
            if not sources:
                sources = [self.plan.anchor_of[link.targets[0]]]
            self._link(f"al.{number}", sources, targets, size, type_)
        self.stream.write(b"    </linkGrp>\n")

    def _link(
        self, name: str, left: list[str], right: list[str], size: str, type_: str = ""
    ) -> None:
        pointers = []
        for side in (left, right):
            pointer, group = self._joined(side, name)
            pointers.append(pointer)
            if group:
                self.line(3, "ptr", id=group[0], target=group[1])
        self.line(3, "link", id=name, type=type_, n=size, target=" ".join(pointers))

    def _paragraph_links(self) -> None:
        """Blocks that share an alignment link, gathered into groups that share none."""
        arabic_of = self.plan.arabic_block_of
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
        self._group("paragraph", "source translation", "Paragraphs and headings")
        for number, (left, right) in enumerate(members.values(), start=1):
            self._link(f"par.{number}", left, right, f"{len(left)}:{len(right)}")
        self.stream.write(b"    </linkGrp>\n")

    def _notes(self) -> None:
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
