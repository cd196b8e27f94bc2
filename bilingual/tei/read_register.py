"""The register of an edition read back: entities, their forms, and the form behind a mention."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from bilingual.document import Entity, EntityKind, Form, Mention
from bilingual.tei.grammar import text_of
from bilingual.tei.names import TEI_NS, XML_ID, XML_LANG
from bilingual.tei.register import AUTHORITIES

__all__ = ["Lexicon", "read_register"]

_T = f"{{{TEI_NS}}}"
_RECORDS = (
    ("listPerson", "person", EntityKind.PERSON),
    ("listOrg", "org", EntityKind.ORGANISATION),
    ("listPlace", "place", EntityKind.PLACE),
    ("listBibl", "bibl", EntityKind.RESOLUTION),
)
_KIND_OF_TAG = {
    "persName": EntityKind.PERSON,
    "orgName": EntityKind.ORGANISATION,
    "placeName": EntityKind.PLACE,
    "ref": EntityKind.RESOLUTION,
}


@dataclass(frozen=True, slots=True)
class _Line:
    arabic: str
    english: str
    accepted: tuple[str, ...]
    forbidden: tuple[str, ...]
    approved: bool


@dataclass(slots=True)
class _Record:
    """An entity while it is gathered from its record and from the glossary list."""

    key: str
    kind: EntityKind
    facts: dict[str, str]
    forms: list[_Line] = field(default_factory=list)
    catalogue: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entities of an edition, and what a marked name points to."""

    entities: tuple[Entity, ...]
    _records: dict[str, _Record]
    """By ``xml:id``."""
    _lines: dict[str, _Line]
    _targets: dict[str, str]
    """``@target`` of a resolution to the ``xml:id`` of its record."""

    def mention(
        self, tag: str, type_: str, to: str, corresp: list[str], surface: str, start: int
    ) -> Mention | None:
        """The mention a marked Arabic name stands for; None when it points to no record."""
        names = [pointer[1:] for pointer in [to, *corresp] if pointer.startswith("#")]
        record = next((self._records[n] for n in names if n in self._records), None)
        if record is None and to in self._targets:
            record = self._records[self._targets[to]]
        if record is None:
            return None
        lines = [self._lines[name] for name in names if name in self._lines]
        kind = _KIND_OF_TAG.get(tag) or EntityKind.TERM
        if kind is EntityKind.TERM and type_ in {k.value for k in EntityKind}:
            kind = EntityKind(type_)
        # The last pointer is the most precise: a term's own record is also its first line.
        line = lines[-1] if lines else _Line(surface, record.english, (), (), True)
        return Mention(
            start,
            start + len(surface),
            surface,
            record.key,
            kind,
            line.english,
            line.accepted,
            line.approved,
            line.forbidden,
        )


def _facts(element: etree._Element) -> dict[str, str]:
    facts = {}
    for idno in element.iterfind(f"{_T}idno"):
        name = idno.get("subtype") or ""
        if name in AUTHORITIES:
            facts[name] = (idno.text or "").rpartition("/")[2]
    for title in element.iterfind(f"{_T}title"):
        if title.get("type") == "official":
            arabic = title.get(XML_LANG) == "ar"
            facts["title-ar" if arabic else "title"] = title.text or ""
    date = element.find(f"{_T}date")
    if date is not None and date.get("when"):
        facts["date"] = date.get("when") or ""
    for note in element.iterfind(f"{_T}note"):
        if note.get("type") == "fact":
            facts[note.get("n") or ""] = note.text or ""
    return facts


def _key(element: etree._Element, identifier: str) -> str:
    for idno in element.iterfind(f"{_T}idno"):
        if idno.get("type") == "key":
            return idno.text or ""
    for ptr in element.iterfind(f"{_T}ptr"):
        if (ptr.get("target") or "").startswith("undocs:"):
            return unquote((ptr.get("target") or "").removeprefix("undocs:"))
    # Another record: its identifier without the part that says the kind.
    return identifier.partition(".")[2] or identifier


def read_register(root: etree._Element) -> Lexicon:
    """Read the lists of the register and the glossary."""
    records: dict[str, _Record] = {}
    lines: dict[str, _Line] = {}
    targets: dict[str, str] = {}
    stand_off = root.find(f"{_T}standOff")
    if stand_off is None:
        return Lexicon((), {}, {}, {})
    for list_tag, tag, kind in _RECORDS:
        for element in stand_off.iterfind(f"{_T}{list_tag}/{_T}{tag}"):
            identifier = element.get(XML_ID) or ""
            record = _Record(_key(element, identifier), kind, _facts(element))
            record.english = next((c.text or "" for c in element if c.get(XML_LANG) == "en"), "")
            records[identifier] = record
            ptr = element.find(f"{_T}ptr")
            if ptr is not None:
                targets[ptr.get("target") or ""] = identifier
    for glossary in stand_off.iterfind(f"{_T}list"):
        if glossary.get("type") == "gloss":
            _read_glossary(glossary, records, lines)
    entities = tuple(
        Entity(
            record.key,
            record.kind,
            tuple(Form(f.arabic, f.english, f.accepted, f.approved) for f in record.forms),
            record.facts,
            record.catalogue,
        )
        for record in sorted(records.values(), key=lambda r: r.key)
    )
    return Lexicon(entities, records, lines, targets)


def _read_glossary(
    glossary: etree._Element, records: dict[str, _Record], lines: dict[str, _Line]
) -> None:
    computed = glossary.get("subtype") == "computed"
    label: etree._Element | None = None
    for element in glossary.iterfind(f"{_T}*"):
        if etree.QName(element).localname == "label":
            label = element
            continue
        if label is None or etree.QName(element).localname != "item":
            continue
        identifier = label.get(XML_ID) or ""
        glosses = list(element.iterfind(f"{_T}gloss"))
        term = label.find(f"{_T}term")
        line = _Line(
            text_of(label).strip() if term is None else text_of(term),
            next((g.text or "" for g in glosses if not g.get("type")), ""),
            tuple(g.text or "" for g in glosses if g.get("type") == "accepted"),
            tuple(g.text or "" for g in glosses if g.get("type") == "forbidden"),
            element.get("ana") != "#entry.proposed",
        )
        lines[identifier] = line
        owner = (element.get("corresp") or "").partition(" ")[0].removeprefix("#")
        if owner not in records:
            owner = identifier
        if owner not in records:
            type_ = (term.get("type") or "") if term is not None else ""
            kind = EntityKind(type_) if type_ in {k.value for k in EntityKind} else EntityKind.TERM
            records[owner] = _Record(_key(element, identifier), kind, _facts(element))
            records[owner].english = line.english
        record = records[owner]
        origin = element.get("source") or ""
        if origin.startswith("po:"):
            record.catalogue = unquote(origin[3:].partition("#")[0])
        if not computed and glosses:
            record.forms.append(line)
        label = None
