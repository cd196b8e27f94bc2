"""The page a person reads: one self-contained HTML file an edition.

Arabic right, English left, a row a link. No network, no control characters added, the same
bytes each time. Everything the text and the metadata hold is escaped; the page's own policy
(Content-Security-Policy) allows its one script and its one style sheet, by hash, and nothing
else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from bilingual.document import (
    Edition,
    Entity,
    EntityKind,
    LinkType,
    Origin,
    Outcome,
    ReviewState,
    SegmentKind,
    Severity,
)
from bilingual.files import open_atomic
from bilingual.publish import view
from bilingual.publish.legible import legible, safe_url
from bilingual.publish.report import Report, disclosure_ar, disclosure_en, report
from bilingual.script import has_arabic

__all__ = ["html", "html_text"]

KIND_NAMES: Mapping[EntityKind, tuple[str, str]] = {
    EntityKind.PERSON: ("person", "Persons"),
    EntityKind.ORGANISATION: ("organisation", "Organisations"),
    EntityKind.PLACE: ("place", "Places"),
    EntityKind.RESOLUTION: ("resolution", "Resolutions"),
    EntityKind.TERM: ("term", "Terms"),
    EntityKind.TITLE: ("title", "Titles"),
    EntityKind.DATE: ("date", "Dates"),
    EntityKind.OTHER: ("other", "Others"),
}
OUTCOME_MEANING: Mapping[Outcome, str] = {
    Outcome.KEPT: "the engine wrote the controlled form itself",
    Outcome.CHOSEN: "taken from another of the engine’s versions",
    Outcome.INLINED: "brought out by decoding again with the form in place",
    Outcome.PROJECTED: "put in place of the engine’s words",
    Outcome.MISSED: "not found in the English",
}
STATE_NAMES: Mapping[ReviewState, str] = {
    ReviewState.MT: "machine translation, not reviewed",
    ReviewState.POST_EDITED: "corrected by a person",
    ReviewState.APPROVED: "approved by a person",
}
ORIGIN_NAMES: Mapping[Origin, str] = {
    Origin.MACHINE: "decoded by the engine",
    Origin.COPIED: "copied, nothing to translate",
    Origin.REVIEW: "a reviewer’s words",
    Origin.MEMORY: "from the translation memory",
}
# Rows beyond this are laid out only when they come into view.
_LONG = 1500


def _finalize(value: object) -> object:
    """Applied by jinja to whatever the template prints, before escaping."""
    if isinstance(value, Markup):
        return value
    return legible(value) if isinstance(value, str) else value


def _anchor(prefix: str, key: str) -> str:
    """An id: no white space may stand in one."""
    return prefix + "".join("_" if c.isspace() else c for c in legible(key))


def _to(prefix: str, key: str) -> str:
    """The address, within the page, of ``_anchor``."""
    return "#" + quote(_anchor(prefix, key), safe="-._~!$&()*+,;=:@/")


def _state(sentence: view.Sentence) -> str:
    """What a person should know of one English sentence, in a line."""
    translation = sentence.translation
    assert translation is not None
    said = STATE_NAMES[translation.state]
    if translation.origin in (Origin.COPIED, Origin.MEMORY):
        said += f" ({ORIGIN_NAMES[translation.origin]})"
    if translation.reviewer:
        said += f"; {translation.reviewer}"
    if translation.reviewed:
        said += f", {translation.reviewed}"
    return said


def _hint(run: view.Run, to: str) -> str:
    """The title of a mark: its other side and what became of it, for pages without the script."""
    decision = run.decision
    assert decision is not None
    mention = decision.mention
    form = mention.target if to == "en" else mention.surface
    standing = "" if mention.approved else ", proposed"
    return f"{form} ({KIND_NAMES[mention.kind][0]}{standing}; {decision.outcome.value})"


def _language(value: str) -> Markup:
    """The attributes of a value of either language."""
    return Markup(' lang="ar" dir="rtl"' if has_arabic(value) else ' dir="auto"')


@cache
def _template() -> tuple[Template, dict[str, object]]:
    environment = Environment(
        loader=PackageLoader("bilingual.publish"),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(safe_url=safe_url, state=_state, hint=_hint, language=_language)
    environment.globals.update(anchor=_anchor, to=_to)
    folder = resources.files("bilingual.publish") / "templates"
    style, script = (folder.joinpath(n).read_text("utf-8") for n in ("style.css", "script.js"))
    fixed: dict[str, object] = {
        "style": Markup(style),
        "script": Markup(script),
        "style_hash": _policy_hash(style),
        "script_hash": _policy_hash(script),
        "kinds": KIND_NAMES,
        "outcomes": OUTCOME_MEANING,
        "states": STATE_NAMES,
        "origins": ORIGIN_NAMES,
        "severities": tuple(Severity),
        "addition": LinkType.ADDITION,
        "omission": LinkType.OMISSION,
        "headings": view.HEADINGS,
        "headline": SegmentKind.HEADLINE,
        "missed": Outcome.MISSED,
    }
    return environment.get_template("edition.html.j2"), fixed


def _policy_hash(text: str) -> str:
    """A source expression of CSP level 3 for one inline element."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _wikidata(entity: Entity) -> str:
    item = entity.facts.get("wikidata", "")
    return item if item[:1] == "Q" and item[1:].isascii() and item[1:].isdigit() else ""


