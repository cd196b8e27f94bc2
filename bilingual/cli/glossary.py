"""``glossary``: check and tend the controlled glossary."""

from __future__ import annotations

from pathlib import Path

import click

from bilingual.document import Severity

__all__ = ["glossary"]


@click.group()
def glossary() -> None:
    """The controlled glossary: gettext catalogues, one a kind."""


@glossary.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def check(folder: Path) -> int:
    """Parse every catalogue of DIR and report what is wrong, with file, line and code.

    Exit 1 when an entry is wrong, 2 when the folder cannot be read.
    """
    from bilingual.glossary import check_folder
    from bilingual.glossary.catalogue import catalogue_paths

    catalogues = catalogue_paths(folder)
    problems = check_folder(folder)
    for problem in problems:
        click.echo(str(problem))
    errors = sum(p.severity is Severity.ERROR for p in problems)
    click.echo(f"{len(catalogues)} catalogues, {errors} errors, {len(problems) - errors} others")
    return 1 if errors else 0


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
        click.echo(f"{ours}: R0302 both changed {conflict.msgctxt or conflict.msgid!r}", err=True)
    return 1 if result.conflicts else 0
