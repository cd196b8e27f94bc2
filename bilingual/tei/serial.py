"""Elements as bytes on a stream, one after the other."""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree

from bilingual.tei.elements import add
from bilingual.tei.plan import Plan

__all__ = ["Serial"]


class Serial:
    """Writes the parts of a plan; holds one element at a time."""

    def __init__(self, stream: BinaryIO, plan: Plan) -> None:
        self.stream = stream
        self.plan = plan
        self.edition = plan.edition

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A start tag; xmlns is written as it is given."""
        namespace = attributes.pop("xmlns", "")
        empty = etree.tostring(etree.Element(tag, attributes), encoding="unicode")
        head = empty[: -len("/>")]
        if namespace:
            head = head.replace(f"<{tag}", f'<{tag} xmlns="{namespace}"', 1)
        self.stream.write(f"{head}>".encode())

    def element(self, element: etree._Element) -> None:
        """An element as it is, without a line end."""
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
        """One element on a line of its own; attributes as for ``add``."""
        element = etree.Element(tag)
        holder = add(element, tag, text, **attributes)
        self.stream.write(b"  " * level)
        self.element(holder)
        self.stream.write(b"\n")
