"""PDF: the edition in facing columns, its Arabic font embedded, set by typst.

typst is an optional part (``pip install bilingual[pdf]``). Nothing of the system is used: no
fonts but Amiri, which goes with this package, and those typst brings. The date in the file is
the edition's, so the same edition gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from bilingual.document import Edition, Outcome, SegmentKind
from bilingual.errors import BilingualError
from bilingual.files import write_bytes
from bilingual.publish import labels, view
from bilingual.publish.legible import legible
from bilingual.publish.markup import date_time
from bilingual.publish.report import disclosure_ar, disclosure_en, report
from bilingual.publish.templating import data
from bilingual.script import has_arabic

__all__ = ["pdf"]

_SHORT = 700
"""Characters of one side; a row within it is not divided between pages."""
_QUIET = frozenset(
    {
        SegmentKind.BYLINE,
        SegmentKind.DATELINE,
        SegmentKind.SOURCE,
        SegmentKind.BOILERPLATE,
        SegmentKind.NUMBER,
    }
)
# The setter would take these for breaks of the line.
_BREAKS = re.compile("[\n\r\v\f\u2028\u2029]+")


def _line(text: str) -> str:
    return _BREAKS.sub(" ", legible(text))


def _value(text: str) -> dict[str, Any]:
    return {"text": _line(text), "ar": has_arabic(text)}


def _facts(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"name": _line(name), **_value(value)} for name, value in pairs]


def _side(
    sentences: Sequence[view.Sentence], numbers: dict[str, int]
) -> list[list[dict[str, Any]]]:
    out: list[list[dict[str, Any]]] = []
    for sentence in sentences:
        runs: list[dict[str, Any]] = []
        for run in view.joined(sentence.runs):
            item: dict[str, Any] = {"text": _line(run.text)}
            if run.decision is not None:
                item["outcome"] = run.decision.outcome.value
                item["entry"] = numbers.get(run.decision.mention.key)
            runs.append(item)
        out.append(runs or [{"text": ""}])
    return out


def _notes(row: view.Row) -> list[dict[str, str]]:
    notes = [
        {"kind": "missed", "ar": _line(d.mention.surface), "text": _line(d.mention.target)}
        for d in row.missed
        if d.mention.approved
    ]
    notes += [
        {"kind": f.severity.value, "text": _line(f"{f.message} ({f.code})")} for f in row.findings
    ]
    notes += [
        {"kind": "remark", "text": _line(s.translation.note)}
        for s in row.targets
        if s.translation is not None and s.translation.note
    ]
    return notes


def _row(row: view.Row, numbers: dict[str, int], is_title: bool) -> dict[str, Any]:
    level = 0
    if row.kind in view.HEADINGS:
        level = 1 if is_title else 2
    return {
        "n": row.number,
        "level": level,
        "opens": row.opens,
        "quiet": row.kind in _QUIET,
        "short": max(len(row.arabic), len(row.english)) < _SHORT,
        "ratio": row.ratio,
        "states": [s.translation.state.value for s in row.targets if s.translation is not None],
        "ar": _side(row.sources, numbers),
        "en": _side(row.targets, numbers),
        "notes": _notes(row),
    }


def _date(edition: Edition) -> list[int] | None:
    parts = date_time(edition.metadata.date)
    if not parts:
        return None
    try:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
    return [day.year, day.month, day.day]


def _document(edition: Edition) -> dict[str, Any]:
    """All that is printed, as plain values."""
    found = tuple(view.rows(edition))
    figures = report(edition)
    meta = edition.metadata
    title_ar, title_en = view.title_ar(edition), view.title_en(edition)
    entries = labels.index(edition, found)
    numbers: dict[str, int] = {}
    for _, group in entries:
        for entry in group:
            numbers[entry.entity.key] = len(numbers) + 1
    titled = view.first_row_is_title(edition, found)
    recall = "No approved mention of a glossary entry."
    if figures.recall is not None:
        recall = (
            f"{figures.met} of {figures.approved} approved mentions stand in the English in a "
            f"controlled or accepted form: term recall {figures.recall:.3f}."
        )
    origin = (meta.author, meta.source_publisher, meta.source_date, meta.publisher)
    return {
        "title": _line(title_en or title_ar or "Edition"),
        "authors": [_line(meta.author)] if meta.author else [],
        "date": _date(edition),
        "running_en": _clipped(title_en),
        "running_ar": _clipped(title_ar),
        "title_en": _line(title_en),
        "title_ar": _line(title_ar),
        "heading": not titled,
        "origin": [_value(v) for v in origin if v],
        "disclosure_en": disclosure_en(figures),
        "disclosure_ar": disclosure_ar(figures),
        "rows": [_row(r, numbers, titled and r.number == 1) for r in found],
        "index": [
            {
                "name": labels.KIND_NAMES[kind][1],
                "entries": [
                    {
                        "number": numbers[e.entity.key],
                        "key": _line(e.entity.key),
                        "en": _line(e.name),
                        "ar": _line(e.arabic),
                        "also": [{"en": _line(f.english), "ar": _line(f.arabic)} for f in e.also],
                        "facts": _facts(e.facts),
                        "url": e.url,
                        "wikidata": e.wikidata,
                        "rows": [r.number for r in e.rows],
                    }
                    for e in group
                ],
            }
            for kind, group in entries
        ],
        "states": [
            {"state": s.value, "name": labels.STATE_NAMES[s], "count": str(n)}
            for s, n in figures.states.items()
        ],
        "recall": recall,
        "outcome_names": [o.value for o in Outcome],
        "outcomes": [
            {"name": labels.KIND_NAMES[k][1], "counts": [line[o] for o in Outcome]}
            for k, line in figures.outcomes.items()
        ],
        "findings": [
            {
                "kind": f.severity.value,
                "text": _line(f"{f.message} ({f.code}{', ' + f.segment if f.segment else ''})"),
            }
            for f in edition.findings
        ],
        "source_facts": _facts(labels.source_facts(edition)),
        "edition_facts": _facts(labels.edition_facts(edition)),
        "made_with": _facts(labels.made_with(edition)),
        "signature": _line(str(edition.signature)),
    }


def _clipped(title: str) -> str:
    title = _line(title)
    return title if len(title) <= 60 else title[:59].rsplit(" ", 1)[0] + " …"


def pdf(edition: Edition, path: Path) -> None:
    """Write the pages. Raises E0090 when typst is not installed, F0002 when it cannot write."""
    try:
        import typst
    except ImportError as error:
        raise BilingualError(
            "E0090", "PDF needs typst: install it with pip install 'bilingual[pdf]'"
        ) from error
    content: str = json.dumps(_document(edition), ensure_ascii=False)
    layout: Any = data("templates/edition.typ")
    with resources.as_file(resources.files("bilingual.publish") / "fonts") as fonts:

        def compiled(standards: Any) -> object:
            return typst.compile(
                layout,
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                sys_inputs={"data": content},
                pdf_standards=standards,
            )

        try:
            pages = compiled(["ua-1"])
        except RuntimeError:
            # PDF/UA-1 (ISO 14289-1) allows no character that the fonts lack; a page may.
            try:
                pages = compiled([])
            except RuntimeError as error:
                raise BilingualError("E0091", f"typst cannot set it: {error}", str(path)) from error
    if not isinstance(pages, bytes):
        raise BilingualError("E0091", "typst gave no document", str(path))
    write_bytes(path, pages)
