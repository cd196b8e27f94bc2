"""Many documents as a stream: segments of all share batches, each document ends by itself.

Documents are read and prepared ahead of the engine; their segments, equal ones only once, wait
in one line and are rendered some thousand at a time, whatever documents they belong to; a
document is checked and written as soon as its last segment is there. How much is under way at
once is bounded, so memory does not grow with the archive.
"""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from bilingual.cache import Cache
from bilingual.corpus.documents import Document, Inputs, Missed, Result, Settings, Writer
from bilingual.corpus.parallel import Event, InTurn, Lanes, Threads
from bilingual.corpus.resume import Finished, Record, made_by, prepared_sha256
from bilingual.document import Edition, Outcome
from bilingual.errors import BilingualError
from bilingual.pipeline import NOTHING_RENDERED, Pipeline, Prepared, RenderCount
from bilingual.reporting import Report, report
from bilingual.terminology import Rendering, Request

__all__ = [
    "HOPELESS",
    "Ledger",
    "Made",
    "Resume",
    "as_error",
    "build_here",
    "find_missed",
    "no_place",
    "stops_everything",
]

_FIRST, _MOST = 256, 2048
"""Segments rendered together: few at first, so that documents end soon and little is lost when a
run is broken off; then as many as fill batches, while a window takes no more than ``_SECONDS``."""
_SECONDS = 80.0
_UNDER_WAY = 3 * _MOST
"""Segments taken up and not yet written, where no single document is longer."""
_DOCUMENTS = 256
"""Documents taken up and not yet given back."""
_RECENT = 8192
"""Renderings kept at hand; older ones are found in the cache."""
HOPELESS = 8
"""So many documents in a row that cannot be written for want of a place end the run."""
_NO_PLACE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENOTDIR, errno.EIO, errno.ENODEV}


class Ledger(Protocol):
    """What a run asks about documents finished before, and tells of those it finishes."""

    def find(self, inputs: Inputs) -> Finished | None:
        """An earlier run's document, when nothing that has a say in it has changed."""
        ...

    def find_prepared(self, inputs: Inputs, prepared: Prepared) -> Finished | None:
        """The same, found out by preparing it."""
        ...

    def prepared_key(self, prepared: Prepared) -> str:
        """What stands for a prepared document."""
        ...

    def add(self, inputs: Inputs, prepared: str, made: Made) -> None:
        """Note a document that has just been finished."""
        ...


