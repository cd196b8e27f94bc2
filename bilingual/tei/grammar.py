"""Layer 1: the profile's RelaxNG, and messages a person can act on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

from bilingual.tei.names import TEI_NS
from bilingual.tei.problem import Problem

__all__ = ["check_grammar", "check_tree", "known_names", "line_of", "parser", "schema", "text_of"]

_RNG = "{http://relaxng.org/ns/structure/1.0}"


def _grammar() -> etree._Element:
    data = files("bilingual.tei").joinpath("profile.rng").read_bytes()
    return etree.fromstring(data, parser())


def parser() -> etree.XMLParser:
    """A parser that expands nothing, fetches nothing, and leaves identifiers to our checks."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        collect_ids=False,
        remove_pis=True,
        remove_comments=True,
    )


@cache
def schema() -> etree.RelaxNG:
    """The compiled grammar of the profile."""
    return etree.RelaxNG(etree.ElementTree(_grammar()))


@dataclass(slots=True)
class _Content:
    """What an element may and must have, wherever in the profile it stands."""

    children: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    text: bool = False


@cache
def _contents() -> dict[str, _Content]:
    """The profile read as a table; order and context are left to the grammar itself."""
    grammar = _grammar()
    defines = {d.get("name"): d for d in grammar.iterfind(f"{_RNG}define")}
    found: dict[str, _Content] = {}

    def gather(node: etree._Element, into: _Content, seen: set[str], must: bool) -> None:
        for child in node:
            name = child.get("name") or ""
            if child.tag == f"{_RNG}element":
                into.children.add(name)
            elif child.tag == f"{_RNG}attribute":
                into.attributes.add(name)
                if must:
                    into.required.add(name)
            elif child.tag == f"{_RNG}ref":
                if name not in seen:
                    gather(defines[name], into, seen | {name}, must)
            else:
                into.text = into.text or child.tag in {f"{_RNG}text", f"{_RNG}mixed"}
                still = must and child.tag in {f"{_RNG}group", f"{_RNG}interleave"}
                gather(child, into, seen, still)

    for element in grammar.iter(f"{_RNG}element"):
        name = element.get("name") or ""
        one = _Content()
        gather(element, one, set(), True)
        if name in found:
            found[name].children |= one.children
            found[name].attributes |= one.attributes
            found[name].required &= one.required
            found[name].text |= one.text
        else:
            found[name] = one
    return found


def text_of(element: etree._Element) -> str:
    """The text of an element and of all in it, marks stripped."""
    return "".join(str(part) for part in element.itertext())


def known_names() -> dict[str, set[str]]:
    """The elements of the profile, each with its attributes."""
    return {name: content.attributes for name, content in _contents().items()}


def check_grammar(path: Path, limit: int = 100) -> list[Problem]:
    """Problems of a file against the profile; it must already be known to be safe XML."""
    tree = etree.parse(path, parser())
    return check_tree(tree.getroot(), limit)


def check_tree(root: etree._Element, limit: int = 100) -> list[Problem]:
    """Problems of a tree against the profile."""
    compiled = schema()
    if compiled.validate(root):
        return []
    problems = _plain_faults(root, limit)
    if not problems:
        problems = _translate(compiled, root)
    return problems


def _shown(name: str) -> str:
    return name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")


