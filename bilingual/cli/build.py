"""``build``: the main job."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.cli.texts import encoding_option, glossary_option, model_option, read_input
from bilingual.document import Outcome
from bilingual.files import write_text
from bilingual.reporting import NOTHING, Report, report
from bilingual.version import __version__

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["build"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@glossary_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("outputs"),
    show_default=True,
    help="Folder of the editions.",
)
@model_option
@encoding_option
@click.option(
    "--meta",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    help="Title, publisher, date, licence ...; else STEM.toml beside each text is read.",
)
@click.option("--strict", is_flag=True, help="Exit 1 on a missed approved entry or failed check.")
@click.option(
    "--json",
    "json_path",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="REPORT",
    help="Write a machine-readable report (- for standard output).",
)
@click.option("--no-glossary", is_flag=True, help="Use none, not even glossary/ of this folder.")
@click.option(
    "--cache",
    "cache_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where machine translations are kept from run to run; else the user's cache folder.",
)
@click.option(
    "--memory",
    "memory_folders",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    multiple=True,
    metavar="DIR",
    help="More folders of review catalogues to reuse; those of the output folder always are.",
)
@click.option("--reviewer", default="", metavar="NAME", help="Who reviewed, where no file says.")
@click.option("--no-cache", is_flag=True, help="Keep no machine translations, use none.")
def build(
    inputs: tuple[str, ...],
    glossary: Path | None,
    out: Path,
    model: str | None,
    encoding: str | None,
    meta: Path | None,
    strict: bool,
    json_path: Path | None,
    no_glossary: bool,
    cache_path: Path | None,
    memory_folders: tuple[Path, ...],
    reviewer: str,
    no_cache: bool,
) -> int:
    """Build an edition of each INPUT: STEM.tei.xml and STEM.html in the output folder.

    INPUT is a text file, a folder of .txt files, or - for standard input. glossary/ of this
    folder is used when it exists and no other is named. Words of a review catalogue
    (STEM.ar-en.po in the output folder) are used exactly.
    """
    from bilingual import corpus
    from bilingual.cache import Cache
    from bilingual.engine import open_engine
    from bilingual.glossary import Glossary
    from bilingual.metadata import read_metadata
    from bilingual.pipeline import NOTHING_RENDERED, Pipeline

    started = time.perf_counter()
    metadata = read_metadata(meta) if meta is not None else None
    documents: list[corpus.Document] = []
    if "-" in inputs:
        documents.append(corpus.Document(Path("stdin"), Path("stdin"), read_input("-", encoding)))
    documents += corpus.find_documents([Path(i) for i in inputs if i != "-"])
    if glossary is None and Path("glossary").is_dir():
        glossary = Path("glossary")
    loaded = Glossary.load(glossary) if glossary is not None and not no_glossary else None
    engine = open_engine(model)
    cache = None if no_cache else Cache(cache_path)
    memory = corpus.review_memory([out, *memory_folders])
    pipeline = Pipeline(engine, loaded, cache=cache, memory=memory)
    rendered, total, failed = NOTHING_RENDERED, NOTHING, 0
    rows: list[dict[str, object]] = []
    with _progress(len(documents), to_stderr=str(json_path) == "-") as say:
        for result in corpus.build(
            documents, pipeline, out, encoding=encoding, metadata=metadata, reviewer=reviewer
        ):
            rendered += result.rendered
            name = result.document.stem.as_posix()
            if result.edition is None:
                failed += 1
                say.failed(f"bilingual: {result.error}")
                rows.append({"document": name, "error": str(result.error)})
                continue
            counts = report(result.edition)
            total += counts
            missed = [
                {"segment": t.id, "surface": d.mention.surface, "target": d.mention.target}
                for t in result.edition.translations
                for d in t.decisions
                if d.outcome is Outcome.MISSED and d.mention.approved
            ]
            say.done(name, counts, result.outputs)
            rows.append(
                {
                    "document": name,
                    "outputs": [p.as_posix() for p in result.outputs],
                    **counts.as_json(),
                    "missed": missed,
                }
            )
    seconds = time.perf_counter() - started
    say.summary(len(rows) - failed, failed, total, seconds)
    if json_path is not None:
        _write_json(
            json_path,
            {
                "bilingual": __version__,
                "signature": str(pipeline.signature),
                "documents": rows,
                "total": total.as_json(),
                "decoded_segments": rendered.decoded,
                "decoded_pieces": rendered.decoded_pieces,
                "cached_segments": rendered.cached,
                "repeated_segments": rendered.repeated,
                "failed": failed,
                "seconds": round(seconds, 3),
            },
        )
    if failed:
        return 2
    if strict and (total.errors or total.outcomes[Outcome.MISSED.value]):
        return 1
    return 0


def _write_json(path: Path, payload: dict[str, object]) -> None:
    text = json.dumps(payload, ensure_ascii=False, indent=2) + "\n"
    if str(path) == "-":
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    else:
        write_text(path, text)


class _Lines:
    """What a run says: one plain line a document, a summary, errors on standard error."""

    def __init__(self, *, to_stderr: bool) -> None:
        self._to_stderr = to_stderr

    def _say(self, line: str, *, err: bool = False) -> None:
        click.echo(line, err=err or self._to_stderr)

    def failed(self, line: str) -> None:
        self._say(line, err=True)

    def done(self, name: str, counts: Report, outputs: Sequence[Path]) -> None:
        self._say(f"{name}: {_counts(counts)} -> {' '.join(p.as_posix() for p in outputs)}")

    def summary(self, built: int, failed: int, total: Report, seconds: float) -> None:
        bad = f", {failed} failed" if failed else ""
        noun = "edition" if built == 1 else "editions"
        self._say(f"{built} {noun}{bad}: {_counts(total)} in {seconds:.1f} s")


class _Bar(_Lines):
    """The same on a terminal, with a bar below the lines."""

    def __init__(self, progress: Progress, task: TaskID, *, to_stderr: bool) -> None:
        super().__init__(to_stderr=to_stderr)
        self._progress = progress
        self._task = task

    def _say(self, line: str, *, err: bool = False) -> None:
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def failed(self, line: str) -> None:
        super().failed(line)
        self._progress.advance(self._task)

    def done(self, name: str, counts: Report, outputs: Sequence[Path]) -> None:
        super().done(name, counts, outputs)
        self._progress.advance(self._task)


@contextmanager
def _progress(documents: int, *, to_stderr: bool) -> Iterator[_Lines]:
    if not sys.stderr.isatty():
        yield _Lines(to_stderr=to_stderr)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Left

    columns = (TextColumn("building"), BarColumn(), MofNCompleteColumn(), Left())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress, progress.add_task("", total=documents), to_stderr=to_stderr)


def _counts(counts: Report) -> str:
    """``34 segments; glossary 41: 30 kept, 9 inlined, 2 missed; 1 check failed``."""
    parts = [f"{counts.segments} segments"]
    if counts.mentions:
        outcomes = ", ".join(f"{n} {name}" for name, n in counts.outcomes.items() if n)
        parts.append(f"{counts.mentions} glossary mentions: {outcomes}")
    if counts.proposed:
        parts.append(f"{counts.proposed} of unapproved entries")
    checks = counts.errors + counts.warnings
    parts.append(f"{checks} failed checks" if checks else "all checks passed")
    return "; ".join(parts)
