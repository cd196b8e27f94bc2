"""The alignment of an edition read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from bilingual.document import Link, LinkType
from bilingual.tei.names import TEI_NS, XML_ID
from bilingual.tei.read_text import Side

__all__ = ["read_links"]

_T = f"{{{TEI_NS}}}"


def read_links(
    root: etree._Element,
    arabic: Side,
    english: Side,
    names: dict[str, tuple[str, str]],
    remark: Callable[[str, etree._Element, str], None],
    *,
    ours: bool,
) -> tuple[Link, ...]:
    """The links of the linkGrp, or else those that ``@corresp`` says.

    ``names`` is the side and identifier of each sentence by its ``xml:id``; ``ours`` says that
    the file was written here, where no group means no links.
    """
    reader = _Links(arabic, english, names, remark)
    groups = [g for g in root.iterfind(f".//{_T}linkGrp") if g.get("type") == "translation"]
    if groups:
        return tuple(reader.of_groups(groups))
    if ours:
        return ()
    if english.sentences:
        where = root.find(f".//{_T}standOff")
        message = "no linkGrp of type translation: alignment is taken from corresp"
        remark("T0603", root if where is None else where, message)
    return tuple(reader.of_corresp())


class _Links:
    def __init__(
        self,
        arabic: Side,
        english: Side,
        names: dict[str, tuple[str, str]],
        remark: Callable[[str, etree._Element, str], None],
    ) -> None:
        self.arabic = arabic
        self.english = english
        self.names = names
        self.remark = remark
        self.gaps = {sentence.id for sentence in english.sentences if sentence.gap}

    def of_groups(self, groups: list[etree._Element]) -> Iterator[Link]:
        for group in groups:
            pointers = {
                f"#{ptr.get(XML_ID)}": (ptr.get("target") or "").split()
                for ptr in group.iter(f"{_T}ptr")
            }
            for link in group.iter(f"{_T}link"):
                one = self._link(link, pointers)
                if one is not None:
                    yield one

    def _link(self, link: etree._Element, pointers: dict[str, list[str]]) -> Link | None:
        sides: dict[str, list[str]] = {"ar": [], "en": []}
        unknown = []
        for target in (link.get("target") or "").split():
            for pointer in pointers.get(target, [target]):
                name = pointer.removeprefix("#")
                if name in self.names:
                    side, identifier = self.names[name]
                    if side == "ar" or identifier not in self.gaps:
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

    def of_corresp(self) -> Iterator[Link]:
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
