"""Which texts are built, and what is read for each of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bilingual import publish, tei
from bilingual.document import Edition, Metadata, SourceText
from bilingual.errors import BilingualError
from bilingual.files import read_bytes
from bilingual.memory import Memory
from bilingual.metadata import parse_metadata
from bilingual.pipeline import Pipeline, Prepared, RenderCount
from bilingual.reporting import Report
from bilingual.review import read_review
from bilingual.source import decode_source

__all__ = [
    "Document",
    "Documents",
    "Inputs",
    "Missed",
    "Result",
    "Settings",
    "Writer",
    "catalogue_path",
    "find_documents",
    "review_memory",
    "write_edition",
]

Writer = Callable[[Edition, Path, Path], tuple[Path, ...]]
"""Writes an edition into a folder under a stem; gives the files written."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be built and where its edition goes."""

    path: Path
    stem: Path
    """Of the outputs, relative to the output folder, without suffix: ``2018/article``."""
    source: SourceText | None = None
    """Already read (standard input); else ``path`` is read when its turn comes."""


@dataclass(frozen=True, slots=True)
class Missed:
    """An approved mention whose controlled form did not reach the English."""

    segment: str
    surface: str
    target: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document.

    ``error`` is set for one that failed. ``edition`` is set for one built in this process; one
    that was ``skipped`` or built on another machine has its ``report`` all the same.
    """

    document: Document
    edition: Edition | None
    error: BilingualError | None
    outputs: tuple[Path, ...]
    rendered: RenderCount
    """Of what was rendered since the last result; summed over results it is the whole run's."""
    seconds: float
    """Since the document was taken up."""
    report: Report | None = None
    missed: tuple[Missed, ...] = ()
    skipped: bool = False
    """Finished by an earlier run, and nothing that has a say in it has changed."""


class Documents:
    """Texts of files and folders, in order; folders are walked anew each time, and no list kept.

    Within a folder the order is that of the sorted paths.
    """

    def __init__(self, inputs: Sequence[Path]) -> None:
        self._inputs = tuple(inputs)
        self._count = _count(self._inputs)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Document]:
        seen: set[Path] = set()
        several = len(self._inputs) > 1
        for document in _walk_all(self._inputs):
            if several:
                if document.stem in seen:
                    continue
                seen.add(document.stem)
            yield document


def find_documents(inputs: Sequence[Path]) -> Documents:
    """The texts named by files and folders; in folders every ``*.txt``, at any depth.

    Raises D0001 for an input that is not there or a folder without texts, D0002 when two
    documents would be written to the same place.
    """
    return Documents(inputs)


