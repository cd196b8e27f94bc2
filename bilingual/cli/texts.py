"""``segment``, ``mentions`` and ``translate``: texts in, lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bilingual.document import SourceText
from bilingual.glossary import Glossary
from bilingual.source import decode_source, read_source

__all__ = ["mentions", "segment", "translate"]

# Lines translated together: enough to fill batches, few enough to answer a pipe in good time.
_LINES_AT_ONCE = 512


def read_input(name: str, encoding: str | None) -> SourceText:
    """A file, or standard input for ``-``."""
    if name == "-":
        return decode_source(sys.stdin.buffer.read(), name="stdin", encoding=encoding, path="-")
    return read_source(Path(name), encoding=encoding)


encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    help="Encoding of the input when it is neither UTF-8 nor UTF-16 with BOM (windows-1256 ...).",
)
glossary_option = click.option(
    "--glossary",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of PO catalogues, or one catalogue.",
)
model_option = click.option(
    "--model",
    metavar="PATH|NAME",
    help="An .argosmodel file, an unpacked folder, or a name from `bilingual model list`; "
    "the built-in starter when not given.",
)
memory_option = click.option(
    "--memory",
    "memory_folders",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    multiple=True,
    metavar="DIR",
    help="More folders of review catalogues to reuse; those of the output folder always are.",
)
cache_option = click.option(
    "--cache",
    "cache_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where machine translations are kept from run to run; else the user's cache folder.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("outputs"),
    show_default=True,
    help="Folder of the editions and their review catalogues.",
)
reviewer_option = click.option(
    "--reviewer", default="", metavar="NAME", help="Who reviewed, where no file says."
)
no_cache_option = click.option(
    "--no-cache", is_flag=True, help="Keep no machine translations, use none."
)


@click.command()
@click.argument("input_", metavar="INPUT")
@encoding_option
@click.option("--json", "as_json", is_flag=True, help="JSON lines, also on a terminal.")
def segment(input_: str, encoding: str | None, as_json: bool) -> None:
    """Segments of INPUT (a file, or -), one JSON object a line: id, start, end, kind, text.

    Offsets count characters of the decoded file.
    """
    from bilingual.segmentation import segment as segment_text

    source = read_input(input_, encoding)
    rows = (
        {
            "id": s.id,
            "start": s.start,
            "end": s.end,
            "kind": s.kind.value,
            "text": source.text[s.start : s.end],
        }
        for s in segment_text(source.text)
    )
    _print_rows(rows, as_json, ("id", "kind", "text"))


@click.command()
@click.argument("input_", metavar="INPUT")
@glossary_option
@encoding_option
@click.option("--json", "as_json", is_flag=True, help="JSON lines, also on a terminal.")
def mentions(input_: str, glossary: Path | None, encoding: str | None, as_json: bool) -> None:
    """Glossary entries found in INPUT, one JSON object a line.

    Fields: start, end, surface, key, kind, target, approved. Glued proclitics stand outside
    the span.
    """
    from bilingual.segmentation import segment as segment_text

    loaded = Glossary.load(needed_glossary(glossary))
    source = read_input(input_, encoding)
    found = loaded.mentions(source.text, segment_text(source.text))
    rows = (
        {
            "start": m.start,
            "end": m.end,
            "surface": m.surface,
            "key": m.key,
            "kind": m.kind.value,
            "target": m.target,
            "approved": m.approved,
        }
        for m in found
    )
    _print_rows(rows, as_json, ("start", "kind", "surface", "target", "approved"))


def working_glossary(given: Path | None) -> Path | None:
    """The glossary named, else ``glossary/`` of the working folder where there is one."""
    folder = Path("glossary")
    return given if given is not None or not folder.is_dir() else folder


def needed_glossary(given: Path | None) -> Path:
    """As ``working_glossary``, for a command that cannot do without: else a usage error."""
    folder = working_glossary(given)
    if folder is None:
        raise click.UsageError("no glossary/ here; name one with --glossary DIR")
    return folder


def _print_rows(
    rows: Iterator[dict[str, str | int | bool]], as_json: bool, columns: tuple[str, ...]
) -> None:
    if as_json or not sys.stdout.isatty():
        out = sys.stdout.buffer
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
        out.flush()
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns)
    for row in rows:
        table.add_row(*(Text(str(row[c])) for c in columns))
    Console().print(table)


@click.command()
@glossary_option
@model_option
def translate(glossary: Path | None, model: str | None) -> None:
    """Translate Arabic on standard input, one segment a line, one English line for each.

    No glossary is used unless one is named. The number of lines never changes.
    """
    from bilingual.engine import open_engine
    from bilingual.pipeline import Pipeline
    from bilingual.terminology import Request

    engine = open_engine(model)
    pipeline = Pipeline(engine, Glossary.load(glossary) if glossary is not None else None)
    out = sys.stdout.buffer
    for lines in _chunks(sys.stdin.buffer):
        requests = [Request(line, pipeline.find(line)) for line in lines]
        renderings, _ = pipeline.render(requests)
        for rendering in renderings:
            out.write(" ".join(rendering.text.split()).encode("utf-8") + b"\n")
        out.flush()


def _chunks(stream: Iterator[bytes]) -> Iterator[list[str]]:
    """Decoded lines, without their ends, some hundred at a time. Raises S0002 on bad bytes."""
    from bilingual.errors import BilingualError

    lines: list[str] = []
    for number, raw in enumerate(stream, 1):
        try:
            text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError as error:
            raise BilingualError(
                "S0002",
                f"not UTF-8 (byte {error.start + 1}: {error.reason}); convert the input first",
                f"-:{number}",
            ) from error
        lines.append(text.removeprefix("\ufeff") if number == 1 else text)
        if len(lines) >= _LINES_AT_ONCE:
            yield lines
            lines = []
    if lines:
        yield lines
