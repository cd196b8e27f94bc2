"""What of a file is outside the profile: its text is read, its meaning is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from bilingual.tei.grammar import known_names
from bilingual.tei.names import TEI_NS, XML_NS
from bilingual.tei.read_text import local

__all__ = ["strangers"]

_T = f"{{{TEI_NS}}}"


def strangers(root: etree._Element) -> Iterator[tuple[str, etree._Element, str]]:
    """Code, first place and message for each element and attribute outside the profile."""
    known = known_names()
    elements: Counter[str] = Counter()
    attributes: Counter[str] = Counter()
    first: dict[str, etree._Element] = {}
    for element in root.iter(etree.Element):
        tag = local(element)
        if tag not in known or etree.QName(element).namespace != TEI_NS:
            elements[tag] += 1
            first.setdefault(tag, element)
            continue
        for attribute in element.attrib:
            shown = str(attribute).replace(f"{{{XML_NS}}}", "xml:")
            if shown not in known[tag]:
                attributes[f"{tag}/@{shown}"] += 1
                first.setdefault(f"{tag}/@{shown}", element)
    for tag, count in elements.items():
        message = f"{tag} ({count} times) is not in the profile: its text is kept, not its mark"
        yield "T0607", first[tag], message
    for name, count in attributes.items():
        message = f"{name} ({count} times) is not in the profile and is dropped"
        yield "T0608", first[name], message
    for tag in ("certainty",):
        found = list(root.iter(f"{_T}{tag}"))
        if found:
            yield "T0607", found[0], f"{tag} ({len(found)} times) is dropped"