def _walk(folder: str, below: str) -> Iterator[tuple[str, str]]:
    """Path and stem of the texts in a folder, sorted as paths are; one folder's names in memory."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                (e.name, e.is_dir(follow_symlinks=False), e.name.endswith(".txt") and _is_text(e))
                for e in entries
            )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BilingualError("F0001", f"cannot read the folder: {reason}", folder) from error
    for name, is_folder, is_text in found:
        path = f"{folder}{os.sep}{name}"
        if is_folder:
            yield from _walk(path, f"{below}{name}/")
        elif is_text:
            yield path, f"{below}{name[:-4]}"


def _is_text(entry: os.DirEntry[str]) -> bool:
    """Whether it is to be read: a file, or a link that leads to none, which has to be told of."""
    try:
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:
        return True  # a link in a circle


def _walk_all(inputs: Sequence[Path]) -> Iterator[Document]:
    for path in inputs:
        if path.is_dir():
            for text, stem in _walk(str(path), ""):
                yield Document(Path(text), Path(stem))
        else:
            yield Document(path, Path(path.stem))


def _count(inputs: Sequence[Path]) -> int:
    """How many documents there are, each place once."""
    for path in inputs:
        if not path.exists():
            raise BilingualError("D0001", "no such file or folder", str(path))
        if path.is_dir() and next(_walk(str(path), ""), None) is None:
            raise BilingualError("D0001", "the folder holds no .txt file", str(path))
    if len(inputs) == 1:
        # Within one folder no two texts have one stem: nothing has to be remembered.
        return sum(1 for _ in _walk(str(inputs[0]), "")) if inputs[0].is_dir() else 1
    places: dict[Path, Path] = {}
    for document in _walk_all(inputs):
        other = places.setdefault(document.stem, document.path)
        if other != document.path:
            raise BilingualError(
                "D0002",
                f"would be written to the same place as {other}; rename one, "
                "or give their common folder",
                str(document.path),
            )
    return len(places)


def catalogue_path(out: Path, stem: Path) -> Path:
    """Where the review catalogue of a document lies."""
    return out / f"{stem}.ar-en.po"


def review_memory(folders: Iterable[Path]) -> Memory | None:
    """The translation memory of all review catalogues below some folders; None without any.

    Raises as ``read_review`` does.
    """
    paths = sorted({p for folder in folders for p in folder.rglob("*.ar-en.po")})
    return Memory.from_catalogues(paths) if paths else None


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every document of a run."""

    out: Path
    encoding: str | None = None
    metadata: Metadata | None = None
    """Of every document; else a ``.toml`` file beside each text is read."""
    reviewer: str = ""
    """Whose words those of a review catalogue are, where the file does not say."""

    def read(self, document: Document) -> Inputs:
        """The bytes that a document is made from. Raises F0001."""
        data = read_bytes(document.path) if document.source is None else None
        sidecar = document.path.with_suffix(".toml")
        catalogue = catalogue_path(self.out, document.stem)
        alone = self.metadata is not None or document.source is not None
        return Inputs(
            document,
            data,
            None if alone or not sidecar.is_file() else read_bytes(sidecar),
            read_bytes(catalogue) if catalogue.is_file() else None,
        )

    def prepare(self, inputs: Inputs, pipeline: Pipeline) -> Prepared:
        """A document ready for the engine. Raises S, M and R codes for what cannot be used."""
        document = inputs.document
        source = document.source
        if source is None:
            source = decode_source(
                inputs.data or b"",
                name=document.path.stem,
                encoding=self.encoding,
                path=str(document.path),
            )
        metadata = self.metadata
        if inputs.sidecar is not None:
            where = str(document.path.with_suffix(".toml"))
            metadata = parse_metadata(inputs.sidecar, where)
        review = None
        if inputs.catalogue is not None:
            where = str(catalogue_path(self.out, document.stem))
            review = read_review(inputs.catalogue, where, reviewer=self.reviewer)
        return pipeline.prepare(source, metadata=metadata, review=review)

    def as_json(self) -> list[object]:
        """What of it has a say in the editions."""
        metadata = None if self.metadata is None else asdict(self.metadata)
        return [self.encoding, metadata, self.reviewer]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The bytes that one document is made from."""

    document: Document
    data: bytes | None
    """Of the text; None when it had been read before."""
    sidecar: bytes | None
    """Of the metadata beside it."""
    catalogue: bytes | None
    """Of its review catalogue."""

    @property
    def sha256(self) -> str:
        """Of the name and of all the bytes, each of them told apart from the others."""
        digest = hashlib.sha256()
        source = self.document.source
        text = source.text.encode("utf-8", "surrogatepass") if source is not None else self.data
        name = source.name if source is not None else self.document.path.stem
        for part in (name.encode("utf-8", "surrogateescape"), text, self.sidecar, self.catalogue):
            digest.update(b"-" if part is None else b"%d:" % len(part) + part)
        return digest.hexdigest()


def write_edition(edition: Edition, out: Path, stem: Path) -> tuple[Path, ...]:
    """The TEI and the page of an edition, ``STEM.tei.xml`` and ``STEM.html``. Raises F0002."""
    tei_path, html_path = out / f"{stem}.tei.xml", out / f"{stem}.html"
    # The master goes last: where it stands, the document is finished.
    publish.html(edition, html_path)
    tei.write(edition, tei_path)
    return tei_path, html_path
