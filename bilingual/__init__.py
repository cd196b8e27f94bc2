"""Aligned Arabic–English editions: segmentation, a controlled glossary, translation, TEI-XML.

::

    import bilingual
    from pathlib import Path

    glossary = bilingual.Glossary.load("glossary")
    edition = bilingual.translate(Path("article.txt"), glossary=glossary)
    print(bilingual.report(edition).term_recall)
    bilingual.tei.write(edition, Path("article.tei.xml"))
    bilingual.publish.html(edition, Path("article.html"))
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from bilingual.document import (
    Decision,
    Edition,
    Entity,
    Finding,
    Link,
    Mention,
    Metadata,
    Outcome,
    ReviewState,
    Segment,
    SourceText,
    Translation,
)
from bilingual.errors import BilingualError
from bilingual.version import __version__

if TYPE_CHECKING:
    from bilingual import publish, tei
    from bilingual.api import translate
    from bilingual.engine import open_engine
    from bilingual.glossary import Glossary
    from bilingual.reporting import report
    from bilingual.segmentation import segment
    from bilingual.source import read_source

__all__ = [
    "BilingualError",
    "Decision",
    "Edition",
    "Entity",
    "Finding",
    "Glossary",
    "Link",
    "Mention",
    "Metadata",
    "Outcome",
    "ReviewState",
    "Segment",
    "SourceText",
    "Translation",
    "__version__",
    "open_engine",
    "publish",
    "read_source",
    "report",
    "segment",
    "tei",
    "translate",
]

# Resolved on first use (PEP 562), so that `import bilingual` and `--help` answer at once.
_LAZY = {
    "Glossary": "bilingual.glossary",
    "open_engine": "bilingual.engine",
    "read_source": "bilingual.source",
    "report": "bilingual.reporting",
    "segment": "bilingual.segmentation",
    "translate": "bilingual.api",
}
_MODULES = ("publish", "tei")


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    if name in _MODULES:
        return importlib.import_module(f"bilingual.{name}")
    raise AttributeError(f"module 'bilingual' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
