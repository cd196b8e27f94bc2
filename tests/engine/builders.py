"""Packages for the tests: the starter's files, and zips that no one should trust."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from bilingual.engine.packages import LoadedPackage

METADATA = {
    "package_version": "0.1",
    "argos_version": "1.9.0",
    "from_code": "ar",
    "from_name": "Arabic",
    "to_code": "en",
    "to_name": "English",
    "type": "translate",
}


def package_files(loaded: LoadedPackage) -> dict[str, bytes]:
    """The files of a package, by name inside its folder."""
    files = {f"model/{name}": data for name, data in loaded.model.items()}
    files["metadata.json"] = json.dumps(METADATA).encode()
    files["sentencepiece.model"] = loaded.sentencepiece
    return files


def write_zip(path: Path, files: Mapping[str, bytes], top: str = "package/") -> Path:
    """A zip of the files below one folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.items():
            archive.writestr(top + name, data)
    return path
