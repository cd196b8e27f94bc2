"""Glossaries in the formats of other tools: CSV, TBX and TEI, in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bilingual.errors import BilingualError
from bilingual.files import read_bytes
from bilingual.glossary.exchange.merge import ImportResult, import_terms
from bilingual.glossary.exchange.tabular import read_csv, write_deepl, write_weblate
from bilingual.glossary.exchange.tbx import read_tbx, write_martif, write_tbx, write_tbx_dct
from bilingual.glossary.exchange.tei import read_tei, write_tei
from bilingual.glossary.exchange.term import Losses, Term, terms_of, uncarried
from bilingual.glossary.folder import read_files

__all__ = [
    "FORMATS",
    "Format",
    "ImportResult",
    "Losses",
    "Term",
    "export_folder",
    "format_name",
    "import_terms",
    "read_terms",
]


@dataclass(frozen=True, slots=True)
class Format:
    """An exchange format: how it is read and written."""

    read: Callable[[bytes, str], list[Term]]
    write: Callable[[Sequence[Term], Losses], bytes]
    suffixes: tuple[str, ...] = ()
    """Endings by which it is recognised."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format(read_csv, write_weblate, (".csv", ".tsv", ".txt")),
        "deepl": Format(read_csv, write_deepl),
        "tbx": Format(read_tbx, write_tbx, (".tbx",)),
        "tbx-dct": Format(read_tbx, write_tbx_dct),
        "martif": Format(read_tbx, write_martif, (".martif", ".mtf")),
        "tei": Format(read_tei, write_tei, (".tei", ".xml")),
    }
)
"""Every format by name; ``csv`` is Weblate's, ``tbx`` the edition of 2019 in DCA style."""


def format_name(path: Path, name: str | None = None) -> str:
    """The format of a name, else of a file's ending. Raises G0401 when there is none."""
    if name is not None:
        if name in FORMATS:
            return name
        raise BilingualError("G0401", f"no format {name!r}; one of {', '.join(FORMATS)}")
    for candidate, known in FORMATS.items():
        if path.name.lower().endswith(known.suffixes):
            return candidate
    raise BilingualError(
        "G0401",
        f"the ending says no format; name one with --format: {', '.join(FORMATS)}",
        str(path),
    )


def export_folder(folder: Path, name: str) -> tuple[bytes, Losses]:
    """A glossary in a format, and what the format could not hold.

    Raises G0001, F0001, G0101, G0102 and G0401.
    """
    chosen = FORMATS[format_name(folder, name)]
    files = read_files(folder)
    losses = uncarried(files)
    return chosen.write(terms_of(files), losses), losses


def read_terms(path: Path, name: str | None = None) -> list[Term]:
    """The entries of a file. Raises F0001 and G0401 to G0405."""
    return FORMATS[format_name(path, name)].read(read_bytes(path), str(path))
