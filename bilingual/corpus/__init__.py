"""Many documents: shared batches, one result for each, what fails does not stop the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.corpus.documents import (
    Document,
    Documents,
    Missed,
    Result,
    Settings,
    Writer,
    catalogue_path,
    find_documents,
    review_memory,
    write_edition,
)
from bilingual.corpus.resume import Record
from bilingual.corpus.stream import Resume, build_here
from bilingual.document import Metadata
from bilingual.pipeline import Pipeline

if TYPE_CHECKING:
    from distributed import Client

__all__ = [
    "Document",
    "Documents",
    "Missed",
    "Record",
    "Result",
    "Writer",
    "build",
    "catalogue_path",
    "find_documents",
    "review_memory",
    "write_edition",
]


def build(
    documents: Iterable[Document],
    pipeline: Pipeline,
    out: Path,
    *,
    encoding: str | None = None,
    metadata: Metadata | None = None,
    reviewer: str = "",
    write: Writer | None = None,
    jobs: int = 1,
    record: Record | None = None,
    force: bool = False,
    client: Client | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Generator[Result, None, None]:
    """Build each document into ``out``; results come in order, as documents are finished.

    A document that cannot be read gives a result with an error. A ``.toml`` file beside a
    text is its metadata; ``STEM.ar-en.po`` in ``out`` its review catalogue, whose words are
    ``reviewer``'s where the file does not say. ``write`` makes the files of an edition; the TEI
    and the page when not given.

    With ``jobs`` of two or more, preparing, decoding, checking and writing overlap. With a
    ``record`` (of the default ``write``) finished documents are skipped, unless ``force``; what a
    killed run left half-written is removed. With a Dask ``client`` the documents are built by its
    workers and written here. The files are the same bytes in every case.

    Raises D0005 when the outputs have no place to go, D0006 to D0009 of a cluster.
    """
    settings = Settings(out, encoding, metadata, reviewer)
    resume = None
    if record is not None:
        record.begin()
        resume = Resume(record, pipeline, settings, force=force)
    write = write or write_edition
    if client is not None:
        from bilingual.corpus.cluster import build_on_cluster

        yield from build_on_cluster(
            documents, pipeline, settings, write, client, resume=resume, clock=clock
        )
        return
    yield from build_here(
        documents, pipeline, settings, write, jobs=jobs, resume=resume, clock=clock
    )
