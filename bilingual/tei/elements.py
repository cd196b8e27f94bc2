"""Elements of the header and of the lists: attributes without a value are left out."""

from __future__ import annotations

from lxml import etree

from bilingual.tei.names import XML_ID, XML_LANG, encode_url, is_date, long_date, printable

__all__ = ["add", "add_date", "reference"]


def add(
    parent: etree._Element, tag: str, text: str = "", /, lang: str = "", **attributes: str
) -> etree._Element:
    """Append an element; ``id`` and ``lang`` are the attributes of the XML namespace."""
    element = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        if value:
            element.set(XML_ID if name == "id" else name.rstrip("_"), printable(value))
    if lang:
        element.set(XML_LANG, lang)
    if text:
        element.text = printable(text)
    return element


def add_date(parent: etree._Element, value: str, **attributes: str) -> None:
    """Append a ``date``; one that is no ISO date keeps its words and has no ``@when``."""
    when = value if is_date(value) else ""
    add(parent, "date", long_date(value) if when else value, when=when, **attributes)


def reference(url: str, type_: str) -> etree._Element:
    """A ``ref`` to an address that shows the address."""
    element = etree.Element("ref", type=type_, target=encode_url(url))
    element.text = printable(url)
    return element
