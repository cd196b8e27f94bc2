"""``build``: the main job."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bilingual.cli.streams import let_go_of_output, say
from bilingual.cli.texts import (
    cache_option,
    encoding_option,
    glossary_option,
    memory_option,
    model_option,
    no_cache_option,
    out_option,
    read_input,
    reviewer_option,
    working_glossary,
)
from bilingual.document import Finding, Outcome, Severity
from bilingual.files import open_atomic, printable
from bilingual.reporting import NOTHING, Report
from bilingual.version import __version__

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from bilingual.corpus import Result

__all__ = ["build"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@glossary_option
@out_option
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
@cache_option
@memory_option
@reviewer_option
@no_cache_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Cores to use; all that this process may use when not given.",
)
@click.option("--force", is_flag=True, help="Build also what is finished and has not changed.")
@click.option(
    "--record",
    "record_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where it is kept which documents are finished; else in the user's cache folder.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Build on the workers of this Dask scheduler (tcp://host:8786); needs bilingual[cluster].",
)
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
    jobs: int | None,
    force: bool,
    record_path: Path | None,
    cluster: str | None,
) -> int:
    """Build an edition of each INPUT: STEM.tei.xml and STEM.html in the output folder.

    INPUT is a text file, a folder of .txt files, or - for standard input. glossary/ of this
    folder is used when it exists and no other is named. Words of a review catalogue
    (STEM.ar-en.po in the output folder) are used exactly. What an earlier run finished and
    nothing has changed since is skipped; a run broken off goes on where it stood.
    """
    from bilingual import corpus
    from bilingual.cache import Cache
    from bilingual.engine import open_engine
    from bilingual.glossary import Glossary
    from bilingual.metadata import read_metadata
    from bilingual.pipeline import Pipeline

    if "" in inputs:
        raise click.UsageError("an INPUT is empty; name a file, a folder, or -")
    written = {"--json": json_path, "--cache": cache_path, "--record": record_path}
    for option, path in written.items():
        if path is not None and any(_is_same(path, Path(i)) for i in inputs if i != "-"):
            raise click.UsageError(f"{option} would write over the input {path}; name another file")
    metadata = read_metadata(meta) if meta is not None else None
    given: list[corpus.Document] = []
    if "-" in inputs:
        given.append(corpus.Document(Path("stdin"), Path("stdin"), read_input("-", encoding)))
    found = corpus.find_documents([Path(i) for i in inputs if i != "-"])
    glossary = working_glossary(glossary)
    loaded = Glossary.load(glossary) if glossary is not None and not no_glossary else None
    jobs = jobs or _cores()
    with ExitStack() as stack:
        client = None
        if cluster is not None:
            from bilingual.corpus.cluster import connect

            client = stack.enter_context(connect(cluster))
        engine = open_engine(model, threads=jobs)
        cache = None if no_cache else stack.enter_context(Cache(cache_path))
        record = stack.enter_context(corpus.Record(out, record_path))
        memory = corpus.review_memory([out, *memory_folders])
        pipeline = Pipeline(engine, loaded, cache=cache, memory=memory)
        run = _Run(len(given) + len(found), str(pipeline.signature), json_path)
        results = corpus.build(
            chain(given, found),
            pipeline,
            out,
            encoding=encoding,
            metadata=metadata,
            reviewer=reviewer,
            jobs=jobs,
            record=record,
            force=force,
            client=client,
        )
        try:
            with closing(results):
                run.follow(results)
        except KeyboardInterrupt:
            stack.close()
            _leave()
        _warn(
            (*(cache.findings if cache else ()), *record.findings),
            memory.findings if memory is not None else (),
        )
    return run.status(strict=strict)


class _Run:
    """What is counted and said while results come in; nothing of it grows with their number."""

    def __init__(self, documents: int, signature: str, json_path: Path | None) -> None:
        from bilingual.pipeline import NOTHING_RENDERED

        self._documents = documents
        self._signature = signature
        self._json_path = json_path
        self._rendered = NOTHING_RENDERED
        self._total = NOTHING
        self._built = self._failed = self._skipped = 0

    def follow(self, results: Iterable[Result]) -> None:
        """Say and count every result, and write the JSON report as they come."""
        started = time.perf_counter()
        to_stderr = str(self._json_path) == "-"
        with _json_stream(self._json_path) as write, _progress(self._documents, to_stderr) as say:
            write(_opening({"bilingual": __version__, "signature": self._signature}))
            for number, result in enumerate(results):
                row = self._count(result, say)
                write(("," if number else "") + "\n    " + _indented(row, 4))
            seconds = time.perf_counter() - started
            say.summary(self._built, self._failed, self._skipped, self._total, seconds)
            write("\n  ],\n" if self._built + self._failed + self._skipped else "],\n")
            write(_indented(self._closing(seconds), 0).removeprefix("{\n") + "\n")

    def _count(self, result: Result, say: _Lines) -> dict[str, object]:
        self._rendered += result.rendered
        name = result.document.stem.as_posix()
        if result.error is not None or result.report is None:
            self._failed += 1
            say.failed(f"bilingual: {result.error}")
            return {"document": name, "error": str(result.error)}
        self._total += result.report
        row: dict[str, object] = {
            "document": name,
            "outputs": [p.as_posix() for p in result.outputs],
            **result.report.as_json(),
            "missed": [
                {"segment": m.segment, "surface": m.surface, "target": m.target}
                for m in result.missed
            ],
        }
        if result.skipped:
            self._skipped += 1
            say.skipped()
            return {**row, "skipped": True}
        self._built += 1
        say.done(name, result.report, result.outputs)
        return row

    def _closing(self, seconds: float) -> dict[str, object]:
        return {
            "total": self._total.as_json(),
            "decoded_segments": self._rendered.decoded,
            "decoded_pieces": self._rendered.decoded_pieces,
            "cached_segments": self._rendered.cached,
            "repeated_segments": self._rendered.repeated,
            "skipped": self._skipped,
            "failed": self._failed,
            "seconds": round(seconds, 3),
        }

    def status(self, *, strict: bool) -> int:
        """The exit status: 2 when a document failed, 1 when --strict finds fault, else 0."""
        if self._failed:
            return 2
        missed = self._total.outcomes[Outcome.MISSED.value]
        return 1 if strict and (self._total.errors or missed) else 0


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False  # one of them is not there


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1


def _leave() -> None:
    """End at once after an interruption: a decode under way in a thread is not waited for."""
    say(
        "bilingual: interrupted; finished files are whole, nothing is half-written; "
        "run again to go on",
        err=True,
    )
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(130)


def _warn(*findings: Sequence[Finding]) -> None:
    for message in dict.fromkeys(
        f"{f.code} {f.message}" for group in findings for f in group
        if f.severity is not Severity.NOTE
    ):  # fmt: skip
        say(f"bilingual: warning: {message}", err=True)


def _opening(fields: dict[str, object]) -> str:
    text = json.dumps(fields, ensure_ascii=False, indent=2)
    return text.removesuffix("\n}") + ',\n  "documents": ['


def _indented(value: dict[str, object], by: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.replace("\n", "\n" + " " * by)


@contextmanager
def _json_stream(path: Path | None) -> Iterator[Callable[[str], object]]:
    """What writes parts of the report: into a file, whole or not at all, or standard output."""

    def into(stream: BinaryIO) -> Callable[[str], object]:
        return lambda text: stream.write(text.encode("utf-8", "backslashreplace"))

    if path is None:
        yield lambda text: None
    elif str(path) == "-":
        yield into(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        with open_atomic(path) as stream:
            yield into(stream)


_SAY_EVERY = 60.0  # seconds between lines of progress where there is no terminal


class _Lines:
    """What a run says: one plain line a document, a summary, errors on standard error."""

    def __init__(self, documents: int, *, to_stderr: bool) -> None:
        self._to_stderr = to_stderr
        self._documents = documents
        self._ended = self._built = 0
        self._silent = False
        self._started = self._said = time.monotonic()

    def _say(self, line: str, *, err: bool = False) -> None:
        if self._silent:
            return
        try:
            say(line, err=err or self._to_stderr)
        except BrokenPipeError:
            # Whoever listened has gone (`| head`); the editions are made all the same.
            self._silent = True
            let_go_of_output()

    def failed(self, line: str) -> None:
        self._say(line, err=True)
        self._step(built=True)

    def done(self, name: str, counts: Report, outputs: Sequence[Path]) -> None:
        self._say(f"{name}: {_counts(counts)} -> {' '.join(p.as_posix() for p in outputs)}")
        self._step(built=True)

    def skipped(self) -> None:
        self._step(built=False)

    def pace(self) -> str:
        """``3.2/s, 8 h 40 min left``: of the documents built, for those skipped take no time."""
        seconds = time.monotonic() - self._started
        if not self._built or seconds <= 0:
            return ""
        rate = self._built / seconds
        rates = f"{rate:.1f}/s" if rate >= 1 else f"{rate * 60:.1f}/min"
        return f"{rates}, {_duration((self._documents - self._ended) / rate)} left"

    def _step(self, *, built: bool) -> None:
        self._ended += 1
        self._built += built
        self._show()

    def _show(self) -> None:
        now = time.monotonic()
        if now - self._said >= _SAY_EVERY:
            self._said = now
            self._say(f"{self._ended} of {self._documents} documents, {self.pace()}", err=True)

    def summary(self, built: int, failed: int, skipped: int, total: Report, seconds: float) -> None:
        noun = "edition" if built == 1 else "editions"
        rest = f", {failed} failed" if failed else ""
        if skipped:
            rest += f", {skipped} unchanged and skipped (--force builds them again)"
        counts = f": {_counts(total)}" if built + skipped else ""
        self._say(f"{built} {noun}{rest}{counts} in {seconds:.1f} s")


class _Bar(_Lines):
    """The same on a terminal, with a bar below the lines."""

    def __init__(
        self, documents: int, progress: Progress, task: TaskID, *, to_stderr: bool
    ) -> None:
        super().__init__(documents, to_stderr=to_stderr)
        self._progress = progress
        self._task = task

    def _say(self, line: str, *, err: bool = False) -> None:
        self._progress.console.print(printable(line), markup=False, highlight=False, soft_wrap=True)

    def _show(self) -> None:
        self._progress.update(self._task, completed=self._ended, pace=self.pace())


@contextmanager
def _progress(documents: int, to_stderr: bool) -> Iterator[_Lines]:
    if not sys.stderr.isatty():
        yield _Lines(documents, to_stderr=to_stderr)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("building"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=documents, pace="")
        yield _Bar(documents, progress, task, to_stderr=to_stderr)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


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
