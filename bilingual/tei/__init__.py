"""TEI-XML editions: written, read back, validated."""

from __future__ import annotations

from bilingual.tei.problem import Problem
from bilingual.tei.read import read, read_with_report, source_text
from bilingual.tei.validate import validate
from bilingual.tei.write import to_bytes, write

__all__ = [
    "Problem",
    "read",
    "read_with_report",
    "source_text",
    "to_bytes",
    "validate",
    "write",
]
