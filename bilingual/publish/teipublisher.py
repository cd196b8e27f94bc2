"""For TEI Publisher: both texts in one file, to be shown side by side by its translation view.

``text/group/text[@xml:lang]`` as its template ``translation.html`` expects, names with ``@key``
into lists in ``standOff`` as its registers do, and the processing instruction that chooses
template and view.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from bilingual.document import Edition, Entity, EntityKind
from bilingual.publish import labels, view
from bilingual.publish.markup import LANG, Names, add, save
from bilingual.publish.plain_tei import ID, add_body, add_header, mark, new_tei, q, sides

__all__ = ["teipublisher"]

_INSTRUCTION = '<?teipublisher odd="teipublisher.odd" template="translation.html" view="div"?>'
_TAGS = {
    EntityKind.PERSON: "persName",
    EntityKind.ORGANISATION: "orgName",
    EntityKind.PLACE: "placeName",
    EntityKind.RESOLUTION: "ref",
}
_LISTS = (
    (EntityKind.PERSON, "listPerson", "person", "persName"),
    (EntityKind.ORGANISATION, "listOrg", "org", "orgName"),
    (EntityKind.PLACE, "listPlace", "place", "placeName"),
    (EntityKind.RESOLUTION, "listBibl", "bibl", "title"),
)


def _register(root: etree._Element, entities: list[Entity], names: dict[str, str]) -> None:
    present = [
        (entry, group) for entry in _LISTS if (group := [e for e in entities if e.kind is entry[0]])
    ]
    if not present:
        return
    standoff = add(root, q("standOff"))
    for (_, holder, item, name), group in present:
        listed = add(standoff, q(holder))
        for entity in group:
            record = add(listed, q(item))
            record.set(ID, names[entity.key])
            for form in entity.forms:
                add(record, q(name), form.arabic, {LANG: "ar"})
                if form.english:
                    add(record, q(name), form.english, {LANG: "en"})
            number = labels.wikidata(entity)
            if number:
                add(
                    record,
                    q("idno"),
                    f"https://www.wikidata.org/entity/{number}",
                    type="URI",
                    subtype="wikidata",
                )


def teipublisher(edition: Edition, path: Path) -> None:
    """Write the file. Raises F0002 when the place cannot be written."""
    names: dict[str, str] = {}
    named = Names("n.")
    arabic, english = sides(edition)
    entities = [e for e in view.all_entities(edition) if e.kind in _TAGS and e.forms]
    for entity in entities:
        # No sentence's id begins so.
        names[entity.key] = named(entity.key)
    root = new_tei(Names()(edition.source.name or "edition"), "en")
    add_header(root, edition, ["ar", "en"], [("ar", arabic.sentences), ("en", english.sentences)])
    _register(root, entities, names)

    def inline(parent: etree._Element, run: view.Run) -> None:
        mention = run.decision.mention if run.decision else None
        tag = _TAGS.get(mention.kind) if mention else None
        if mention is None or tag is None or mention.key not in names:
            mark(parent, run, "term")
        elif tag == "ref":
            mark(parent, run, "ref", type="resolution", target=f"#{names[mention.key]}")
        else:
            mark(parent, run, tag, key=names[mention.key])

    group = add(add(root, q("text")), q("group"))
    for side, kind in ((arabic, "source"), (english, "translation")):
        text = add(group, q("text"), attributes={LANG: side.language}, type=kind)
        text.set(ID, f"text.{side.language}")
        add_body(text, side, inline, f"{side.language}.", "#ar." if kind != "source" else "")
    save(root, path, _INSTRUCTION)
