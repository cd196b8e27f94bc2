"""Translation engines: the protocol, and Argos packages run through CTranslate2."""

from __future__ import annotations

from pathlib import Path

from bilingual.engine.argos import ArgosEngine
from bilingual.engine.base import Alignment, DecodeOptions, Engine, Hypothesis, PackageInfo
from bilingual.engine.installer import install, install_file
from bilingual.engine.packages import list_packages, resolve

__all__ = [
    "Alignment",
    "ArgosEngine",
    "DecodeOptions",
    "Engine",
    "Hypothesis",
    "PackageInfo",
    "install",
    "install_file",
    "list_packages",
    "open_engine",
    "resolve",
]


def open_engine(
    model: str | Path | None = None,
    *,
    options: DecodeOptions | None = None,
    threads: int | None = None,
) -> Engine:
    """The engine for the model that a user names; None is the built-in starter.

    Raises E0001 to E0009 (see ``docs/errors.md``).
    """
    return ArgosEngine(model, options, threads=threads)
