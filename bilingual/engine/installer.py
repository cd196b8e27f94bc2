"""Installing Argos packages where Argos Translate itself finds them.

Argos's own installer unpacks whatever a zip holds, imports torch, and waits for a dead network
without end; only its index and its folders are used here.
"""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import IO

from bilingual.engine.archive import open_contents
from bilingual.engine.base import PackageInfo
from bilingual.engine.packages import LoadedPackage, load, package_folders
from bilingual.errors import BilingualError

__all__ = ["install", "install_file"]

TIMEOUT = 15.0
"""Seconds without a byte after which the network counts as dead."""
_INDEX_LIMIT = 16 << 20
_PACKAGE_LIMIT = 4 << 30
_CHUNK = 1 << 20
_USER_AGENT = "bilingual"


def _target_folder() -> Path:
    folders = package_folders()
    if not folders:
        raise BilingualError(
            "E0012", "no place to install packages in: the home folder cannot be written"
        )
    return folders[0]


def install_file(path: str | Path) -> PackageInfo:
    """Install an ``.argosmodel`` file (or an unpacked folder) among Argos's packages.

    It is checked first, loaded once by the engine, unpacked beside its place and renamed, so that
    another process sees all of it or nothing. Installing the same package again changes nothing.
    Raises E0001 to E0009, and E0012 when the folder cannot be written.
    """
    # An engine is made to know that the model loads; this module stays light without it.
    from bilingual.engine.argos import ArgosEngine

    package = load(Path(path))
    ArgosEngine(package, threads=1)
    folder = _target_folder()
    version = re.sub(r"[^0-9A-Za-z]+", "_", package.info.version).strip("_") or "0"
    final = folder / f"{package.info.name}-{version}"
    if _same(final, package):
        return replace(load(final).info, location="installed")
    try:
        _unpack(Path(path), folder, final)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BilingualError("E0012", f"cannot install: {reason}", str(final)) from error
    return replace(load(final).info, location="installed")


def _same(final: Path, package: LoadedPackage) -> bool:
    try:
        return final.is_dir() and load(final).info.sha256 == package.info.sha256
    except BilingualError:
        return False


def _unpack(path: Path, folder: Path, final: Path) -> None:
    # Beside the packages' folder, not in it: Argos takes every folder in there for a package.
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bilingual-", dir=folder.parent) as scratch:
        fresh = Path(scratch) / final.name
        with open_contents(path) as contents:
            for name in contents.sizes:
                target = fresh / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(contents.read(name))
        if final.exists():
            final.rename(Path(scratch) / "old")
        try:
            fresh.rename(final)
        except OSError:
            # Another process was first; what it put there is whole.
            if not (final / "metadata.json").is_file():
                raise


def install(from_code: str = "ar", to_code: str = "en") -> PackageInfo:
    """Download and install the newest package of a pair from Argos's own index.

    Raises E0010 when there is no network (after ``TIMEOUT`` seconds at the most for each address),
    E0011 when the index has no such package, else as ``install_file``.
    """
    folder = _target_folder()
    from argostranslate import settings

    index = _read_index(settings.remote_package_index)
    matching = [
        entry
        for entry in index
        if entry.get("from_code") == from_code and entry.get("to_code") == to_code
        and entry.get("type", "translate") == "translate"
    ]  # fmt: skip
    if not matching:
        raise BilingualError("E0011", f"Argos's index has no package from {from_code} to {to_code}")
    newest = max(matching, key=lambda e: [int(p) for p in re.findall(
        r"\d+", str(e.get("package_version", "")))])  # fmt: skip
    links = newest.get("links")
    addresses = [a for a in links if str(a).startswith("https://")] if isinstance(
        links, list) else []  # fmt: skip
    with tempfile.TemporaryDirectory(prefix=".bilingual-", dir=folder.parent) as scratch:
        target = Path(scratch) / "package.argosmodel"
        problem = "no https address is given for it"
        for address in addresses:
            try:
                with target.open("wb") as stream:
                    _fetch(str(address), stream, _PACKAGE_LIMIT)
                break
            except (OSError, ValueError) as error:
                problem = _reason(error)
        else:
            raise BilingualError("E0010", f"the package could not be downloaded: {problem}")
        return install_file(target)


def _read_index(address: str) -> list[dict[str, object]]:
    try:
        with tempfile.TemporaryFile() as stream:
            _fetch(address, stream, _INDEX_LIMIT)
            stream.seek(0)
            index = json.load(stream)
    except (OSError, ValueError) as error:
        raise BilingualError(
            "E0010",
            f"Argos's package index cannot be reached ({_reason(error)}); with no network, get an "
            ".argosmodel file and install that",
        ) from error
    return [e for e in index if isinstance(e, dict)] if isinstance(index, list) else []


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", error)
    return " ".join(str(getattr(inner, "strerror", None) or inner).split()) or "no answer"


def _fetch(address: str, stream: IO[bytes], limit: int) -> None:
    # Imported here: it brings ssl and http, which only a download needs.
    import urllib.request

    request = urllib.request.Request(address, headers={"User-Agent": _USER_AGENT})
    size = 0
    with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
        while chunk := response.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise ValueError(f"more than {limit} bytes")
            stream.write(chunk)
    stream.flush()
