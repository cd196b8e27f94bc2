"""``validate`` and ``publish``: what is done with finished editions."""

from __future__ import annotations

from pathlib import Path

import click

from bilingual.errors import BilingualError

__all__ = ["publish", "validate"]


@click.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--quiet", is_flag=True, help="Say nothing of valid files.")
def validate(files: tuple[Path, ...], quiet: bool) -> int:
    """Check TEI editions: profile grammar, rules, pointers, alignment.

    Prints `file:line: CODE message` for each problem; exit 1 if any file has one.
    """
    from bilingual import tei

    invalid = unreadable = 0
    for path in files:
        try:
            problems = tei.validate(path)
        except BilingualError as error:
            click.echo(f"bilingual: {error}", err=True)
            unreadable += 1
            continue
        for problem in problems:
            click.echo(f"{path}:{problem.line}: {problem.code} {problem.text}")
        if problems:
            invalid += 1
        elif not quiet:
            click.echo(f"{path}: valid")
    return 2 if unreadable else 1 if invalid else 0