class Resume:
    """What of a run is already done; see ``Record``."""

    def __init__(self, record: Record, pipeline: Pipeline, settings: Settings, *, force: bool):
        self._record = record
        self._force = force
        memory = pipeline.memory
        self._by = made_by(pipeline, settings)
        self._memory = "" if memory is None else memory.sha256

    def key(self, inputs: Inputs) -> str:
        """What a document is made from, in one line."""
        return f"{inputs.sha256}:{self._by}:{self._memory}"

    def prepared_key(self, prepared: Prepared) -> str:
        """The same without that part of the memory which the document does not use."""
        return self.signed(prepared_sha256(prepared))

    def signed(self, prepared: str) -> str:
        """The digest of a prepared document with that of what makes its edition."""
        return f"{prepared}:{self._by}"

    def find(self, inputs: Inputs) -> Finished | None:
        """An earlier run's document, when nothing that has a say in it has changed."""
        return None if self._force else self._record.find(inputs.document.stem, self.key(inputs))

    def find_prepared(self, inputs: Inputs, prepared: Prepared) -> Finished | None:
        """The same, found out by preparing it."""
        if self._force or not (self._memory or inputs.catalogue):
            return None
        stem = inputs.document.stem
        found = self._record.find_prepared(stem, self.prepared_key(prepared))
        if found is not None:
            self._record.renew(stem, self.key(inputs))
        return found

    def add(self, inputs: Inputs, prepared: str, made: Made) -> None:
        """Note a document that has just been finished."""
        self._record.add(
            inputs.document.stem,
            self.key(inputs),
            prepared,
            made.outputs,
            made.report,
            made.missed,
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A document that is written."""

    edition: Edition | None
    outputs: tuple[Path, ...]
    report: Report
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class _Rendered:
    renderings: list[Rendering]
    count: RenderCount
    seconds: float


@dataclass(slots=True)
class _Job:
    """A document under way."""

    document: Document
    started: float
    inputs: Inputs | None = None
    prepared: Prepared | None = None
    requests: tuple[Request, ...] = ()
    left: int = 0
    """Distinct requests that wait for the engine."""
    answers: dict[Request, Rendering] = field(default_factory=dict)


def build_here(
    documents: Iterable[Document],
    pipeline: Pipeline,
    settings: Settings,
    write: Writer,
    *,
    jobs: int = 1,
    resume: Ledger | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Result]:
    """Build each document; results come in the order of the documents.

    With one job everything is done in turn in this thread; with more, preparing, decoding and
    writing have threads of their own. Raises D0005 when the outputs have no place to go.
    """
    lanes: Lanes = InTurn()
    if jobs > 1:
        # Two calls of the engine at a time: one decodes while the other climbs the ladder.
        lanes = Threads({"prepare": 1, "render": 2, "finish": 1}, finish=frozenset({"finish"}))
    with tempfile.TemporaryDirectory(prefix="bilingual-") as folder:
        # What was decoded is found again however long ago it was, in memory or on the disk.
        own = Cache(Path(folder) / "run.sqlite3") if pipeline.cache is None else None
        run = _Run(lanes, pipeline, own, settings, write, resume, clock, 2 if jobs > 1 else 1)
        try:
            yield from run.results(documents)
        finally:
            lanes.close()
            if own is not None:
                own.close()


class _Run:
    """The one place that knows what is under way; only the caller's thread comes here."""

    def __init__(
        self,
        lanes: Lanes,
        pipeline: Pipeline,
        own: Cache | None,
        settings: Settings,
        write: Writer,
        resume: Ledger | None,
        clock: Callable[[], float],
        renders: int,
    ) -> None:
        self._lanes = lanes
        self._pipeline = pipeline
        self._own = own
        self._settings = settings
        self._write = write
        self._resume = resume
        self._clock = clock
        self._renders = renders
        self._jobs: dict[int, _Job] = {}
        self._ready: dict[int, Result] = {}
        self._line: deque[Request] = deque()
        self._wanted_by: dict[Request, list[int]] = {}
        self._recent: OrderedDict[Request, Rendering] = OrderedDict()
        self._preparing = self._rendering = self._held = self._no_place = 0
        self._window = _FIRST
        self._retries: deque[tuple[Request, ...]] = deque()
        self._count = NOTHING_RENDERED

    def results(self, documents: Iterable[Document]) -> Iterator[Result]:
        source = enumerate(documents)
        given = 0
        more = True
        while True:
            while more and self._preparing < 4 and self._room():
                following = next(source, None)
                if following is None:
                    more = False
                else:
                    self._take_up(*following)
            self._feed(more)
            if not self._jobs and not more:
                break
            self._handle(self._lanes.next())
            while given in self._ready:
                result = self._ready.pop(given)
                given += 1
                yield replace(result, rendered=self._count)
                self._count = NOTHING_RENDERED

    def _room(self) -> bool:
        return self._held < _UNDER_WAY and len(self._jobs) + len(self._ready) < _DOCUMENTS

    def _take_up(self, place: int, document: Document) -> None:
        self._jobs[place] = _Job(document, self._clock())
        self._preparing += 1
        self._lanes.submit("prepare", place, partial(self._prepare, document))

    def _feed(self, more: bool) -> None:
        """Give the engine what waits: full windows, or the rest when no more can be added."""
        while self._rendering < self._renders:
            if self._retries:
                window = self._retries.popleft()
            elif len(self._line) >= self._window or (
                self._line
                and not self._preparing
                and (not more or (not self._room() and not self._rendering))
            ):
                size = min(self._window, len(self._line))
                window = tuple(self._line.popleft() for _ in range(size))
            else:
                return
            self._rendering += 1
            self._lanes.submit("render", window, partial(self._render, window))

    def _handle(self, event: Event) -> None:
        if event.lane == "render":
            assert isinstance(event.key, tuple)
            self._rendered(event.key, event)
            return
        place = event.key
        assert isinstance(place, int)
        if event.lane == "prepare":
            self._preparing -= 1
            self._prepared(place, event)
        else:
            self._finished(place, event)

    def _prepare(self, document: Document) -> tuple[Inputs, Prepared | Finished]:
        inputs = self._settings.read(document)
        if self._resume is not None and (found := self._resume.find(inputs)) is not None:
            return inputs, found
        prepared = self._settings.prepare(inputs, self._pipeline)
        if self._resume is not None:
            found = self._resume.find_prepared(inputs, prepared)
            if found is not None:
                return inputs, found
        return inputs, prepared

    def _prepared(self, place: int, event: Event) -> None:
        job = self._jobs[place]
        if event.error is not None:
            self._fail(place, as_error(event.error, str(job.document.path)))
            return
        assert isinstance(event.value, tuple)
        job.inputs, found = event.value
        if isinstance(found, Finished):
            self._end(
                place,
                Result(
                    job.document,
                    None,
                    None,
                    found.outputs,
                    NOTHING_RENDERED,
                    self._clock() - job.started,
                    found.report,
                    found.missed,
                    skipped=True,
                ),
            )
            return
        assert isinstance(found, Prepared)
        job.prepared = found
        job.requests = tuple(r for r in found.requests if r is not None)
        self._held += len(job.requests)
        distinct = dict.fromkeys(job.requests)
        for request in distinct:
            if (known := self._recent.get(request)) is not None:
                self._recent.move_to_end(request)
                job.answers[request] = known
                continue
            job.left += 1
            waiting = self._wanted_by.setdefault(request, [])
            waiting.append(place)
            if len(waiting) == 1:
                self._line.append(request)
        fresh = sum(1 for r in distinct if self._wanted_by.get(r) == [place])
        # Equal to one that is done or under way, so done once.
        repeated = len(job.requests) - fresh
        self._count += RenderCount(repeated, repeated, 0, 0, 0)
        if not job.left:
            self._finish(place)

    def _render(self, window: tuple[Request, ...]) -> _Rendered:
        started = self._clock()
        renderings, count = self._pipeline.render(window, cache=self._own)
        if self._own is not None:
            # The run's own memory: what is found there is a repetition, not an earlier run's.
            count = replace(count, repeated=count.repeated + count.cached, cached=0)
        return _Rendered(renderings, count, self._clock() - started)

    def _rendered(self, window: tuple[Request, ...], event: Event) -> None:
        self._rendering -= 1
        if event.error is not None:
            self._divide(window, event.error)
            return
        done = event.value
        assert isinstance(done, _Rendered)
        self._count += done.count
        if done.seconds < _SECONDS / 2 and len(window) >= self._window:
            self._window = min(_MOST, 2 * self._window)
        elif done.seconds > 2 * _SECONDS:
            self._window = max(_FIRST, self._window // 2)
        for request, rendering in zip(window, done.renderings, strict=True):
            self._recent[request] = rendering
            for place in self._wanted_by.pop(request):
                job = self._jobs.get(place)
                if job is None:
                    continue  # failed by another of its segments
                job.answers[request] = rendering
                job.left -= 1
                if not job.left:
                    self._finish(place)
        while len(self._recent) > _RECENT:
            self._recent.popitem(last=False)

    def _divide(self, window: tuple[Request, ...], error: Exception) -> None:
        """Find the segment that cannot be rendered, so that only its documents fail."""
        if len(window) > 1:
            middle = len(window) // 2
            self._retries.extend((window[:middle], window[middle:]))
            return
        for place in self._wanted_by.pop(window[0]):
            if (job := self._jobs.get(place)) is not None:
                self._fail(place, as_error(error, str(job.document.path)))

    def _finish(self, place: int) -> None:
        job = self._jobs[place]
        self._lanes.submit("finish", place, partial(self._make, job))

    def _make(self, job: _Job) -> Made:
        assert job.prepared is not None
        assert job.inputs is not None
        edition = self._pipeline.assemble(job.prepared, [job.answers[r] for r in job.requests])
        # Counted first: once it is written, nothing must come between it and its record.
        counts, missed = report(edition), find_missed(edition)
        key = self._resume.prepared_key(job.prepared) if self._resume is not None else ""
        try:
            outputs = self._write(edition, self._settings.out, job.document.stem)
        except BilingualError as error:
            if not isinstance(error.__cause__, FileNotFoundError):
                raise
            # The folder went away while it was written into: writers make it again.
            outputs = self._write(edition, self._settings.out, job.document.stem)
        made = Made(edition, outputs, counts, missed)
        if self._resume is not None:
            self._resume.add(job.inputs, key, made)
        return made

    def _finished(self, place: int, event: Event) -> None:
        job = self._jobs[place]
        if event.error is not None:
            self._fail(place, as_error(event.error, str(self._settings.out / job.document.stem)))
            self._no_place += stops_everything(event.error)
            if self._no_place >= HOPELESS:
                raise no_place(self._settings.out, event.error) from event.error
            return
        made = event.value
        assert isinstance(made, Made)
        self._no_place = 0
        self._end(
            place,
            Result(
                job.document,
                made.edition,
                None,
                made.outputs,
                NOTHING_RENDERED,
                self._clock() - job.started,
                made.report,
                made.missed,
            ),
        )

    def _fail(self, place: int, error: BilingualError) -> None:
        job = self._jobs[place]
        seconds = self._clock() - job.started
        self._end(place, Result(job.document, None, error, (), NOTHING_RENDERED, seconds))

    def _end(self, place: int, result: Result) -> None:
        self._held -= len(self._jobs.pop(place).requests)
        self._ready[place] = result


def find_missed(edition: Edition) -> tuple[Missed, ...]:
    """The approved mentions whose controlled form is not in the English."""
    return tuple(
        Missed(t.id, d.mention.surface, d.mention.target)
        for t in edition.translations
        for d in t.decisions
        if d.outcome is Outcome.MISSED and d.mention.approved
    )


def as_error(error: Exception, where: str) -> BilingualError:
    """What a document failed of, as one clear line."""
    if isinstance(error, BilingualError):
        return error
    if isinstance(error, OSError):
        return BilingualError("F0002", f"cannot write: {_reason(error)}", where)
    if os.environ.get("BILINGUAL_DEBUG"):
        raise error
    text = " ".join(str(error).split())
    return BilingualError(
        "X0001",
        f"internal error ({type(error).__name__}: {text}); this is a bug: please report it with "
        "the output of BILINGUAL_DEBUG=1",
        where,
    )


def stops_everything(error: Exception) -> bool:
    """Whether an error speaks of the place and not of the document: a full disk, say."""
    cause = error if isinstance(error, OSError) else error.__cause__
    return isinstance(cause, OSError) and cause.errno in _NO_PLACE


def no_place(out: Path, error: Exception) -> BilingualError:
    """The end of a run whose outputs cannot be written."""
    return BilingualError(
        "D0005",
        f"stopped after {HOPELESS} documents in a row that could not be written "
        f"({_reason(error)}); mend it and run again, what is finished stays",
        str(out),
    )


def _reason(error: Exception) -> str:
    cause = error if isinstance(error, OSError) else error.__cause__
    if isinstance(cause, OSError):
        return cause.strerror or type(cause).__name__
    return str(error)
