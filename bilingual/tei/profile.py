"""The grammar read as a table, so that a fault can be named: who, where, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from bilingual.tei.names import TEI_NS, XML_NS
from bilingual.tei.problem import Problem

__all__ = ["Profile", "line_of"]

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_PAGE = "docs/tei-profile.md"


def line_of(element: etree._Element) -> int:
    """The line an element begins on; 0 when it was not read from a file."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


@dataclass(slots=True)
class _Node:
    """One element pattern of the grammar: what it may and must have, order aside."""

    name: str
    children: dict[str, list[etree._Element]] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    attributes: dict[str, list[etree._Element]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    text: bool = False


class Profile:
    """The patterns of the grammar and which stands in which."""

    def __init__(self, grammar: etree._Element) -> None:
        self._grammar = grammar
        self._defines = {d.get("name"): d for d in grammar.iterfind(f"{_RNG}define")}
        self._nodes: dict[etree._Element, _Node] = {}
        self._values: dict[tuple[str, frozenset[etree._Element]], etree.RelaxNG] = {}
        for element in grammar.iter(f"{_RNG}element"):
            node = _Node(element.get("name") or "")
            self._gather(element, node, frozenset(), True)
            self._nodes[element] = node
        self._by_name: dict[str, list[_Node]] = {}
        for node in self._nodes.values():
            self._by_name.setdefault(node.name, []).append(node)

    def _gather(
        self, pattern: etree._Element, node: _Node, seen: frozenset[str], must: bool
    ) -> None:
        for child in pattern:
            name = child.get("name") or ""
            if child.tag == f"{_RNG}element":
                node.children.setdefault(name, []).append(child)
                if must:
                    node.needed.add(name)
            elif child.tag == f"{_RNG}attribute":
                node.attributes.setdefault(name, []).append(child)
                if must:
                    node.required.add(name)
            elif child.tag == f"{_RNG}ref":
                if name not in seen:
                    self._gather(self._defines[name], node, seen | {name}, must)
            else:
                node.text = node.text or child.tag in {f"{_RNG}text", f"{_RNG}mixed"}
                local = str(child.tag).removeprefix(_RNG)
                still = must and local in {"group", "interleave", "oneOrMore", "mixed"}
                self._gather(child, node, seen, still)

    def names(self) -> dict[str, set[str]]:
        """The elements of the profile, each with all its attributes."""
        return {
            name: {attribute for node in nodes for attribute in node.attributes}
            for name, nodes in self._by_name.items()
        }

    def _patterns(self, element: etree._Element) -> list[_Node]:
        """The patterns an element may stand for where it stands."""
        chain = [element, *element.iterancestors()][::-1]
        first = etree.QName(chain[0]).localname
        nodes = self._by_name.get(first, [])
        for one in chain[1:]:
            name = etree.QName(one).localname
            nodes = [self._nodes[c] for node in nodes for c in node.children.get(name, [])]
        return nodes

    def explain(
        self, root: etree._Element, log: Iterable[etree._LogEntry], limit: int
    ) -> list[Problem]:
        """What is wrong with a tree that the grammar refuses, at least one problem."""
        return self.faults(root, limit) or _translate(root, log)

    def faults(self, root: etree._Element, limit: int = 100) -> list[Problem]:
        """What is wrong with a tree, the order of elements aside."""
        problems: list[Problem] = []
        pending = [(root, self._patterns(root))]
        while pending and len(problems) < limit:
            element, nodes = pending.pop()
            problems += self._faults(element, nodes)
            for child in reversed(element):
                name = etree.QName(child).localname
                below = [self._nodes[c] for node in nodes for c in node.children.get(name, [])]
                pending.append((child, below))
        return problems

    def _faults(self, element: etree._Element, nodes: list[_Node]) -> list[Problem]:
        name = etree.QName(element).localname
        line = line_of(element)
        if etree.QName(element).namespace != TEI_NS:
            message = f"{name} is not in the TEI namespace"
            mend = "remove it, or move it into the namespace of the root"
            return [Problem("T0201", line, name, message, mend)]
        if name not in self._by_name:
            message = f"the profile has no element {name}"
            mend = f"remove it or use an element of the profile ({_PAGE})"
            return [Problem("T0201", line, name, message, mend)]
        if not nodes:
            parent = element.getparent()
            above = self._patterns(parent) if parent is not None else []
            if not above:
                return []  # the one above it has been named
            inside = sorted({child for node in above for child in node.children})
            where = above[0].name
            message = f"{name} may not stand in {where}"
            mend = f"move it; {where} holds {', '.join(inside) or 'no element'}"
            return [Problem("T0202", line, name, message, mend)]
        problems = list(self._attribute_faults(element, nodes, line))
        present = {etree.QName(child).localname for child in element}
        for needed in sorted(set.intersection(*(node.needed for node in nodes)) - present):
            message = f"{name} lacks the element {needed}"
            problems.append(Problem("T0203", line, name, message, f"add {needed}"))
        if not any(node.text for node in nodes):
            words = "".join([element.text or "", *(child.tail or "" for child in element)])
            if words.strip(" \t\r\n"):
                message = f"text in {name}, which has none: {words.strip()[:30]!r}"
                problems.append(Problem("T0207", line, name, message, "move it into an s"))
        return problems

    def _attribute_faults(
        self, element: etree._Element, nodes: list[_Node], line: int
    ) -> Iterable[Problem]:
        name = nodes[0].name
        known = {attribute for node in nodes for attribute in node.attributes}
        present = {
            str(key).replace(f"{{{XML_NS}}}", "xml:"): str(value)
            for key, value in element.attrib.items()
        }
        for attribute in sorted(present.keys() - known):
            message = f"{name} has no attribute {attribute} in the profile"
            mend = f"remove it; {name} may have {', '.join(sorted(known)) or 'none'}"
            yield Problem("T0204", line, name, message, mend)
        required = set.intersection(*(node.required for node in nodes))
        for attribute in sorted(required - present.keys()):
            message = f"{name} lacks the attribute {attribute}"
            yield Problem("T0205", line, name, message, f"add {attribute}")
        for attribute in sorted(present.keys() & known):
            patterns = [p for node in nodes for p in node.attributes.get(attribute, [])]
            if not self._fits(attribute, patterns, present[attribute]):
                message = f"{name}/@{attribute} may not be {present[attribute][:60]!r}"
                yield Problem("T0206", line, name, message, f"write {self._wanted(patterns)}")

    def _fits(self, name: str, patterns: list[etree._Element], value: str) -> bool:
        """Whether a value fits one of the patterns, asked of the grammar's own engine."""
        key = (name, frozenset(patterns))
        compiled = self._values.get(key)
        if compiled is None:
            grammar = etree.fromstring(etree.tostring(self._grammar))
            start = grammar.find(f"{_RNG}start")
            assert start is not None
            start.clear()
            element = etree.SubElement(start, f"{_RNG}element", name="x")
            choice = etree.SubElement(element, f"{_RNG}choice")
            for pattern in patterns:
                choice.append(etree.fromstring(etree.tostring(pattern, with_tail=False)))
            compiled = etree.RelaxNG(etree.ElementTree(grammar))
            self._values[key] = compiled
        probe = etree.Element(f"{{{TEI_NS}}}x")
        probe.set(name.replace("xml:", f"{{{XML_NS}}}"), value)
        return bool(compiled.validate(probe))

    def _wanted(self, patterns: list[etree._Element]) -> str:
        """What the grammar asks of a value, in words."""
        values: list[str] = []
        pending = list(patterns)
        while pending:
            pattern = pending.pop(0)
            for one in pattern.iter(f"{_RNG}value", f"{_RNG}data", f"{_RNG}ref"):
                if one.tag == f"{_RNG}ref":
                    pending.append(self._defines[one.get("name")])
                    continue
                shown = one.text or one.get("type") or ""
                limits = [
                    f"{param.get('name')} {param.text}" for param in one.iterfind(f"{_RNG}param")
                ]
                values.append(f"{shown} ({', '.join(limits)})" if limits else shown)
        return " or ".join(dict.fromkeys(values)) or "text"


_PLACE = "{0} is not allowed at this place"
_MESSAGES = (
    (re.compile(r"element (\S+), got (\S+)"), "T0203", "{1} stands where {0} must be"),
    (re.compile(r"Did not expect element (\S+) there"), "T0202", _PLACE),
    (re.compile(r"extra content: (\S+)"), "T0202", _PLACE),
    (re.compile(r"Did not expect text in element (\S+)"), "T0207", "text is not allowed in {0}"),
)


def _translate(root: etree._Element, log: Iterable[etree._LogEntry]) -> list[Problem]:
    """What is left is a matter of order: the engine's own message, in our words."""
    problems: dict[tuple[str, int, str], Problem] = {}
    last = ""
    for entry in log:
        last = last or entry.message
        for pattern, code, message in _MESSAGES:
            match = pattern.search(entry.message)
            if match is None:
                continue
            words = message.format(*match.groups())
            problem = Problem(
                code,
                entry.line or line_of(root),
                match[1],
                words,
                f"put the elements in the order of {_PAGE}",
            )
            problems.setdefault((code, problem.line, match[1]), problem)
            break
    if problems:
        return list(problems.values())
    name = etree.QName(root).localname
    message = f"not valid under the profile ({last or 'no reason given'})"
    return [Problem("T0208", line_of(root), name, message, f"compare it with {_PAGE}")]
