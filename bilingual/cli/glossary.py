"""``glossary``: check and tend the controlled glossary."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.cli.streams import say
from bilingual.cli.texts import (
    encoding_option,
    glossary_option,
    model_option,
    needed_glossary,
    working_glossary,
)
from bilingual.document import Severity
from bilingual.errors import BilingualError

if TYPE_CHECKING:
    from bilingual.document import Edition
    from bilingual.glossary.catalogue import Problem
    from bilingual.glossary.scan import ScannedText

__all__ = ["glossary"]

_FORMATS = ("csv", "deepl", "tbx", "tbx-dct", "martif", "tei")

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object.")
texts_option = click.option(
    "--texts",
    "texts",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    metavar="PATH",
    help="A text or a folder of .txt files; may be given more than once.",
)


@click.group()
def glossary() -> None:
    """The controlled glossary: gettext catalogues, one a kind."""


@glossary.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@texts_option
@encoding_option
@click.option("--fix", is_flag=True, help="Mend what is mechanical first, and write it.")
@click.option("--notes", is_flag=True, help="Show notes too, not only errors and warnings.")
@json_option
def check(
    folder: Path,
    texts: tuple[Path, ...],
    encoding: str | None,
    fix: bool,
    notes: bool,
    as_json: bool,
) -> int:
    """Report what is wrong or doubtful in the catalogues of DIR, with file, line and code.

    With --texts, also the entries that none of the texts uses (notes). Exit 1 when there is an
    error, 2 when the folder cannot be read.
    """
    from bilingual.glossary.catalogue import catalogue_paths
    from bilingual.glossary.lint import fix_folder, lint_folder

    catalogues = catalogue_paths(folder)
    mended = fix_folder(folder) if fix else []
    problems = lint_folder(folder, _scanned(texts, encoding))
    counts = Counter(p.severity for p in problems)
    if as_json:
        _print_json(
            {
                "catalogues": len(catalogues),
                "mended": [path.as_posix() for path in mended],
                "problems": [_problem(p) for p in problems],
                **{s.value: counts[s] for s in Severity},
            }
        )
        return 1 if counts[Severity.ERROR] else 0
    for path in mended:
        say(f"{path}: mended")
    for problem in problems:
        if notes or problem.severity is not Severity.NOTE:
            say(f"{problem.where}: {problem.severity} {problem.code} {problem.message}")
    hidden = "" if notes or not counts[Severity.NOTE] else " (--notes shows them)"
    say(
        f"{len(catalogues)} catalogues, {counts[Severity.ERROR]} errors, "
        f"{counts[Severity.WARNING]} warnings, {counts[Severity.NOTE]} notes{hidden}"
    )
    return 1 if counts[Severity.ERROR] else 0


def _problem(problem: Problem) -> dict[str, object]:
    file, _, line = problem.where.rpartition(":")
    placed = bool(file) and line.isdigit()
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": file if placed else problem.where,
        "line": int(line) if placed else None,
        "message": problem.message,
    }


@glossary.command()
@click.argument(
    "texts", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TEXTS..."
)
@glossary_option
@encoding_option
@click.option("--write", is_flag=True, help="Write the occurrences into the #: lines.")
@json_option
def scan(
    texts: tuple[Path, ...],
    glossary: Path | None,
    encoding: str | None,
    write: bool,
    as_json: bool,
) -> int:
    """Count where the entries occur in TEXTS (files, or folders of .txt files).

    Names unapproved entries in use, and spellings one letter away from an entry. With --write
    the `#:` lines of the catalogues name the places in these texts; nothing else changes.
    """
    from bilingual.glossary import Glossary
    from bilingual.glossary.folder import read_files, write_files
    from bilingual.glossary.scan import scan as scan_texts
    from bilingual.glossary.scan import with_references

    folder = needed_glossary(glossary)
    loaded = Glossary.load(folder)
    scanned = _scanned(texts, encoding)
    report = scan_texts(loaded, scanned)
    written: list[Path] = []
    if write:
        files = [with_references(f, report.uses, scanned) for f in read_files(folder)]
        written = write_files(files)
    english = {(e.key, e.arabic): e for e in loaded.entries}
    counts = report.counts
    if as_json:
        names = {t.name: t.reference for t in scanned}
        places: dict[tuple[str, str], list[str]] = {name: [] for name in counts}
        for use in report.uses:
            places[use.entry.key, use.entry.arabic].append(f"{names[use.text]}:{use.segment}")
        _print_json(
            {
                "texts": len(scanned),
                "occurrences": len(report.uses),
                "entries": [
                    {
                        "key": key,
                        "arabic": arabic,
                        "english": english[key, arabic].english,
                        "approved": english[key, arabic].approved,
                        "catalogue": english[key, arabic].catalogue,
                        "count": count,
                        "places": list(dict.fromkeys(places[key, arabic])),
                    }
                    for (key, arabic), count in counts.items()
                ],
                "near_misses": [
                    {
                        "surface": miss.surface,
                        "key": miss.entry.key,
                        "arabic": miss.entry.arabic,
                        "english": miss.entry.english,
                        "count": miss.count,
                        "place": miss.where,
                        "context": miss.context,
                    }
                    for miss in report.near_misses
                ],
                "written": [path.as_posix() for path in written],
            }
        )
        return 0
    for (key, arabic), count in counts.items():
        say(f"{count:6}  {arabic}  {english[key, arabic].english}  [{key}]")
    for (key, arabic), use in report.unapproved.items():
        say(f"unapproved: {arabic} ({use.entry.english}) [{key}]: {use.context}")
    for miss in report.near_misses:
        say(
            f"near miss: {miss.surface} for {miss.entry.arabic} [{miss.entry.key}], "
            f"{miss.count} at {miss.where}: {miss.context}"
        )
    for path in written:
        say(f"{path}: occurrences written")
    say(
        f"{len(report.uses)} occurrences of {len(counts)} of {len(loaded)} entries in "
        f"{len(scanned)} texts; {len(report.unapproved)} unapproved in use, "
        f"{len(report.near_misses)} near misses"
    )
    return 0


@glossary.command()
@click.argument(
    "texts", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TEXTS..."
)
@glossary_option
@model_option
@encoding_option
@click.option(
    "--write",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.po",
    help="Add the proposals to this catalogue (made when missing) as fuzzy entries.",
)
@click.option("--least", type=click.IntRange(1), default=1, metavar="N", help="Used N times.")
@json_option
def suggest(
    texts: tuple[Path, ...],
    glossary: Path | None,
    model: str | None,
    encoding: str | None,
    write: Path | None,
    least: int,
    as_json: bool,
) -> int:
    """Propose names and terms of TEXTS that the glossary lacks, the most used first.

    The English is the machine's: a proposal is fuzzy, and is never enforced before a person
    takes the flag away.
    """
    from bilingual.engine import open_engine
    from bilingual.glossary import Glossary
    from bilingual.glossary.folder import write_files
    from bilingual.suggest import suggest as propose
    from bilingual.suggest import with_suggestions

    glossary = working_glossary(glossary)
    loaded = Glossary.load(glossary) if glossary is not None else Glossary.empty()
    scanned = _scanned(texts, encoding)
    found = [s for s in propose(scanned, open_engine(model), loaded) if s.count >= least]
    added = 0
    if write is not None:
        file, added = with_suggestions(write, found)
        write_files([file])
    if as_json:
        _print_json(
            {
                "texts": len(scanned),
                "added": added,
                "suggestions": [
                    {
                        "arabic": s.arabic,
                        "english": s.english,
                        "kind": s.kind.value,
                        "count": s.count,
                        "evidence": list(s.evidence),
                        "places": list(s.places),
                        "context": s.context,
                    }
                    for s in found
                ],
            }
        )
        return 0
    for s in found:
        say(f"{s.count:6}  {s.arabic}  {s.english}  [{s.kind}: {', '.join(s.evidence)}]")
    into = f"; {added} added to {write}" if write is not None else ""
    say(f"{len(found)} proposals from {len(scanned)} texts{into}")
    return 0


@glossary.command("import")
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--format", "name", type=click.Choice(_FORMATS), help="Else by the file's ending.")
@click.option("--approved", is_flag=True, help="New entries are approved, not fuzzy.")
@click.option("--replace", "replacing", is_flag=True, help="Take the file's English over DIR's.")
def import_(source: Path, folder: Path, name: str | None, approved: bool, replacing: bool) -> int:
    """Lay the entries of FILE (CSV, TBX, TEI) into the catalogues of DIR.

    New entries are fuzzy. An entry that has other English in DIR keeps it and is named; exit 1
    then. Messages that nothing changes keep their bytes.
    """
    from bilingual.glossary.exchange import import_terms, read_terms

    terms = read_terms(source, name)
    result = import_terms(folder, terms, approved=approved, replacing=replacing)
    written = result.write()
    for problem in result.problems:
        say(f"{problem.where}: {problem.code} {problem.message}")
    for path in written:
        say(f"{path}: written")
    say(
        f"{len(terms)} entries: {result.added} added, {result.changed} changed, "
        f"{result.unchanged} as they were, {len(result.problems)} left to decide"
    )
    return 1 if result.problems else 0


@glossary.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("target", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE")
@click.option("--format", "name", type=click.Choice(_FORMATS), help="Else by the file's ending.")
def export(folder: Path, target: Path, name: str | None) -> int:
    """Write the catalogues of DIR (or one) as FILE: CSV, TBX or TEI; - for standard output.

    What the format cannot hold is named, a line a kind, with its count.
    """
    from bilingual.files import write_bytes
    from bilingual.glossary.exchange import export_folder, format_name

    data, losses = export_folder(folder, format_name(target, name))
    if str(target) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_bytes(target, data)
    for line in losses.lines():
        say(f"not in the file: {line}", err=True)
    return 0


@glossary.command()
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW")
@click.option(
    "--texts",
    "texts",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    metavar="PATH",
    help="A text, an edition (.tei.xml) or a folder of either; may be given more than once.",
)
@encoding_option
@json_option
def diff(old: Path, new: Path, texts: tuple[Path, ...], encoding: str | None, as_json: bool) -> int:
    """What differs from the glossary OLD to NEW, and which segments it would change.

    OLD and NEW are folders of catalogues or single ones. Reviewed segments keep their words.
    """
    from bilingual.glossary import Glossary
    from bilingual.glossary.diff import changed_segments, diff_entries

    before, after = Glossary.load(old), Glossary.load(new)
    entries = diff_entries(before, after)
    documents: list[ScannedText | Edition] = [
        *_editions(texts),
        *_scanned([p for p in texts if not p.name.endswith(".tei.xml")], encoding, strict=False),
    ]
    segments = list(changed_segments(before, after, documents))
    if as_json:
        _print_json(
            {
                "entries": [
                    {
                        "change": "added" if not e.old else "changed" if e.new else "removed",
                        "key": e.key,
                        "arabic": e.arabic,
                        "old": e.old.english if e.old else None,
                        "new": e.new.english if e.new else None,
                        "fields": list(e.fields),
                    }
                    for e in entries
                ],
                "segments": [
                    {
                        "text": s.text,
                        "segment": s.segment,
                        "effect": s.effect.value,
                        "arabic": s.arabic,
                        "english": s.english,
                        "before": [[m.surface, m.key, m.target, m.approved] for m in s.before],
                        "after": [[m.surface, m.key, m.target, m.approved] for m in s.after],
                    }
                    for s in segments
                ],
            }
        )
        return 0
    for e in entries:
        if e.old is None or e.new is None:
            sign, english = ("+", e.new) if e.new else ("-", e.old)
            say(f"{sign} {e.arabic}  {english.english if english else ''}  [{e.key}]")
        else:
            was, now = e.old.english, e.new.english
            said = f"{was} -> {now}" if was != now else now
            say(f"~ {e.arabic}  {said}  [{e.key}] ({', '.join(e.fields)})")
    for s in segments:
        was = " | ".join(f"{m.surface}: {m.target}" for m in s.before)
        now = " | ".join(f"{m.surface}: {m.target}" for m in s.after)
        say(f"{s.text}:{s.segment}: {s.effect}: {was or '-'} => {now or '-'}")
    effects = Counter(s.effect.value for s in segments)
    counted = ", ".join(f"{n} {effect}" for effect, n in sorted(effects.items()))
    say(
        f"{len(entries)} entries differ; {len(segments)} segments of {len(documents)} texts"
        + (f": {counted}" if counted else "")
    )
    return 0


@glossary.command()
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write here; over OURS when not given."
)
def merge(base: Path, ours: Path, theirs: Path, out: Path | None) -> int:
    """Merge two people's work on one catalogue (any PO file); the result replaces OURS.

    Where both changed the same words the entry is made fuzzy and carries both. Exit 1 when
    there are such conflicts: a git merge driver is `bilingual glossary merge %O %A %B`.
    """
    from bilingual.files import read_bytes, write_bytes
    from bilingual.po import merge_catalogues

    result = merge_catalogues(read_bytes(base), read_bytes(ours), read_bytes(theirs))
    write_bytes(out or ours, result.data)
    for conflict in result.conflicts:
        say(f"{ours}: R0302 both changed {conflict.msgctxt or conflict.msgid!r}", err=True)
    return 1 if result.conflicts else 0


def _scanned(
    paths: Sequence[Path], encoding: str | None, *, strict: bool = True
) -> list[ScannedText]:
    """The texts of files and folders, segmented."""
    if not paths:
        return []
    from bilingual.corpus import find_documents
    from bilingual.glossary.scan import ScannedText
    from bilingual.segmentation import segment
    from bilingual.source import read_source

    if not strict:  # a folder may hold editions alone
        paths = [p for p in paths if not p.is_dir() or any(p.rglob("*.txt"))]
    found = []
    for document in find_documents(paths):
        source = read_source(document.path, encoding=encoding)
        found.append(ScannedText(document.stem.as_posix(), source.text, segment(source.text)))
    return found


def _editions(paths: Sequence[Path]) -> list[Edition]:
    from bilingual import tei

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            here = sorted(p for p in path.rglob("*.tei.xml") if p.is_file())
            if not here and not any(path.rglob("*.txt")):
                raise BilingualError(
                    "D0001", "the folder holds neither .txt nor .tei.xml files", str(path)
                )
            found += here
        elif path.name.endswith(".tei.xml"):
            found.append(path)
    return [tei.read(path) for path in found]


def _print_json(payload: dict[str, object]) -> None:
    text = json.dumps(payload, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
