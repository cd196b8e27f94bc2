"""The contents of an Argos package, read from a zip or a folder without trusting it.

An ``.argosmodel`` file is a zip of one folder with ``metadata.json``, ``model/`` (CTranslate2) and
``sentencepiece.model``. It is read in place: nothing is unpacked, so nothing can be left behind
and two processes need no agreement.
"""

from __future__ import annotations

import json
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from bilingual.errors import BilingualError

__all__ = ["PackageContents", "open_contents", "read_metadata"]

MEBIBYTE = 1 << 20
TOTAL_LIMIT = 4096 * MEBIBYTE
MEMBERS_LIMIT = 10_000
RATIO_LIMIT = 200
"""Trained weights hardly compress; a member that shrinks this much is a bomb."""
RATIO_FLOOR = 64 * MEBIBYTE
"""Below this size no ratio is a danger."""
_LIMITS = {"metadata.json": MEBIBYTE, "README.md": 4 * MEBIBYTE}
_SMALL_LIMIT = 256 * MEBIBYTE
"""Of every file but ``model/model.bin``."""
_JUNK = {"__MACOSX", ".DS_Store"}
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError,
           RuntimeError, ValueError, OSError)  # fmt: skip


class PackageContents(Protocol):
    """The files of one package by their names inside its folder, ``model/model.bin``."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """Size in bytes of each file."""
        ...

    def open(self, name: str) -> IO[bytes]:
        """A stream of one file."""
        ...

    def read(self, name: str) -> bytes:
        """The whole of one file. Raises E0002, E0003."""
        ...


def _limit(name: str) -> int:
    return TOTAL_LIMIT if name == "model/model.bin" else _LIMITS.get(name, _SMALL_LIMIT)


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        names = ["metadata.json", "README.md", "sentencepiece.model", "bpe.model"]
        names += sorted(f"model/{entry.name}" for entry in path.glob("model/*"))
        self.sizes = {n: (path / n).stat().st_size for n in names if (path / n).is_file()}

    def open(self, name: str) -> IO[bytes]:
        return (self.path / name).open("rb")

    def read(self, name: str) -> bytes:
        if self.sizes[name] > _limit(name):
            raise BilingualError("E0003", f"{name} is too large to be part of a package",
                                 str(self.path))  # fmt: skip
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise BilingualError("E0002", f"cannot read {name}: {reason}",
                                 str(self.path)) from error  # fmt: skip


class _Zip:
    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self.archive = archive
        self.path = path
        self.members = _members(archive, path)
        self.sizes = {name: member.file_size for name, member in self.members.items()}

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(self.members[name])

    def read(self, name: str) -> bytes:
        limit = _limit(name)
        if self.sizes[name] > limit:
            raise BilingualError("E0003", f"{name} is too large to be part of a package",
                                 str(self.path))  # fmt: skip
        try:
            with self.open(name) as stream:
                data = stream.read(limit + 1)
        except _BROKEN as error:
            raise _broken(self.path, name, error) from error
        if len(data) != self.sizes[name]:
            raise BilingualError("E0002", f"{name} is damaged: its size is not the one declared; "
                                 "get the package again", str(self.path))  # fmt: skip
        return data


def _broken(path: Path, name: str, error: BaseException) -> BilingualError:
    reason = str(error) or type(error).__name__
    return BilingualError(
        "E0002", f"{name} is damaged ({reason}); get the package again", str(path)
    )


def _members(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """The files below the one folder of a package. Raises E0003 for whatever is unsafe."""

    def unsafe(reason: str) -> BilingualError:
        return BilingualError("E0003", f"unsafe package: {reason}", str(path))

    entries = archive.infolist()
    if len(entries) > MEMBERS_LIMIT:
        raise unsafe(f"{len(entries)} files (at most {MEMBERS_LIMIT})")
    total = sum(entry.file_size for entry in entries)
    if total > TOTAL_LIMIT:
        raise unsafe(f"unpacked it would hold {total} bytes (at most {TOTAL_LIMIT})")
    found: dict[str, zipfile.ZipInfo] = {}
    tops: set[str] = set()
    for entry in entries:
        name = entry.filename
        # ``orig_filename`` is what stands in the file, before zipfile cut it at a NUL.
        shown = ascii(entry.orig_filename)
        parts = PurePosixPath(name).parts
        if name.startswith("/") or "\\" in entry.orig_filename or ":" in name.split("/")[0]:
            raise unsafe(f"{shown} is an absolute path")
        if not parts or ".." in parts or "\x00" in entry.orig_filename:
            raise unsafe(f"{shown} leads out of the package")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise unsafe(f"{shown} is a link or a device")
        if entry.flag_bits & 1:
            raise BilingualError("E0002", f"{shown} is encrypted", str(path))
        large = entry.file_size > RATIO_FLOOR
        if large and entry.file_size > RATIO_LIMIT * max(entry.compress_size, 1):
            raise unsafe(f"{shown} grows {RATIO_LIMIT}-fold or more when unpacked")
        if parts[0] in _JUNK or parts[-1] in _JUNK:
            continue
        tops.add(parts[0])
        if entry.is_dir():
            continue
        if len(parts) == 1:
            raise BilingualError("E0004", f"not an Argos package: {shown} lies at the root of the "
                                 "zip, where one folder must be", str(path))  # fmt: skip
        inner = "/".join(parts[1:])
        if inner in found and found[inner].filename == name:
            raise unsafe(f"{shown} occurs twice")
        found[inner] = entry
    if len(tops) > 1:
        raise BilingualError("E0004", f"not an Argos package: {len(tops)} folders at the root of "
                             "the zip, where one must be", str(path))  # fmt: skip
    return found


@contextmanager
def open_contents(path: Path) -> Iterator[PackageContents]:
    """The files of the package at a path, an ``.argosmodel`` file or an unpacked folder.

    Raises E0001 when nothing is there, E0002 for a broken file, E0003 for an unsafe one, E0004
    when a file that every package has is missing.
    """
    try:
        if path.is_dir():
            contents: _Folder | _Zip = _Folder(path)
            _require(contents.sizes, path)
            yield contents
            return
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise BilingualError("E0001", "no such model package", str(path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BilingualError("E0002", f"cannot read: {reason}", str(path)) from error
    with stream:
        try:
            archive = zipfile.ZipFile(stream)
        except _BROKEN as error:
            raise BilingualError("E0002", "not an Argos package: it must be a zip file or a folder",
                                 str(path)) from error  # fmt: skip
        with archive:
            contents = _Zip(archive, path)
            _require(contents.sizes, path)
            yield contents


def _require(names: Mapping[str, int], path: Path) -> None:
    missing = [n for n in ("metadata.json", "model/model.bin") if n not in names]
    if not any(n.startswith("model/") and "vocabulary" in n for n in names):
        missing.append("model/shared_vocabulary.json")
    if "sentencepiece.model" not in names:
        if "bpe.model" in names:
            raise BilingualError("E0009", "packages with bpe.model are not supported; take one "
                                 "with sentencepiece.model", str(path))  # fmt: skip
        missing.append("sentencepiece.model")
    if missing:
        raise BilingualError("E0004", f"incomplete package: no {', '.join(missing)}", str(path))


def read_metadata(contents: PackageContents, path: Path) -> dict[str, object]:
    """``metadata.json`` of a package. Raises E0005 when it is no JSON object."""
    try:
        metadata = json.loads(contents.read("metadata.json"))
    except (ValueError, RecursionError) as error:
        raise BilingualError("E0005", f"metadata.json is no JSON: {error}", str(path)) from error
    if not isinstance(metadata, dict):
        raise BilingualError("E0005", "metadata.json holds no JSON object", str(path))
    return metadata
