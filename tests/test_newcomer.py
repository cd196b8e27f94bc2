"""What README promises, done as it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bilingual import cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "قال المبعوث إن القرار 2254 أساس الحل في سوريا.\nورحبت موسكو بالبيان.\n"


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.M | re.S)


def test_the_python_of_the_readme_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "glossary").symlink_to(ROOT / "glossary")
    (code,) = fenced("python")
    exec(compile(code, "README.md", "exec"), {})
    assert (tmp_path / "article.tei.xml").is_file()
    assert (tmp_path / "article.html").is_file()


def test_the_python_of_the_readme_type_checks_strictly(tmp_path: Path) -> None:
    (code,) = fenced("python")
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(script)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout


def test_the_metadata_of_the_readme_is_read_whole() -> None:
    from bilingual.metadata import parse_metadata

    (toml,) = fenced("toml")
    metadata = parse_metadata(toml.encode(), "README.md")
    assert metadata.title_en == "Resolution 2254: a United Nations road map"


def _commands(group: click.Command, path: str) -> dict[str, set[str]]:
    found = {path: {o for p in group.params for o in (*p.opts, *p.secondary_opts)}}
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            found |= _commands(command, f"{path} {name}")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_command_and_option_of_the_pages_exists(page: Path) -> None:
    commands = _commands(cli.cli, "bilingual")
    text = page.read_text(encoding="utf-8")
    for verbs, rest in re.findall(r"bilingual ((?:[a-z]+ ?){1,2})([^`#\n]*)", text):
        path = "bilingual"
        for verb in verbs.split():
            path = f"{path} {verb}" if f"{path} {verb}" in commands else path
        if path == "bilingual":
            continue  # prose, not a command
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest):
            assert option in commands[path] | {"--help", "--version"}, (path, option)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_of_the_pages_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if not link.startswith(("http:", "https:")):
            assert (page.parent / link).exists(), link
