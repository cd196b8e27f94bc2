"""Layer 1: the profile's RelaxNG, compiled, and applied by parts where a file is large.

libxml2 says little about why a document is invalid. Where it refuses one, ``profile.py`` reads
the same grammar as a table and says what is wrong.
"""

from __future__ import annotations

import copy
import os
from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

from bilingual.tei.names import TEI_NS
from bilingual.tei.problem import Problem
from bilingual.tei.profile import Profile, line_of

__all__ = ["check_grammar", "known_names", "line_of", "parser", "profile", "schema", "text_of"]

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_T = f"{{{TEI_NS}}}"
_LARGE = 48 << 20
"""Bytes; a tree takes about six times the size of its file."""
_PARTS = ("p", "ab", "head", "byline", "dateline", "trailer", "link", "ptr")
_LIMIT = 100
_FREE = ("p", "ab", "head", "byline", "dateline", "trailer", "s", "q", "supplied")
_MANY = 200


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
def _grammar() -> etree._Element:
    data = files("bilingual.tei").joinpath("profile.rng").read_bytes()
    return etree.fromstring(data, parser())


@cache
def schema() -> etree.RelaxNG:
    """The compiled grammar of the profile."""
    return etree.RelaxNG(etree.ElementTree(copy.deepcopy(_grammar())))


@cache
def _part_schema() -> etree.RelaxNG:
    """The same grammar, beginning at a block or at a link."""
    grammar = copy.deepcopy(_grammar())
    start = grammar.find(f"{_RNG}start")
    assert start is not None
    start.clear()
    choice = etree.SubElement(start, f"{_RNG}choice")
    for name in ("top", "paragraph", "bottom", "link", "gathering"):
        etree.SubElement(choice, f"{_RNG}ref", name=name)
    return etree.RelaxNG(etree.ElementTree(grammar))


@cache
def profile() -> Profile:
    """The grammar as a table."""
    return Profile(_grammar())


def check_grammar(path: Path, large: int = _LARGE) -> list[Problem]:
    """Problems of a file against the profile; it must already be known to be safe XML.

    A file of more than ``large`` bytes is checked part by part in bounded memory.
    """
    if path.stat().st_size > large:
        return _check_parts(path)
    # By its descriptor: a file's name may be no UTF-8, which lxml wants of a path.
    with os.fdopen(os.open(path, os.O_RDONLY), "rb") as stream:
        root = etree.parse(stream, parser()).getroot()
    return _check(schema(), root)


def _check(compiled: etree.RelaxNG, root: etree._Element) -> list[Problem]:
    problems = _lighten(root)
    if compiled.validate(root):
        return problems
    return problems or profile().explain(root, compiled.error_log, _LIMIT)


def _lighten(root: etree._Element) -> list[Problem]:
    """Check the children of very long sentences by the table, and drop them from the tree.

    libxml2 takes time with the square of the pieces of mixed content. In a sentence and in a
    block any order is valid, so that the table says all that the grammar would.
    """
    problems: list[Problem] = []
    for element in list(root.iter(*(_T + name for name in _FREE))):
        children = list(element)[_MANY:]
        for child in children:
            if len(problems) < _LIMIT:
                problems += profile().faults(child)
        for child in reversed(children):
            element.remove(child)
    return problems


def _check_parts(path: Path) -> list[Problem]:
    """Each block and link by itself, and a skeleton in which runs of them are one."""
    compiled = _part_schema()
    problems: list[Problem] = []
    stream = etree.iterparse(
        str(path),
        events=("end",),
        tag=[_T + name for name in _PARTS],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        collect_ids=False,
        remove_pis=True,
        remove_comments=True,
    )
    for _, element in stream:
        parent = element.getparent()
        above = etree.QName(parent).localname if parent is not None else ""
        if above not in {"body", "div", "linkGrp"}:
            continue
        problems += _lighten(element)
        if len(problems) < _LIMIT and not compiled.validate(element):
            problems += profile().explain(element, compiled.error_log, _LIMIT - len(problems))
        keep = dict(element.attrib) if above == "linkGrp" else {}
        tail = element.tail
        element.clear()
        element.attrib.update(keep)
        element.tail = tail
        before = element.getprevious()
        if before is not None and before.tag == element.tag and parent is not None:
            parent.remove(before)
    root = stream.root
    if root is not None and len(problems) < _LIMIT:
        problems += _check(schema(), root)
    return problems


def known_names() -> dict[str, set[str]]:
    """The elements of the profile, each with its attributes."""
    return profile().names()


def text_of(element: etree._Element) -> str:
    """The text of an element and of all in it, marks stripped."""
    return "".join(str(part) for part in element.itertext())
