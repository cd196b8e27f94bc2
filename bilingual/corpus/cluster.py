"""Many machines, on Dask distributed: documents go out to workers, editions come back as bytes.

Groups of a few documents are the unit, so that a worker fills its batches. A worker loads model
and glossary once and keeps them; texts and finished files travel through Dask, so workers need
no common disk. The client alone writes: what one machine does to files and to the record of
finished documents holds for many. A group whose worker is lost is given to another.
"""

from __future__ import annotations

import hashlib
import socket
import tempfile
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bilingual.cache import Cache
from bilingual.corpus.documents import Document, Inputs, Missed, Result, Settings, Writer
from bilingual.corpus.resume import Finished, prepared_sha256
from bilingual.corpus.stream import (
    HOPELESS,
    Made,
    Resume,
    as_error,
    build_here,
    no_place,
    stops_everything,
)
from bilingual.document import Edition
from bilingual.engine import open_engine
from bilingual.engine.base import DecodeOptions, Engine
from bilingual.errors import BilingualError
from bilingual.files import write_bytes
from bilingual.glossary import Glossary
from bilingual.glossary.entry import Entry
from bilingual.memory import Memory
from bilingual.pipeline import NOTHING_RENDERED, Pipeline, Prepared, RenderCount
from bilingual.reporting import Report

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["build_on_cluster", "connect"]

_GROUP_BYTES = 96 * 1024
"""Arabic sent to a worker at once: some 300 sentences."""
_GROUP_DOCUMENTS = 32
_GROUPS_A_THREAD = 3
"""Groups under way for each thread of the cluster: one at work, the next ones at hand."""
_WAITING = 20_000
"""Documents finished that wait for one before them, before no more are sent out."""
NO_WORKER_SECONDS = 120.0
"""How long a run waits for another worker when all are lost."""
_KEPT = 2
"""Pipelines a worker keeps loaded, the last used."""


