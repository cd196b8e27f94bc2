"""Reading and writing files so that nothing is lost: beside, fsync, rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bilingual.errors import BilingualError

__all__ = ["open_atomic", "read_bytes", "write_bytes", "write_text"]


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises F0001 when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BilingualError("F0001", f"cannot read: {_reason(error)}", str(path)) from error


@contextmanager
def open_atomic(path: Path) -> Iterator[BinaryIO]:
    """A binary stream that becomes ``path`` only when the block ends without an error.

    The bytes go to a file beside it, are flushed to the disk and then renamed over it, so a
    reader sees the old file or the new one, never a part. Missing folders are made.
    Raises F0002 when the place cannot be written.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise BilingualError("F0002", f"cannot write: {_reason(error)}", str(path)) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    # The only way to read the mask is to set it; files of one process are written in turn.
    current = os.umask(0o022)
    os.umask(current)
    return current


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file at once, or leave it as it was. Raises F0002."""
    with open_atomic(path) as stream:
        stream.write(data)


def write_text(path: Path, text: str) -> None:
    """Replace a file with UTF-8 text, line ends as they stand in ``text``. Raises F0002."""
    write_bytes(path, text.encode("utf-8"))