def line_of(element: etree._Element) -> int:
    """The line an element begins on; 0 when it was not read from a file."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _plain_faults(root: etree._Element, limit: int) -> list[Problem]:
    """Faults that can be told without the grammar's order: strangers, and what is absent."""
    contents = _contents()
    problems: list[Problem] = []
    for element in root.iter(etree.Element):
        if len(problems) >= limit:
            break
        name = etree.QName(element).localname
        line = line_of(element)
        if etree.QName(element).namespace != TEI_NS:
            message = f"{name} is not in the TEI namespace"
            mend = "remove it, or move it into the namespace of the root"
            problems.append(Problem("T0201", line, name, message, mend))
            continue
        if name not in contents:
            message = f"the profile has no element {name}"
            mend = "remove it or use an element of the profile (docs/tei-profile.md)"
            problems.append(Problem("T0201", line, name, message, mend))
            continue
        content = contents[name]
        present = {_shown(str(attribute)) for attribute in element.attrib}
        for attribute in sorted(present - content.attributes):
            message = f"{name} has no attribute {attribute} in the profile"
            others = ", ".join(sorted(content.attributes)) or "none"
            mend = f"remove it; {name} may have {others}"
            problems.append(Problem("T0204", line, name, message, mend))
        for attribute in sorted(content.required - present):
            message = f"{name} lacks the attribute {attribute}"
            problems.append(Problem("T0205", line, name, message, f"add {attribute}"))
        parent = element.getparent()
        above = etree.QName(parent).localname if parent is not None else ""
        if above in contents and name not in contents[above].children:
            message = f"{name} may not stand in {above}"
            inside = ", ".join(sorted(contents[above].children)) or "no element"
            problems.append(
                Problem("T0202", line, name, message, f"move it; {above} holds {inside}")
            )
        if not content.text:
            words = "".join([element.text or "", *(child.tail or "" for child in element)])
            if words.strip(" \t\r\n"):
                message = f"text in {name}, which has none: {words.strip()[:30]!r}"
                problems.append(Problem("T0207", line, name, message, "move it into an s"))
    return problems


_PATTERNS = (
    (
        re.compile(r"Invalid attribute (\S+) for element (\S+)"),
        "T0206",
        "the value of {0} on {1} is not one the profile allows",
        "see the table of attributes in docs/tei-profile.md",
    ),
    (
        re.compile(r"Element (\S+) failed to validate attributes"),
        "T0205",
        "an attribute of {0} is missing or has a value the profile does not allow",
        "{0} needs {needs}",
    ),
    (
        re.compile(r"Expecting an element (\S*), got nothing"),
        "T0203",
        "the element {0} is missing",
        "add {0}",
    ),
    (
        re.compile(r"Expecting element (\S+), got (\S+)"),
        "T0203",
        "{1} stands where {0} must come first",
        "add {0} before it, or put it in order",
    ),
    (
        re.compile(r"Did not expect element (\S+) there"),
        "T0202",
        "{0} is not allowed at this place",
        "put it in the order of docs/tei-profile.md",
    ),
    (
        re.compile(r"Did not expect text in element (\S+) content"),
        "T0207",
        "text is not allowed in {0}",
        "move it into an s",
    ),
    (
        re.compile(r"Element (\S+) has extra content: (\S+)"),
        "T0202",
        "{1} is not allowed at this place in {0}",
        "remove it or put it in order",
    ),
)


def _needs(name: str) -> str:
    for element in _grammar().iter(f"{_RNG}element"):
        if element.get("name") == name:
            needed = []
            for child in element:
                if child.tag == f"{_RNG}attribute":
                    needed.append(child.get("name") or "")
                elif child.get("name") == "id":
                    needed.append("xml:id")
            return ", ".join(needed) or "no attribute, but checks the values of those it has"
    return "what docs/tei-profile.md says"


def _translate(compiled: etree.RelaxNG, root: etree._Element) -> list[Problem]:
    problems: list[Problem] = []
    seen = set()
    for entry in compiled.error_log:
        for pattern, code, message, mend in _PATTERNS:
            match = pattern.search(entry.message)
            if match is None:
                continue
            groups = [g or "?" for g in match.groups()]
            name = groups[-1] if code == "T0206" else groups[0]
            facts = {"needs": _needs(name)} if "{needs}" in mend else {}
            problem = Problem(
                code,
                entry.line,
                name,
                message.format(*groups),
                mend.format(*groups, **facts),
            )
            key = (problem.code, problem.line, problem.element)
            if key not in seen:
                seen.add(key)
                problems.append(problem)
            break
    if not problems:
        entry = compiled.error_log[0] if len(compiled.error_log) else None
        line = entry.line if entry is not None else line_of(root)
        text = entry.message if entry is not None else "invalid"
        message = f"not valid under the profile: {text}"
        problems.append(Problem("T0208", line, "", message, "see docs/tei-profile.md"))
    return problems
