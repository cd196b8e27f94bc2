"""Machine output kept between runs: a small SQLite file, safe for several processes.

The cache is generic: keys are made by the caller (a SHA-256 of everything that decides the
value), values are bytes. It can always be deleted; nothing a person wrote is ever in it. So
whatever goes wrong with the file, work goes on without it and ``findings`` says so.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from bilingual.document import Finding, Severity

__all__ = ["DEFAULT_MAX_BYTES", "Cache", "default_path"]

DEFAULT_MAX_BYTES = 512 * 1024 * 1024
_APPLICATION_ID = 0x42494C43  # "BILC": so that no other program's database is taken for ours
_SCHEMA = 1
_BATCH = 500  # below SQLite's oldest limit of 999 parameters
_FILE_SIZE = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
_SIZE = "coalesce(sum(length(value) + length(key)), 0)"


def default_path() -> Path:
    """Where the cache stands unless the caller names a place: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("bilingual", appauthor=False) / "machine.sqlite3"


class Cache:
    """Bytes by key, in one SQLite file in write-ahead mode.

    Several processes may read and write at once; one object may be shared by threads, but not
    across a fork. A file that is no database is moved aside; a place that cannot be written
    leaves ``enabled`` False, and then nothing is found and nothing kept. Both are told in
    ``findings``. Entries not used for longest go first when the file passes ``max_bytes``.
    """

    def __init__(
        self, path: Path | None = None, *, max_bytes: int = DEFAULT_MAX_BYTES, timeout: float = 30.0
    ) -> None:
        self.path = default_path() if path is None else path
        self.max_bytes = max_bytes
        self._timeout = timeout
        self._lock = threading.RLock()
        self._findings: list[Finding] = []
        self._used: set[str] = set()
        self._connection: sqlite3.Connection | None = None
        self._open()

    @property
    def enabled(self) -> bool:
        """Whether anything is kept at all."""
        return self._connection is not None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What went wrong with the file so far: F0101 moved aside, F0102 working without it."""
        return tuple(self._findings)

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values known for ``keys``; a key that is not known is not in the answer."""
        found: dict[str, bytes] = {}
        with self._lock:
            try:
                for batch in _batches(keys):
                    if self._connection is None:
                        break
                    marks = ",".join("?" * len(batch))
                    query = f"SELECT key, value FROM entries WHERE key IN ({marks})"
                    found.update(self._connection.execute(query, batch))
            except sqlite3.Error as error:
                self._failed(error)
                return {}
            self._used.update(found)
        return found

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep values, all or none; a key already there takes the new value."""
        if not values:
            return
        with self._lock:
            if self._connection is None:
                return
            try:
                with _transaction(self._connection) as connection:
                    connection.executemany(
                        "INSERT INTO entries (key, value, used) VALUES (?, ?, "
                        "(SELECT generation FROM state)) "
                        "ON CONFLICT (key) DO UPDATE SET value=excluded.value, used=excluded.used",
                        values.items(),
                    )
            except sqlite3.Error as error:
                self._failed(error)

    def prune(self, max_bytes: int) -> int:
        """Delete what was not used for longest until keys and values take ``max_bytes`` or less.

        Returns how many entries were deleted.
        """
        with self._lock:
            if self._connection is None:
                return 0
            try:
                with _transaction(self._connection) as connection:
                    self._mark_used(connection)
                    deleted = connection.execute(
                        "DELETE FROM entries WHERE key IN (SELECT key FROM (SELECT key, "
                        "sum(length(value) + length(key)) OVER (ORDER BY used DESC, key) AS held "
                        "FROM entries) WHERE held > ?)",
                        (max_bytes,),
                    ).rowcount
                if deleted:
                    self._connection.execute("VACUUM")
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlite3.Error as error:
                self._failed(error)
                return 0
        return deleted

    def __len__(self) -> int:
        return self._number("SELECT count(*) FROM entries")

    @property
    def size(self) -> int:
        """Bytes of keys and values held."""
        return self._number(f"SELECT {_SIZE} FROM entries")

    def close(self) -> None:
        """Note what was used, keep the file within bounds, and let go of it."""
        with self._lock:
            if self._connection is None:
                return
            try:
                if self._used:
                    with _transaction(self._connection) as connection:
                        self._mark_used(connection)
                if self._number(_FILE_SIZE) > self.max_bytes:
                    self.prune(self.max_bytes // 2)  # so that it is not done at every close
            except sqlite3.Error:
                pass  # only the order in which entries will be forgotten is at stake
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

    def _number(self, query: str) -> int:
        with self._lock:
            if self._connection is None:
                return 0
            try:
                return int(self._connection.execute(query).fetchone()[0])
            except sqlite3.Error as error:
                self._failed(error)
                return 0

    def _mark_used(self, connection: sqlite3.Connection) -> None:
        # A generation is one opening of the file that used something: an order, no clock.
        connection.execute("UPDATE state SET generation = generation + 1")
        for batch in _batches(sorted(self._used)):
            marks = ",".join("?" * len(batch))
            connection.execute(
                f"UPDATE entries SET used = (SELECT generation FROM state) WHERE key IN ({marks})",
                batch,
            )
        self._used.clear()

    def _open(self) -> None:
        for attempt in range(2):
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = _connect(self.path, self._timeout)
                return
            except _ForeignDatabaseError:
                self._without("it is another program's database; name another file")
                return
            except sqlite3.OperationalError as error:
                self._without(str(error))
                return
            except sqlite3.DatabaseError as error:
                if attempt or not self._move_aside(str(error)):
                    self._without(str(error))
                    return
            except OSError as error:
                self._without(error.strerror or type(error).__name__)
                return

    def _failed(self, error: sqlite3.Error) -> None:
        """Go on without the file, or with a new one where the old proves to be damaged."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        damaged = type(error) is sqlite3.DatabaseError
        if damaged and self._move_aside(str(error)):
            self._open()
        else:
            self._without(str(error))

    def _move_aside(self, reason: str) -> bool:
        if self.path.exists() and not self.path.is_file():
            return False  # a device or a pipe that somebody named
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        try:
            self.path.replace(aside)
        except FileNotFoundError:
            pass  # another process was quicker
        except OSError:
            return False
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self._say("F0101", f"the cache is damaged ({reason}); kept as {aside.name}, a new one made")
        return True

    def _without(self, reason: str) -> None:
        self._say("F0102", f"working without the cache {self.path.name}: {reason}")

    def _say(self, code: str, message: str) -> None:
        self._findings.append(Finding(code, Severity.WARNING, message))


