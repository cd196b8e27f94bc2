"""CSV: the columns of Weblate (and of the Translate Toolkit under it), and those of DeepL.

Weblate: a header ``location,source,target,id,fuzzy,context,translator_comments,
developer_comments``; ``context`` is the key (docs.weblate.org, "CSV files"). DeepL: no header;
source, target, source language, target language, each source once, at most 1024 bytes a cell
(developers.deepl.com, "Managing glossaries"). Rows end in CR LF (RFC 4180).
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from bilingual.errors import BilingualError
from bilingual.glossary.exchange.term import Losses, Term, fact, facts
from bilingual.script import has_arabic

__all__ = ["read_csv", "write_deepl", "write_weblate"]

_COLUMNS = ("location", "source", "target", "id", "fuzzy", "context", "translator_comments",
            "developer_comments")  # fmt: skip
_TRUE = frozenset({"1", "x", "true", "yes", "fuzzy"})
_CATALOGUE = "catalogue"
_CELL = 1024
_LIMIT = 16 * 1024 * 1024


def write_weblate(terms: Sequence[Term], losses: Losses) -> bytes:
    """All entries with all their lines; the catalogue goes into the developers' comments."""
    rows: list[Sequence[str]] = [_COLUMNS]
    for term in terms:
        lines = [*term.lines, f"{_CATALOGUE}: {term.catalogue}"] if term.catalogue else term.lines
        rows.append(
            (
                " ".join(term.references),
                term.arabic,
                term.english,
                "",
                str(not term.approved),
                term.key,
                "\n".join(term.comments),
                "\n".join(lines),
            )
        )
    return _written(rows)


def write_deepl(terms: Sequence[Term], losses: Losses) -> bytes:
    """The approved pairs, each Arabic form once: what DeepL holds is what it enforces."""
    rows: list[Sequence[str]] = []
    seen: set[str] = set()
    for term in terms:
        arabic, english = _plain(term.arabic), _plain(term.english)
        if not term.approved:
            losses["unapproved entries"] += 1
        elif not arabic or not english:
            losses["entries without English"] += 1
        elif arabic in seen:
            losses["entries whose Arabic another key has (DeepL takes a form once)"] += 1
        elif max(len(arabic.encode()), len(english.encode())) > _CELL:
            losses[f"entries of more than {_CELL} bytes"] += 1
        else:
            seen.add(arabic)
            rows.append((arabic, english, "ar", "en"))
            losses["keys"] += 1
            for name, value in facts(term):
                count = len(fact(term, name)) if name in ("also", "forbidden") else bool(value)
                losses[f"{name or 'unnamed'}: {'items' if name == 'also' else 'lines'}"] += count
            losses["translators' comments"] += len(term.comments)
            losses["lines of occurrences"] += len(term.references)
    return _written(rows)


def _plain(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def read_csv(data: bytes, where: str) -> list[Term]:
    """The entries of a CSV or TSV file, with a header or by the number of its columns.

    Two columns are Arabic and English in either order; four or five are DeepL's; eight
    Weblate's. Raises G0402 (encoding), G0403 (no such columns), G0404 (a row without Arabic).
    """
    text = _decoded(data, where)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: Sequence[str] = ()
    terms: list[Term] = []
    line = 1
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                line = reader.line_num + 1
                continue
            if not columns:
                names = [cell.strip().lower().replace(" ", "_") for cell in row]
                if "source" in names and "target" in names:
                    columns = names
                    line = reader.line_num + 1
                    continue
                columns = _by_number(len(row), f"{where}:{line}")
            terms.append(_term(dict(zip(columns, row, strict=False)), f"{where}:{line}"))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BilingualError(
            "G0403", f"no CSV: {error}; quote cells that hold a quotation mark", f"{where}:{line}"
        ) from error
    return terms


def _by_number(count: int, where: str) -> Sequence[str]:
    if count in (2, 3):
        return ("source", "target")
    if count in (4, 5):
        return ("source", "target", "source_lang", "target_lang")
    if count == len(_COLUMNS):
        return _COLUMNS
    raise BilingualError(
        "G0403",
        f"{count} columns and no header: give two (Arabic, English) or a header line with "
        "source and target",
        where,
    )


def _term(row: dict[str, str], where: str) -> Term:
    arabic, english = row.get("source", ""), row.get("target", "")
    swapped = row.get("source_lang", "").strip().lower()[:2] == "en"
    if swapped or (has_arabic(english) and not has_arabic(arabic)):
        arabic, english = english, arabic
    if not arabic.strip():
        raise BilingualError("G0404", "a row without Arabic; give it or take the row out", where)
    lines = [line for line in row.get("developer_comments", "").splitlines() if line.strip()]
    mark = f"{_CATALOGUE}: "
    stems = [line.removeprefix(mark) for line in lines if line.startswith(mark)]
    return Term(
        key=(row.get("context") or row.get("id") or "").strip(),
        arabic=arabic.strip(),
        english=english.strip(),
        approved=row.get("fuzzy", "").strip().lower() not in _TRUE,
        catalogue=stems[0] if stems else "",
        lines=tuple(line for line in lines if not line.startswith(mark)),
        comments=tuple((row.get("translator_comments") or "").splitlines()),
        references=tuple(filter(None, [row.get("location", "").strip()])),
        where=where,
    )


def _decoded(data: bytes, where: str) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BilingualError(
            "G0402", "neither UTF-8 nor UTF-16; save the table as UTF-8 CSV", f"{where}:{line}"
        ) from error