@contextmanager
def connect(address: str, *, timeout: float = 10) -> Iterator[Client]:
    """A client of the scheduler at an address. Raises D0006 without Dask, D0007 without answer."""
    try:
        from distributed import Client
    except ImportError as error:
        raise BilingualError(
            "D0006", "Dask distributed is not installed; install bilingual[cluster]"
        ) from error
    try:
        # Asked first, for a client that finds nobody takes long and is not quiet about it.
        place = urlsplit(address)
        if place.scheme not in {"tcp", "tls"} or not place.hostname:
            raise BilingualError(
                "D0007", "the address of a Dask scheduler is like tcp://host:8786", address
            )
        socket.create_connection((place.hostname, place.port or 8786), timeout).close()
        client = Client(address, timeout=timeout, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise BilingualError(
            "D0007", "no Dask scheduler answers; start one with `dask scheduler`", address
        ) from error
    try:
        yield client
    finally:
        client.close(timeout=5)


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that a worker needs to make the pipeline anew, and to know that it is the same one."""

    signature: str
    model: str | None
    options: DecodeOptions
    entries: tuple[Entry, ...] | None
    memory: Memory | None
    cached: bool
    settings: Settings
    write: Writer
    engine: Callable[[], Engine] | None


@dataclass(frozen=True, slots=True)
class _Answer:
    """One document on its way back: its files by their place in the output folder."""

    files: tuple[tuple[str, bytes], ...]
    error: BilingualError | None
    rendered: RenderCount
    report: Report | None
    missed: tuple[Missed, ...]
    prepared: str
    """Digest of the prepared document."""
    seconds: float


def build_on_cluster(
    documents: Iterable[Document],
    pipeline: Pipeline,
    settings: Settings,
    write: Writer,
    client: Client,
    *,
    resume: Resume | None = None,
    engine: Callable[[], Engine] | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Result]:
    """Build documents on the workers of a Dask cluster; results come in order.

    Workers open the model under the path or name it has here, or what ``engine`` opens, and
    must come to the same signature. Raises D0005 when the outputs have no place to go, D0007
    when the scheduler is lost, D0008 when no worker comes or one cannot make the same pipeline.
    """
    run = _Run(client, _plan(pipeline, settings, write, engine), settings, resume, clock)
    try:
        yield from run.results(documents)
    finally:
        run.close()


def _plan(
    pipeline: Pipeline, settings: Settings, write: Writer, engine: Callable[[], Engine] | None
) -> _Plan:
    package = pipeline.engine.package
    return _Plan(
        signature=str(pipeline.signature),
        model=None if package.location == "starter" else str(package.path.resolve()),
        options=pipeline.engine.options,
        entries=None if pipeline.glossary is None else pipeline.glossary.entries,
        memory=pipeline.memory,
        cached=pipeline.cache is not None,
        settings=settings,
        write=write,
        engine=engine,
    )


class _Run:
    """What is out on the cluster; only the caller's thread comes here."""

    def __init__(
        self,
        client: Client,
        plan: _Plan,
        settings: Settings,
        resume: Resume | None,
        clock: Callable[[], float],
    ) -> None:
        import cloudpickle

        self._client = client
        self._settings = settings
        self._resume = resume
        self._clock = clock
        data = cloudpickle.dumps(plan)
        self._digest = hashlib.sha256(data).hexdigest()
        # A task and not scattered data: should all that hold it be lost, it is made again.
        self._plan = client.submit(bytes, data, pure=False)
        self._completed: SimpleQueue[Any] = SimpleQueue()
        self._out: dict[Any, list[tuple[int, Inputs]]] = {}
        self._ready: dict[int, Result] = {}
        self._group: list[tuple[int, Inputs]] = []
        self._suspects: deque[tuple[int, Inputs]] = deque()
        self._suspect = False
        self._size = self._no_place = 0
        self._room_at = -1e9
        self._room = 0

    def results(self, documents: Iterable[Document]) -> Iterator[Result]:
        try:
            self._client.wait_for_workers(1, timeout=30)
        except Exception as error:
            raise BilingualError("D0008", "the scheduler has no workers") from error
        source = enumerate(documents)
        given = 0
        more = True
        while True:
            while more and len(self._out) < self._groups() and len(self._ready) < _WAITING:
                following = next(source, None)
                if following is None:
                    more = False
                    self._send()
                else:
                    self._take_up(*following)
                while given in self._ready:
                    yield self._ready.pop(given)
                    given += 1
            if not self._out and self._suspects:
                self._submit([self._suspects.popleft()], suspect=True)
            if not self._out:
                break
            self._handle(self._next())
            while given in self._ready:
                yield self._ready.pop(given)
                given += 1

    def close(self) -> None:
        """Take back what is still out."""
        from distributed import Future

        futures: list[Future] = [*self._out, self._plan]
        if self._client.status == "running":
            self._client.cancel(futures, force=True)

    def _groups(self) -> int:
        """How many groups to have under way; workers come and go."""
        now = time.monotonic()
        if now - self._room_at > 5:
            self._room_at = now
            threads = sum(self._client.nthreads().values())
            self._room = _GROUPS_A_THREAD * max(1, threads)
        return self._room

    def _take_up(self, place: int, document: Document) -> None:
        try:
            inputs = self._settings.read(document)
        except BilingualError as error:
            self._ready[place] = Result(document, None, error, (), NOTHING_RENDERED, 0.0)
            return
        found = self._resume.find(inputs) if self._resume is not None else None
        if found is not None:
            self._ready[place] = _skipped(document, found)
            return
        self._group.append((place, inputs))
        self._size += len(inputs.data or b"")
        if self._size >= _GROUP_BYTES or len(self._group) >= _GROUP_DOCUMENTS:
            self._send()

    def _send(self) -> None:
        if self._group:
            self._submit(self._group)
        self._group, self._size = [], 0

    def _next(self) -> Any:
        """The next group that came back. Raises D0008 when nobody is left to bring one."""
        alone_since: float | None = None
        while True:
            try:
                return self._completed.get(timeout=2)
            except Empty:
                if self._client.status == "running" and self._client.nthreads():
                    alone_since = None
                    continue
            now = time.monotonic()
            alone_since = now if alone_since is None else alone_since
            if now - alone_since > NO_WORKER_SECONDS:
                raise BilingualError(
                    "D0008", "every worker of the cluster is lost; run again to go on"
                )

    def _submit(self, group: list[tuple[int, Inputs]], *, suspect: bool = False) -> None:
        sent = [inputs for _, inputs in group]
        future = self._client.submit(_work, self._digest, self._plan, sent, pure=False)
        self._out[future] = group
        self._suspect = suspect
        future.add_done_callback(self._completed.put)

    def _handle(self, future: Any) -> None:
        group = self._out.pop(future)
        try:
            answers: list[_Answer] = future.result()
        except BilingualError:
            raise  # what a worker needs is not there: it speaks of no document
        except Exception as error:
            self._failed(group, error)
            return
        for (place, inputs), answer in zip(group, answers, strict=True):
            self._ready[place] = self._receive(inputs, answer)

    def _failed(self, group: list[tuple[int, Inputs]], error: Exception) -> None:
        """Give the documents of a group another try by themselves; alone, one has failed."""
        from concurrent.futures import CancelledError as Cancelled

        from distributed import CancelledError, KilledWorker

        if isinstance(error, CancelledError | Cancelled) or self._client.status != "running":
            raise BilingualError(
                "D0007", "the Dask scheduler is lost; run again to go on"
            ) from error
        if len(group) > 1:
            for one in group:
                self._submit([one])
            return
        ((place, inputs),) = group
        document = inputs.document
        if isinstance(error, KilledWorker) and not self._suspect:
            # Dask blames all that a lost worker held: it is tried again with nothing beside it.
            self._suspects.append(group[0])
            return
        if isinstance(error, KilledWorker):
            failure = BilingualError(
                "D0009",
                "every worker that took it up was lost (is their memory too small?)",
                str(document.path),
            )
        else:
            failure = as_error(error, str(document.path))
        self._ready[place] = Result(document, None, failure, (), NOTHING_RENDERED, 0.0)

    def _receive(self, inputs: Inputs, answer: _Answer) -> Result:
        """Write what a worker made."""
        document, error = inputs.document, answer.error
        outputs = tuple(self._settings.out / name for name, _ in answer.files)
        if error is None and answer.report is not None:
            try:
                # As on one machine the master goes last.
                for name, data in sorted(answer.files, key=lambda f: f[0].endswith(".tei.xml")):
                    write_bytes(self._settings.out / name, data)
                self._no_place = 0
            except BilingualError as failure:
                error = failure
                self._no_place += stops_everything(failure)
                if self._no_place >= HOPELESS:
                    raise no_place(self._settings.out, failure) from failure
        if error is not None or answer.report is None:
            return Result(document, None, error, (), answer.rendered, answer.seconds)
        if self._resume is not None:
            made = Made(None, outputs, answer.report, answer.missed)
            self._resume.add(inputs, self._resume.signed(answer.prepared), made)
        return Result(
            document,
            None,
            None,
            outputs,
            answer.rendered,
            answer.seconds,
            answer.report,
            answer.missed,
        )


def _skipped(document: Document, found: Finished) -> Result:
    return Result(
        document,
        None,
        None,
        found.outputs,
        NOTHING_RENDERED,
        0.0,
        found.report,
        found.missed,
        skipped=True,
    )


# What follows runs on the workers.

_pipelines: OrderedDict[str, tuple[_Plan, Pipeline]] = OrderedDict()
_loading = threading.Lock()


def _pipeline(digest: str, data: bytes) -> tuple[_Plan, Pipeline]:
    """The pipeline of a plan, loaded when this process first meets it. Raises D0008."""
    with _loading:
        if digest not in _pipelines:
            import cloudpickle

            plan: _Plan = cloudpickle.loads(data)
            engine = plan.engine() if plan.engine is not None else _open(plan)
            glossary = None if plan.entries is None else Glossary(plan.entries)
            cache = Cache() if plan.cached else None
            pipeline = Pipeline(engine, glossary, cache=cache, memory=plan.memory)
            if str(pipeline.signature) != plan.signature:
                raise BilingualError(
                    "D0008",
                    f"a worker would make other editions: it has {pipeline.signature}, the run "
                    f"{plan.signature}; install the same versions and model everywhere",
                )
            _pipelines[digest] = plan, pipeline
            while len(_pipelines) > _KEPT:
                _pipelines.popitem(last=False)
        _pipelines.move_to_end(digest)
        return _pipelines[digest]


def _open(plan: _Plan) -> Engine:
    from distributed import get_worker

    threads = get_worker().state.nthreads
    return open_engine(plan.model, options=plan.options, threads=threads)


class _Sent(Settings):
    """The settings of the run, with the documents' bytes already here."""

    __slots__ = ("_sent",)

    def __init__(self, settings: Settings, sent: Mapping[Path, Inputs]) -> None:
        super().__init__(settings.out, settings.encoding, settings.metadata, settings.reviewer)
        object.__setattr__(self, "_sent", sent)

    def read(self, document: Document) -> Inputs:
        """What was sent for a document."""
        sent: Mapping[Path, Inputs] = object.__getattribute__(self, "_sent")
        return sent[document.stem]


class _Collector:
    """Keeps the digests of prepared documents; knows of no earlier run."""

    def __init__(self) -> None:
        self.prepared: dict[Path, str] = {}

    def find(self, inputs: Inputs) -> Finished | None:
        return None

    def find_prepared(self, inputs: Inputs, prepared: Prepared) -> Finished | None:
        return None

    def prepared_key(self, prepared: Prepared) -> str:
        return prepared_sha256(prepared)

    def add(self, inputs: Inputs, prepared: str, made: Made) -> None:
        self.prepared[inputs.document.stem] = prepared


def _work(digest: str, data: bytes, sent: list[Inputs]) -> list[_Answer]:
    """Build a group of documents into a folder that does not last, and take its files out."""
    plan, pipeline = _pipeline(digest, data)
    collector = _Collector()
    answers: list[_Answer] = []
    settings = _Sent(plan.settings, {inputs.document.stem: inputs for inputs in sent})
    with tempfile.TemporaryDirectory(prefix="bilingual-") as name:
        folder = Path(name)
        for result in build_here(
            [inputs.document for inputs in sent],
            pipeline,
            settings,
            partial(_write_below, plan.write, folder),
            resume=collector,
        ):
            answers.append(
                _Answer(
                    tuple(
                        (p.relative_to(folder).as_posix(), p.read_bytes()) for p in result.outputs
                    ),
                    result.error,
                    result.rendered,
                    result.report,
                    result.missed,
                    collector.prepared.get(result.document.stem, ""),
                    result.seconds,
                )
            )
    return answers


def _write_below(
    write: Writer, folder: Path, edition: Edition, out: Path, stem: Path
) -> tuple[Path, ...]:
    return write(edition, folder, stem)
