"""Reading and writing files so that nothing is lost: beside, fsync, rename."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bilingual.errors import BilingualError

__all__ = ["open_atomic", "printable", "read_bytes", "write_bytes", "write_text"]

_UNPRINTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def printable(name: str) -> str:
    """The name of a file, which may be any bytes, as text of one line that every format holds.

    Bytes that are no UTF-8 (lone surrogates in Python), controls and line ends become U+FFFD.
    """
    with contextlib.suppress(UnicodeError):  # UTF-8 after all, where the locale does not say so
        name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _UNPRINTABLE.sub("\ufffd", name)


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
    reader sees the old file or the new one, never a part. Missing folders are made. A link stays
    a link: the file it names is replaced. A device or a pipe (``/dev/stdout``) is written to as
    it is, never replaced. Raises F0002 when the place cannot be written.
    """
    temporary: str | None = None
    try:
        if _is_special(path):
            with path.open("wb") as stream:
                yield stream
            return
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        target.parent.mkdir(parents=True, exist_ok=True)
        # The end of a long name only: what is added must not make it longer than names may be.
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[-50:]}.", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
        temporary = None
    except OSError as error:
        raise BilingualError("F0002", f"cannot write: {_reason(error)}", str(path)) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


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
