"""``review``: the translators' loop, through PO catalogues."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bilingual.cli.streams import say
from bilingual.cli.texts import (
    cache_option,
    encoding_option,
    glossary_option,
    memory_option,
    model_option,
    no_cache_option,
    out_option,
    reviewer_option,
    working_glossary,
)
from bilingual.errors import BilingualError

__all__ = ["review"]


@click.group()
def review() -> None:
    """Review catalogues: export them, edit in Poedit or Weblate, build again."""


@review.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@glossary_option
@out_option
@model_option
@encoding_option
@reviewer_option
@memory_option
@cache_option
@no_cache_option
def export(
    articles: tuple[str, ...],
    glossary: Path | None,
    out: Path,
    model: str | None,
    encoding: str | None,
    reviewer: str,
    memory_folders: tuple[Path, ...],
    cache_path: Path | None,
    no_cache: bool,
) -> int:
    """Write STEM.ar-en.po for each ARTICLE (a text file or a folder), over the one that is there.

    Nothing a person wrote in it is lost. Give the same --glossary and --out as to `build`.
    """
    from bilingual import corpus
    from bilingual import review as reviewing
    from bilingual.cache import Cache
    from bilingual.document import Edition
    from bilingual.engine import open_engine
    from bilingual.files import read_bytes, write_bytes
    from bilingual.glossary import Glossary
    from bilingual.pipeline import Pipeline

    documents = corpus.find_documents([Path(a) for a in articles])
    glossary = working_glossary(glossary)
    memory = corpus.review_memory([out, *memory_folders])

    def write(edition: Edition, folder: Path, stem: Path) -> tuple[Path, ...]:
        path = corpus.catalogue_path(folder, stem)
        existing = read_bytes(path) if path.is_file() else None
        data = reviewing.export(
            edition, existing, memory=memory, where=str(path), reviewer=reviewer
        )
        if data != existing:
            write_bytes(path, data)
        return (path,)

    pipeline = Pipeline(
        open_engine(model),
        Glossary.load(glossary) if glossary is not None else None,
        cache=None if no_cache else Cache(cache_path),
        memory=memory,
    )
    failed = 0
    for result in corpus.build(
        documents, pipeline, out, encoding=encoding, reviewer=reviewer, write=write
    ):
        if result.error is not None:
            failed += 1
            say(f"bilingual: {result.error}", err=True)
        else:
            say(" ".join(p.as_posix() for p in result.outputs))
    return 2 if failed else 0


@review.command()
@click.argument("places", nargs=-1, metavar="[PO|FOLDER]...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a catalogue, a line each.")
def status(places: tuple[Path, ...], as_json: bool) -> int:
    """What is reviewed and what is left, in catalogues or folders of them (outputs/)."""
    from bilingual.files import read_bytes
    from bilingual.review import read_review

    paths: list[Path] = []
    for place in places or (Path("outputs"),):
        paths += sorted(place.rglob("*.ar-en.po")) if place.is_dir() else [place]
    if not paths:
        raise click.UsageError("no review catalogue (*.ar-en.po) there; see `review export`")
    rows = []
    unreadable = 0
    for path in paths:
        try:
            rows.append((path, read_review(read_bytes(path), str(path)).status()))
        except BilingualError as error:
            unreadable += 1
            say(f"bilingual: {error}", err=True)
    if as_json:
        for path, row in rows:
            line = json.dumps(
                {"catalogue": path.as_posix(), **row.as_mapping()}, ensure_ascii=False
            )
            sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
    if as_json or not rows:
        return 2 if unreadable else 0
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = ("approved", "post_edited", "reused", "copied", "unreviewed", "drafts", "conflicts")
    # Columns that say nothing but 0 would only squeeze the others on a narrow terminal.
    used = [c for c in columns if any(getattr(row, c) for _, row in rows)]
    table = Table("catalogue")
    for name in ("total", *used, "words_left"):
        table.add_column(name.replace("_", " "), justify="right")
    for path, row in rows:
        counts = (str(getattr(row, c)) for c in ("total", *used, "words_left"))
        table.add_row(Text(path.as_posix()), *counts)
    Console().print(table)
    return 2 if unreadable else 0
