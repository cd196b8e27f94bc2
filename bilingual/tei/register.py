"""The register of an edition: every entity once, in both languages, with all its forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from bilingual.document import Edition, Entity, EntityKind, Mention
from bilingual.script import fold
from bilingual.tei.elements import add
from bilingual.tei.names import (
    ELEMENT_OF_KIND,
    RECORD_PREFIX,
    encode_pointer,
    is_date,
    long_date,
    slug,
    unique,
)

__all__ = ["AUTHORITIES", "Register", "build_register"]

_SYMBOL = re.compile(r"[A-Z]+(/[A-Za-z0-9.]+)+(\(\d{4}\))?", re.ASCII)
AUTHORITIES = {
    "wikidata": (re.compile(r"Q[1-9]\d*", re.ASCII), "https://www.wikidata.org/entity/"),
    "viaf": (re.compile(r"[1-9]\d*", re.ASCII), "https://viaf.org/viaf/"),
}
"""Facts that are identifiers: what one looks like, and the start of its URI."""
_LISTS = (
    ("listPerson", "person", EntityKind.PERSON),
    ("listOrg", "org", EntityKind.ORGANISATION),
    ("listPlace", "place", EntityKind.PLACE),
    ("listBibl", "bibl", EntityKind.RESOLUTION),
)
RECORDED = {kind for _, _, kind in _LISTS}

_FormKey = tuple[str, tuple[str, ...], tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class _Line:
    """One pair of the glossary list."""

    id: str
    arabic: str
    english: str
    accepted: tuple[str, ...]
    forbidden: tuple[str, ...]
    approved: bool
    absent: bool = False
    """The entity has no form: the line only holds its key."""


@dataclass(frozen=True, slots=True)
class Register:
    """Identifiers of the entities, and of the glossary form that governs each mention."""

    entities: tuple[Entity, ...]
    ids: Mapping[str, str]
    """Key of the entity to ``xml:id`` of its record."""
    forms: Mapping[str, tuple[_Line, ...]]
    computed: tuple[tuple[str, _Line], ...]
    """Forms the glossary does not have, made for this text: key and line."""
    _governing: Mapping[Mention, str]

    def attributes(self, mention: Mention, others: Iterable[str] = ()) -> dict[str, str]:
        """The attributes by which a marked name points to its record."""
        identifier = self.ids[mention.key]
        corresp = list(others)
        if mention.kind is EntityKind.RESOLUTION:
            target = f"#{identifier}"
            if _SYMBOL.fullmatch(mention.key):
                target = f"undocs:{encode_pointer(mention.key)}"
            found = {"type": "resolution", "target": target}
            corresp.insert(0, f"#{identifier}")
        else:
            found = {"ref": f"#{identifier}"}
            if ELEMENT_OF_KIND[mention.kind] == "term" and mention.kind is not EntityKind.TERM:
                found["type"] = mention.kind.value
        if corresp:
            found["corresp"] = " ".join(corresp)
        return found

    def form(self, mention: Mention) -> str:
        """The ``xml:id`` of the glossary line that governs a mention."""
        return self._governing[mention]


def build_register(edition: Edition, mentions: Iterable[Mention]) -> Register:
    """Give every entity and form an identifier that is the same from run to run."""
    mentions = list(mentions)
    entities = {entity.key: entity for entity in edition.entities}
    for mention in mentions:
        if mention.key not in entities:
            entities[mention.key] = Entity(mention.key, mention.kind, ())
    ordered = tuple(entities[key] for key in sorted(entities))
    ids: dict[str, str] = {}
    taken: dict[str, None] = {}
    for entity in ordered:
        identifier = unique(f"{RECORD_PREFIX[entity.kind]}.{slug(entity.key)}", taken)
        taken[identifier] = None
        ids[entity.key] = identifier
    by_key: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_key.setdefault(mention.key, []).append(mention)
    forms: dict[str, tuple[_Line, ...]] = {}
    computed: list[tuple[str, _Line]] = []
    governing: dict[Mention, str] = {}
    for entity in ordered:
        lines, extra = _lines(entity, ids[entity.key], by_key.get(entity.key, ()), governing)
        forms[entity.key] = lines
        computed += [(entity.key, line) for line in extra]
    return Register(ordered, ids, forms, tuple(computed), governing)


def _lines(
    entity: Entity, identifier: str, mentions: Iterable[Mention], governing: dict[Mention, str]
) -> tuple[tuple[_Line, ...], list[_Line]]:
    """The lines of one entity; each mention is given the line that says the same as it does."""
    forbidden: dict[int, tuple[str, ...]] = {}
    extra: dict[tuple[str, _FormKey], _Line] = {}
    placed: list[tuple[Mention, int]] = []
    for mention in mentions:
        key = fold(mention.surface).text
        fitting = [
            i
            for i, form in enumerate(entity.forms)
            if (form.english, form.accepted, form.approved)
            == (mention.target, mention.accepted, mention.approved)
            and forbidden.get(i, mention.forbidden) == mention.forbidden
        ]
        if fitting:
            best = next(
                (i for i in fitting if fold(entity.forms[i].arabic).text == key), fitting[0]
            )
            forbidden[best] = mention.forbidden
            placed.append((mention, best))
            continue
        facts = (mention.target, mention.accepted, mention.forbidden, mention.approved)
        line = extra.get((key, facts))
        if line is None:
            name = f"{identifier}.c{len(extra) + 1}"
            line = _Line(name, mention.surface, *facts)
            extra[(key, facts)] = line
        governing[mention] = line.id
    lines = tuple(
        _Line(
            _form_id(entity, identifier, i),
            form.arabic,
            form.english,
            form.accepted,
            forbidden.get(i, ()),
            form.approved,
        )
        for i, form in enumerate(entity.forms)
    )
    if not lines and entity.kind not in RECORDED:
        lines = (_Line(identifier, "", "", (), (), True, absent=True),)
    for mention, i in placed:
        governing[mention] = lines[i].id
    return lines, list(extra.values())


def _form_id(entity: Entity, identifier: str, number: int) -> str:
    # A term has no record but its first line of the glossary.
    if number == 0 and entity.kind not in RECORDED:
        return identifier
    return f"{identifier}.f{number + 1}"


def register_elements(register: Register) -> Iterable[etree._Element]:
    """The lists of the register, each complete, in the order of a ``standOff``."""
    for list_tag, tag, kind in _LISTS:
        members = [entity for entity in register.entities if entity.kind is kind]
        if members:
            parent = etree.Element(list_tag)
            for entity in members:
                _record(parent, tag, entity, register)
            yield parent
    glossary = etree.Element("list", type="gloss")
    for entity in register.entities:
        for i, line in enumerate(register.forms[entity.key]):
            _pair(glossary, entity, line, register.ids[entity.key], leads=i == 0)
    if len(glossary):
        yield glossary
    computed = etree.Element("list", type="gloss", subtype="computed")
    by_key = {entity.key: entity for entity in register.entities}
    for key, line in register.computed:
        _pair(computed, by_key[key], line, register.ids[key], leads=False)
    if len(computed):
        yield computed


def _record(parent: etree._Element, tag: str, entity: Entity, register: Register) -> None:
    record = add(parent, tag, id=register.ids[entity.key])
    facts = dict(entity.facts)
    if tag == "bibl":
        record.set("type", "resolution")
        for name, lang in (("title-ar", "ar"), ("title", "en")):
            if facts.get(name):
                add(record, "title", facts.pop(name), lang=lang, type="official")
    name_tag = "title" if tag == "bibl" else ELEMENT_OF_KIND[entity.kind]
    seen = set()
    lines = [*register.forms[entity.key], *(ln for k, ln in register.computed if k == entity.key)]
    for lang in ("ar", "en"):
        for line in lines:
            words = line.arabic if lang == "ar" else line.english
            if words and (lang, words) not in seen:
                seen.add((lang, words))
                add(record, name_tag, words, lang=lang)
    if tag == "bibl":
        if not seen and not len(record):
            add(record, "title", entity.key)
        if is_date(facts.get("date", "")):
            value = facts.pop("date")
            add(record, "date", long_date(value), when=value)
        if _SYMBOL.fullmatch(entity.key):
            add(record, "ptr", target=f"undocs:{encode_pointer(entity.key)}")
    for name, (pattern, base) in AUTHORITIES.items():
        if pattern.fullmatch(facts.get(name, "")):
            add(record, "idno", base + facts.pop(name), type="URI", subtype=name)
    add(record, "idno", entity.key, type="key")
    _facts(record, facts)


def _facts(parent: etree._Element, facts: Mapping[str, str]) -> None:
    for name, value in facts.items():
        add(parent, "note", value, type="fact", n=name)


def _pair(
    parent: etree._Element, entity: Entity, line: _Line, identifier: str, *, leads: bool
) -> None:
    label = add(parent, "label", id=line.id, lang="ar")
    add(label, "term", line.arabic)
    item = add(parent, "item", lang="en")
    if entity.kind in RECORDED or line.id != identifier:
        item.set("corresp", f"#{identifier}")
    if leads and entity.catalogue:
        catalogue, key = encode_pointer(entity.catalogue), encode_pointer(entity.key)
        item.set("source", f"po:{catalogue}#{key}")
    if not line.approved:
        item.set("ana", "#entry.proposed")
    if not line.absent:
        add(item, "gloss", line.english, target=f"#{line.id}")
    for words in line.accepted:
        add(item, "gloss", words, type="accepted", target=f"#{line.id}")
    for words in line.forbidden:
        add(item, "gloss", words, type="forbidden", target=f"#{line.id}")
    if leads and entity.kind not in RECORDED:
        facts = dict(entity.facts)
        for name, (pattern, base) in AUTHORITIES.items():
            if pattern.fullmatch(facts.get(name, "")):
                add(item, "idno", base + facts.pop(name), type="URI", subtype=name)
        add(item, "idno", entity.key, type="key")
        if entity.kind is not EntityKind.TERM:
            label[0].set("type", entity.kind.value)
        _facts(item, facts)
