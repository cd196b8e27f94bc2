"""Word tables, kept as data in ``tables.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_TABLES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("tables.toml").read_text(encoding="utf-8")
)


def words(section: str, name: str) -> tuple[str, ...]:
    """A list of words."""
    return tuple(_TABLES[section][name])


def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """A list of Arabic words with their English."""
    return tuple((arabic, english) for arabic, english in _TABLES["pairs"][name])


def triples(name: str) -> tuple[tuple[str, str, str], ...]:
    """A list of Arabic words with two English forms."""
    return tuple((arabic, one, two) for arabic, one, two in _TABLES["pairs"][name])


def mapping(section: str) -> dict[str, str]:
    """A section of words with one form each."""
    return dict(_TABLES[section])
