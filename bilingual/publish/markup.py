"""Helpers of the XML formats: elements, text that XML allows, one way to write a tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from bilingual.files import open_atomic
from bilingual.publish.legible import legible

__all__ = ["LANG", "XML", "Names", "add", "append_text", "date_time", "save"]

XML = "http://www.w3.org/XML/1998/namespace"
LANG = f"{{{XML}}}lang"

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z)?)?$")
_NOT_NC = re.compile(r"[^\w.-]", re.ASCII)


def add(
    parent: etree._Element,
    tag: str,
    text: str = "",
    attributes: Mapping[str, str] | None = None,
    **more: str,
) -> etree._Element:
    """A child with legible text; attributes with empty values are left out."""
    clean = {
        name: legible(value) for name, value in {**(attributes or {}), **more}.items() if value
    }
    child = etree.SubElement(parent, tag, clean)
    if text:
        child.text = legible(text)
    return child


def append_text(parent: etree._Element, text: str) -> None:
    """Add legible text after whatever ``parent`` holds."""
    if not text:
        return
    text = legible(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


class Names:
    """XML names for keys: the same for the same key, different for different keys."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._given: dict[str, str] = {}
        self._used: set[str] = set()

    def __call__(self, key: str) -> str:
        """The name of a key."""
        if key not in self._given:
            name = _NOT_NC.sub("-", key).strip("-.") or "x"
            if not self._prefix and not (name[0].isalpha() or name[0] == "_"):
                name = f"k-{name}"
            name = candidate = self._prefix + name
            number = 1
            while candidate in self._used:
                number += 1
                candidate = f"{name}-{number}"
            self._given[key] = candidate
            self._used.add(candidate)
        return self._given[key]

    def __len__(self) -> int:
        return len(self._given)


def date_time(value: str) -> tuple[str, ...]:
    """Year, month, day, hour, minute, second of an ISO 8601 date in UTC; empty when it is none."""
    match = _DATE.match(value)
    if match is None or (match[4] and not match[7]):
        match = _DATE.match(value[:10])
    if match is None:
        return ()
    return (match[1], match[2], match[3], match[4] or "00", match[5] or "00", match[6] or "00")


def save(root: etree._Element, path: Path, doctype: str | None = None) -> None:
    """Write a tree as UTF-8 with a declaration and a line end. Raises F0002."""
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n' + (f"{doctype}\n" if doctype else "")
    with open_atomic(path) as stream:
        stream.write(declared.encode())
        stream.write(etree.tostring(root, encoding="UTF-8", xml_declaration=False))
        stream.write(b"\n")
