"""The verbs of ``import bilingual``: objects in, objects out, nothing written."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bilingual.document import Edition, Metadata, SourceText
from bilingual.engine import open_engine
from bilingual.engine.base import Engine
from bilingual.files import read_bytes
from bilingual.glossary import Glossary
from bilingual.metadata import read_metadata
from bilingual.pipeline import Pipeline
from bilingual.review import read_review
from bilingual.source import from_text, read_source

__all__ = ["translate"]

# A model takes a moment to load and translates from any number of threads: keep the last ones.
_open = lru_cache(maxsize=2)(open_engine)


def translate(
    source: Path | str | SourceText,
    *,
    glossary: Glossary | Path | None = None,
    model: Engine | Path | str | None = None,
    metadata: Metadata | Path | None = None,
    review: Path | None = None,
) -> Edition:
    """The aligned edition of one Arabic text.

    ``source`` is a file (``Path``), the text itself (``str``) or a ``SourceText``. ``glossary``
    is a loaded ``Glossary`` or a folder of PO catalogues; none is applied without it. ``model``
    is an engine, an ``.argosmodel`` file, an unpacked folder or the name of an installed
    package; the built-in starter without it. ``metadata`` is a ``Metadata`` or a TOML file.
    ``review`` is a review catalogue (PO), whose reviewed sentences stand in the edition as they
    are.

    Raises ``BilingualError`` for a source, glossary, model, metadata or review file that cannot
    be used. Nothing is written; see ``bilingual.tei.write`` and ``bilingual.publish.html``.
    """
    if isinstance(source, str):
        source = from_text(source)
    elif isinstance(source, Path):
        source = read_source(source)
    if isinstance(glossary, Path):
        glossary = Glossary.load(glossary)
    if isinstance(metadata, Path):
        metadata = read_metadata(metadata)
    engine = _open(model) if isinstance(model, Path | str | None) else model
    catalogue = read_review(read_bytes(review), str(review)) if review is not None else None
    return Pipeline(engine, glossary).build(source, metadata=metadata, review=catalogue)
