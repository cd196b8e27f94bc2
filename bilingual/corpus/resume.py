"""What earlier runs have finished, so that only the rest is done; and what a killed one left.

The record is bookkeeping, kept in the user's cache folder and never among the editions: the
output folder holds nothing but what is published, the same bytes from run to run. Without the
record, or after a change of place, everything is built again and comes out the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Self

from bilingual.corpus.documents import Missed, Settings
from bilingual.document import Finding, Severity
from bilingual.pipeline import Pipeline, Prepared
from bilingual.reporting import Report

__all__ = ["Finished", "Record", "default_path", "made_by", "prepared_sha256", "sweep"]

_SCHEMA = 1
_APPLICATION_ID = 0x42494C52  # "BILR": so that no other program's database is taken for ours
_KEEP_DAYS = 90
"""How long a folder that is not there (a disk not mounted) is remembered."""
_TEMPORARY = re.compile(r"\..+\.(?:tei\.xml|html|ar-en\.po)\.[a-z0-9_]{8}")
"""Names that ``files.open_atomic`` gives to a file being written."""


class Finished:
    """A document as an earlier run left it."""

    def __init__(self, outputs: tuple[Path, ...], report: Report, missed: tuple[Missed, ...]):
        self.outputs = outputs
        self.report = report
        self.missed = missed


def default_path() -> Path:
    """Where the record stands unless the caller names a place: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("bilingual", appauthor=False) / "builds.sqlite3"


