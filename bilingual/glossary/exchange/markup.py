"""XML in and out for the exchange formats: no entities, no network, no character XML forbids."""

from __future__ import annotations

import re

from lxml import etree

from bilingual.errors import BilingualError
from bilingual.glossary.exchange.term import Losses

__all__ = ["LANG", "Builder", "local", "parse_xml", "serialise", "text_of"]

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Everything but the production Char of XML 1.0.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Builder:
    """Makes elements, and counts the characters that XML cannot hold."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses

    def add(
        self, parent: etree._Element, tag: str, text: str = "", **attributes: str
    ) -> etree._Element:
        """A child with a text; ``lang`` becomes ``xml:lang``."""
        named = {LANG if k == "lang" else k: self.safe(v) for k, v in attributes.items()}
        child = etree.SubElement(parent, tag, named)
        if text:
            child.text = self.safe(text)
            self._losses["runs of blanks, read back as one"] += " ".join(text.split()) != text
        return child

    def safe(self, text: str) -> str:
        """The text without the characters XML forbids, and with its line ends as they are."""
        kept, count = _FORBIDDEN.subn("", text)
        self._losses["control characters, which XML cannot hold"] += count
        return kept


def parse_xml(data: bytes, where: str) -> etree._Element:
    """The root of a document. Raises G0403 where it is not well-formed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise BilingualError(
            "G0403", f"not well-formed XML: {error.msg}; export it again", f"{where}{line}"
        ) from error


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def text_of(element: etree._Element) -> str:
    """All text of an element, blanks made single."""
    return " ".join("".join(str(t) for t in element.itertext()).split())


def serialise(root: etree._Element, doctype: str | None = None) -> bytes:
    """UTF-8, indented, one line end at the end."""
    etree.indent(root, "  ")
    written = etree.tostring(root, encoding="utf-8", xml_declaration=False)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' + (f"{doctype}\n" if doctype else "")
    return head.encode() + written + b"\n"
