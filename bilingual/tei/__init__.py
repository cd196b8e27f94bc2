"""TEI-XML editions: written, read back, validated."""

from __future__ import annotations

from bilingual.tei.problem import Problem
from bilingual.tei.validate import validate
from bilingual.tei.write import to_bytes, write

__all__ = ["Problem", "to_bytes", "validate", "write"]
