"""The catalogues of a folder as files: read whole, changed message by message, written back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bilingual.files import read_bytes, write_bytes
from bilingual.glossary.catalogue import catalogue_paths
from bilingual.po import Catalogue, Message, parse

__all__ = ["CatalogueFile", "identity", "read_files", "rewrite", "write_files"]


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A PO file: where it lies, its bytes as read, and its messages."""

    path: Path
    data: bytes
    catalogue: Catalogue

    @property
    def changed(self) -> bool:
        """Whether writing it would change a byte."""
        return self.catalogue.to_bytes() != self.data


def identity(message: Message) -> tuple[str, str]:
    """What an entry read from a message is known by: its key and its Arabic form."""
    return message.msgctxt or "", message.msgid.strip()


def read_files(path: Path) -> list[CatalogueFile]:
    """The catalogues of a folder (or the one file), in order of name.

    Raises G0001 (nothing there), F0001 (unreadable), G0101 (syntax), G0102 (encoding).
    """
    files = []
    for place in catalogue_paths(path):
        data = read_bytes(place)
        files.append(CatalogueFile(place, data, parse(data, str(place), family="G")))
    return files


def rewrite(file: CatalogueFile, change: Callable[[Message], Message]) -> CatalogueFile:
    """The file with every living message but the header changed; others keep their bytes."""
    messages = tuple(m if m.is_header or m.obsolete else change(m) for m in file.catalogue.messages)
    return replace(file, catalogue=file.catalogue.with_messages(messages))


def write_files(files: Iterable[CatalogueFile]) -> list[Path]:
    """Write those files that changed, each at once; the paths written. Raises F0002."""
    written = []
    for file in files:
        data = file.catalogue.to_bytes()
        if data != file.data:
            write_bytes(file.path, data)
            written.append(file.path)
    return written
