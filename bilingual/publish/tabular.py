"""Plain parallel text: a TSV table with everything, and the pair of files Moses tools read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bilingual.document import Edition
from bilingual.files import write_text
from bilingual.publish import view
from bilingual.publish.legible import legible

__all__ = ["moses", "tsv"]

_COLUMNS = ("id", "paragraph", "kind", "link", "ratio", "state", "origin", "ar", "en")
_BREAKS = re.compile("[\\s\x1c-\x1f\x85\u2028\u2029]+")


def _line(text: str) -> str:
    """One line without tabs; white space that would break it is one space."""
    return _BREAKS.sub(" ", legible(_BREAKS.sub(" ", text))).strip()


def _tsv_lines(edition: Edition) -> Iterator[str]:
    yield "\t".join(_COLUMNS)
    for row in view.rows(edition):
        translations = [s.translation for s in row.targets if s.translation is not None]
        yield "\t".join(
            (
                _line(row.id),
                str(row.paragraph),
                row.kind.value,
                row.link.type.value,
                row.ratio,
                "+".join(dict.fromkeys(t.state.value for t in translations)),
                "+".join(dict.fromkeys(t.origin.value for t in translations)),
                _line(row.arabic),
                _line(row.english),
            )
        )


def tsv(edition: Edition, path: Path) -> None:
    """Write a table, a line a link, the first line its column names. Raises F0002."""
    write_text(path, "".join(f"{line}\n" for line in _tsv_lines(edition)))


def moses(edition: Edition, path: Path) -> None:
    """Write ``path.ar`` and ``path.en``: line n of one translates line n of the other.

    Links with an empty side are left out. Raises F0002.
    """
    pairs = [
        (arabic, english)
        for row in view.rows(edition)
        if (arabic := _line(row.arabic)) and (english := _line(row.english))
    ]
    for n, suffix in enumerate(("ar", "en")):
        write_text(path.with_name(f"{path.name}.{suffix}"), "".join(f"{p[n]}\n" for p in pairs))
