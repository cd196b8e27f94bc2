"""The marked names of an edition read back: mentions, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from bilingual.document import Decision, Link, Mention, Outcome
from bilingual.tei.names import TEI_NS
from bilingual.tei.read_register import Lexicon
from bilingual.tei.read_text import Side

__all__ = ["read_decisions"]

_T = f"{{{TEI_NS}}}"


def _mentions(arabic: Side, lexicon: Lexicon, remark: Callable[[str], None]) -> dict[int, Mention]:
    """The mention for each name of the Arabic (by identity), from the glossary's lines."""
    found = {}
    for sentence in arabic.sentences:
        for name in sentence.names:
            surface = arabic.text[name.start : name.end]
            mention = lexicon.mention(
                name.tag, name.type, name.to, name.corresp, surface, name.start
            )
            if mention is not None:
                found[id(name)] = mention
            elif name.tag != "ref" or name.type == "resolution":
                message = f"the name {surface!r} points to no record"
                remark(message)
    return found


def read_decisions(
    root: etree._Element,
    arabic: Side,
    english: Side,
    names: dict[str, tuple[str, str]],
    links: tuple[Link, ...],
    lexicon: Lexicon,
    remark: Callable[[str], None],
) -> dict[str, list[Decision]]:
    """What became of each mention, by sentence of the English.

    ``names`` is the side and identifier of each sentence by its ``xml:id``; ``remark`` is told
    of names that point to no record.
    """
    mentions = _mentions(arabic, lexicon, remark)
    segments = {sentence.id: sentence for sentence in arabic.sentences}
    by_id = {n.id: n for s in arabic.sentences for n in s.names if n.id}
    sources: dict[str, list[str]] = {}
    targets: dict[str, list[str]] = {}
    for link in links:
        for target in link.targets:
            sources.setdefault(target, []).extend(link.sources)
        for source in link.sources:
            targets.setdefault(source, []).extend(link.targets)
    found: dict[str, list[Decision]] = {}
    for sentence in english.sentences:
        found[sentence.id] = []
        candidates = [
            n for s in sources.get(sentence.id, ()) if s in segments for n in segments[s].names
        ]
        for name in sentence.names:
            partner = next((by_id[c[1:]] for c in name.corresp if c[1:] in by_id), None)
            if partner is None:
                partner = next((n for n in candidates if n.to == name.to and not n.paired), None)
            if partner is None or id(partner) not in mentions:
                continue
            partner.paired = True
            start, end = name.start - sentence.start, name.end - sentence.start
            form = english.text[name.start : name.end]
            mention = mentions[id(partner)]
            found[sentence.id].append(Decision(mention, _outcome(name.ana), start, end, form))
    for mention_id, sentence_id in _missed(root, names):
        if mention_id in by_id and sentence_id in found:
            name = by_id[mention_id]
            if id(name) in mentions:
                name.paired = True
                found[sentence_id].append(Decision(mentions[id(name)], Outcome.MISSED))
    for segment in arabic.sentences:
        for name in segment.names:
            if name.paired or id(name) not in mentions or not targets.get(segment.id):
                continue
            # No record says what became of it: in the English there is no mark for it.
            found[targets[segment.id][0]].append(Decision(mentions[id(name)], Outcome.MISSED))
    return found


def _missed(root: etree._Element, names: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for group in root.iterfind(f".//{_T}linkGrp"):
        if group.get("type") != "missed":
            continue
        for link in group.iter(f"{_T}link"):
            pointers = (link.get("target") or "").split()
            if len(pointers) == 2 and pointers[1][1:] in names:
                yield pointers[0][1:], names[pointers[1][1:]][1]


def _outcome(ana: list[str]) -> Outcome:
    for outcome in Outcome:
        if f"#gl.{outcome.value}" in ana or f"#prop.{outcome.value}" in ana:
            return outcome
    return Outcome.KEPT
