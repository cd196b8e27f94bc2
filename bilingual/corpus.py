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
from bilingual.metadata import read_metadata
from bilingual.pipeline import NOTHING_RENDERED, Pipeline, Prepared, RenderCount
from bilingual.review import ReviewCatalogue, read_review
from bilingual.source import read_source

__all__ = ["Document", "Result", "build", "find_documents"]

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

    Raises C0001 for an input that is not there or a folder without texts, C0002 when two
    documents would be written to the same place.
    """
    documents: list[Document] = []
    for path in inputs:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*.txt") if p.is_file())
            if not found:
                raise BilingualError("C0001", "the folder holds no .txt file", str(path))
            documents += [Document(p, p.relative_to(path).with_suffix("")) for p in found]
        elif path.exists():
            documents.append(Document(path, Path(path.stem)))
        else:
            raise BilingualError("C0001", "no such file or folder", str(path))
    places: dict[Path, Document] = {}
    for document in documents:
        other = places.setdefault(document.stem, document)
        if other.path != document.path:
            raise BilingualError(
                "C0002",
                f"would be written to the same place as {other.path}; rename one, "
                "or give their common folder",
                str(document.path),
            )
    return list(places.values())


def build(
    documents: Iterable[Document],
    pipeline: Pipeline,
    out: Path,
    *,
    encoding: str | None = None,
    metadata: Metadata | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Result]:
    """Build each document into ``out``; results come as documents are finished, in order.

    A document that cannot be read gives a result with an error. An ``.toml`` file beside a
    text is its metadata; ``STEM.ar-en.po`` in ``out`` its review catalogue.
    """
    window: list[tuple[Document, Prepared | BilingualError]] = []
    waiting = 0
    started = clock()
    for document in documents:
        try:
            prepared: Prepared | BilingualError = _prepare(
                document, pipeline, out, encoding, metadata
            )
        except BilingualError as error:
            prepared = error
        window.append((document, prepared))
        if isinstance(prepared, Prepared):
            waiting += sum(1 for r in prepared.requests if r is not None)
        if waiting >= _SEGMENTS_AT_ONCE:
            yield from _finish(window, pipeline, out, started, clock)
            window, waiting, started = [], 0, clock()
    if window:
        yield from _finish(window, pipeline, out, started, clock)


def _prepare(
    document: Document,
    pipeline: Pipeline,
    out: Path,
    encoding: str | None,
    metadata: Metadata | None,
) -> Prepared:
    source = document.source or read_source(document.path, encoding=encoding)
    sidecar = document.path.with_suffix(".toml")
    if metadata is None and document.source is None and sidecar.is_file():
        metadata = read_metadata(sidecar)
    catalogue = out / f"{document.stem}.ar-en.po"
    review: ReviewCatalogue | None = None
    if catalogue.is_file():
        review = read_review(read_bytes(catalogue), str(catalogue))
    return pipeline.prepare(source, metadata=metadata, review=review)


def _finish(
    window: Sequence[tuple[Document, Prepared | BilingualError]],
    pipeline: Pipeline,
    out: Path,
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
                outputs = _write(edition, out, document.stem)
            except BilingualError as error:
                yield Result(document, None, error, (), count, clock() - started)
            else:
                yield Result(document, edition, None, outputs, count, clock() - started)
            count = NOTHING_RENDERED
        started = clock()


def _write(edition: Edition, out: Path, stem: Path) -> tuple[Path, ...]:
    tei_path, html_path = out / f"{stem}.tei.xml", out / f"{stem}.html"
    # The master goes last: where it stands, the document is finished.
    publish.html(edition, html_path)
    tei.write(edition, tei_path)
    return tei_path, html_path