class _ForeignDatabaseError(Exception):
    """The file is a database, but not a cache of ours."""


class _transaction:  # noqa: N801 -- a verb, used as one
    """BEGIN IMMEDIATE ... COMMIT: two writers wait for one another instead of failing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> sqlite3.Connection:
        self._connection.execute("BEGIN IMMEDIATE")
        return self._connection

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self._connection.execute("COMMIT")
        elif self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _connect(path: Path, timeout: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=timeout, isolation_level=None, check_same_thread=False
    )
    try:
        # Tables first: another process may be making them, and marks the file as it does.
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
        if tables and (application, schema) != (_APPLICATION_ID, _SCHEMA):
            if application != _APPLICATION_ID:
                raise _ForeignDatabaseError
            raise sqlite3.DatabaseError(f"written by another version, schema {schema}")
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA synchronous = NORMAL")
        with _transaction(connection):
            # Every statement may be repeated: another process may have made the tables just now.
            connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {_SCHEMA}")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS entries "
                "(key TEXT PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)"
            )
            connection.execute(
                "CREATE TABLE IF NOT EXISTS state "
                "(id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL)"
            )
            connection.execute("INSERT OR IGNORE INTO state VALUES (1, 0)")
    except BaseException:
        connection.close()
        raise
    return connection
