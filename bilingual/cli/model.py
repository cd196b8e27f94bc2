"""``model``: which translation packages there are, what they are, how to get one."""

from __future__ import annotations

from pathlib import Path

import click

from bilingual.cli.streams import say

__all__ = ["model"]


@click.group()
def model() -> None:
    """Translation models: the built-in starter, installed Argos packages, files."""


@model.command("list")
def list_() -> None:
    """The packages this machine has; the first is used when none is named."""
    from bilingual.engine import list_packages

    for package in list_packages():
        say(
            f"{package.name} {package.version}\t"
            f"{package.source_language}→{package.target_language}\t{package.location}"
        )


@model.command()
@click.argument("name", required=False)
def info(name: str | None) -> None:
    """The card of a package: NAME, a file or a folder; the starter when not given."""
    from bilingual.engine import resolve

    package = resolve(name)
    say(f"{package.name} {package.version} ({package.location})")
    say(f"languages: {package.source_language} → {package.target_language}")
    say(f"sha256: {package.sha256}")
    if package.card:
        click.echo()
        click.echo(package.card.rstrip("\n"))


@model.command()
@click.argument("what", nargs=-1, required=True, metavar="FROM TO | FILE")
def install(what: tuple[str, ...]) -> None:
    """Install a package: `install ar en` from Argos's own index, or an .argosmodel FILE."""
    from bilingual.engine import install as install_languages
    from bilingual.engine import install_file

    if len(what) == 1:
        package = install_file(Path(what[0]))
    elif len(what) == 2:
        package = install_languages(what[0], what[1])
    else:
        raise click.UsageError("give two language codes, or one file")
    say(f"installed {package.name} {package.version}")
