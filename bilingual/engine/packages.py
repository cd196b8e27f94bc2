"""Where translation models are found: the built-in starter, installed packages, a path.

The default is always the starter, never what happens to be installed: the same command gives the
same words on every machine. Another model is used when it is named.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from bilingual.engine.archive import PackageContents, open_contents, read_metadata
from bilingual.engine.base import PackageInfo
from bilingual.errors import BilingualError

__all__ = ["LoadedPackage", "list_packages", "load", "package_folders", "resolve", "starter_path"]

SOURCE, TARGET = "ar", "en"
_STARTER = Path(__file__).with_name("starter")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LoadedPackage:
    """A package and the bytes an engine runs on."""

    info: PackageInfo
    model: dict[str, bytes] = field(repr=False)
    """Files of ``model/`` by name: ``model.bin``, ``config.json``, a vocabulary."""
    sentencepiece: bytes = field(repr=False)


def _version_key(text: str) -> tuple[tuple[int, int | str], ...]:
    parts = text.replace("_", ".").replace("-", ".").split(".")
    return tuple((1, int(p)) if p.isdecimal() else (0, p) for p in parts)


def starter_path() -> Path:
    """The newest starter package that came with the library. Raises E0001 when there is none."""
    found = list(_STARTER.glob(f"translate-{SOURCE}_{TARGET}-*.argosmodel"))
    if not found:
        raise BilingualError("E0001", "the starter model is missing from this installation; "
                             "install bilingual again or name a model")  # fmt: skip
    return max(found, key=lambda p: _version_key(p.stem.rpartition("_en-")[2]))


def _text(metadata: dict[str, object], name: str, default: str = "") -> str:
    value = metadata.get(name, default)
    return value if isinstance(value, str) else default


def _inspect(contents: PackageContents, path: Path, location: str) -> PackageInfo:
    metadata = read_metadata(contents, path)
    source, target = _text(metadata, "from_code"), _text(metadata, "to_code")
    kind = _text(metadata, "type", "translate")
    if kind != "translate":
        raise BilingualError("E0005", f"a package of type {kind!a}, not translate", str(path))
    if (source, target) != (SOURCE, TARGET):
        raise BilingualError(
            "E0006",
            f"this package translates {source or '?'} to {target or '?'}; "
            f"{SOURCE} to {TARGET} is needed",
            str(path),
        )
    card = contents.read("README.md") if "README.md" in contents.sizes else b""
    return PackageInfo(
        name=f"translate-{source}_{target}",
        version=_text(metadata, "package_version"),
        source_language=source,
        target_language=target,
        sha256="",
        location=location,
        path=path,
        card=card.decode("utf-8", "replace"),
        metadata=metadata,
    )


def _digest(contents: PackageContents, path: Path) -> str:
    """As ``PackageInfo.sha256``, holding no more than a chunk in memory."""
    digest = hashlib.sha256()
    for name in ("model/model.bin", "sentencepiece.model"):
        try:
            with contents.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
        except Exception as error:
            raise BilingualError("E0002", f"{name} is damaged ({error}); get the package again",
                                 str(path)) from error  # fmt: skip
    return digest.hexdigest()


def _read_info(path: Path, location: str) -> PackageInfo:
    with open_contents(path) as contents:
        info = _inspect(contents, path, location)
        return replace(info, sha256=_digest(contents, path))


def package_folders() -> list[Path]:
    """The folders that Argos Translate installs packages in.

    Importing its settings makes folders below the user's home: call this only when installed
    packages are asked for. Empty when they cannot be made.
    """
    try:
        from argostranslate import settings
    except OSError:
        return []
    return [Path(folder) for folder in settings.package_dirs]


def _installed_paths() -> list[Path]:
    found: list[Path] = []
    for folder in package_folders():
        try:
            found += [p for p in folder.iterdir() if (p / "metadata.json").is_file()]
        except OSError:
            continue
    return sorted(found)


def list_packages() -> list[PackageInfo]:
    """The starter, then installed Arabic–English packages, newest first.

    Installed packages that are broken or translate other languages are left out.
    """
    installed = []
    for path in _installed_paths():
        try:
            installed.append(_read_info(path, "installed"))
        except BilingualError:
            continue
    installed.sort(key=lambda info: (_version_key(info.version), info.path.name), reverse=True)
    return [_read_info(starter_path(), "starter"), *installed]


def _find(model: str | Path | None) -> tuple[Path, str]:
    """Where the package that a user names lies, and how it was found."""
    if model is None or model == "starter":
        return starter_path(), "starter"
    if isinstance(model, Path):
        return model, "path"
    looks_like_path = model.endswith(".argosmodel") or os.sep in model or "/" in model
    if looks_like_path or (model and Path(model).exists()):
        return Path(model).expanduser(), "path"
    named: list[PackageInfo] = []
    broken: BilingualError | None = None
    for path in _installed_paths():
        try:
            with open_contents(path) as contents:
                info = _inspect(contents, path, "installed")
        except BilingualError as error:
            if path.name == model:
                broken = error
            continue
        names = {path.name, info.name, f"{info.name}-{info.version}", "installed"}
        if model in names:
            named.append(info)
    if named:
        newest = max(named, key=lambda info: (_version_key(info.version), info.path.name))
        return newest.path, "installed"
    raise broken or BilingualError(
        "E0001",
        f"no model named {model!a}: give starter, installed, the name of an installed "
        "package, an .argosmodel file or an unpacked folder",
    )


def resolve(model: str | Path | None = None) -> PackageInfo:
    """The package that a user names.

    None and ``starter`` are the built-in starter. A string that ends in ``.argosmodel``, holds a
    slash or names an existing file, and any ``Path``, is a file or an unpacked folder. Any other
    string is an installed package: ``translate-ar_en`` (the newest), its folder's name, or
    ``installed`` for the newest there is. Raises E0001 to E0006, E0009.
    """
    path, location = _find(model)
    return _read_info(path, location)


def load(model: str | Path | PackageInfo | None = None) -> LoadedPackage:
    """The package that a user names, with the bytes an engine needs. Raises as ``resolve``."""
    if isinstance(model, PackageInfo):
        path, location = model.path, model.location
    else:
        path, location = _find(model)
    with open_contents(path) as contents:
        info = _inspect(contents, path, location)
        names = [n for n in contents.sizes if n.startswith("model/") and n.count("/") == 1]
        files = {name.removeprefix("model/"): contents.read(name) for name in names}
        pieces = contents.read("sentencepiece.model")
        digest = hashlib.sha256(files["model.bin"])
        digest.update(pieces)
    return LoadedPackage(replace(info, sha256=digest.hexdigest()), files, pieces)
