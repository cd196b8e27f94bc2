"""The names of an edition: numbered, pointed to their records, nested inside their sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from bilingual.document import Decision, Edition, Mention, Outcome, Translation
from bilingual.errors import BilingualError
from bilingual.tei.marks import Mark, nest
from bilingual.tei.names import ELEMENT_OF_KIND, XML_ID, encode_id
from bilingual.tei.register import Register, build_register

__all__ = ["PlacedNames", "place_names"]


@dataclass(slots=True)
class PlacedNames:
    """Where every name of an edition stands."""

    register: Register
    ids: dict[Mention, str]
    """``xml:id`` of each mention in the Arabic."""
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    """``ar.ID`` or ``en.ID`` of a sentence to its names, which nest."""
    spans: list[dict[str, str]] = field(default_factory=list)
    """Attributes of the ``span`` of each name that crosses another."""
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    """Decision, Arabic name and English sentence of each mention without its controlled form."""


def place_names(edition: Edition) -> PlacedNames:
    """Place the names of both sides. Raises T0104 for one outside every sentence."""
    ids = _number_mentions(edition)
    placed = PlacedNames(build_register(edition, ids), ids)
    _mark_arabic(edition, placed)
    _mark_english(edition, placed)
    return placed


def _number_mentions(edition: Edition) -> dict[Mention, str]:
    """Every mention once, by place, with an identifier inside its segment."""
    ids: dict[Mention, str] = {}
    found = {d.mention: None for t in edition.translations for d in t.decisions}
    mentions = sorted(found, key=lambda m: (m.start, m.end, m.key, m.target, m.kind))
    starts = [segment.start for segment in edition.segments]
    count: dict[str, int] = {}
    for mention in mentions:
        place = bisect_right(starts, mention.start) - 1
        segment = edition.segments[place] if place >= 0 else None
        if segment is None or not mention.start < mention.end <= segment.end:
            message = f"the mention {mention.surface!r} lies in no segment"
            raise BilingualError("T0104", message, edition.source.name)
        count[segment.id] = count.get(segment.id, 0) + 1
        ids[mention] = f"ar.{encode_id(segment.id)}.m{count[segment.id]}"
    return ids


def _mark_arabic(edition: Edition, placed: PlacedNames) -> None:
    missed: set[Mention] = set()
    found: set[Mention] = set()
    for translation in edition.translations:
        for decision in translation.decisions:
            absent = decision.outcome is Outcome.MISSED
            (missed if absent else found).add(decision.mention)
    missed -= found
    by_segment: dict[str, list[Mark]] = {}
    starts = [segment.start for segment in edition.segments]
    for mention in placed.ids:
        segment = edition.segments[bisect_right(starts, mention.start) - 1]
        form = f"#{placed.register.form(mention)}"
        attributes = {XML_ID: placed.ids[mention]}
        attributes |= placed.register.attributes(mention, [form])
        if mention in missed:
            attributes["ana"] = _ana(mention, Outcome.MISSED)
        mark = Mark(
            mention.start - segment.start,
            mention.end - segment.start,
            ELEMENT_OF_KIND[mention.kind],
            attributes,
        )
        by_segment.setdefault(segment.id, []).append(mark)
    for name, marks in by_segment.items():
        placed.marks[f"ar.{encode_id(name)}"] = _nest(marks, placed)


def _mark_english(edition: Edition, placed: PlacedNames) -> None:
    for translation in edition.translations:
        if not translation.decisions:
            continue
        sentence = f"en.{encode_id(translation.id)}"
        marks = []
        for number, decision in enumerate(_in_order(translation), start=1):
            mention = decision.mention
            ana = _ana(mention, decision.outcome)
            arabic = f"#{placed.ids[mention]}"
            if decision.start is None or decision.end is None:
                placed.missed.append((ana, arabic, f"#{sentence}"))
                continue
            if not 0 <= decision.start <= decision.end <= len(translation.text):
                message = f"the rendering of {mention.surface!r} leaves the English sentence"
                raise BilingualError("T0104", message, translation.id)
            attributes = placed.register.attributes(mention, [arabic])
            attributes |= {"ana": ana, XML_ID: f"{sentence}.m{number}"}
            marks.append(
                Mark(decision.start, decision.end, ELEMENT_OF_KIND[mention.kind], attributes)
            )
        if marks:
            placed.marks[sentence] = _nest(marks, placed)


def _nest(marks: list[Mark], placed: PlacedNames) -> list[Mark]:
    """Names that cross another one are kept as anchors in the text and a span beside it."""
    inside, crossing = nest(marks)
    for mark in crossing:
        attributes = dict(mark.attributes)
        identifier = attributes.pop(XML_ID)
        pointers = [attributes.pop("ref", ""), attributes.pop("corresp", "")]
        span = {XML_ID: identifier, "type": mark.tag}
        if "type" in attributes:
            span["subtype"] = attributes["type"]
        if "target" in attributes and attributes["target"] not in pointers[1]:
            span["source"] = attributes["target"]
        span |= {"from": f"#{identifier}.b", "to": f"#{identifier}.e"}
        span["corresp"] = " ".join(p for p in pointers if p)
        if "ana" in attributes:
            span["ana"] = attributes["ana"]
        placed.spans.append(span)
        for place, end in ((mark.start, "b"), (mark.end, "e")):
            anchor = {XML_ID: f"{identifier}.{end}"}
            inside.append(Mark(place, place, "anchor", anchor))
    return inside


def _in_order(translation: Translation) -> list[Decision]:
    def key(decision: Decision) -> tuple[int, int, str, str, int]:
        mention = decision.mention
        return (mention.start, mention.end, mention.key, mention.target, decision.start or 0)

    return sorted(translation.decisions, key=key)


def _ana(mention: Mention, outcome: Outcome) -> str:
    return f"#{'gl' if mention.approved else 'prop'}.{outcome.value}"
