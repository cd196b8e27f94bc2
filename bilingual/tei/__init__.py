"""TEI-XML editions: written, read back, validated."""

from __future__ import annotations

from bilingual.tei.write import to_bytes, write

__all__ = ["to_bytes", "write"]