def _symbol_url(entity: Entity) -> str:
    """Where the United Nations publishes a resolution, from its symbol."""
    if entity.kind is not EntityKind.RESOLUTION or "/" not in entity.key:
        return ""
    return "https://undocs.org/" + quote(legible(entity.key), safe="/()")


def _index(
    edition: Edition, found: tuple[view.Row, ...]
) -> list[tuple[EntityKind, list[dict[str, Any]]]]:
    """The entities by kind, then by their English, each with its places."""
    places = view.occurrences(found)
    groups: dict[EntityKind, list[dict[str, Any]]] = {}
    for entity in view.all_entities(edition):
        name = entity.forms[0].english if entity.forms else entity.key
        groups.setdefault(entity.kind, []).append(
            {
                "entity": entity,
                "name": name or entity.key,
                "arabic": entity.forms[0].arabic if entity.forms else "",
                "also": entity.forms[1:],
                "approved": any(f.approved for f in entity.forms),
                "facts": [
                    (k, v) for k, v in entity.facts.items() if k not in ("wikidata", "title-ar")
                ],
                "title_ar": entity.facts.get("title-ar", ""),
                "wikidata": _wikidata(entity),
                "url": _symbol_url(entity),
                "rows": places.get(entity.key, ()),
            }
        )
    for entries in groups.values():
        entries.sort(key=lambda e: (e["name"].casefold(), e["entity"].key))
    return [(kind, groups[kind]) for kind in EntityKind if kind in groups]


def _source_facts(edition: Edition) -> list[tuple[str, str]]:
    meta, source = edition.metadata, edition.source
    facts = [
        ("Title", view.title_ar(edition)),
        ("Author", meta.author),
        ("Publisher", meta.source_publisher),
        ("Date", meta.source_date),
        ("Address", meta.source_url),
        ("Rights", meta.source_rights),
        ("File", source.name),
        ("SHA-256", source.sha256),
    ]
    return [(name, value) for name, value in facts if value]


def _edition_facts(edition: Edition) -> list[tuple[str, str]]:
    meta = edition.metadata
    facts = [
        ("Title", view.title_en(edition)),
        ("Publisher", meta.publisher),
        ("Editor", meta.editor),
        ("Edition", meta.edition),
        ("Date", meta.date),
        ("Licence", meta.licence),
        ("Licence text", meta.licence_url),
        ("Identifier", meta.identifier),
    ]
    return [(name, value) for name, value in facts if value]


def _made_with(edition: Edition) -> list[tuple[str, str]]:
    sign = edition.signature
    facts = [
        ("bilingual", sign.bilingual),
        ("Segmenter", sign.segmenter),
        ("Engine", sign.engine),
        ("Package", sign.package),
        ("Package SHA-256", sign.package_sha256),
        ("Glossary SHA-256", sign.glossary_sha256 or "no glossary"),
        *((name, value) for name, value in sorted(sign.options.items())),
    ]
    return [(name, value) for name, value in facts if value]


def _bar(figures: Report) -> list[tuple[str, str, str]]:
    """Review progress as (state, x, width) in per cent of the sentences."""
    out: list[tuple[str, str, str]] = []
    done = 0.0
    for state in (ReviewState.APPROVED, ReviewState.POST_EDITED):
        share = 100 * figures.states[state] / max(figures.sentences, 1)
        if share:
            out.append((state.value, f"{done:.2f}", f"{share:.2f}"))
        done += share
    return out


def _parts(edition: Edition) -> Iterator[str]:
    template, fixed = _template()
    found = tuple(view.rows(edition))
    first = found[0] if found else None
    title_ar, title_en = view.title_ar(edition), view.title_en(edition)
    # A headline that is the title is set as the title, once.
    titled = (
        first is not None
        and first.kind is SegmentKind.HEADLINE
        and first.arabic == title_ar
        and first.english == title_en
    )
    figures = report(edition)
    return template.generate(
        **fixed,
        edition=edition,
        meta=edition.metadata,
        rows=found,
        titled=titled,
        long=len(found) > _LONG,
        title_ar=title_ar,
        title_en=title_en,
        report=figures,
        disclosure_en=disclosure_en(figures),
        disclosure_ar=disclosure_ar(figures),
        index=_index(edition, found),
        general=[f for f in edition.findings if not f.segment],
        source_facts=_source_facts(edition),
        edition_facts=_edition_facts(edition),
        made_with=_made_with(edition),
        bar=_bar(figures),
    )


def html_text(edition: Edition) -> str:
    """The page as a string."""
    return "".join(_parts(edition))


def html(edition: Edition, path: Path) -> None:
    """Write the page. Raises F0002 when the place cannot be written."""
    with open_atomic(path) as stream:
        for part in _parts(edition):
            stream.write(part.encode("utf-8"))