class Record:
    """Finished documents of one output folder, in an SQLite file that all folders share.

    A document is finished when its outputs are there as they were written (size and time of
    change) and everything that made them is the same. One object may be shared by threads, and
    one file by processes. A file that cannot be used is told in ``findings``; then nothing is
    found and nothing kept.
    """

    def __init__(self, out: Path, path: Path | None = None) -> None:
        self.path = default_path() if path is None else path
        self.findings: list[Finding] = []
        self._out = out
        self._key = _text(out.resolve())
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        for attempt in range(2):
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = _connect(self.path)
                break
            except sqlite3.OperationalError as error:
                self._without(str(error))
                break
            except sqlite3.DatabaseError as error:
                # Nothing in a record is worth keeping: what it says can be found out again. But
                # a file that the caller named may be anything.
                if attempt or (path is not None and not _is_record(path)):
                    self._without(str(error))
                    break
                _remove(self.path)
            except OSError as error:
                self._without(error.strerror or type(error).__name__)
                break

    def begin(self) -> None:
        """Say that a run begins; what one that was killed left half-written is removed."""
        with self._lock:
            rows = self._run("SELECT process FROM folders WHERE folder = ?", (self._key,))
            if not (rows and rows[0][0] and _lives(str(rows[0][0]))):
                # An empty mark is that of a run that ended well, and needs no look.
                if not rows or rows[0][0]:
                    sweep(self._out)
                self._run(
                    "INSERT INTO folders VALUES (?, ?, ?) ON CONFLICT (folder) DO UPDATE "
                    "SET process = excluded.process, used = excluded.used",
                    (self._key, _this_process(), int(time.time())),
                )
            self._forget_lost()

    def find(self, stem: Path, sha256: str) -> Finished | None:
        """The document under ``stem``, when made from inputs of this digest and still there."""
        with self._lock:
            rows = self._run(
                "SELECT inputs, outputs, report FROM documents WHERE folder = ? AND stem = ?",
                (self._key, _text(stem)),
            )
        return self._thaw(rows[0][1], rows[0][2]) if rows and rows[0][0] == sha256 else None

    def find_prepared(self, stem: Path, sha256: str) -> Finished | None:
        """The same by the digest of the prepared document; see ``prepared_sha256``."""
        with self._lock:
            rows = self._run(
                "SELECT prepared, outputs, report FROM documents WHERE folder = ? AND stem = ?",
                (self._key, _text(stem)),
            )
        return self._thaw(rows[0][1], rows[0][2]) if rows and rows[0][0] == sha256 else None

    def add(
        self,
        stem: Path,
        inputs: str,
        prepared: str,
        outputs: Sequence[Path],
        report: Report,
        missed: Sequence[Missed],
    ) -> None:
        """Note that a document is finished."""
        try:
            files = [[p.relative_to(self._out).as_posix(), *_stamp(p)] for p in outputs]
        except (OSError, ValueError):
            return  # gone again, or outside the folder: then it is not finished
        counted = [asdict(report), [[m.segment, m.surface, m.target] for m in missed]]
        with self._lock:
            self._run(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)",
                (
                    self._key,
                    _text(stem),
                    inputs,
                    prepared,
                    json.dumps(files),
                    json.dumps(counted, ensure_ascii=False),
                ),
            )

    def renew(self, stem: Path, inputs: str) -> None:
        """Note that a finished document would come out the same from inputs of this digest."""
        with self._lock:
            self._run(
                "UPDATE documents SET inputs = ? WHERE folder = ? AND stem = ?",
                (inputs, self._key, _text(stem)),
            )

    def close(self) -> None:
        """Say that the run has ended as it should, and let go of the file."""
        with self._lock:
            self._run(
                "UPDATE folders SET process = '' WHERE folder = ? AND process = ?",
                (self._key, _this_process()),
            )
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _thaw(self, outputs: str, report: str) -> Finished | None:
        try:
            files = [(self._out / name, size, time_) for name, size, time_ in json.loads(outputs)]
            counts, missed = json.loads(report)
            if any(_stamp(path) != [size, time_] for path, size, time_ in files):
                return None
            return Finished(
                tuple(path for path, *_ in files),
                Report(**counts),
                tuple(Missed(*fields) for fields in missed),
            )
        except (OSError, ValueError, TypeError):
            return None

    def _run(self, query: str, values: Sequence[object] = ()) -> list[tuple[str, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, tuple(values)).fetchall()
        except sqlite3.Error as error:
            self._connection.close()
            self._connection = None
            self._without(str(error))
            return []

    def _forget_lost(self) -> None:
        old = int(time.time()) - _KEEP_DAYS * 86_400
        for (folder,) in self._run("SELECT folder FROM folders WHERE used < ?", (old,)):
            if not Path(folder).is_dir():
                self._run("DELETE FROM documents WHERE folder = ?", (folder,))
                self._run("DELETE FROM folders WHERE folder = ?", (folder,))

    def _without(self, reason: str) -> None:
        message = f"unchanged documents will be built again: {self.path.name}: {reason}"
        self.findings.append(Finding("F0103", Severity.WARNING, message))


def made_by(pipeline: Pipeline, settings: Settings) -> str:
    """Digest of everything besides its own files that has a say in the bytes of an edition."""
    glossary = pipeline.glossary
    parts = [
        _code_sha256(),
        json.dumps([asdict(pipeline.signature), settings.as_json()], sort_keys=True),
        # Entries that nobody has approved are reported in the edition, and not in its signature.
        "" if glossary is None else repr(glossary.entries),
    ]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def prepared_sha256(prepared: Prepared) -> str:
    """Digest of a prepared document: it says whether a change of the memory touches it."""
    review = prepared.review
    parts: list[object] = [
        prepared.source.sha256,
        prepared.source.name,
        prepared.segments,
        prepared.mentions,
        [request is None for request in prepared.requests],
        sorted(prepared.remembered.items()),
        prepared.findings,
        prepared.metadata,
    ]
    if review is not None:
        parts += [review.translations, review.links, review.findings]
        parts += [sorted(review.covered), sorted(review.anchors.items())]
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def sweep(out: Path) -> int:
    """Remove the half-written files that a killed run left in an output folder; how many."""
    removed = 0
    for folder, _, names in os.walk(out):
        for name in names:
            if name[0] == "." and _TEMPORARY.fullmatch(name):
                Path(folder, name).unlink(missing_ok=True)
                removed += 1
    return removed


@cache
def _code_sha256() -> str:
    """Of the library's own files, so that no edition of other code passes for one of this."""
    digest = hashlib.sha256()
    root = resources.files("bilingual")
    if isinstance(root, Path):
        for path in sorted(root.rglob("*")):
            if path.suffix in {".py", ".j2", ".css", ".js", ".json", ".tsv", ".txt", ".rng"}:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _this_process() -> str:
    import socket

    return f"{socket.gethostname()}:{os.getpid()}"


def _lives(process: str) -> bool:
    """Whether another process, named as ``_this_process`` does, still runs; it may elsewhere."""
    host, _, number = process.rpartition(":")
    if process == _this_process() or not number.isdecimal():
        return False
    if host != _this_process().rpartition(":")[0]:
        return False  # of a machine that is gone, more often than of one at work on this folder
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _text(path: Path) -> str:
    """A path as SQLite can hold it, also where its bytes are no UTF-8."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def _is_record(path: Path) -> bool:
    """Whether a file says of itself that it is a record; damaged or of another version, may be."""
    try:
        with path.open("rb") as stream:
            head = stream.read(72)
    except OSError:
        return False
    return head[:16] == b"SQLite format 3\0" and head[68:] == _APPLICATION_ID.to_bytes(4, "big")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        if tables and application != _APPLICATION_ID:
            raise sqlite3.DatabaseError("it is another program's database; name another file")
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        # A commit is one write and no wait for the disk: it outlives the process, and after a
        # loss of power the last ones are missing, which costs no more than building again.
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _SCHEMA):
            raise sqlite3.DatabaseError("written by another version")
        # Before the tables: where they stand, the mark stands too.
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {_SCHEMA}")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS documents (folder TEXT, stem TEXT, inputs TEXT, "
            "prepared TEXT, outputs TEXT, report TEXT, PRIMARY KEY (folder, stem)) WITHOUT ROWID"
        )
        connection.execute(
            "CREATE TABLE IF NOT EXISTS folders (folder TEXT PRIMARY KEY, process TEXT, "
            "used INTEGER)"
        )
    except BaseException:
        connection.close()
        raise
    return connection
