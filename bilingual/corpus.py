"""Many documents: shared batches, one result for each, what fails does not stop the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilingual import publish, tei
from bilingual.document import Edition, Metadata, SourceText
from bilingual.errors import BilingualError
from bilingual.files import read_bytes
from bilingual.memory import Memory
from bilingual.metadata import read_metadata
from bilingual.pipeline import NOTHING_RENDERED, Pipeline, Prepared, RenderCount
from bilingual.review import ReviewCatalogue, read_review
from bilingual.source import read_source

__all__ = [
    "Document",
    "Result",
    "Writer",
    "build",
    "catalogue_path",
    "find_documents",
    "review_memory",
    "write_edition",
]

Writer = Callable[[Edition, Path, Path], tuple[Path, ...]]
"""Writes an edition into a folder under a stem; gives the files written."""

# Segments rendered together: enough to sort into full batches, few enough for flat memory.
_SEGMENTS_AT_ONCE = 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be built and where its edition goes."""

    path: Path
    stem: Path
    """Of the outputs, relative to the output folder, without suffix: ``2018/article``."""
    source: SourceText | None = None
    """Already read (standard input); else ``path`` is read when its turn comes."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document."""

    document: Document
    edition: Edition | None
    error: BilingualError | None
    outputs: tuple[Path, ...]
    rendered: RenderCount
    """Of the batch that finished this document; summed over results it is the whole run's."""
    seconds: float


def find_documents(inputs: Sequence[Path]) -> list[Document]:
    """The texts named by files and folders; in folders every ``*.txt``, at any depth.

    Raises D0001 for an input that is not there or a folder without texts, D0002 when two
    documents would be written to the same place.
    """
    documents: list[Document] = []
    for path in inputs:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*.txt") if p.is_file())
            if not found:
                raise BilingualError("D0001", "the folder holds no .txt file", str(path))
            documents += [Document(p, p.relative_to(path).with_suffix("")) for p in found]
        elif path.exists():
            documents.append(Document(path, Path(path.stem)))
        else:
            raise BilingualError("D0001", "no such file or folder", str(path))
    places: dict[Path, Document] = {}
    for document in documents:
        other = places.setdefault(document.stem, document)
        if other.path != document.path:
            raise BilingualError(
                "D0002",
                f"would be written to the same place as {other.path}; rename one, "
                "or give their common folder",
                str(document.path),
            )
    return list(places.values())


def catalogue_path(out: Path, stem: Path) -> Path:
    """Where the review catalogue of a document lies."""
    return out / f"{stem}.ar-en.po"


def review_memory(folders: Iterable[Path]) -> Memory | None:
    """The translation memory of all review catalogues below some folders; None without any.

    Raises as ``read_review`` does.
    """
    paths = sorted({p for folder in folders for p in folder.rglob("*.ar-en.po")})
    return Memory.from_catalogues(paths) if paths else None


def build(
    documents: Iterable[Document],
    pipeline: Pipeline,
    out: Path,
    *,
    encoding: str | None = None,
    metadata: Metadata | None = None,
    reviewer: str = "",
    write: Writer | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Result]:
    """Build each document into ``out``; results come as documents are finished, in order.

    A document that cannot be read gives a result with an error. A ``.toml`` file beside a
    text is its metadata; ``STEM.ar-en.po`` in ``out`` its review catalogue, whose words are
    ``reviewer``'s where the file does not say. ``write`` makes the files of an edition; the TEI
    and the page when not given.
    """
    write = write or write_edition
    window: list[tuple[Document, Prepared | BilingualError]] = []
    waiting = 0
    started = clock()
    for document in documents:
        try:
            prepared: Prepared | BilingualError = _prepare(
                document, pipeline, out, encoding, metadata, reviewer
            )
        except BilingualError as error:
            prepared = error
        window.append((document, prepared))
        if isinstance(prepared, Prepared):
            waiting += sum(1 for r in prepared.requests if r is not None)
        if waiting >= _SEGMENTS_AT_ONCE:
            yield from _finish(window, pipeline, out, write, started, clock)
            window, waiting, started = [], 0, clock()
    if window:
        yield from _finish(window, pipeline, out, write, started, clock)


def _prepare(
    document: Document,
    pipeline: Pipeline,
    out: Path,
    encoding: str | None,
    metadata: Metadata | None,
    reviewer: str,
) -> Prepared:
    source = document.source or read_source(document.path, encoding=encoding)
    sidecar = document.path.with_suffix(".toml")
    if metadata is None and document.source is None and sidecar.is_file():
        metadata = read_metadata(sidecar)
    catalogue = catalogue_path(out, document.stem)
    review: ReviewCatalogue | None = None
    if catalogue.is_file():
        review = read_review(read_bytes(catalogue), str(catalogue), reviewer=reviewer)
    return pipeline.prepare(source, metadata=metadata, review=review)


def _finish(
    window: Sequence[tuple[Document, Prepared | BilingualError]],
    pipeline: Pipeline,
    out: Path,
    write: Writer,
    started: float,
    clock: Callable[[], float],
) -> Iterator[Result]:
    requests = [
        request
        for _, prepared in window
        if isinstance(prepared, Prepared)
        for request in prepared.requests
        if request is not None
    ]
    renderings, count = pipeline.render(requests)
    used = 0
    for document, prepared in window:
        if isinstance(prepared, BilingualError):
            yield Result(document, None, prepared, (), NOTHING_RENDERED, clock() - started)
        else:
            size = sum(1 for r in prepared.requests if r is not None)
            edition = pipeline.assemble(prepared, renderings[used : used + size])
            used += size
            try:
                outputs = write(edition, out, document.stem)
            except BilingualError as error:
                yield Result(document, None, error, (), count, clock() - started)
            else:
                yield Result(document, edition, None, outputs, count, clock() - started)
            count = NOTHING_RENDERED
        started = clock()


def write_edition(edition: Edition, out: Path, stem: Path) -> tuple[Path, ...]:
    """The TEI and the page of an edition, ``STEM.tei.xml`` and ``STEM.html``. Raises F0002."""
    tei_path, html_path = out / f"{stem}.tei.xml", out / f"{stem}.html"
    # The master goes last: where it stands, the document is finished.
    publish.html(edition, html_path)
    tei.write(edition, tei_path)
    return tei_path, html_path
