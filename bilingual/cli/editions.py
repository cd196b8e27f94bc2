"""``validate`` and ``publish``: what is done with finished editions."""

from __future__ import annotations

from pathlib import Path

import click

from bilingual.cli.streams import say
from bilingual.document import Severity
from bilingual.errors import BilingualError

__all__ = ["publish", "validate"]


@click.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--quiet", is_flag=True, help="Say nothing of valid files.")
@click.option(
    "--warnings",
    is_flag=True,
    help="Tell also where dates or numbers differ between the two sides of a link (T05).",
)
def validate(files: tuple[Path, ...], quiet: bool, warnings: bool) -> int:
    """Check TEI editions: profile grammar, rules, pointers, alignment.

    Prints `file:line: CODE message` for each problem; exit 1 if any is an error.
    """
    from bilingual import tei

    invalid = unreadable = 0
    for path in files:
        try:
            problems = tei.validate(path, warnings=warnings)
        except BilingualError as error:
            say(f"bilingual: {error}", err=True)
            unreadable += 1
            continue
        for problem in problems:
            say(problem.format(str(path)))
        if any(p.severity is Severity.ERROR for p in problems):
            invalid += 1
        elif not quiet:
            say(f"{path}: valid")
    return 2 if unreadable else 1 if invalid else 0


@click.command()
@click.argument("places", nargs=-1, metavar="EDITION|FOLDER...")
@click.option(
    "--to", "formats", required=True, metavar="FORMAT,...", help="Formats; `--to list` names them."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the publications; beside each edition when not given.",
)
def publish(places: tuple[str, ...], formats: str, out: Path | None) -> int:
    """Publish TEI editions in other forms; a FOLDER as one collection with its indexes."""
    from bilingual import publish as publishing
    from bilingual import tei

    if formats == "list":
        for name in publishing.FORMATS:
            say(name)
        return 0
    if not places:
        raise click.UsageError("name an edition (.tei.xml), or a folder of them")
    names = [name.strip() for name in formats.split(",") if name.strip()]
    unknown = [name for name in names if name not in publishing.FORMATS]
    if unknown or not names:
        known = ", ".join(publishing.FORMATS)
        raise click.UsageError(f"unknown format {', '.join(unknown)!r}; there are {known}")
    for place in map(Path, places):
        if place.is_dir():
            paths = sorted(place.rglob("*.tei.xml"))
            if not paths:
                raise BilingualError("D0001", "the folder holds no .tei.xml edition", str(place))
            editions = [tei.read(path) for path in paths]
            written = publishing.publish_collection(editions, out or place, names)
        else:
            written = publishing.publish(tei.read(place), out or place.parent, names)
        for path in written:
            say(path.as_posix())
    return 0
