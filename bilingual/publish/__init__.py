"""Publications of an edition: files for readers, for translation tools and for corpora.

Every function takes an ``Edition`` and a path, never TEI text, and writes the same bytes each
time. ``FORMATS`` holds them by the name the command line uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bilingual.document import Edition
from bilingual.errors import BilingualError
from bilingual.publish.collection import Document, describe, index_page, tei_corpus
from bilingual.publish.epub import epub
from bilingual.publish.html import html, html_text
from bilingual.publish.legible import legible
from bilingual.publish.parlamint import parlamint
from bilingual.publish.pdf import pdf
from bilingual.publish.tabular import moses, tsv
from bilingual.publish.tbx import martif, tbx
from bilingual.publish.teipublisher import teipublisher
from bilingual.publish.tmx import tmx
from bilingual.publish.xliff import xliff

__all__ = [
    "FORMATS",
    "Format",
    "epub",
    "html",
    "html_text",
    "martif",
    "moses",
    "parlamint",
    "pdf",
    "publish",
    "publish_collection",
    "tbx",
    "teipublisher",
    "tmx",
    "tsv",
    "xliff",
]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of publication. Called with an edition and a path, it writes the file there.

    Where a kind is several files, the path is their common beginning.
    """

    name: str
    write: Callable[[Edition, Path], None]
    suffixes: tuple[str, ...]
    """Of the files it makes; a stem goes before them."""
    about: str

    def __call__(self, edition: Edition, path: Path) -> None:
        """Write it. Raises F0002 when the place cannot be written."""
        self.write(edition, path)

    def paths(self, folder: Path, stem: str) -> list[Path]:
        """The files it makes in a folder."""
        return [folder / f"{stem}{suffix}" for suffix in self.suffixes]


_ALL = (
    Format("html", html, (".html",), "a page for readers"),
    Format("epub", epub, (".epub",), "an EPUB 3 book"),
    Format("pdf", pdf, (".pdf",), "pages in facing columns (needs typst)"),
    Format("tmx", tmx, (".tmx",), "a translation memory, TMX 1.4b"),
    Format("xliff", xliff, (".xlf",), "a file for translation editors, XLIFF 2.1"),
    Format("tbx", tbx, (".tbx",), "the terms, TBX-Basic (ISO 30042:2019)"),
    Format("martif", martif, (".martif.tbx",), "the terms, TBX v2 (martif)"),
    Format("tsv", tsv, (".tsv",), "a table, a line a link"),
    Format("moses", moses, (".ar", ".en"), "two plain files, line by line"),
    Format(
        "parlamint",
        parlamint,
        (".parlamint.xml", ".parlamint-en.xml"),
        "source and translation as ParlaMint's corpora have them",
    ),
    Format("teipublisher", teipublisher, (".teipublisher.xml",), "one file for TEI Publisher"),
)
FORMATS: Mapping[str, Format] = MappingProxyType({f.name: f for f in _ALL})

_NOT_IN_NAMES = re.compile(r"[/\\:*?\"<>|\s]+")


def stem_of(edition: Edition) -> str:
    """The edition's name as a file may bear it."""
    return _NOT_IN_NAMES.sub("_", legible(edition.source.name)).strip(".") or "edition"


def formats_of(names: Iterable[str]) -> list[Format]:
    """The formats of these names, each once. Raises T0090 for a name that is none."""
    chosen: list[Format] = []
    for name in dict.fromkeys(names):
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise BilingualError("T0090", f"no format is called {name!r}; there are {known}")
        chosen.append(FORMATS[name])
    return chosen


def publish(edition: Edition, out_dir: Path, formats: Sequence[str] = ("html",)) -> list[Path]:
    """Write an edition in several formats into a folder; the files made, in that order.

    Raises T0090 for an unknown format before anything is written, F0002 when a place cannot be
    written.
    """
    chosen = formats_of(formats)
    stem = stem_of(edition)
    made: list[Path] = []
    for chosen_format in chosen:
        paths = chosen_format.paths(out_dir, stem)
        chosen_format(edition, paths[0] if len(paths) == 1 else out_dir / stem)
        made.extend(paths)
    return made


def publish_collection(
    editions: Iterable[Edition],
    out_dir: Path,
    formats: Sequence[str] = ("html",),
    *,
    title: str = "",
) -> list[Path]:
    """Write every edition, a page that indexes them all and a ``teiCorpus``; the files made.

    ``index.html`` leads to the pages of the editions, so these are always among them;
    ``collection.xml`` holds every edition whole. Two editions of one name are told apart by
    a number. Raises as ``publish`` does.
    """
    from bilingual import tei  # a neighbour, needed here alone

    chosen = formats_of(["html", *formats])
    taken = {"index", "collection"}
    made: list[Path] = []
    documents: list[Document] = []
    kept = list(editions)
    for number, edition in enumerate(kept, 1):
        stem = free = stem_of(edition)
        count = 1
        while free.casefold() in taken:
            count += 1
            free = f"{stem}-{count}"
        taken.add(free.casefold())
        files: list[tuple[str, str]] = []
        for chosen_format in chosen:
            paths = chosen_format.paths(out_dir, free)
            chosen_format(edition, paths[0] if len(paths) == 1 else out_dir / free)
            made.extend(paths)
            files.extend((_label(chosen_format, p, free), p.name) for p in paths)
        documents.append(describe(edition, number, free, files))
    index_page(documents, out_dir / "index.html", title)
    corpus = out_dir / "collection.xml"
    tei_corpus(documents, (tei.to_bytes(e) for e in kept), corpus, title)
    return [*made, out_dir / "index.html", corpus]


def _label(chosen: Format, path: Path, stem: str) -> str:
    """What a link to a file is called: the format, and the ending where there are several."""
    ending = path.name.removeprefix(f"{stem}.")
    return chosen.name if len(chosen.suffixes) == 1 else f"{chosen.name} {ending}"
