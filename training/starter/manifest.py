"""The manifest of training text: every source with origin, licence and whether it is used."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

KINDS = frozenset({"own", "pairs", "names"})


@dataclass(frozen=True, slots=True)
class Source:
    """One source of text. ``weight``: copies an epoch of pairs, share of names drawn an epoch."""

    name: str
    file: str
    kind: str
    origin: str
    licence: str
    used: bool
    weight: float
    tag: str = ""
    note: str = ""


def load_manifest(path: Path) -> list[Source]:
    """Read and check the manifest. Raises ``ValueError`` naming the source that is incomplete."""
    sources = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["source"]:
        name = entry.get("name", "?")
        missing = [
            k for k in ("name", "file", "kind", "origin", "licence", "used") if k not in entry
        ]
        if missing:
            raise ValueError(f"manifest: source {name!r} lacks {', '.join(missing)}")
        source = Source(**{"weight": 1.0, **entry})
        if source.kind not in KINDS:
            raise ValueError(f"manifest: source {name!r} has unknown kind {source.kind!r}")
        if source.used and not source.licence.strip():
            raise ValueError(f"manifest: source {name!r} is used without a licence")
        if not source.used and not source.note:
            raise ValueError(f"manifest: source {name!r} is left out without a reason")
        sources.append(source)
    return sources


def unlisted(folder: Path, sources: list[Source]) -> list[str]:
    """Text files below ``folder`` that no source names: they are never read."""
    listed = {source.file for source in sources}
    found = (p for part in ("natural", "names") for p in sorted((folder / part).glob("*.tsv")))
    return [name for p in found if (name := p.relative_to(folder).as_posix()) not in listed]


def as_table(sources: list[Source]) -> str:
    """A Markdown table for the model card."""
    lines = ["| source | origin | licence |", "| --- | --- | --- |"]
    lines += [f"| {s.name} | {s.origin} | {s.licence} |" for s in sources if s.used]
    return "\n".join(lines)
