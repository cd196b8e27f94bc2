"""``report``: figures of finished editions, for a person or a machine."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bilingual.cli.streams import say
from bilingual.errors import BilingualError
from bilingual.files import printable
from bilingual.reporting import NOTHING, Report

__all__ = ["report"]


@click.command()
@click.argument("places", nargs=-1, metavar="[EDITION|FOLDER]...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object an edition, a line each.")
def report(places: tuple[Path, ...], as_json: bool) -> int:
    """Term recall, decisions by outcome, failed checks and review progress of TEI editions.

    Of the editions in outputs/ when nothing is named.
    """
    from bilingual import tei
    from bilingual.reporting import report as count

    paths: list[Path] = []
    for place in places or (Path("outputs"),):
        paths += sorted(place.rglob("*.tei.xml")) if place.is_dir() else [place]
    if not paths:
        raise click.UsageError("no edition (*.tei.xml) there; see `bilingual build`")
    rows: list[tuple[str, Report]] = []
    unreadable = 0
    for path in paths:
        try:
            rows.append((printable(path.as_posix()), count(tei.read(path))))
        except BilingualError as error:
            unreadable += 1
            say(f"bilingual: {error}", err=True)
    if as_json:
        for name, counts in rows:
            say(json.dumps({"edition": name, **counts.as_json()}, ensure_ascii=False))
    elif rows:
        _print_table(rows)
    return 2 if unreadable else 0


def _print_table(rows: list[tuple[str, Report]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        "edition", "term recall", "decisions", "checks failed", "reviewed", show_lines=False
    )
    for name, counts in rows:
        table.add_row(Text(name.removesuffix(".tei.xml"), overflow="fold"), *_cells(counts))
    if len(rows) > 1:
        table.add_section()
        total = sum((counts for _, counts in rows), NOTHING)
        table.add_row(f"{len(rows)} editions", *_cells(total))
    Console().print(table)


def _cells(counts: Report) -> list[str]:
    sentences = sum(counts.review.values())
    failed = [
        f"{number} {name}{'s' * (number > 1)}" for name, number in
        (("error", counts.errors), ("warning", counts.warnings)) if number
    ]  # fmt: skip
    return [
        f"{counts.term_recall:.3f}" if counts.mentions else "-",
        ", ".join(f"{n} {name}" for name, n in counts.outcomes.items() if n) or "-",
        ", ".join(failed) or "none",
        f"{sentences - counts.review['mt']} of {sentences}",
    ]
